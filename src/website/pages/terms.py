"""Explain a term where a page uses it first, in the words of the glossary.

The glossary page is the only source: each of its entries becomes a note on the first use of
the term on every other page. The note needs no script: it shows while the term is pointed
at, tapped, or reached with the Tab key.
"""

import html
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from proof.markup import Attributes
from website.editor import NEVER_CLOSED, Editor, classes, edit

_TEXT = {"p", "li", "td", "dd"}
_NOT_IN = {"a", "button", "code", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "summary"}
_SKIPPED = {"doc", "highlight", "proven"}


@dataclass(frozen=True, eq=False)
class Glossary:
    """For each name of a term, in lower case: the id of its entry, and what it means."""

    meanings: dict[str, tuple[str, str]]

    @cached_property
    def names(self) -> re.Pattern[str]:
        """Finds any of the names in lower case, the longest that fits, in the plural too."""
        longest_first = sorted(self.meanings, key=len, reverse=True)
        names = "|".join(map(re.escape, longest_first)) or "(?!)"  # which finds nothing
        return re.compile(rf"\b({names})s?\b(?!-)")


@lru_cache(8)
def entries(page: str) -> Glossary:
    """Read the entries of a glossary from its HTML.

    An entry's last sentence, which says where the term is taught, is no part of its meaning.

    Examples:
        >>> page = '<dl><dt id="token">token</dt><dd>A piece of text. See <a>there</a>.</dd></dl>'
        >>> entries(page).meanings
        {'token': ('token', 'A piece of text.')}
    """
    reader = _Entries()
    edit(page, reader)
    return Glossary(reader.meanings)


def explain(page: str, glossary: Glossary) -> str:
    """Add to a page the meaning of each term, where its text uses the term first.

    Examples:
        >>> glossary = Glossary({"token": ("token", "A piece of text.")})
        >>> page = explain("<article><p>Two tokens, one token.</p></article>", glossary)
        >>> page.count('class="term"'), page.count("A piece of text.")
        (1, 1)
    """
    return edit(page, Explainer(glossary))


class _Entries(Editor):
    def __init__(self) -> None:
        super().__init__()
        self.meanings: dict[str, tuple[str, str]] = {}
        self.names: list[str] = []
        self.entry = ""
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        if tag == "dt":
            self.entry = attributes.get("id") or self.entry
        if tag in ("dt", "dd"):
            self.text = []

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self.text is None or tag not in ("dt", "dd"):
            return
        text, self.text = " ".join("".join(self.text).split()), None
        if tag == "dt":
            self.names.append(text)
            return
        meaning = text.rpartition(" See ")[0] or text
        self.meanings |= {name.lower(): (self.entry, meaning) for name in self.names}
        self.names = []


class Explainer(Editor):
    """Explains the terms of the page that it reads, as `explain` does."""

    def __init__(self, glossary: Glossary) -> None:
        super().__init__()
        self.glossary = glossary
        self.explained: set[str] = set()
        self.around: list[tuple[bool, bool]] = []  # for each open element of the article: has
        # it text to explain, and is it left alone?

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Enter an element."""
        if tag in NEVER_CLOSED or not (self.around or tag == "article"):
            return
        has_text, is_left = self.around[-1] if self.around else (False, False)
        if not is_left:
            is_left = tag in _NOT_IN or not _SKIPPED.isdisjoint(classes(attributes))
        self.around.append((has_text or tag in _TEXT, is_left))

    def handle_startendtag(self, tag: str, attributes: Attributes) -> None:
        """Pass over an element that closes itself, as those of a drawing do."""

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if self.around and tag not in NEVER_CLOSED:
            self.around.pop()

    def handle_data(self, data: str) -> None:
        """Explain the terms of a text."""
        if not self.around or self.around[-1] != (True, False):
            return
        start = self.position
        text = self.html[start : self.html.find("<", start)]  # as written, with its references
        lower = text.replace("İ", "I").lower()  # no other letter becomes two
        for match in self.glossary.names.finditer(lower):
            entry, meaning = self.glossary.meanings[match[1]]
            if entry not in self.explained:
                self.explained.add(entry)
                note = _note(text[slice(*match.span())], entry, html.escape(meaning))
                self.replace(start + match.start(), start + match.end(), note)


def _note(word: str, entry: str, meaning: str) -> str:
    return (
        f'<span class="term" tabindex="0" role="term" aria-describedby="term-{entry}">{word}</span>'
        f'<span class="meaning" role="tooltip" id="term-{entry}">{meaning}</span>'
    )
