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
from website.sources import ENDINGS
from website.watching import files_of, places

_RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors")
_REFERENCE = ":::"  # what it makes is also known elsewhere: the links to it

_Cache = dict[str, tuple[Hashable, Any]]
_contents: _Cache = {}
_notebooks: _Cache = {}
_headings: _Cache = {}
_pages: _Cache = {}
"""For each source: what it depends on, and what it became. Only the newest is kept."""


@contextmanager
def cached_pages(
    config: MkDocsConfig, watched: tuple[Path, ...], messages: Sized
) -> Iterator[None]:
    """Run MkDocs within this, and pages that nothing has changed are not made again.

    Args:
        config: its configuration.
        watched: the files and folders that a page may depend on.
        messages: where warnings are gathered. A page that leads to one is made again each
            time, so that it is said each time.
    """
    shared = config.site_url, config.repo_url, _state(watched)
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
        key = shared, names, known

        def make() -> dict[str, Any]:
            render(page, config, files)
            return {name: getattr(page, name) for name in _RENDERED}

        made = _cached(_contents, page.file.src_uri, key, make, lambda: len(messages) == before)
        for name, value in made.items():
            setattr(page, name, value)
        links = page.links_to_anchors or {}  # those of a former build, until they are found again
        page.links_to_anchors = {files.src_uris[file.src_uri]: links[file] for file in links}
        return None

    def convert_once(path: str, **options: Any) -> str:
        key = shared, Path(path).read_bytes()
        return str(_cached(_notebooks, path, key, lambda: convert(path, **options)))

    def list_once(path: str, depth: int) -> Any:
        key = shared, depth, Path(path).read_bytes()
        return _cached(_headings, path, key, lambda: list_headings(path, depth))

    def fill_once(template: jinja2.Template, *contexts: Mapping[str, Any], **more: Any) -> str:
        page = contexts[0].get("page") if contexts else None
        if not isinstance(page, Page):
            return template_render(template, *contexts, **more)
        key = shared, template.name, _shown(page), tuple(map(_listed, contexts[0]["nav"].pages))
        make = lambda: template_render(template, *contexts, **more)  # noqa: E731
        return str(_cached(_pages, page.file.src_uri, key, make))

    with (
        patch.object(Page, "render", render_once),
        patch("mkdocs_jupyter.convert.nb2html", convert_once),
        patch("mkdocs_jupyter.plugin._get_nb_toc_tokens", list_once),
        patch.object(jinja2.Template, "render", fill_once),
    ):
        yield


def clear() -> None:
    """Make every page anew in the next build."""
    for each in (_contents, _notebooks, _headings, _pages):
        each.clear()


def _cached(
    cache: _Cache,
    name: str,
    key: Hashable,
    make: Callable[[], Any],
    is_good: Callable[[], bool] = lambda: True,
) -> Any:
    """What was made for the same key before, or what is made now.

    Args:
        cache: what was made, by source.
        name: the source.
        key: all that the result depends on.
        make: makes it.
        is_good: whether it may be used again.
    """
    if name in cache and cache[name][0] == key:
        return cache[name][1]
    cache.pop(name, None)
    made = make()
    if is_good():
        cache[name] = key, made
    return made


def _state(watched: Iterable[Path]) -> Hashable:
    """Which files there are, apart from pages, and when each was written."""
    return tuple(
        (path.as_posix(), path.stat().st_mtime_ns, path.stat().st_size)
        for place, has_npm_files in places(watched)
        for path in files_of(place, has_npm_files=has_npm_files)
        if path.suffix not in ENDINGS and path.is_file() and "__pycache__" not in path.parts
    )


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
