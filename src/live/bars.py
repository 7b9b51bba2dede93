"""Numbers as bars: rows of a table, each with a word, its number, and a bar as long as that.

It runs in the reader's browser, and in the build of the site.
"""

import html
from collections.abc import Iterable


def shares(caption: str, rows: Iterable[tuple[str, float]]) -> str:
    """A table of words and their probabilities, with bars from 0 to 1."""
    body = "".join(
        f'{_heading(word)}<td>{share:.3f}</td><td class="share">{bar(share)}</td></tr>'
        for word, share in rows
    )
    return _table(caption, body)


def changes(caption: str, rows: Iterable[tuple[str, float]]) -> str:
    """A table of words and what each adds or takes away, with bars to both sides of a middle."""
    rows = list(rows)
    widest = max((abs(change) for _, change in rows), default=0) or 1
    body = "".join(
        f'{_heading(word)}<td>{change:+.2f}</td><td class="share">{_to_a_side(change / widest)}'
        "</td></tr>"
        for word, change in rows
    )
    return _table(caption, body)


def bar(share: float) -> str:
    """A bar as long as a share of 1. It is for the eye alone: the number stands beside it."""
    return _drawn(f'<rect width="{100 * share:.1f}" height="10"/>')


def escaped(text: str) -> str:
    """Write a text as HTML."""
    return html.escape(text, quote=False)


def _to_a_side(part: float) -> str:
    width = 50 * abs(part)
    kind = "less" if part < 0 else "more"
    begin = 50 - width if part < 0 else 50
    return _drawn(f'<rect class="{kind}" x="{begin:.1f}" width="{width:.1f}" height="10"/>')


def _drawn(shape: str) -> str:
    box = '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
    return f"{box}{shape}</svg>"


def _heading(word: str) -> str:
    return f'<tr><th scope="row"><bdi>{escaped(word)}</bdi></th>'


def _table(caption: str, body: str) -> str:
    return f'<table class="small"><caption>{caption}</caption><tbody>{body}</tbody></table>'
