"""The card of a page: the picture that stands beside a link to it elsewhere.

Its title is drawn as the tokens that it is, in the shapes that all figures share.
"""

from collections.abc import Sequence
from html import escape

from drawing.figure import Figure
from drawing.layout import balanced_rows, rows
from drawing.shapes import token, token_width
from drawing.style import HEIGHT, MARGIN

SIZE = (1200, 630)
"""The size that most sites which show such cards ask for, in pixels."""

_SIDE = 80
_ROOM = (SIZE[0] - 2 * _SIDE, 310)  # for the title
_MIDDLE = 318
_LARGEST = 5.2  # pixels a unit of the drawing; the text of a token has 14 units
_STYLE = """
.name { font-size: 46px; font-weight: 700; fill: #24252a }
.part { font-size: 34px; fill: #5f6068 }
text { font-family: "Source Serif 4" }
.fig-code { font-family: "JetBrains Mono"; fill: #24252a }
.fig-token { fill: #dcecf9; stroke: #0b64a8 }
.fig-mark { fill: none; stroke: #0b64a8 }
"""


def card(title: Sequence[str], part: str, site: str, mark: str) -> str:
    """Draw a card as the text of an SVG file.

    Args:
        title: the tokens of the page's title.
        part: what the page belongs to, in a line.
        site: the site's name.
        mark: what is inside the SVG file of the site's mark, in 24 by 24 units.

    >>> drawing = card(["Tokenizing", "text"], "Part 2", "Verdict", "<path/>")
    >>> drawing.count('class="fig-token"'), ">Part 2</text>" in drawing
    (2, True)
    """
    widths = [token_width(each) for each in title]
    scale = _LARGEST
    while not _fits(widths, scale):
        scale *= 0.96
    places = balanced_rows((0, 0), widths, width=_ROOM[0] / scale)
    figure = Figure(" ".join(title), part)
    for place, each in zip(places, title, strict=True):
        token(figure, (place[0] + MARGIN, place[1] + MARGIN), each)
    _, _, drawn = figure.svg("card").partition("</desc>")
    top = _MIDDLE - scale * (places[-1][1] + HEIGHT + 2 * MARGIN) / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE[0]}" height="{SIZE[1]}">'
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fdfcf9"/>'
        f'<rect width="100%" height="14" fill="#8c2a3a"/>'
        f'<g transform="translate({_SIDE} 66) scale(2)">{mark}</g>'
        f'<text class="name" x="{_SIDE + 62}" y="106">{escape(site)}</text>'
        f'<g transform="translate({_SIDE - MARGIN * scale:.1f} {top:.1f}) scale({scale:.3f})">'
        f"{drawn.rpartition('</svg>')[0]}</g>"
        f'<text class="part" x="{_SIDE}" y="560">{escape(part)}</text></svg>'
    )


def _fits(widths: Sequence[float], scale: float) -> bool:
    room = _ROOM[0] / scale
    places = rows((0, 0), widths, width=room)
    return max(widths) <= room and scale * (places[-1][1] + HEIGHT) <= _ROOM[1]
