"""Begin a page: `make page PART=working-with-text-data NAME=counting-tokens`.

Writes the page's skeleton, its place at the end of its part in `nav` and in the part's list, and
the *Next:* of the page before. The name `index` begins a new part.
"""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load
from nbformat.v4 import new_markdown_cell

from proof.files import write_whole
from proof.notebook import read, text_of
from website.sources import INDEX, PART_TITLE, Part, parts

CONFIGURATION = "mkdocs.yml"
LIST = "The sections of this part:"
"""The line above the list of a part's pages, in its index."""
USAGE = (
    "Say which part the page belongs to, and its name: "
    "make page PART=working-with-text-data NAME=counting-tokens"
)
NEXT = "Next: "
"""How the last line of a page begins."""

TO_WRITE = (
    "Say in one sentence what this page is about.",
    "say what the reader will be able to do.",
    "Say what it is for, before how it works.",
    "The first question",
    "Ask what the next block answers.",
    "Say what the output shows.",
    "Say in a sentence one thing to keep.",
    "Set a task that changes a block of this page.",
    "Say why, where the output alone does not.",
    "Give a hint that leads one step on.",
    "say in a few words what it shows.",
)
"""What a skeleton asks its writer to put into words: none of it may be left on a finished page."""

(
    _DESCRIPTION,
    _ABLE,
    _PURPOSE,
    _HEADING,
    _QUESTION,
    _SHOWS,
    _LEARNED,
    _TASK,
    _WHY,
    _HINT,
    _ENTRY,
) = TO_WRITE
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ITEM = re.compile(r"- \[[^\]]*\]\(([^)#]+)\)")


class NewPageError(Exception):
    """The page cannot be begun; the message says why, and what to do."""


def chapter(title: str) -> str:
    """Return the skeleton of a section's page.

    Args:
        title: its heading.
    """
    return f'''---
description: "{_DESCRIPTION}"
---

# {title}

After this section you can {_ABLE}

{_PURPOSE}

## {_HEADING}

{_QUESTION}

```python
tokens = "the cat saw the dog".split()
print(len(tokens))
```

```output
5
```

{_SHOWS}

## What you learned

- {_LEARNED}

## Exercises

1. {_TASK}

    ??? success "Solution"

        ```python
        print(len(set(tokens)))
        ```

        ```output
        4
        ```

        {_WHY}

        ```check
        # You print a number.
        assert numbers, "Print how many tokens there are."
        # It counts each token once.
        assert numbers == [4], "A token is counted more than once."
        ```

        ```hint
        {_HINT}
        ```

        ```wrong
        print(len(tokens))
        ```
'''


def part_index(title: str) -> str:
    """Return the skeleton of a part's first page.

    Args:
        title: the part's name.
    """
    return f'''---
description: "{_DESCRIPTION}"
---

# {title}

After this part you can {_ABLE}

{_PURPOSE}

{LIST}
'''


def begin(root: Path, part: str, name: str, title: str = "") -> list[Path]:
    """Write the skeleton of a page, and everything that leads to it; all of it or nothing.

    Args:
        root: the project's folder.
        part: the part's folder below docs.
        name: the page's file, without its ending; `index` begins a new part.
        title: its heading, if the name with blanks for hyphens is not it.

    Returns:
        The files that were written.

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
    for taken in (page, page.with_suffix(".ipynb")):
        if taken.exists():
            raise NewPageError(f"{_short(taken, root)} is there already. Choose another name.")
    configuration = root / CONFIGURATION
    settings = configuration.read_text(encoding="utf-8")
    known = parts(yaml_load(settings)["nav"])
    here = next((each for each in known if each.folder == part), None)
    begins = f"{name}.md" == INDEX
    if not here and not begins:
        raise NewPageError(
            f"There is no part {part!r} in the nav of {CONFIGURATION}, only "
            f"{', '.join(each.folder for each in known)}. "
            f"To begin one: make page PART={part} NAME={Path(INDEX).stem}"
        )
    alone = root / "docs" / f"{part}.md"
    if not here and alone.exists():
        raise NewPageError(f"{_short(alone, root)} has that address. Choose another name.")

    title = title or _title(part if begins else name)
    new = f"{part}/{name}.md"
    if here:
        wanted = [
            Part(each.number, each.name, each.pages + (new,) * (each == here)) for each in known
        ]
        texts = {page: chapter(title)} | _led_to(root, here, page, title)
    else:
        wanted = [*known, Part(max(each.number for each in known) + 1, title, (new,))]
        texts = {page: part_index(title)}
    texts[configuration] = _in_nav(settings, wanted, new)
    for path, text in texts.items():
        write_whole(path, text)
    return list(texts)


def _led_to(root: Path, part: Part, page: Path, title: str) -> dict[Path, str]:
    """The part's list with the new page, and the page before with its *Next:*."""
    folder = root / "docs" / part.folder
    index, before = folder / INDEX, root / "docs" / part.pages[-1]
    entry = f"- [{title}]({page.name}): {_ENTRY}"
    names = [Path(each).name for each in part.pages]
    texts = {index: _listed(index.read_text(encoding="utf-8"), names, entry)}
    if before == index:
        return texts
    leads = f"{NEXT}[{title[0].lower()}{title[1:]}]({page.name})."
    if before.suffix == ".ipynb":
        notebook = read(before)
        last = notebook.cells[-1]
        if last.cell_type != "markdown":
            last = new_markdown_cell()  # type: ignore[no-untyped-call]
            notebook.cells.append(last)
        last.source, onward = _led_on(last.source, leads)
        texts[before] = text_of(notebook)
    else:
        text, onward = _led_on(before.read_text(encoding="utf-8"), leads)
        texts[before] = f"{text}\n"
    texts[page] = f"{chapter(title)}\n{onward}\n" if onward else chapter(title)
    return texts


