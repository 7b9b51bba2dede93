"""Build the site: MkDocs, then the step that finishes and checks the HTML."""

import gc
import json
import logging
import re
import shutil
import time
from contextlib import nullcontext
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.commands.build import build as run_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from proof import gate
from proof.record import this_python
from proof.unavailable import is_strict
from website.assets import fonts, scripts, social_cards, stylesheets, wheels
from website.editor import PAGES_KEPT, Editor, edit
from website.formats import feed, markdown
from website.links import internal_links
from website.mkdocs_patches.page_cache import kept
from website.mkdocs_patches.speedups import lean
from website.pages import facts, notebook, report_links, terms
from website.pages.clean import Cleaner
from website.pyodide import playground, run_buttons
from website.search import deferred_search, fuzzy_search

CONFIGURATION = Path("mkdocs.yml")
RECORDS = Path("build/proof")
PROVE = "make prove"
"""The command that runs the pages and writes the record."""
SOURCE = Path("src/verdict")
WATCHED = (Path("docs"), Path("src"), CONFIGURATION)
"""What the site is made from."""

_DAY = re.compile(rb"\s*<lastmod>[^<]*</lastmod>")


class BuildError(Exception):
    """The site cannot be built, or must not be published; the message says what is wrong."""


def build(site: Path, *, preview: str | None = None) -> list[str]:
    """Build the site into a folder, whole or not at all: if it fails, the former site stays.

    Args:
        site: the folder; what was in it is replaced.
        preview: the address of a preview for the writer. It is shown even if something is
            wrong with it, as long as MkDocs can build it.

    Returns:
        What is wrong with the preview; nothing for a site to publish.

    Raises:
        BuildError: there is no site to show.
    """
    fresh = site.with_name(f".{site.name}-new")
    log = _Log()
    try:
        with lean():
            problems = _build(fresh, preview, log.messages)
        if log.messages + problems and not preview:
            raise BuildError("\n".join(log.messages + problems))
        swap(fresh, site)
    except (MkDocsException, SystemExit) as error:  # the latter is how a strict build stops
        raise BuildError("\n".join([*log.messages, str(error)])) from error
    finally:
        log.stop()
        shutil.rmtree(fresh, ignore_errors=True)
    return log.messages + problems


def _build(site: Path, preview: str | None, messages: list[str]) -> list[str]:
    config = configuration(site, preview)
    config.plugins.on_startup(command="serve" if preview else "build", dirty=False)
    try:
        with kept(config, WATCHED, messages) if preview else nullcontext():
            run_mkdocs(config)
    finally:
        config.plugins.on_shutdown()
    return finish(site, config, is_preview=bool(preview))


def configuration(site: Path, preview: str | None = None) -> MkDocsConfig:
    """MkDocs' configuration for a build into a folder.

    Raises:
        BuildError: the working folder holds no configuration.
    """
    if not CONFIGURATION.is_file():
        raise BuildError(
            f"There is no {CONFIGURATION} here: run this in the project's root folder."
        )
    config = load_config(str(CONFIGURATION), site_dir=str(site), strict=not preview)
    config.site_url = preview or config.site_url
    if not config.repo_url:
        config.edit_uri = None  # a copy that nobody hosts has no page to edit
    return config


