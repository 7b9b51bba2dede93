"""Find the code fences of a Markdown page, as the site that renders it finds them.

The scanner is the site's own: `pymdownx.superfences`, with the step that would render a
fence replaced by one that writes down where it stands. What it cannot know, because it
runs before HTML is read, is added here, again by the site's own reader of HTML: a fence
inside a comment is not shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown import Markdown
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from pymdownx.snippets import SnippetExtension, SnippetPreprocessor
from pymdownx.superfences import SuperFencesBlockPreprocessor

from proof import session

OUTPUT = "output"
PYTHON = "python"
OTHER_PYTHON = "other python"
CHECK, WRONG, HINT = "check", "wrong", "hint"
EXERCISE = (CHECK, WRONG, HINT)
"""The languages of fences that belong to an exercise: no reader sees them as blocks."""

_HEADING = "The site cannot read the heading of this fence."
_UNCLOSED = "This fence is opened and never closed."


@dataclass(frozen=True)
class Fence:
    """A fence that a reader of the page sees.

    Lines are counted from 0. `first` is the opening line and `last` the closing one.
    """

    first: int
    last: int
    prefix: str  # what stands before it on each line: blanks, and `>` in a quote
    mark: str  # the run of backticks or tildes
    language: str  # as written: `py`, `python`, `output`, or nothing
    text: str  # without the prefix, with a newline at the end of each line

    @property
    def kind(self) -> str:
        """What the fence is to the proof: `python`, `output`, `other python`, or nothing."""
        return kind(self.language)

    @property
    def is_session(self) -> bool:
        """Whether it shows Python's prompt, with code and outputs in one."""
        return is_session(self.language, self.text)


@dataclass(frozen=True)
class BrokenFence:
    """A fence that the site does not take for one, so that it shows the marks as text."""

    first: int
    fault: str


def fences(text: str) -> Iterator[Fence | BrokenFence]:
    r"""Yield the fences of a page in order.

    None that stands inside another fence or inside an HTML comment is among them.

    >>> page = '''
    ... ~~~ {.python title="shown"}
    ... print(1)
    ... ~~~
    ... <!--
    ... ```python
    ... print(2)
    ... ```
    ... -->
    ... '''
    >>> [(fence.language, fence.text) for fence in fences(page)]
    [('python', 'print(1)\n')]
    """
    shown = _without_front_matter(text.removeprefix("\ufeff"))  # the mark of byte order
    lines = NormalizeWhitespace(_site_scanner().md).run(shown.split("\n"))
    found = _Scanner.scan(lines)
    hidden = _commented(lines, found)
    return (fence for fence in found if fence.first not in hidden)


def _without_front_matter(text: str) -> str:
    """The text with empty lines where MkDocs reads settings of the page from its beginning."""
    found = _FRONT_MATTER.match(text)
    if not found or not any(mark in found[1] for mark in ("```", "~~~", "<!--")):
        return text  # it hides no fence
    # Imported late: few pages have such front matter.
    import yaml

    try:
        is_settings = isinstance(yaml.safe_load(found[1]), dict)
    except yaml.YAMLError:
        is_settings = False
    return "\n" * found[0].count("\n") + text[found.end() :] if is_settings else text


_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:\.{3}|---)[ \t]*\n", re.DOTALL)


def kind(language: str) -> str:
    """What a fence of this language is to the proof.

    Whatever Pygments colours as Python is Python to a reader, under any of its names.

    >>> kind("py"), kind("pycon"), kind("python2"), kind("bash")
    ('python', 'python', 'other python', '')
    """
    if language == OUTPUT:
        return OUTPUT
    return _kind_and_look(language)[0]


def is_session(language: str, text: str) -> bool:
    r"""Whether a block of Python shows the prompt: by its language, or since it begins with one.

    >>> is_session("pycon", "2\n"), is_session("py", ">>> 1\n"), is_session("py", "1\n")
    (True, True, False)
    """
    found, is_console = _kind_and_look(language)
    return is_console or (found == PYTHON and session.begins(text))


@cache
def _kind_and_look(language: str) -> tuple[str, bool]:
    """What Pygments makes of a language, and whether it looks for prompts in it."""
    if language == PYTHON:
        return PYTHON, False
    if not language:
        return "", False
    # Imported late: most pages name no other language, and the list is long.
    from pygments.lexers import find_lexer_class_by_name
    from pygments.lexers.python import Python2Lexer, PythonConsoleLexer, PythonLexer
    from pygments.util import ClassNotFound

    try:
        lexer = find_lexer_class_by_name(language)
    except ClassNotFound:
        return "", False
    if issubclass(lexer, PythonConsoleLexer):
        return PYTHON, True
    if issubclass(lexer, PythonLexer):
        return PYTHON, False
    return OTHER_PYTHON if issubclass(lexer, Python2Lexer) else "", False


