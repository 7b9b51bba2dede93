"""The measures that every figure shares: one width, two text sizes, three weights of line.

All lengths are in the units of the drawing. On a page 360 px wide a figure is about
328 px wide, so that 14 units of text come out at 12 px, the smallest size we use.
"""

from drawing.geometry import tenths

WIDTH = 380
"""Width of every figure, so that its text has one size across the site."""

MARGIN = 4
"""Free space between the edge of a figure and anything in it."""

TEXT = 14
"""Size of all text but headings, and the smallest that is legible."""

HEADING = 16
"""Size of headings inside a figure."""

THIN, LINE, HEAVY = 1, 1.5, 3
"""Weights of line: quiet outlines; shapes and arrows; models."""

GAP = 8
"""Space between neighbours, across and down."""

ARROW = 32
"""Length of an arrow from one stage to the next."""

HEIGHT = 28
"""Height of a box that holds one line of text."""

LEADING = 20
"""From one line of text to the next."""

CHARACTER = 0.602
"""Width of a character in the code font, as a share of its size: 0.6 in nearly all of them."""

_NARROW = frozenset(" fijlrtI.,:;!'\"|()[]-\u2018\u2019")
_WIDE = frozenset("mwMW\u2014\u2192\u2026%@")


def text_width(text: str, *, size: float = TEXT, code: bool = False, bold: bool = False) -> float:
    """Width that `text` takes at most, in units of the drawing.

    In the code font all characters are equally wide. In the text font the width is
    estimated from above, by the wide letters of DejaVu Sans: whatever font a reader
    has, the text stays inside its box.

    >>> text_width("token", code=True)
    42.1
    """
    if code:
        return tenths(size * CHARACTER * len(text))
    return tenths(size * sum(map(_share, text)) * (1.13 if bold else 1))


def _share(character: str) -> float:
    if character in _NARROW:
        return 0.4
    if character in _WIDE:
        return 1.0
    return 0.76 if character.isupper() else 0.64