def finish(site: Path, config: MkDocsConfig, *, is_preview: bool = False) -> list[str]:
    """Finish a site that MkDocs has built, in place.

    Returns:
        What is wrong with it.
    """
    problems = []
    glossary = terms.read(site / terms.GLOSSARY)
    for path in sorted(site.rglob("*.html")):
        page = path.read_bytes().decode("utf-8")
        if notebook.is_notebook(page):
            try:
                page = notebook.plain(page)
            except ValueError as error:
                problems.append(f"{path.relative_to(site)}: {error}")
            replace_in_search(site, path.parent.relative_to(site).as_posix(), page)
        to_explain = glossary if path != site / terms.GLOSSARY else None
        path.write_bytes(put_right(page, to_explain, trust_scripts=is_preview).encode("utf-8"))
    undate(site)
    scripts.publish(site, map(str, config.extra_javascript))

    try:
        strict = not is_preview and must_be_proven(config.site_url)
        report = gate.check(site, records(is_preview=is_preview), SOURCE, strict=strict)
    except ValueError as error:
        raise BuildError(f"{error}\nTo write it afresh: {PROVE}") from error
    if not is_preview:  # a writer sees a block before it is proven; a reader does not
        problems += report.problems(Path(config.docs_dir), PROVE)
    repository = config.repo_url or ""
    problems += wheels.build(site)
    if is_preview or report.is_good:  # else a block that others build on may lack its mark
        is_published = not is_preview and is_to_be_published(config.site_url)
        problems += run_buttons.build(site, is_preview=is_preview, is_published=is_published)
    problems += facts.fill(site, Path(config.docs_dir), nav=config.nav or (), repository=repository)
    problems += stylesheets.merge(site)
    playground.fill(site)
    fonts.announce(site)
    markdown.publish(site, config)
    problems += wheels.address(site, config.site_url or "/")
    if not is_preview:
        social_cards.publish(site, config)
    problems += feed.publish(site, config.site_name, config.site_url or "/")
    if config.repo_url:
        report_links.link(site, config.site_url or "/", config.repo_url)
    if (site / deferred_search.INDEX).is_file():  # else it has another search than the theme's
        problems += fuzzy_search.forgive(site)
        problems += deferred_search.defer(site)
    return problems + internal_links.check(site, config.site_url or "/")


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


def records(*, is_preview: bool) -> list[Path]:
    """The files of the record: a preview proves its pages on this Python only."""
    found = sorted(RECORDS.glob("*.json"))
    own = f"{this_python()}.json"
    return [path for path in found if path.name == own] if is_preview else found


@lru_cache(PAGES_KEPT)
def put_right(page: str, glossary: terms.Glossary | None, *, trust_scripts: bool) -> str:
    """Clean up a page, and explain its terms."""
    editors: list[Editor] = [Cleaner(trust_scripts=trust_scripts)]
    if glossary:
        editors.append(terms.Explainer(glossary))
    return edit(page, *editors)


def undate(site: Path) -> None:
    """Take the day of the build out of the sitemap: it would make two builds differ."""
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
    sitemap = site / "sitemap.xml"
    sitemap.write_bytes(_DAY.sub(b"", sitemap.read_bytes()))


def replace_in_search(site: Path, location: str, page: str) -> None:
    """Let the search find a notebook's text as the page shows it."""
    index = site / deferred_search.INDEX
    data = json.loads(index.read_bytes())
    at = [i for i, entry in enumerate(data["docs"]) if entry["location"].startswith(f"{location}/")]
    entries = [
        {
            "location": f"{location}/" + (f"#{section.anchor}" if number else ""),
            "title": section.title,
            "text": section.text,
        }
        for number, section in enumerate(notebook.sections(page))
    ]
    data["docs"][at[0] : at[-1] + 1] = entries
    index.write_bytes(json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode("utf-8"))


def swap(fresh: Path, site: Path) -> None:
    """Put a new folder in the place of the old one; if that fails, the old one stays."""
    former = site.with_name(f".{site.name}-old")
    shutil.rmtree(former, ignore_errors=True)
    if site.exists():
        site.rename(former)
    try:
        fresh.rename(site)
    except OSError:
        if former.exists():
            former.rename(site)
        raise
    shutil.rmtree(former, ignore_errors=True)


def main(site: Path) -> int:
    """Build the site to publish, and say how it went: 0 if all is well, else 1."""
    start = time.perf_counter()
    try:
        build(site)
        gc.freeze()  # the process ends soon: nothing in it needs to be swept up
    except BuildError as error:
        print(f"{error}\n\nThe site was not built.")
        return 1
    pages = len(list(site.rglob("*.html")))
    print(f"{pages} pages in {site.as_posix()}, {time.perf_counter() - start:.1f} s")
    return 0


class _Log(logging.Handler):
    """Gathers the warnings of MkDocs and its plugins."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self.logger = logging.getLogger("mkdocs")
        self.logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def stop(self) -> None:
        self.logger.removeHandler(self)
