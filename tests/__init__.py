import time
from collections.abc import Callable

PATIENCE = 300
"""Seconds after which a test gives up waiting for something, on however slow a machine."""


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so; `what` says it in words, should it never be."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"never so: {what}"
        time.sleep(0.05)
