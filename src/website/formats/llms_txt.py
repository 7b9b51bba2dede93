"""List the pages that are there as Markdown, for programs that read them.

`llms.txt` names each page with a line about it, in the form of llmstxt.org, and `llms-full.txt`
holds all of them.
"""

from collections.abc import Mapping

from mkdocs.config.defaults import MkDocsConfig

from website.formats.markdown import MarkdownPage
from website.site import Site
from website.sources import sections

LIST = "llms.txt"
WHOLE = "llms-full.txt"
REST = "More pages"
"""The title above the pages that stand in no section."""


def publish(site: Site, config: MkDocsConfig, pages: Mapping[str, MarkdownPage]) -> None:
    """Write both files into a built site.

    Args:
        site: the site.
        config: its configuration.
        pages: its pages as Markdown, by their sources.
    """
    lines = [f"# {config.site_name}", "", f"> {config.site_description}", ""]
    lines.append(f"Each page is plain Markdown. All of them in one file: {site.address}{WHOLE}")
    texts = []
    for section in sections(config.nav or list(pages)):
        found = [pages[name] for name in section.pages if name in pages]
        lines += ["", f"## {section.title or REST}", ""]
        lines += [_entry(page, site.address) for page in found]
        texts += [page.text for page in found]
    (site.folder / LIST).write_bytes(("\n".join(lines) + "\n").encode("utf-8"))
    (site.folder / WHOLE).write_bytes("\n".join(texts).encode("utf-8"))


def _entry(page: MarkdownPage, address: str) -> str:
    about = f": {page.description}" if page.description else ""
    return f"- [{page.title}]({address}{page.file}){about}"
