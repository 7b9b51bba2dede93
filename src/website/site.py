"""A site that MkDocs has built, while we finish it: each page is read once, and written once."""

import html
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from proof.gate import PUBLISHED
from website.editor import Editor, edit
from website.sources import built_file, page_address, sources

_HEADING = re.compile(r"<h1\b[^>]*>(.*?)(?:<a\b[^>]*headerlink|</h1>)", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass
class Page:
    """A page: its file below the site's folder, its address, and its HTML as it is by now.

    `source` is the file below docs that it was made from. A page that the theme alone has made,
    such as the one for addresses that lead nowhere, has none.
    """

    file: str
    address: str
    html: str
    source: str | None = None

    @property
    def title(self) -> str | None:
        """The text of its heading; None if it has no heading."""
        found = _HEADING.search(self.html)
        return html.unescape(_TAG.sub("", found[1])).strip() if found else None

    @property
    def up(self) -> str:
        """What an address in the page begins with to be one below the site's folder."""
        return "../" * self.file.count("/")

    def edit(self, *editors: Editor) -> None:
        """Read it once for several editors, and make the edits of all."""
        self.html = edit(self.html, *editors)


class Site:
    """A built site in a folder. At the end of a `with` its pages are written, each at most once.

    After an error in between, the folder is as it was.

    Args:
        folder: the site's folder.
        docs: the folder of the sources; without it no page is known to have one.
        address: where the site will be published; ends with a slash.

    Examples:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> _ = (folder / "index.html").write_text("<h1>One</h1>")
        >>> with Site(folder, address="https://example.org/") as site:
        ...     for page in site.pages:
        ...         page.html = page.html.replace("One", "Two")
        >>> page.title, page.address, (folder / "index.html").read_text()
        ('Two', 'https://example.org/', '<h1>Two</h1>')
    """

    def __init__(self, folder: Path, docs: Path | None = None, address: str = "/") -> None:
        self.folder = folder
        self.docs = docs
        self.address = address
        made_from = {built_file(name): name for name in sources(docs)} if docs else {}
        self._on_disk: dict[str, str] = {}
        self._pages: dict[str, Page] = {}
        for path in sorted(folder.rglob("*.html")):
            file = path.relative_to(folder).as_posix()
            text = self._on_disk[file] = path.read_bytes().decode("utf-8")
            self._pages[file] = Page(file, page_address(file, address), text, made_from.get(file))

    @property
    def pages(self) -> list[Page]:
        """Its pages, in the order of their files."""
        return list(self._pages.values())

    def page(self, file: str) -> Page | None:
        """The page of a file below the site's folder, if there is one."""
        return self._pages.get(file)

    @cached_property
    def record(self) -> dict[str, Any]:
        """The record of the proof, as the site publishes it."""
        found: dict[str, Any] = json.loads((self.folder / PUBLISHED).read_bytes())
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            self.write()

    def write(self) -> None:
        """Write the pages that are not as the folder has them."""
        for page in self.pages:
            if self._on_disk[page.file] != page.html:
                (self.folder / page.file).write_bytes(page.html.encode("utf-8"))
                self._on_disk[page.file] = page.html
