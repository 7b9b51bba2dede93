"""Publish each page as Markdown too, for people who copy it and for programs that read it.

The file has the page's address with `.md` at its end, as its source has below docs. It is
plain Markdown that stands alone: what the page includes is in it, a figure is there in words,
and every link is a whole address.
"""

import json
import posixpath
import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import griffe
import yaml
from selectolax.lexbor import LexborHTMLParser

from proof.fences import EXERCISE, Fence, fences, include
from website.editor import PAGES_KEPT
from website.site import Site
from website.sources import ENDINGS, built_file, page_address
from website.watching import state_of

CODE = "src"
"""The folder of the packages that the reference is made from."""

_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_FIGURE = re.compile(r"<figure\b.*?</figure>", re.DOTALL)
_NOTE = re.compile(r'( *)(?:!!!|\?\?\?\+?) +(\w+)(?: +"(.*)")?$')
_OBJECT = re.compile(r"^::: +([\w.]+)$(?:\n +\S.*)*", re.MULTILINE)  # below it, its options
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*[#.][^}\n]*\}[ \t]*$", re.MULTILINE)
_CODE = r"(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"  # nothing in there is markup
_LINK = re.compile(
    rf"{_CODE}"
    r"|\]\((?P<address>[^)\s]+)(?P<title>[^)]*)\)(?:\{[^}\n]*\})?"
    r'|<a href="(?P<href>[^"]+)">(?P<text>[^<]*)</a>',
    re.DOTALL,
)

_HTML = re.compile(
    rf"{_CODE}"
    r'|<(?P<filled>\w+)[^>]* (?P<fact>data-[\w-]+="[^"]*")></(?P=filled)>'
    r"|</?(?:div|dl|dt|dd|span|p|strong)\b[^>]*>",
    re.DOTALL,
)

_NOT_RUN = re.compile(r'<div class="not-run"[^>]*>(.*?)</div>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_CONDITION = re.compile(
    r'<(?P<tag>\w+)(?: [^>]*)? (?P<condition>data-(?:if|of)="[^"]*")[^>]*>.*?</(?P=tag)>\n?',
    re.DOTALL,
)


@dataclass(frozen=True)
class MarkdownPage:
    """One page as Markdown: its file below the site, its title, a line about it, its text."""

    file: str
    title: str
    description: str
    text: str


def publish(site: Site) -> dict[str, MarkdownPage]:
    """Write the Markdown of every page of a built site that has a source.

    Returns:
        The pages as Markdown, by their sources.
    """
    _package.cache_clear()  # a preview may have had another
    pages = {
        each.source: page(site.docs / each.source, each.source, site.docs, site.address, each.html)
        for each in site.pages
        if each.source and site.docs
    }
    for each in pages.values():
        path = site.folder / each.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.text.encode("utf-8"))
    return pages


def page(path: Path, name: str, docs: Path, address: str, built: str = "") -> MarkdownPage:
    """Read a source, and write it so that it stands alone.

    Args:
        path: the file of the source.
        name: its path below docs.
        docs: the folder of all sources.
        address: the site's, which ends with a slash.
        built: the page's HTML, which has the facts that the build fills in.
    """
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".ipynb":
        text = notebook(text)
    matter = _FRONT_MATTER.match(text)
    meta: dict[str, Any] = yaml.safe_load(matter[1]) if matter else {}
    text = include(text[matter.end() if matter else 0 :].strip("\n") + "\n", [docs, docs.parent])
    packages = {object_name.partition(".")[0] for object_name in _OBJECT.findall(text)}
    code = state_of(Path(CODE, package) for package in sorted(packages))
    text = _standalone_cached(text, name, address, built, code)
    here = page_address(built_file(name), address)
    found = _TITLE.search(text)
    title = found[1] if found else str(meta.get("title", name))
    below = f"This page: <{here}>{_not_run(built)}"
    text = _TITLE.sub(lambda match: f"{match[0]}\n\n{below}", text, count=1)
    return MarkdownPage(_markdown(name), title, str(meta.get("description", "")), text)


