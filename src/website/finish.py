"""Finish a site that MkDocs has built: change its pages, add files, and look for what is wrong.

The order counts, and stands here alone.
"""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from proof.gate import Gate, Report
from proof.record import load_all, this_python
from proof.unavailable import is_strict
from website.assets import fonts, scripts, social_cards, stylesheets, wheels
from website.editor import PAGES_KEPT, edit
from website.formats import feed, llms_txt, markdown, notebook, script, sitemap
from website.formats.cells import has_code
from website.links import internal_links
from website.pages import bars, course, exercises, facts, report_links, take_along, terms
from website.pages import notebook as notebook_pages
from website.pages.blank_lines import without_blank_lines
from website.pages.code_lines import CodeLines
from website.pages.copied_code import CopiedCode
from website.pages.security_policy import SecurityPolicy
from website.pages.theme_repairs import ThemeRepairs
from website.pyodide import live_figures, run_buttons
from website.search import deferred_search
from website.search.entries import entries
from website.site import Site
from website.sources import GLOSSARY, built_file, parts

RECORDS = Path("build/proof")
PROVE = "make prove"
"""The command that runs the pages and writes the record."""
SOURCE = Path("src/verdict")


class BuildError(Exception):
    """The site cannot be built, or must not be published; the message says what is wrong."""


def finish(folder: Path, config: MkDocsConfig, *, is_preview: bool = False) -> list[str]:
    """Finish a site that MkDocs has built, in its folder.

    Args:
        folder: the site's folder.
        config: its configuration.
        is_preview: whether only its writer sees it, who does not wait for the proof.

    Returns:
        What is wrong with it.

    Raises:
        BuildError: the record of the proof cannot be read.
    """
    docs, address = Path(config.docs_dir), config.site_url or "/"
    is_published = not is_preview and is_to_be_published(config.site_url)
    with Site(folder, docs, address) as site:
        # As the theme has them, pages are not yet alike.
        problems = _without_notebooks(site)
        problems += _put_right(site, trust_scripts=is_preview)

        # The gate compares what a reader would see with what was proven, and marks it.
        report = _marked(site, config, is_preview=is_preview)
        if not is_preview:  # a writer sees a block before it is proven; a reader does not
            problems += report.problems(docs, PROVE)

        # Marked blocks get their buttons, and run with the package as a reader gets it.
        problems += wheels.build(folder)
        if is_preview or report.is_good:  # else a block that others build on may lack its mark
            problems += run_buttons.build(site, is_preview=is_preview, is_published=is_published)
        if config.repo_url:
            report_links.link(site, config.repo_url)
        for page in site.pages:
            page.html = exercises.with_places(bars.with_bars(page.html))

        # Now what a page says of the site can be told.
        problems += facts.fill(site, nav=config.nav or (), repository=config.repo_url or "")
        course.place(site, parts(config.nav or ()))

        # The texts are whole: their other forms are made, and each page keeps a place for links.
        pages = markdown.publish(site)
        llms_txt.publish(site, config, pages)
        forms = _forms(site, config, pages)

        # A style sheet keeps what pages and scripts use, so both must be there. A live figure
        # adds its own beside it, and faces are those that the style sheet names.
        scripts.publish(folder, [*map(str, config.extra_javascript), *course.SCRIPTS])
        problems += stylesheets.merge(site)
        live_figures.fill(site)
        fonts.preload(site)

        # All show the site's address, and then it is known how large the other forms are.
        sitemap.remove_days(folder)
        problems += wheels.show_own_address(site)
        for page in site.pages:
            if page.file in forms:
                take_along.link(site, page, forms[page.file])
        problems += feed.publish(site, config.site_name)
        if not is_preview:
            social_cards.publish(site, config)
        if (folder / deferred_search.INDEX).is_file():  # else it has another search
            problems += deferred_search.publish(folder, entries(site, config.nav or ()))
        for page in site.pages:
            page.html = without_blank_lines(page.html)
        return problems + internal_links.check(site)


def _without_notebooks(site: Site) -> list[str]:
    """Turn the pages of notebooks into pages like all others; return what is wrong with them."""
    problems = []
    for page in site.pages:
        if notebook_pages.is_notebook(page.html):
            try:
                page.html = notebook_pages.plain(page.html)
            except ValueError as error:
                problems.append(f"{page.file}: {error}")
    return problems


def _forms(
    site: Site, config: MkDocsConfig, pages: Mapping[str, markdown.MarkdownPage]
) -> dict[str, list[take_along.Form]]:
    """Make the forms of the parts' pages with code that run; return them by the pages' files."""
    in_parts = {source for part in parts(config.nav or ()) for source in part.pages}
    chapters = {
        source: page for source, page in pages.items() if source in in_parts and has_code(page.text)
    }
    notebooks = notebook.publish(site, chapters)
    programs = script.publish(site, list(chapters.values()))
    found = {}
    for source, chapter in chapters.items():
        page = site.page(built_file(source))
        if page:
            take_along.keep_place(page)
            found[page.file] = [
                take_along.Form("notebook", notebooks[chapter.file]),
                take_along.Form("script", programs[chapter.file]),
            ]
    return found


def _put_right(site: Site, *, trust_scripts: bool) -> list[str]:
    """Mend all pages, and explain their terms, on all but the glossary's own page.

    Returns:
        What is wrong: the listings whose title names what is not in them.
    """
    problems = []
    entries = site.page(GLOSSARY)
    glossary = terms.entries(entries.html) if entries else None
    for page in site.pages:
        explained = glossary if page is not entries else None
        try:
            page.html = _page_put_right(page.html, explained, trust_scripts=trust_scripts)
        except ValueError as error:
            problems.append(f"{page.file}: {error}")
    return problems


@lru_cache(PAGES_KEPT)
def _page_put_right(page: str, glossary: terms.Glossary | None, *, trust_scripts: bool) -> str:
    policy = SecurityPolicy(trust_scripts=trust_scripts)
    explainers = [terms.Explainer(glossary)] if glossary else []
    return edit(page, policy, ThemeRepairs(), CopiedCode(), CodeLines(), *explainers)


def _marked(site: Site, config: MkDocsConfig, *, is_preview: bool) -> Report:
    """Mark the proven blocks of all pages; return what the gate saw."""
    try:
        known = load_all(records(is_preview=is_preview))
    except ValueError as error:
        raise BuildError(f"{error}\nTo write it afresh: {PROVE}") from error
    strict = not is_preview and must_be_proven(config.site_url)
    gate = Gate(known, SOURCE, strict=strict)
    for page in site.pages:
        page.html = gate.marked(page.html, page.file)
    return gate.close(site.folder)


def records(*, is_preview: bool) -> list[Path]:
    """The files of the record: a preview proves its pages on this Python only."""
    found = sorted(RECORDS.glob("*.json"))
    own = f"{this_python()}.json"
    return [path for path in found if path.name == own] if is_preview else found


def must_be_proven(address: str | None) -> bool:
    """Whether every block of a site must be proven, those too that could not be run here.

    A site to be published always is, whatever the environment says; one for this machine only
    where `PROOF_STRICT` asks for it.
    """
    return is_to_be_published(address) or is_strict()


def is_to_be_published(address: str | None) -> bool:
    """Whether others can reach a site: any address but one of this machine itself.

    >>> is_to_be_published("http://127.0.0.1:8000/"), is_to_be_published("https://a.org/book/")
    (False, True)
    """
    host = urlsplit(address or "").hostname or ""
    try:
        return not ip_address(host).is_loopback
    except ValueError:  # it is a name
        return host != "localhost"
