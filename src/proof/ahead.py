"""Run pages ahead of their tests, several at a time: `--proof-jobs`.

Tests ask for the results of one page after the other, and each page has a Python of its own. So
other processors can run the pages to come, while a test waits for its page.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from proof.processes import processors

if TYPE_CHECKING:
    from proof.page import Page

AUTO = "auto"


def jobs(text: str) -> int:
    """How many pages run at a time: as many as a number says, or one for each processor.

    Args:
        text: a number from 1 on, or `auto`.

    Raises:
        ValueError: it is neither.

    >>> jobs("2")
    2
    """
    if text == AUTO:
        return processors()
    if not text.isdecimal() or not int(text):
        raise ValueError(f"{text!r} pages cannot run at a time: give 1 or more, or {AUTO}.")
    return int(text)


class PagesAhead:
    """Pages that run in threads of their own, in their order.

    A test that asks for a page which is running waits for it. If a page cannot be run, the test
    that asks for it tries once more, and tells why.

    Args:
        pages: in the order in which they are asked for.
        jobs: how many run at a time.
    """

    def __init__(self, pages: Iterable[Page], jobs: int) -> None:
        self._is_over = threading.Event()
        self._threads = ThreadPoolExecutor(jobs)
        for page in pages:
            page.is_given_up = self._is_over.is_set
            self._threads.submit(_run, page)

    def close(self) -> None:
        """Begin no more pages, and end those that run."""
        self._is_over.set()
        self._threads.shutdown(cancel_futures=True)


def _run(page: Page) -> None:
    with contextlib.suppress(Exception):
        page.run()
