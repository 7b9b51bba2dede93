"""Publish each page of a part that has code as a script too: its prose as comments.

The file has the page's address with `.py` at its end. Run as it stands, it prints what the page
shows, and each output stands below its code too. Editors that know cells see them: `# %%`.
"""

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from website.editor import PAGES_KEPT
from website.formats.cells import Code, Prose, beginning, cells, install_line
from website.formats.markdown import MarkdownPage
from website.site import Site

WIDTH = 76
"""Columns of a comment; what has a form of its own, such as a table, is as wide as it is."""

_SHOWN = '''\
import contextlib
import traceback


@contextlib.contextmanager
def error_shown():
    """Show an error in short, as the page does, and go on."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, SyntaxError):
            error.filename = error.lineno = error.text = None
        print("Traceback (most recent call last):\\n  ...")
        print(*traceback.format_exception_only(error), sep="", end="")
'''
_VALUE = "from sys import displayhook as show\n"
_ITEM = re.compile(r"[> ]*(?:[-*] |\d+\. )?")
_MAGIC = re.compile(r"^(?=%\w)", re.MULTILINE)


def publish(site: Site, pages: Sequence[MarkdownPage]) -> dict[str, str]:
    """Write the scripts of some pages of a built site.

    Returns:
        Their files below the site's folder, by those of the pages' Markdown.
    """
    files = {page.file: page.file.removesuffix(".md") + ".py" for page in pages}
    for page in pages:
        (site.folder / files[page.file]).write_bytes(script(page).encode("utf-8"))
    return files


@lru_cache(PAGES_KEPT)
def script(page: MarkdownPage) -> str:
    """Write a page as the text of a script.

    Args:
        page: the page as Markdown.
    """
    about, rest = beginning(page.text)
    found = cells(rest)
    pieces = [_comment(about), f"# What it imports comes with one line:\n# {install_line(rest)}"]
    pieces += _helpers([each for each in found if isinstance(each, Code)])
    for each in found:
        if isinstance(each, Prose):
            pieces.append(f"# %% [markdown]\n{_comment(each.text)}")
        else:
            pieces.append(f"# %%\n{runnable(each).rstrip()}{_output(each.shown)}")
    return "\n\n".join(pieces) + "\n"


def _helpers(codes: list[Code]) -> Iterator[str]:
    """What the code of a page needs to show here what it shows there."""
    needs = []
    if any(code.raises for code in codes):
        needs.append(_SHOWN)
    if any(code.is_value for code in codes):
        needs.append(_VALUE)
    if needs:
        yield "# %%\n" + "\n\n".join(need.rstrip() for need in needs)


def runnable(code: Code) -> str:
    r"""The code as it stands in a script, where an error would end it, and no value is shown.

    Examples:
        >>> print(runnable(Code("1 + 1\n", "2\n", shows_value=True)))
        show(1 + 1)
        >>> print(runnable(Code("1, 2\n", "(1, 2)\n", shows_value=True)))
        show((1, 2))
        >>> print(runnable(Code("int('a')\n", "Traceback (most recent call last):\n  ...\nV: a\n")))
        with error_shown():
            int('a')
    """
    source = code.source.rstrip("\n")
    if code.is_value:
        ways = (f"show({source})", f"show(({source}))")
        return next(filter(partial(_shows, source), ways), f"show((\n{source}\n))")
    if not code.raises:
        return source if _is_python(source) else _MAGIC.sub("# ", source)
    indented = "with error_shown():\n" + textwrap.indent(source, "    ")
    return indented if _is_same(source, indented) else f"with error_shown():\n    exec({source!r})"


def _shows(source: str, call: str) -> bool:
    """Whether a call shows what an expression is, which may be a tuple, or end in a comment."""
    try:
        found = ast.parse(call, mode="eval").body
    except SyntaxError:
        return False
    arguments = found.args if isinstance(found, ast.Call) else []
    wanted = ast.dump(ast.parse(source.strip(), mode="eval").body)
    return [ast.dump(argument) for argument in arguments] == [wanted]


def _is_python(source: str) -> bool:
    """Whether it is without what only a notebook knows."""
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def _is_same(source: str, indented: str) -> bool:
    """Whether code means the same further to the right: its texts may go over several lines."""
    try:
        (block,) = ast.parse(indented).body
        body = block.body if isinstance(block, ast.With) else []
        return ast.dump(ast.Module(body, [])) == ast.dump(ast.parse(source))
    except SyntaxError:  # the error is what the page shows
        return False


def _output(shown: str) -> str:
    if not shown:
        return ""
    return "\n# Output:\n" + "\n".join(f"#   {line}".rstrip() for line in shown.splitlines())


def _comment(text: str) -> str:
    rows: list[str] = []
    in_fence = False
    for line in text.split("\n"):
        is_fence = line.strip(" >").startswith(("```", "~~~"))
        in_fence ^= is_fence
        has_form = in_fence or is_fence or line.strip(" >").startswith("|")
        rows += [line] if has_form or len(line) <= WIDTH else _wrapped(line)
    return "\n".join(f"# {row}".rstrip() for row in rows)


def _wrapped(line: str) -> list[str]:
    """The rows of a long line: those below the first stand where its text began."""
    start = _ITEM.match(line)
    above = start[0] if start else ""
    below = re.sub(r"[^> ]", " ", above)
    return textwrap.wrap(
        line[len(above) :],
        WIDTH,
        initial_indent=above,
        subsequent_indent=below,
        break_long_words=False,
        break_on_hyphens=False,
    )
