"""What a playground shows before anyone has touched it: what the package makes of its text."""

import html
from collections.abc import Iterable

from live import playground
from verdict import StoryUnavailableError, read_story

_PLAIN = ("ids", "again", "same")
_NAMED = ("unknown", "special")  # kinds of words that a piece says


def example(text: str) -> dict[str, str]:
    """What the package makes of a text, as HTML, by the names of the places for it.

    The vocabulary is that of the story, or of the text itself where there is no story.
    """
    try:
        own = read_story()
    except StoryUnavailableError:
        own = text
    made = playground.prepare("v2", own)
    look = playground.encode(text)
    plain = {"text": text, "made": made["says"]} | {key: look[key] for key in _PLAIN}
    return {
        **{name: html.escape(said, quote=False) for name, said in plain.items()},
        "pieces": "".join(map(piece, look["pieces"])),
        "counts": "".join(counts(look["counts"])),
    }


def piece(token: playground.Token) -> str:
    """Write a token as src/live/pieces.js does.

    Examples:
        >>> piece(playground.Token("tea", 975, "word"))
        '<li class="word"><bdi>tea</bdi><span class="id">975</span></li>'
    """
    kind = f'<span class="kind"> {token.kind}</span>' if token.kind in _NAMED else ""
    text = f"<bdi>{html.escape(token.piece, quote=False)}</bdi>"
    return f'<li class="{token.kind}">{text}<span class="id">{token.id}{kind}</span></li>'


def counts(found: Iterable[tuple[str, str]]) -> list[str]:
    """Write the counts as src/live/form.js does."""
    return [f"<div><dt>{name}</dt><dd>{count}</dd></div>" for name, count in found]