def include(text: str, folders: Sequence[Path]) -> str:
    """Replace each `--8<--` line by the file it names, as the site does.

    Raises:
        pymdownx.snippets.SnippetMissingError: a file or section that is not there.
    """
    if "8<-" not in text:
        return text
    config = SnippetExtension(base_path=[str(f) for f in folders], check_paths=True).getConfigs()
    md = Markdown()
    lines = NormalizeWhitespace(md).run(SnippetPreprocessor(config, md).run(text.split("\n")))
    return "\n".join(lines).rstrip("\n") + "\n"


class _Scanner(SuperFencesBlockPreprocessor):  # type: ignore[misc]
    """Superfences that notes where each fence stands, and does not render it."""

    found: list[Fence | BrokenFence]
    fence: str | None = None  # the marks of the fence that is open
    line = -1
    opening = 0

    @classmethod
    def scan(cls, lines: list[str]) -> list[Fence | BrokenFence]:
        site = _site_scanner()
        scanner = cls(site.md)
        scanner.config, scanner.extension = site.config, site.extension
        scanner.found = []
        scanner.run(lines)
        scanner.clear()
        return scanner.found

    # Superfences calls one of these three for each heading of a fence.

    def parse_options(self, m: re.Match[str]) -> bool:
        return self._understood(super().parse_options(m))

    def handle_attrs(self, m: re.Match[str]) -> bool:
        return self._understood(super().handle_attrs(m))

    def handle_unrecognized(self, m: re.Match[str]) -> bool:
        is_code_span = "`" in m["unrecognized"]  # a line that starts with ```such code```
        return self._understood(super().handle_unrecognized(m), is_code_span)

    def _understood(self, okay: bool, is_no_fence: bool = False) -> bool:
        if not okay and not is_no_fence:
            self.found.append(BrokenFence(self.opening, _HEADING))
        return okay

    # And one of these two for each line, the first outside of fences.

    def parse_whitespace(self, line: str) -> str:
        self.line += 1
        self.opening = self.line
        return str(super().parse_whitespace(line))

    def parse_fence_line(self, line: str) -> tuple[str, str]:
        self.line += 1
        prefix, content = super().parse_fence_line(line)
        return prefix, content

    # And one of these two at the end of a fence, the second when it gives one up.

    def process_nested_block(self, ws: str, content: str, start: int, end: int) -> None:
        text = self.rebuild_block(self.code) + "\n" if self.code else ""
        mark = self.fence or ""
        self.found.append(Fence(start, end - 1, self.ws, mark, self.lang or "", text))
        self.fence = None
        self.clear()

    def clear(self) -> None:
        if self.fence is not None:
            self.found.append(BrokenFence(self.opening, _UNCLOSED))
        super().clear()


@cache
def _site_scanner() -> SuperFencesBlockPreprocessor:
    md = Markdown(extensions=["attr_list", "pymdownx.superfences"])
    return md.preprocessors["fenced_code_block"]


_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_MARK = "\x02"  # never in a text: the site drops it
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_COMMENT_IN_TEXT = re.compile(r"<!--(?:(?!<!--|-->|\n *>).)*-->", re.DOTALL)
_QUOTED = re.compile(r"^[ >]+", re.MULTILINE)


def _commented(lines: list[str], fences: list[Fence | BrokenFence]) -> set[int]:
    """The opening lines of the fences that stand inside an HTML comment."""
    if not any("<!--" in line for line in lines):
        return set()
    marked = list(lines)
    for fence in reversed(fences):  # as the site does: a mark takes the place of a fence
        if isinstance(fence, Fence):
            marked[fence.first : fence.last + 1] = [f"{fence.prefix}{_MARK}{fence.first}"]
        else:
            marked[fence.first] += f"{_MARK}{fence.first}"
    md = Markdown()
    text = "\n".join(HtmlBlockPreprocessor(md).run(marked))
    comments = [c for block in md.htmlStash.rawHtmlBlocks for c in _COMMENT.findall(str(block))]
    # What is left in the text is a comment only within a paragraph, and not as code.
    for paragraph in re.split(r"\n[ \t]*\n", text):
        inner = _QUOTED.sub("", paragraph) if paragraph.lstrip().startswith(">") else paragraph
        comments += _COMMENT_IN_TEXT.findall(_CODE_SPAN.sub("", inner))
    return {int(first) for first in re.findall(rf"{_MARK}(\d+)", "".join(comments))}
