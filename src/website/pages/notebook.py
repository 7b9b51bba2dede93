"""Turn the page of a notebook into a page like all others.

mkdocs-jupyter writes each notebook with 600 kB of styles and scripts of its own. Here its
cells become the same elements that a Markdown page has, so that one style, one copy button
and one gate serve both.
"""

import base64
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count

from selectolax.lexbor import LexborHTMLParser, LexborNode

from proof.markup import Attributes
from website.editor import PAGES_KEPT, Editor, classes, edit
from website.pages.plot import inline_plot

WRAPPER = "jupyter-wrapper"
_SVG = "data:image/svg+xml;base64,"


def is_notebook(page: str) -> bool:
    """Whether a page was made from a notebook."""
    return f'class="{WRAPPER}"' in page


@lru_cache(PAGES_KEPT)
def plain(page: str) -> str:
    """Write the page of a notebook as a Markdown page would have been written.

    Raises:
        ValueError: a cell shows what cannot be shown to everyone; the message says what to do.
    """
    return edit(page, _Page())


class _Page(Editor):
    """Drops the scripts and styles among the article's children, and rewrites the cells."""

    def __init__(self) -> None:
        super().__init__()
        self.in_article = False
        self.start = 0
        self.depth = 0

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        self.in_article |= tag == "article"
        if not self.in_article:
            return
        if tag == "div" and (self.depth or WRAPPER in classes(attributes)):
            self.start = self.start if self.depth else self.position
            self.depth += 1
        elif tag in ("script", "style") and not self.depth:
            self.start = self.position

    def handle_endtag(self, tag: str) -> None:
        if not self.in_article:
            return
        if tag == "article":
            self.in_article = False
        elif tag == "div" and self.depth:
            self.depth -= 1
            if not self.depth:
                end = self.position + len("</div>")
                self.replace(self.start, end, _cells(self.html[self.start : end]))
        elif tag in ("script", "style") and not self.depth:
            self.replace(self.start, self.position + len(f"</{tag}>"), "")

    def handle_comment(self, data: str) -> None:
        if self.in_article and not self.depth:
            self.replace(self.position, self.after, "")


def _cells(wrapper: str) -> str:
    tree = LexborHTMLParser(wrapper)
    plots = count(1)
    pieces: list[str] = []
    for part in tree.css(".jp-RenderedMarkdown, .jp-CodeCell"):
        if "jp-RenderedMarkdown" in classes(part.attributes):
            pieces.append(_prose(part))
        elif len(part.css(".jp-CodeCell")) == 1:  # itself: each code cell stands in another one
            pieces += _code(part, lambda: f"plot-{next(plots)}")
    return "\n".join(pieces)


def _prose(part: LexborNode) -> str:
    for anchor in part.css("a.anchor-link"):
        anchor.attrs["class"] = "headerlink"
        anchor.attrs["title"] = "Link to this section"
    for link in part.css("a[href]"):
        link.attrs["href"] = _page_address(str(link.attributes["href"]))
    return (part.inner_html or "").strip()


def _page_address(address: str) -> str:
    """The address of the page that a link between the sources means.

    >>> _page_address("tokenizing-text.md#a-pattern"), _page_address("index.md")
    ('../tokenizing-text/#a-pattern', '../')
    """
    match = re.fullmatch(r"(?!\w+:)(.*?)(index)?\.(?:md|ipynb)(#.*)?", address)
    if not match:
        return address
    folder = match[1] if match[2] else f"{match[1]}/"
    return f"../{folder}{match[3] or ''}"


def _code(cell: LexborNode, name: Callable[[], str]) -> Iterator[str]:
    source = cell.css_first(".highlight-ipynb pre")
    if source:
        yield _block("python", source.inner_html or "")
    printed: list[str] = []
    for output in cell.css(".jp-OutputArea-output"):
        image = output.css_first(f'img[src^="{_SVG}"]')
        text = output.css_first("pre")
        if image:
            svg = base64.b64decode(str(image.attributes["src"]).removeprefix(_SVG)).decode("utf-8")
            yield from _output(printed)
            printed = []
            yield f"<figure>{inline_plot(svg, name())}</figure>"
        elif text:
            printed.append((text.inner_html or "").removesuffix("\n"))
        else:
            kind = output.attributes.get("data-mime-type")
            raise ValueError(
                f"a notebook shows an output of the kind {kind}: print text, or draw a plot as SVG"
            )
    yield from _output(printed)


def _output(printed: list[str]) -> Iterator[str]:
    if printed:
        yield _block("output", "\n".join(printed) + "\n")


def _block(language: str, code: str) -> str:
    code = code.removeprefix("<span></span>")
    return (
        f'<div class="language-{language} highlight">'
        f"<pre><span></span><code>{code}</code></pre></div>"
    )
