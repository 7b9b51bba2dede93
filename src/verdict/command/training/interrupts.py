"""Ctrl+C that waits until work has come to a good end."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def interrupts_noted() -> Iterator[Callable[[], bool]]:
    """Note the first Ctrl+C instead of stopping at once; the second stops at once.

    Where Ctrl+C has another meaning, as in a background job, which ignores it, it keeps that.

    Yields:
        What tells whether Ctrl+C was pressed.
    """
    pressed = False

    def note(number: int, frame: Any) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True

    stops = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not stops or threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