def _not_run(built: str) -> str:
    """What a page says of its blocks that could not be run, as a quote."""
    note = _NOT_RUN.search(built)
    if not note:
        return ""
    words = note[1].replace("</p><p>", "\n>\n> ")
    for tag, mark in (("strong", "**"), ("code", "`")):
        words = words.replace(f"<{tag}>", mark).replace(f"</{tag}>", mark)
    return f"\n\n> {unescape(_TAG.sub('', words))}"


def notebook(text: str) -> str:
    """Write a notebook as the Markdown of a page, its outputs below its code."""
    pieces = []
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"]).strip("\n")
        if cell["cell_type"] == "markdown":
            pieces.append(source)
            continue
        pieces.append(f"```python\n{source}\n```")
        for output in cell["outputs"]:
            data = output.get("data", {})
            if "image/svg+xml" in data:
                pieces.append(f"<figure>{''.join(data['image/svg+xml'])}</figure>")
            else:
                shown = "".join(output.get("text") or data.get("text/plain", "")).strip("\n")
                pieces.append(f"```output\n{shown}\n```")
    return "\n\n".join(pieces) + "\n"


def standalone(text: str, name: str, address: str, built: str = "") -> str:
    r"""Write a page's Markdown without what only this site's generator understands.

    >>> print(standalone('!!! note "So"\n\n    See [b](b.md).', "a.md", "https://c.org/"))
    > **So**
    >
    > See [b](https://c.org/b.md).
    """
    pieces, at = [], 0
    lines = text.split("\n")
    for fence in fences(text):
        if not isinstance(fence, Fence):
            continue
        end = fence.last
        while end > fence.first + 1 and not lines[end - 1].strip():
            end -= 1  # a file that is included ends with an empty line
        if at < fence.first:
            pieces.append(_prose("\n".join(lines[at : fence.first]), name, address, built))
        at = fence.last + 1
        if fence.language in EXERCISE:  # it is for the reader's own answer, in the browser
            at += not lines[at : at + 1] or not lines[at].strip()
        else:
            pieces += [*lines[fence.first : end], lines[fence.last]]
    if at < len(lines):
        pieces.append(_prose("\n".join(lines[at:]), name, address, built))
    return _quoted("\n".join(pieces))


@lru_cache(PAGES_KEPT)
def _standalone_cached(text: str, name: str, address: str, built: str, code: Hashable) -> str:
    return standalone(text, name, address, built)


def _prose(text: str, name: str, address: str, built: str) -> str:
    text = _CONDITION.sub(lambda match: match[0] if match["condition"] in built else "", text)
    text = _FIGURE.sub(lambda match: figure(match[0]), text)
    text = _OBJECT.sub(lambda match: _source(match[1]), text)
    text = _LINK.sub(lambda match: _link(match, name, address), text)
    here = page_address(built_file(name), address)
    text = _HTML.sub(lambda match: _plain(match, built, here), text)
    return _ATTRIBUTES.sub("", text)


def figure(html: str) -> str:
    """Say a figure in words: its title, its description or else its labels, its caption."""
    tree = LexborHTMLParser(html)
    for tag, mark in (("em", "*"), ("strong", "**"), ("code", "`")):
        for element in tree.css(f"figcaption {tag}"):
            element.replace_with(f"{mark}{element.text()}{mark}")
    title, description, caption = (
        " ".join(" ".join(element.text() for element in tree.css(which)).split())
        for which in (
            "title, #title",
            "desc, :not(#title) > text:not(svg:has(desc) *)",
            "figcaption",
        )
    )
    first = " ".join(filter(None, [f"**Figure: {title}.**" if title else "", description]))
    return "\n>\n".join(f"> {line}" for line in (first, caption) if line)


def _source(name: str) -> str:
    """An object of the reference: its name as a heading, then its code, docstring and all.

    What a class has from others that are not public, and so have no entry of their own, stands
    before it.
    """
    package, _, path = name.partition(".")
    found = _package(package)[path]
    classes = found.mro() if found.is_class else []
    hidden = [base for base in reversed(classes) if base.name not in _package(package).members]
    code = "\n\n\n".join(each.source for each in (*hidden, found))
    return f"## {found.name}\n\n```python\n{code}\n```"


