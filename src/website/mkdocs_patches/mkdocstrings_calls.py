"""Note what a page tells mkdocstrings while it is rendered, so that it can be repeated.

What a page of the reference becomes is not all that comes of it: other pages link to its objects,
and an inventory lists them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs_autorefs import AutorefsPlugin
from mkdocstrings import Handlers, Inventory

_METHODS: tuple[tuple[type, str], ...] = (
    (AutorefsPlugin, "register_anchor"),
    (Inventory, "register"),
    (Handlers, "get_handler"),  # the handlers that were asked for bring their styles
)


class Call(NamedTuple):
    """A call of one of the methods, without its object."""

    owner: type
    method: str
    arguments: Sequence[Any]
    named: Mapping[str, Any]


@contextmanager
def noted_calls() -> Iterator[list[Call]]:
    """Give a list that grows by each call that is made within this."""
    calls: list[Call] = []
    with ExitStack() as stack:
        for owner, method in _METHODS:
            stack.enter_context(patch.object(owner, method, _noting(calls, owner, method)))
        yield calls


def _noting(calls: list[Call], owner: type, method: str) -> Callable[..., Any]:
    original = getattr(owner, method)

    def call(self: Any, *arguments: Any, **named: Any) -> Any:
        calls.append(Call(owner, method, arguments, named))
        return original(self, *arguments, **named)

    return call


def repeat(calls: Sequence[Call], page: Page, config: MkDocsConfig) -> None:
    """Make the calls of an earlier build again.

    Args:
        calls: what rendering the page has called.
        page: the page, as this build has it.
        config: the configuration of this build, with the objects to call.
    """
    if not calls:
        return
    handlers = config.plugins["mkdocstrings"].handlers  # type: ignore[attr-defined]
    objects: dict[type, Any] = {
        AutorefsPlugin: config.plugins["autorefs"],
        Inventory: handlers.inventory,
        Handlers: handlers,
    }
    for owner, method, arguments, named in calls:
        own = [page if isinstance(each, Page) else each for each in arguments]
        getattr(objects[owner], method)(*own, **named)
