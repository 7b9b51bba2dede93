"""Begin a page: write its skeleton, and everything that leads to it."""

import re
from dataclasses import replace
from pathlib import Path

from mkdocs.utils.yaml import yaml_load
from nbformat.v4 import new_markdown_cell

from proof.files import write_whole
from proof.notebook import read, text_of
from website.new_page import skeletons
from website.new_page.links import (
    CONFIGURATION,
    NewPageError,
    among_claims,
    in_list,
    in_nav,
    led_on,
    next_line,
)
from website.sources import INDEX, Part, parts

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


def begin(root: Path, part: str, name: str, title: str = "") -> list[Path]:
    """Write the skeleton of a page, and everything that leads to it; all of it or nothing.

    Args:
        root: the project's folder.
        part: the part's folder below docs.
        name: the page's file, without its ending; `index` begins a new part, and with it the
            page that looks back on it.
        title: its heading, if the name with blanks for hyphens is not it.

    Returns:
        The files that were written, that of the page first.

    Raises:
        NewPageError: there is no such part, or such a page is there already, or one of the names
            is none for a file.
    """
    part = part.removeprefix("docs/").rstrip("/")
    name = name.removesuffix(".md")
    for given in (part, name):
        if not _NAME.fullmatch(given):
            raise NewPageError(
                f"{given!r} is no name for a file here. Use small letters, digits and hyphens, "
                "such as counting-tokens."
            )
    page = root / "docs" / part / f"{name}.md"
    _check_free(page, root)
    settings = (root / CONFIGURATION).read_text(encoding="utf-8")
    known = parts(yaml_load(settings)["nav"])
    here = next((each for each in known if each.folder == part), None)
    begins = f"{name}.md" == INDEX
    if not here and not begins:
        raise NewPageError(
            f"There is no part {part!r} in the nav of {CONFIGURATION}, only "
            f"{', '.join(each.folder for each in known)}. "
            f"To begin one: make page PART={part} NAME={Path(INDEX).stem}"
        )
    title = title or (part if begins else name).replace("-", " ").capitalize()
    if here:
        texts = _section(root, known, here, page, title)
    else:
        texts = _new_part(root, known, page, title)
    for path, text in texts.items():
        write_whole(path, text)
    return list(texts)


def _new_part(root: Path, known: list[Part], index: Path, title: str) -> dict[Path, str]:
    """The first and the last page of a new part, and its section in `nav`."""
    folder = index.parent
    alone = folder.with_suffix(".md")
    if alone.exists():
        raise NewPageError(f"{_short(alone, root)} has that address. Choose another name.")
    number = max(each.number for each in known) + 1
    part = Part(number, title, (f"{folder.name}/{INDEX}",))
    heading = skeletons.looking_back_title(part)
    last = folder / f"{heading.lower().replace(' ', '-')}.md"
    _check_free(last, root)
    part = replace(part, pages=(*part.pages, f"{folder.name}/{last.name}"))
    listed = f"- [{heading}]({last.name}) looks back on it, and says what comes next."
    settings = (root / CONFIGURATION).read_text(encoding="utf-8")
    return {
        index: in_list(skeletons.part_index(title), [], listed),
        last: skeletons.looking_back([*known, part]),
        root / CONFIGURATION: in_nav(settings, [*known, part], part.pages),
    }


def _section(root: Path, known: list[Part], part: Part, page: Path, title: str) -> dict[Path, str]:
    """A section at the end of a part, before a page that looks back, and all that leads to it."""
    docs, folder = root / "docs", page.parent
    end, back = docs / part.pages[-1], ""
    if end.suffix == ".md" and skeletons.looks_back(text := end.read_text(encoding="utf-8")):
        back = text
    place = len(part.pages) - bool(back)
    new = f"{part.folder}/{page.name}"
    pages = (*part.pages[:place], new, *part.pages[place:])
    wanted = [replace(each, pages=pages) if each == part else each for each in known]

    index = folder / INDEX
    names = [Path(each).name for each in part.pages]
    entry = skeletons.list_entry(title, page.name)
    listed = in_list(index.read_text(encoding="utf-8"), names, entry, is_last=not back)
    texts = {page: skeletons.chapter(title), index: listed}

    before, onward = docs / part.pages[place - 1], ""
    if before != index:
        texts[before], onward = _led_to(before, next_line(title, page.name))
    if back:
        heading = _HEADING.search(back)
        onward = onward or next_line(heading[1] if heading else end.stem, end.name)
        texts[end] = among_claims(back, skeletons.claim(title, page.name))
    if onward:
        texts[page] += f"\n{onward}\n"
    settings = (root / CONFIGURATION).read_text(encoding="utf-8")
    texts[root / CONFIGURATION] = in_nav(settings, wanted, [new])
    return texts


def _led_to(before: Path, leads: str) -> tuple[str, str]:
    """The text of the page before with a new *Next:*, and the *Next:* that it had."""
    if before.suffix != ".ipynb":
        text, onward = led_on(before.read_text(encoding="utf-8"), leads)
        return f"{text}\n", onward
    notebook = read(before)
    last = notebook.cells[-1]
    if last.cell_type != "markdown":
        last = new_markdown_cell()  # type: ignore[no-untyped-call]
        notebook.cells.append(last)
    last.source, onward = led_on(last.source, leads)
    return text_of(notebook), onward


def _check_free(page: Path, root: Path) -> None:
    """Make sure that no page has that name."""
    for taken in (page, page.with_suffix(".ipynb")):
        if taken.exists():
            raise NewPageError(f"{_short(taken, root)} is there already. Choose another name.")


def _short(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
