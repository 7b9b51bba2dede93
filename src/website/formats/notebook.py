"""Publish each page of a part that has code as a notebook too, with what the page shows.

The file has the page's address with `.ipynb` at its end. Its first code cell installs what the
page imports, once its `#` is taken away.
"""

import ast
import json
import posixpath
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import count
from typing import Any

from proof.session import TRACEBACK
from website.editor import PAGES_KEPT
from website.formats.cells import Code, Prose, beginning, cells, install_line
from website.formats.markdown import MarkdownPage, standalone
from website.site import Site

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def publish(site: Site, pages: Mapping[str, MarkdownPage]) -> dict[str, str]:
    """Write some pages of a built site as notebooks; one that is a notebook gets what it lacks.

    Args:
        site: the site.
        pages: the pages as Markdown, by their sources.

    Returns:
        Their files below the site's folder, by those of the pages' Markdown.
    """
    files = {}
    for source, page in pages.items():
        stem = page.file.removesuffix(".md")
        if source.endswith(".ipynb") and site.docs:
            file = f"{stem}/{posixpath.basename(source)}"  # where the site has it anyway
            text = (site.docs / source).read_text(encoding="utf-8")
            written = with_install(text, source, site.address)
        else:
            file, written = f"{stem}.ipynb", notebook(page)
        (site.folder / file).write_bytes(written.encode("utf-8"))
        files[page.file] = file
    return files


@lru_cache(PAGES_KEPT)
def notebook(page: MarkdownPage) -> str:
    """Write a page as the text of a notebook's file.

    Args:
        page: the page as Markdown.
    """
    about, rest = beginning(page.text)
    written = [_markdown(about), _install(page.text)]
    written += [
        _markdown(each.text) if isinstance(each, Prose) else _code(each) for each in cells(rest)
    ]
    return _file(written)


def with_install(text: str, name: str, address: str) -> str:
    """Write a notebook so that it stands alone: whole links, and a cell that installs.

    Args:
        text: of the notebook's file.
        name: its path below docs.
        address: the site's, which ends with a slash.
    """
    found = json.loads(text)
    sources = ["".join(cell["source"]) for cell in found["cells"]]
    for cell, source in zip(found["cells"], sources, strict=True):
        if cell["cell_type"] == "markdown":
            cell["source"] = _lines(standalone(source, name, address).strip("\n"))
    found["cells"].insert(1, _install("\n".join(sources)))
    return _file(found["cells"])


def _file(written: list[dict[str, Any]]) -> str:
    runs = count(1)
    for number, cell in enumerate(written):
        cell["id"] = cell.get("id", f"cell-{number}")
        if cell["cell_type"] == "code":
            cell["execution_count"] = next(runs)
            for output in cell["outputs"]:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = cell["execution_count"]
    whole = {"cells": written, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def _install(code: str) -> dict[str, Any]:
    command = install_line(code).replace("python -m ", "%", 1)
    said = "# To install what this notebook imports, take the # off the next line, and run it."
    return _cell(f"{said}\n# {command}", [])


def _code(code: Code) -> dict[str, Any]:
    source = code.source.rstrip("\n")
    cell = _cell(source if code.shows_value else quiet(source), list(_outputs(code)))
    if code.raises:
        cell["metadata"] = {"tags": ["raises-exception"]}
    return cell


def quiet(source: str) -> str:
    r"""The code of a cell that shows no value: a notebook would show that of the last expression.

    Examples:
        >>> quiet("names.pop()  # the last")
        'names.pop();  # the last'
        >>> quiet("print(1)")
        'print(1)'
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # the error is what the page shows
        return source
    last = statements[-1] if statements else None
    if not isinstance(last, ast.Expr) or source.split("\n")[last.lineno - 1].startswith("print("):
        return source
    lines = source.split("\n")
    row, at = (last.end_lineno or 1) - 1, last.end_col_offset or 0
    line = lines[row].encode()  # `ast` counts bytes
    lines[row] = f"{line[:at].decode()};{line[at:].decode()}"
    return "\n".join(lines)


def _outputs(code: Code) -> Iterator[dict[str, Any]]:
    """What a cell shows, as a notebook's file has it."""
    printed, mark, error = code.shown.partition(f"{TRACEBACK}\n")
    if printed and code.is_value:
        data = {"text/plain": _lines(printed.rstrip("\n"))}
        yield {"output_type": "execute_result", "data": data, "metadata": {}}
    elif printed:
        yield {"output_type": "stream", "name": "stdout", "text": _lines(printed)}
    if mark:
        _, *message = error.rstrip("\n").split("\n")  # above it, what stands for the lines
        name, _, says = "\n".join(message).partition(": ")
        yield {
            "output_type": "error",
            "ename": name.rpartition(".")[2],
            "evalue": says,
            "traceback": [TRACEBACK, "  ...", *message],
        }


def _cell(source: str, outputs: list[Any]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": outputs,
        "source": _lines(source),
    }


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