@cache
def _package(name: str) -> griffe.Object | griffe.Alias:
    """A package as its files have it: to import it would take all that it imports, too."""
    return griffe.load(name, search_paths=[CODE], allow_inspection=False)


def _link(match: re.Match[str], name: str, address: str) -> str:
    if match["code"]:
        return match[0]
    if match["href"]:  # as a browser reads it: from the page's own address
        here = page_address(built_file(name), address)
        return f"[{match['text']}]({urljoin(here, match['href'])})"
    url = urlsplit(match["address"])
    if url.scheme or url.netloc or not url.path:
        return f"]({match['address']}{match['title']})"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), url.path))
    if target.endswith(ENDINGS):
        target = _markdown(target)
    anchor = f"#{url.fragment}" if url.fragment else ""
    return f"]({urljoin(address, target)}{anchor}{match['title']})"


def _plain(match: re.Match[str], built: str, here: str) -> str:
    """What a piece of HTML among the Markdown says; its text stays."""
    if match["code"]:
        return match[0]
    if match["fact"]:  # empty in the source: what the build has put there
        filled = rf"{re.escape(match['fact'])}[^>]*>(.*?)</{match['filled']}>"
        found = re.search(filled, built, re.DOTALL)
        if found and match["fact"].startswith("data-list="):
            return _list(found[1], here)
        return _TAG.sub("", found[1]) if found else ""
    return {"<dt>": "- ", "</dt>": ": ", "<strong>": "**", "</strong>": "**"}.get(match[0], "")


def _list(html: str, here: str) -> str:
    """A list that the build has made: a numbered one leads to Markdown, another one to pages."""
    items = []
    is_numbered = html.startswith("<ol>")
    for number, item in enumerate(LexborHTMLParser(html).css("li"), 1):
        link = item.css_first("a")
        paragraphs = [paragraph.text() for paragraph in item.css("p")]
        if link and not paragraphs:  # of a list within the list
            items.append(f"    - [{link.text()}]({urljoin(here, link.attributes['href'] or '')})")
            continue
        first, *rest = paragraphs
        if link:
            address = urljoin(here, f"{link.attributes['href']}{'index.md' * is_numbered}")
            first = first.replace(link.text(), f"[{link.text()}]({address})", 1)
        mark = f"{number}." if is_numbered else "-"
        items.append("\n\n    ".join([f"{mark} {first}", *rest]))
    return "\n\n".join(items)


def _quoted(text: str) -> str:
    """Write the notes of a page, folded ones too, as quotes with a title."""
    lines: list[str] = []
    inside = {
        row
        for fence in fences(text)
        if isinstance(fence, Fence)
        for row in range(fence.first, fence.last + 1)
    }
    indent: str | None = None
    for row, line in enumerate(text.split("\n")):
        note = None if row in inside else _NOTE.match(line)
        if note and (indent is None or not line.startswith(f"{indent}    ")):
            if indent is not None:  # one note right below another
                lines += _blank(lines, f"{indent}>")
            indent = note[1]
            lines.append(f"{indent}> **{note[3] or note[2].capitalize()}**")
        elif indent is not None and (not line.strip() or line.startswith(f"{indent}    ")):
            lines.append(f"{indent}> {line[len(indent) + 4 :]}".rstrip())
        else:
            if indent is not None:  # the blank lines below a note are not its own
                lines += _blank(lines, f"{indent}>")
            indent = None
            lines.append(line)
    if indent is not None:
        lines += _blank(lines, f"{indent}>")
    return "\n".join(lines)


def _blank(lines: list[str], quote: str) -> list[str]:
    """Take the empty lines of a quote off its end, and return as many that are not quoted."""
    taken = 0
    while lines[-1] == quote:
        lines.pop()
        taken += 1
    return [""] * taken


def _markdown(name: str) -> str:
    return name.removesuffix(".ipynb").removesuffix(".md") + ".md"
