"""What a playground shows before anyone has touched it: what the package makes of its text."""

import html
from collections.abc import Iterable
from functools import lru_cache

from live import playground
from verdict import StoryUnavailableError, read_story
from website.pyodide import packages

_PLAIN = ("ids", "again", "same")
_NAMED = ("unknown", "special")  # kinds of words that a piece says


def available(tokenizer: str) -> str:
    """The tokenizer of a name, or `v2` in the place of one whose files are not installed."""
    is_there = tokenizer != "gpt2" or packages.is_installed(packages.GPT2)
    return tokenizer if is_there else "v2"


def example(text: str, tokenizer: str = "v2") -> dict[str, str]:
    """What the package makes of a text, as HTML, by the names of the places for it.

    A vocabulary of words is that of the story, or of the text itself where there is no story.
    """
    try:
        own = read_story()
    except StoryUnavailableError:
        own = text
    return _example(text, tokenizer, own)


@lru_cache(64)  # a server of previews asks for each again
def _example(text: str, tokenizer: str, own: str) -> dict[str, str]:
    made = playground.prepare(tokenizer, own)
    look = playground.encode(text)
    plain = {"text": text, "made": made["says"]} | {key: look[key] for key in _PLAIN}
    return {
        **{name: html.escape(said, quote=False) for name, said in plain.items()},
        "pieces": "".join(map(piece, look["pieces"])),
        "counts": "".join(counts(look["counts"])),
    }


def piece(token: playground.Token) -> str:
    """Write a token as src/live/pieces.js does; an example has no other white space than blanks.

    Examples:
        >>> piece(playground.Token(" a", 257, "word"))
        '<li class="word"><bdi><span class="space"> </span>a</bdi><span class="id">257</span></li>'
    """
    kind = f'<span class="kind"> {token.kind}</span>' if token.kind in _NAMED else ""
    text = html.escape(token.piece, quote=False).replace(" ", '<span class="space"> </span>')
    return (
        f'<li class="{token.kind}"><bdi>{text}</bdi><span class="id">{token.id}{kind}</span></li>'
    )


def counts(found: Iterable[tuple[str, str]]) -> list[str]:
    """Write the counts as src/live/form.js does."""
    return [f"<div><dt>{name}</dt><dd>{count}</dd></div>" for name, count in found]