def _led_on(text: str, leads: str) -> tuple[str, str]:
    """The text of a page with a new *Next:* as its last line, and the one that it had."""
    text, _, last = text.rstrip("\n").rpartition("\n")
    if last.startswith(NEXT):
        return f"{text}\n{leads}", last
    return f"{text}\n{last}\n\n{leads}".lstrip("\n"), ""


def _listed(index: str, names: Sequence[str], entry: str) -> str:
    """A part's first page with one more entry in the list of its pages."""
    lines = index.rstrip("\n").split("\n")
    items = [
        row for row, line in enumerate(lines) if (item := _ITEM.match(line)) and item[1] in names
    ]
    if items:
        lines.insert(items[-1] + 1, entry)
    else:
        lines += ["", *([] if LIST in lines else [LIST, ""]), entry]
    return "\n".join(lines) + "\n"


def _in_nav(settings: str, wanted: Sequence[Part], page: str) -> str:
    """The configuration with one page more in its `nav`, and all else as it was.

    Args:
        settings: the configuration's text.
        wanted: the parts that it has then.
        page: the new page, the last of its part.
    """
    place = next(place for place, part in enumerate(wanted) if page in part.pages)
    part = wanted[place]
    root: Any = yaml.compose(settings, Loader=yaml.SafeLoader)
    nav = next(value for key, value in root.value if key.value == "nav")
    sections = [
        entry.value[0]
        for entry in nav.value
        if isinstance(entry, yaml.MappingNode) and PART_TITLE.fullmatch(entry.value[0][0].value)
    ]
    title, pages = sections[min(place, len(sections) - 1)]
    lines, last = settings.split("\n"), pages.value[-1]
    entries = [f"{' ' * (last.start_mark.column - 2)}- {page}"]
    if part.pages == (page,):
        name = json.dumps(f"Part {part.number}: {part.name}", ensure_ascii=False)
        entries.insert(0, f"{' ' * (title.start_mark.column - 2)}- {name}:")
    while not isinstance(last, yaml.ScalarNode):  # a page with a title, or a section in the part
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    below = last.end_mark.line + 1
    text = "\n".join([*lines[:below], *entries, *lines[below:]])
    try:
        found = parts(yaml_load(text)["nav"])
    except ConfigurationError:
        found = []
    if found != list(wanted):
        raise NewPageError(
            f"The nav of {CONFIGURATION} does not have one page a line: put {page} there by hand."
        )
    return text


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _short(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def main(part: str, name: str, title: str = "") -> None:
    """Begin a page in the project's root folder, and say what was written, or what is wrong."""
    if not part or not name:
        sys.exit(USAGE)
    try:
        written = begin(Path.cwd(), part, name, title)
    except NewPageError as error:
        sys.exit(str(error))
    for path in written:
        print(f"wrote {_short(path, Path.cwd())}")
    print(f"Now put it into words. Then: make outputs PAGE={_short(written[0], Path.cwd())}")


if __name__ == "__main__":
    main(*sys.argv[1:])
