"""Let the search find a notebook's text as its page shows it.

The search has read what mkdocs-jupyter makes of a notebook, buttons and prompts included.
"""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from website.search.deferred_search import INDEX


@dataclass(frozen=True)
class Section:
    """A part of a page that the search finds: its heading's id, the heading, the text below."""

    anchor: str
    title: str
    text: str


def sections(page: str) -> list[Section]:
    """The sections of a notebook's page, once it is a page like all others."""
    found: list[tuple[LexborNode, list[str]]] = []
    for element in LexborHTMLParser(page).css("article > *"):
        if re.fullmatch("h[1-6]", str(element.tag)) and element.id:
            found.append((element, []))
        elif found and not element.css("svg"):
            code = element.tag == "div"
            text = html.escape(element.text().strip(), quote=False)
            found[-1][1].append(f"<pre><code>{text}\n</code></pre>" if code else f"<p>{text}</p>")
    return [
        Section(str(heading.id), heading.text().removesuffix("¶"), " ".join(text))
        for heading, text in found
    ]


def replace(site: Path, notebooks: Mapping[str, str]) -> None:
    """Put the sections of notebooks into the index of a built site in place of what was there.

    Args:
        site: its folder.
        notebooks: the HTML of their pages, by their folders below the site's.
    """
    index = site / INDEX
    if not notebooks or not index.is_file():  # it has another search than the theme's
        return
    data = json.loads(index.read_bytes())
    for folder, page in notebooks.items():
        at = [
            number
            for number, entry in enumerate(data["docs"])
            if entry["location"].startswith(f"{folder}/")
        ]
        data["docs"][at[0] : at[-1] + 1] = [
            {
                "location": f"{folder}/" + (f"#{section.anchor}" if number else ""),
                "title": section.title,
                "text": section.text,
            }
            for number, section in enumerate(sections(page))
        ]
    index.write_bytes(json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode("utf-8"))
