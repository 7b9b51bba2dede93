"""Build the site: MkDocs, then the step that finishes and checks the HTML."""

import gc
import logging
import shutil
import time
from contextlib import nullcontext
from pathlib import Path

from mkdocs.commands.build import build as run_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from pymdownx.snippets import SnippetMissingError

from website.finish import BuildError, finish
from website.mkdocs_patches.page_cache import cached_pages
from website.mkdocs_patches.speedups import faster_mkdocs

CONFIGURATION = Path("mkdocs.yml")
CODE = Path("src")
_TO_DRAW = "If it is a figure, this draws it: make figures"
WATCHED = (Path("docs"), CODE, CONFIGURATION)
"""What the site is made from."""


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
        with faster_mkdocs():
            problems = _build(fresh, preview, log.messages)
        if log.messages + problems and not preview:
            raise BuildError("\n".join(log.messages + problems))
        swap(fresh, site)
    except (MkDocsException, SystemExit) as error:  # the latter is how a strict build stops
        raise BuildError("\n".join([*log.messages, str(error)])) from error
    except SnippetMissingError as error:  # MkDocs has logged which page includes which file
        raise BuildError("\n".join([*log.messages, _TO_DRAW])) from error
    finally:
        log.stop()
        shutil.rmtree(fresh, ignore_errors=True)
    return log.messages + problems


def _build(site: Path, preview: str | None, messages: list[str]) -> list[str]:
    config = configuration(site, preview)
    config.plugins.on_startup(command="serve" if preview else "build", dirty=False)
    try:
        with cached_pages(config, CODE, messages) if preview else nullcontext():
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
    gc.disable()
    try:
        build(site)
    except BuildError as error:
        print(f"{error}\n\nThe site was not built.")
        return 1
    finally:
        gc.freeze()  # the process ends soon: nothing in it needs to be swept up
        gc.enable()
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
