"""Where a page is named: in `nav`, in the lists, and in the chain of *Next:*."""

import json
import re
from collections.abc import Sequence
from typing import Any

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from website.new_page.skeletons import CAN, LIST, NEXT
from website.sources import PART_TITLE, Part, parts

CONFIGURATION = "mkdocs.yml"
_ITEM = re.compile(r"- \[[^\]]*\]\(([^)#]+)\)")


class NewPageError(Exception):
    """The page cannot be begun; the message says why, and what to do."""


def in_list(index: str, names: Sequence[str], entry: str, *, is_last: bool = True) -> str:
    """Return a part's first page with one more entry in the list of its pages.

    Args:
        index: the text of that page.
        names: the files of the part's pages.
        entry: the new line.
        is_last: whether it is the last of the list, or stands before the last one.
    """
    lines = index.rstrip("\n").split("\n")
    items = [
        row for row, line in enumerate(lines) if (item := _ITEM.match(line)) and item[1] in names
    ]
    if items:
        lines.insert(items[-1] + is_last, entry)
    else:
        lines += ["", *([] if LIST in lines else [LIST, ""]), entry]
    return "\n".join(lines) + "\n"


def among_claims(text: str, claim: str) -> str:
    """Return a page that looks back with one more line in its list of what a reader can do."""
    before, heading, after = text.partition(f"\n## {CAN}\n")
    section, following, rest = after.partition("\n## ")
    lines = section.strip("\n").split("\n") if section.strip() else []
    claims = [row for row, line in enumerate(lines) if line.startswith("- ")]
    lines.insert(claims[-1] + 1 if claims else len(lines), claim)
    return "\n".join([f"{before}{heading}", *lines, f"{following}{rest}"])


def led_on(text: str, leads: str) -> tuple[str, str]:
    """Return the text of a page with a new *Next:* as its last line, and the one that it had."""
    text, _, last = text.rstrip("\n").rpartition("\n")
    if last.startswith(NEXT):
        return f"{text}\n{leads}", last
    return f"{text}\n{last}\n\n{leads}".lstrip("\n"), ""


def next_line(title: str, file: str) -> str:
    """Return the last line of a page, which leads to another one."""
    return f"{NEXT}[{title[0].lower()}{title[1:]}]({file})."


def in_nav(settings: str, wanted: Sequence[Part], new: Sequence[str]) -> str:
    """Return the configuration with more pages in its `nav`, and all else as it was.

    Args:
        settings: the configuration's text.
        wanted: the parts that it has then.
        new: the new pages, which follow each other: all pages of the last part, or some of any.

    Raises:
        NewPageError: the `nav` has another layout, and a person has to write into it.
    """
    place = next(place for place, part in enumerate(wanted) if new[0] in part.pages)
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
    entries = [f"{' ' * (last.start_mark.column - 2)}- {page}" for page in new]
    if part.pages == tuple(new):
        name = json.dumps(f"Part {part.number}: {part.name}", ensure_ascii=False)
        entries.insert(0, f"{' ' * (title.start_mark.column - 2)}- {name}:")
    if new[-1] == part.pages[-1]:
        while not isinstance(last, yaml.ScalarNode):  # a page with a title, or a section in it
            last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
        below = last.end_mark.line + 1
    else:
        below = last.start_mark.line
    text = "\n".join([*lines[:below], *entries, *lines[below:]])
    try:
        found = parts(yaml_load(text)["nav"])
    except ConfigurationError:
        found = []
    if found != list(wanted):
        raise NewPageError(
            f"The nav of {CONFIGURATION} does not have one page a line: put {' and '.join(new)} "
            "there by hand."
        )
    return text
