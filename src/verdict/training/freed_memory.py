"""Memory of arrays that are gone: kept for those of the next step, not given back to the system."""

import sys
from functools import cache

import numpy as np

MOST_BYTES = 2**25 - 2**13
"""Bytes of the largest array that the C library of Linux learns from: a little less than 32 MB."""


@cache
def keep_freed_memory() -> None:
    """Let the process keep the memory of arrays that are gone: the next step needs as much.

    By default the C library of Linux gives it back, and asks for it again in each step. The
    system clears every page that it hands out, which may take half as long as the step's own
    work. From a large array that it has to free, the library learns to keep twice as much as
    that (the manual page `mallopt`, under M_MMAP_THRESHOLD). Nothing is written into this array,
    so it takes no memory. One call is enough for a process.
    """
    if sys.platform == "linux":
        np.empty(MOST_BYTES, np.uint8)
