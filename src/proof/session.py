r"""A session at Python's prompt, as a page shows it, read as `doctest` reads it.

    >>> 1 + 1
    2

Code stands behind `>>> ` and `... `, and what it printed stands below, up to the next prompt.
Empty lines above a prompt only set examples apart. A line that was printed empty may be written
`<BLANKLINE>`, as for doctest; at the end of an output it must be. An error is shown by the line
`Traceback (most recent call last):`, then `  ...` or what stood there on somebody's machine,
then its type and message.

Standard library only, and little of it: it runs in the interpreter under test too.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

PROMPT = ">>>"
BLANK = "<BLANKLINE>"
TRACEBACK = "Traceback (most recent call last):"

_INPUT = re.compile(r"^>>>(?: [^\n]*)?\n(?:\.\.\.(?: [^\n]*)?\n)*", re.MULTILINE)
_PROMPTS = re.compile(r"^(?:>>>|\.\.\.) ?", re.MULTILINE)
_GLUED = re.compile(r"^>>>[^ \n>]", re.MULTILINE)
_TAKEN = re.compile(r">>>(?!>)")
_SKIP = re.compile(r"#\s*doctest:.*\+SKIP\b")

_STARTS_LATE = (
    "A session begins with a prompt, `>>> ` and code behind it. What stands above the first prompt "
    "was printed by none of the code: write it above the fence."
)
_LACKS_BLANK = "A blank must stand between the prompt `>>>` and the code."
_SKIPPED = (
    "`+SKIP` asks doctest not to run this example. Here all that a reader takes for Python runs: "
    "show it in a fence of another language, such as text."
)


class Example(NamedTuple):
    """One input at the prompt, and what the page shows below it. Lines count from 0."""

    first: int  # the line of its prompt
    below: int  # the line below its code
    source: str  # without prompts
    shown: tuple[str, ...]  # without the empty lines that only set examples apart

    @property
    def end(self) -> int:
        """The line below all that it shows."""
        return self.below + len(self.shown)

    @property
    def raises(self) -> bool:
        """Whether the page shows an error."""
        return TRACEBACK in self.shown

    @property
    def is_code(self) -> bool:
        """Whether there is anything to run: not behind a bare prompt, nor in a comment."""
        return any(row.strip() and not row.lstrip().startswith("#") for row in _rows(self.source))


def begins(text: str) -> bool:
    r"""Whether a text begins with a prompt, as no Python does.

    >>> begins("\n>>> x\n"), begins("x >>> 1\n")
    (True, False)
    """
    return text.lstrip().startswith(PROMPT)


def examples(text: str) -> list[Example]:
    r"""The examples of a session, in order.

    >>> [(example.source, example.shown) for example in examples(">>> a = 1\n>>> a\n1\n")]
    [('a = 1\n', ()), ('a\n', ('1',))]
    """
    inputs = list(_INPUT.finditer(text))
    ends = [match.start() for match in inputs] + [len(text)]
    found, first, start = list[Example](), 0, 0
    for match, end in zip(inputs, ends[1:], strict=True):
        first, start = first + text.count("\n", start, match.start()), match.start()
        below = first + match[0].count("\n")
        rows = text[match.end() : end].rstrip(" \n").split("\n")
        shown = tuple(row.rstrip(" ") for row in rows) if any(rows) else ()
        found.append(Example(first, below, _PROMPTS.sub("", match[0]), shown))
    return found


def code(text: str) -> str:
    r"""The code of a session at its lines, and empty lines where outputs stood.

    >>> code(">>> 1 + 1\n2\n>>> if x:\n...     y\n")
    '1 + 1\n\nif x:\n    y\n'
    """
    lines = [""] * text.count("\n")
    for example in examples(text):
        lines[example.first : example.below] = _rows(example.source)
    return "".join(f"{line}\n" for line in lines)


def outputs(text: str) -> set[int]:
    """The lines of a session, from 0, that show what was printed."""
    return {line for example in examples(text) for line in range(example.below, example.end)}


def fault(text: str) -> tuple[int, str] | None:
    """The first line, from 0, that keeps a text from being a session, and what is wrong there."""
    above = text[: len(text) - len(text.lstrip())]
    found = [(text.count("\n", 0, match.start()), _LACKS_BLANK) for match in _GLUED.finditer(text)]
    found += [(each.first, _SKIPPED) for each in examples(text) if _SKIP.search(each.source)]
    if text.strip() and not _INPUT.match(text, above.rfind("\n") + 1):
        found.append((above.count("\n"), _STARTS_LATE))
    return min(found, default=None)


def changes(text: str, outputs: Sequence[str | None]) -> Iterator[tuple[int, int, list[str]]]:
    """What must change in a session so that it shows what its examples have printed.

    Args:
        text: the session.
        outputs: what each example printed; None, or nothing at the end, for those that did not
            run.

    Yields:
        Lines as in a slice, and the lines that belong there: as doctest writes them.
    """
    for example, output in zip(examples(text), outputs, strict=False):
        rows = None if output is None else _rows(output)
        if rows is not None and not _is_shown(rows, example.shown):
            yield example.below, example.end, [row or BLANK for row in rows]


def transcript(text: str, outputs: Sequence[str | None]) -> str:
    r"""The session with what its examples have printed, which is the same text if that is shown.

    >>> transcript(">>> a = 1\n\n>>> a\n2\n", ["", "1\n"])
    '>>> a = 1\n\n>>> a\n1\n'
    """
    lines = text.split("\n")
    for first, end, rows in reversed(list(changes(text, outputs))):
        lines[first:end] = rows
    return "\n".join(lines)


def unshowable(output: str) -> str:
    """The first line of an output that a session cannot show, since it would mean another thing."""
    rows = _rows(output)
    continued = [row for row in rows[:1] if row == "..." or row.startswith("... ")]
    taken = [row for row in rows if row == BLANK or _TAKEN.match(row)]
    return next(iter(continued + taken), "")


def _is_shown(printed: Sequence[str], shown: Sequence[str]) -> bool:
    if list(shown) == list(printed):
        return True
    meant = ["" if row == BLANK else row for row in shown]
    if TRACEBACK in meant:
        first = len(meant) - meant[::-1].index(TRACEBACK)
        meant[first : _below_frames(meant, first)] = ["  ..."]
    return meant == list(printed)


def _below_frames(rows: Sequence[str], at: int) -> int:
    """The line below the frames of a traceback, or below the `...` in their place."""
    if at < len(rows) and re.fullmatch(r" *\.\.\.", rows[at]):
        return at + 1
    if at < len(rows) and re.match(r' +File "', rows[at]):
        while at < len(rows) and rows[at].startswith(" "):
            at += 1
    return at


def _rows(text: str) -> list[str]:
    return text.split("\n")[:-1]
