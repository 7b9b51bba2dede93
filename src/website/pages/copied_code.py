"""Say what the copy button takes from a block of code, where that is not all of it."""

import html
import re

from proof import session
from proof.fences import is_session
from proof.markup import Attributes
from website.editor import Editor, classes, text_of

_ANNOTATION = re.compile(r"[ \t]*# \(\d+\)!?[ \t]*$", re.MULTILINE)
_NO_BUTTON = {"language-output", "doc-signature"}  # what cannot be run has none


def code_alone(text: str, language: str) -> str:
    r"""What the copy button takes from a block: its code, without what only explains it.

    Args:
        text: the block's text.
        language: its language. Of a session at the prompt only the code is taken.

    Examples:
        >>> code_alone("a = 1  # (1)!\nb = 2\n", "python")
        'a = 1\nb = 2\n'
        >>> code_alone(">>> 1 + 1\n2\n", "pycon")
        '1 + 1\n'
    """
    if is_session(language, text):
        text = "".join(example.source for example in session.examples(text))
    return _ANNOTATION.sub("", text)


class CopiedCode(Editor):
    """Gives each block of the page that it reads its `data-copy`, if it needs one."""

    def __init__(self) -> None:
        super().__init__()
        self.block = 0  # where the block of code being read begins, after `<div`
        self.language = ""
        self.start = 0  # where its code begins

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Begin a block."""
        if tag == "div":
            names = classes(attributes)
            if "highlight" in names and _NO_BUTTON.isdisjoint(names):
                self.block = self.position + len("<div")
                named = (name for name in names if name.startswith("language-"))
                self.language = next(named, "").removeprefix("language-")
        elif tag == "code" and self.block:
            self.start = self.after

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag == "code" and self.start:
            text = text_of(self.html[self.start : self.position])
            copied = code_alone(text, self.language)
            if copied != text:
                self.replace(self.block, self.block, f' data-copy="{html.escape(copied)}"')
            self.block = self.start = 0
