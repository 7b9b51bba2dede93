"""Let a reader report a block: a link in each mark of the proof that names page and line.

The link opens a new issue of the repository, with its title and the place filled in.
"""

import html
import re
from collections.abc import Sequence
from urllib.parse import quote

from website.site import Site
from website.sources import built_file

_MARK = re.compile(r'<p class="proven">.*?(?=</p>)', re.DOTALL)
"""What the gate has written below a block, and what the buttons have added."""


def link(site: Site, repository: str) -> None:
    """Put the links into every page of a built site that the gate has marked.

    Args:
        site: the site.
        repository: the repository's address.
    """
    for name, blocks in site.record["pages"].items():
        if page := site.page(built_file(name)):
            links = [issue(repository, page.address, name, block["line"]) for block in blocks]
            page.html = linked(page.html, links)


def issue(repository: str, page: str, source: str, line: int) -> str:
    """The address that opens an issue about a block.

    >>> issue("https://h.org/a/b/", "https://c.org/", "index.md", 7).partition("?")[0]
    'https://h.org/a/b/issues/new'
    """
    unit = "cell" if source.endswith(".ipynb") else "line"
    title = f"Problem with a block: {source}, {unit} {line}"
    body = (
        f"The page: {page}\nThe block: docs/{source}, {unit} {line}\n\n"
        "What is wrong, and what did you expect?\n"
    )
    return f"{repository.rstrip('/')}/issues/new?title={quote(title, '')}&body={quote(body, '')}"


def linked(page: str, links: Sequence[str]) -> str:
    """Put a link into each mark of a page, in order.

    A preview may show blocks that were not proven yet. Then marks and blocks do not pair, and
    the page stays as it is.

    >>> linked('<p class="proven">Runs</p>', ["?a&b"])
    '<p class="proven">Runs <a class="report" href="?a&amp;b">Report this block</a></p>'
    """
    if len(_MARK.findall(page)) != len(links):
        return page
    addresses = map(html.escape, links)
    return _MARK.sub(
        lambda mark: f'{mark[0]} <a class="report" href="{next(addresses)}">Report this block</a>',
        page,
    )
