"""Keep what MkDocs has made of a page, while a preview is served: an edit changes few pages.

A page is made anew if anything changed that it could show: its source and what that includes,
a title in the navigation, which pages there are, any file that is not a page, the settings.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from pymdownx.snippets import SnippetMissingError

from proof.fences import include

PAGES = (".md", ".ipynb")
_RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors")
_REFERENCE = ":::"  # what it makes is also known elsewhere: the links to it

NPM = "node_modules"

_Kept = dict[str, tuple[Hashable, Any]]
_content: _Kept = {}
_notebooks: _Kept = {}
_headings: _Kept = {}
_pages: _Kept = {}
"""For each source: what it depends on, and what it became. Only the newest is kept."""


@contextmanager
def kept(config: MkDocsConfig, watched: tuple[Path, ...], messages: Sized) -> Iterator[None]:
    """Run MkDocs within this, and pages that nothing has changed are not made again.

    Args:
        config: its configuration.
        watched: the files and folders that a page may depend on.
        messages: where warnings are gathered. A page that leads to one is made again each
            time, so that it is said each time.
    """
    same = config.site_url, config.repo_url, _state(watched)
    render = Page.render
    convert = import_module("mkdocs_jupyter.convert").nb2html
    list_headings = import_module("mkdocs_jupyter.plugin")._get_nb_toc_tokens
    template_render: Callable[..., str] = jinja2.Template.render

    def render_once(page: Page, config: MkDocsConfig, files: Files) -> None:
        known = _source(page, config)
        if known is None:
            return render(page, config, files)
        names = tuple(sorted(file.src_uri for file in files))
        before = len(messages)
        like = same, names, known

        def make() -> dict[str, Any]:
            render(page, config, files)
            return {name: getattr(page, name) for name in _RENDERED}

        made = _once(_content, page.file.src_uri, like, make, lambda: len(messages) == before)
        for name, value in made.items():
            setattr(page, name, value)
        links = page.links_to_anchors or {}  # those of a former build, until they are found again
        page.links_to_anchors = {files.src_uris[file.src_uri]: links[file] for file in links}
        return None

    def convert_once(path: str, **options: Any) -> str:
        like = same, Path(path).read_bytes()
        return str(_once(_notebooks, path, like, lambda: convert(path, **options)))

    def list_once(path: str, depth: int) -> Any:
        like = same, depth, Path(path).read_bytes()
        return _once(_headings, path, like, lambda: list_headings(path, depth))

    def fill_once(template: jinja2.Template, *contexts: Mapping[str, Any], **more: Any) -> str:
        page = contexts[0].get("page") if contexts else None
        if not isinstance(page, Page):
            return template_render(template, *contexts, **more)
        like = same, template.name, _shown(page), tuple(map(_listed, contexts[0]["nav"].pages))
        make = lambda: template_render(template, *contexts, **more)  # noqa: E731
        return str(_once(_pages, page.file.src_uri, like, make))

    with (
        patch.object(Page, "render", render_once),
        patch("mkdocs_jupyter.convert.nb2html", convert_once),
        patch("mkdocs_jupyter.plugin._get_nb_toc_tokens", list_once),
        patch.object(jinja2.Template, "render", fill_once),
    ):
        yield


def forget() -> None:
    """Make every page anew in the next build."""
    for each in (_content, _notebooks, _headings, _pages):
        each.clear()


def _once(
    known: _Kept,
    name: str,
    like: Hashable,
    make: Callable[[], Any],
    is_good: Callable[[], bool] = lambda: True,
) -> Any:
    """What was made of the same before, or what is made of it now."""
    if name in known and known[name][0] == like:
        return known[name][1]
    known.pop(name, None)
    made = make()
    if is_good():
        known[name] = like, made
    return made


def places(watched: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield the places to watch, and whether npm has put many files of others below it."""
    for place in watched:
        inner = [path for path in place.iterdir() if path.is_dir()] if place.is_dir() else []
        if any((path / NPM).exists() for path in inner):
            yield from places(inner)
        else:
            yield place, (place / NPM).exists()


def _state(watched: Iterable[Path]) -> Hashable:
    """Which files there are, apart from pages, and when each was written."""
    return tuple(
        (path.as_posix(), path.stat().st_mtime_ns, path.stat().st_size)
        for place, npm_too in places(watched)
        for path in _files(place, npm_too)
        if path.suffix not in PAGES and path.is_file() and "__pycache__" not in path.parts
    )


def _files(place: Path, npm_too: bool) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(place.iterdir() if npm_too else place.rglob("*"))


def _source(page: Page, config: MkDocsConfig) -> str | None:
    """A page's Markdown with what it includes; None if it has to be rendered each time."""
    text = page.markdown or ""
    if _REFERENCE in text:
        return None
    docs = Path(config.docs_dir)
    try:
        return include(text, [docs, docs.parent])
    except SnippetMissingError:
        return None


def _shown(page: Page) -> Hashable:
    contents = "".join(map(str, page.toc))
    return page.content, contents, page.title, page.canonical_url, page.edit_url, repr(page.meta)


def _listed(page: Page) -> Hashable:
    return page.url, page.title, repr(page.meta)
