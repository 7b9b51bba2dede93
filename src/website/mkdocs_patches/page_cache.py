"""Keep what MkDocs has made of a page, while a preview is served: an edit changes few pages.

A page is made anew if anything changed that it could show: its source and what that includes,
which files there are, a title in the navigation, the theme, the settings. One of the reference
shows the package's code too.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sized
from contextlib import contextmanager
from functools import cache
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
from website.mkdocs_patches.mkdocstrings_calls import Call, noted_calls, repeat
from website.sources import sources
from website.watching import state_of

_RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors")
_REFERENCE = ":::"

_Cache = dict[str, tuple[Hashable, Any]]
_contents: _Cache = {}
_notebooks: _Cache = {}
_headings: _Cache = {}
_pages: _Cache = {}
"""For each source: what it depends on, and what it became. Only the newest is kept."""


@contextmanager
def cached_pages(config: MkDocsConfig, code: Path, messages: Sized) -> Iterator[None]:
    """Run MkDocs within this, and pages that nothing has changed are not made again.

    Args:
        config: its configuration.
        code: the folder of the code that the reference shows.
        messages: where warnings are gathered. A page that leads to one is made again each
            time, so that it is said each time.
    """
    docs, own_theme = Path(config.docs_dir), config.theme.custom_dir
    settings = config.site_url, config.repo_url, state_of([Path(config.config_file_path)])
    theme = settings, state_of([Path(own_theme)] if own_theme else [])
    reference = cache(lambda: (state_of([code]), _references(docs)))
    names = cache(lambda files: tuple(sorted(files.src_uris)))
    listed = cache(lambda nav: tuple(map(_listed, nav.pages)))
    render = Page.render
    convert = import_module("mkdocs_jupyter.convert").nb2html
    list_headings = import_module("mkdocs_jupyter.plugin")._get_nb_toc_tokens
    template_render: Callable[..., str] = jinja2.Template.render

    def render_once(page: Page, config: MkDocsConfig, files: Files) -> None:
        known = _source(page, docs)
        if known is None:
            return render(page, config, files)
        before = len(messages)
        key = settings, names(files), known, reference() if _REFERENCE in known else None

        def make() -> tuple[dict[str, Any], list[Call]]:
            with noted_calls() as calls:
                render(page, config, files)
            return {name: getattr(page, name) for name in _RENDERED}, calls

        is_good = lambda: len(messages) == before  # noqa: E731
        made, calls = _cached(_contents, page.file.src_uri, key, make, is_good)
        for name, value in made.items():
            setattr(page, name, value)
        repeat(calls, page, config)
        links = page.links_to_anchors or {}  # those of a former build, until they are found again
        page.links_to_anchors = {files.src_uris[file.src_uri]: links[file] for file in links}
        return None

    def convert_once(path: str, **options: Any) -> str:
        key = settings, Path(path).read_bytes()
        return str(_cached(_notebooks, path, key, lambda: convert(path, **options)))

    def list_once(path: str, depth: int) -> Any:
        key = settings, depth, Path(path).read_bytes()
        return _cached(_headings, path, key, lambda: list_headings(path, depth))

    def fill_once(template: jinja2.Template, *contexts: Mapping[str, Any], **more: Any) -> str:
        page = contexts[0].get("page") if contexts else None
        if not isinstance(page, Page):
            return template_render(template, *contexts, **more)
        key = theme, template.name, _shown(page), listed(contexts[0]["nav"])
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


def _references(docs: Path) -> Hashable:
    """The pages of the reference as they are written: what one lists, another need not."""
    texts = ((docs / name).read_bytes() for name in sources(docs))
    return tuple(text for text in texts if _REFERENCE.encode() in text)


def _source(page: Page, docs: Path) -> str | None:
    """A page's Markdown with what it includes; None if that cannot be found."""
    try:
        return include(page.markdown or "", [docs, docs.parent])
    except SnippetMissingError:
        return None


def _shown(page: Page) -> Hashable:
    contents = "".join(map(str, page.toc))
    return page.content, contents, page.title, page.canonical_url, page.edit_url, repr(page.meta)


def _listed(page: Page) -> Hashable:
    return page.url, page.title, repr(page.meta)
