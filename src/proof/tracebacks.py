"""A traceback as the writer of a page needs it: the page's own lines, and where it ended.

What an error went through inside Python and installed packages is one line that counts the frames.
Standard library only: it runs in the interpreter under test.
"""

import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from itertools import groupby

MOST = 8  # frames in a row that are shown, of code that is no library

_FRAME = re.compile(r'(?P<margin>[ |]*)  File "(?P<file>[^"\n]*)", line \d+')
_PREVIOUS = re.compile(r"[ |]*  \[Previous line repeated")


def folded(error: BaseException) -> Iterator[str]:
    """Yield the parts of a traceback, as `traceback.format_exception` does, with less in between.

    The last frame of each chain of calls is shown, wherever it is.
    """
    is_library = _library_test()
    for is_frame, group in groupby(traceback.format_exception(error), _is_frame):
        parts = list(group)
        yield from _without_the_middle(parts, is_library) if is_frame else parts


def _is_frame(part: str) -> bool:
    return bool(_FRAME.match(part) or _PREVIOUS.match(part))


def _without_the_middle(frames: list[str], is_library: Callable[[str], bool]) -> Iterator[str]:
    """The frames of one chain of calls, with a count in place of what a writer need not see."""
    hidden = [is_library(frame) for frame in frames[:-1]] + [False]
    ours = [at for at, is_hidden in enumerate(hidden) if not is_hidden]
    for at in ours[MOST // 2 : -MOST // 2]:
        hidden[at] = True
    for is_hidden, group in groupby(zip(frames, hidden, strict=True), lambda pair: pair[1]):
        shown = [frame for frame, _ in group]
        if is_hidden:
            margin = match["margin"] if (match := _FRAME.match(shown[0])) else ""
            yield f"{margin}  ... {len(shown)} {'frame' if len(shown) == 1 else 'frames'} ...\n"
        else:
            yield from shown


def _library_test() -> Callable[[str], bool]:
    """A test for frames of Python itself, of what is installed, and of code without a file."""
    import sysconfig  # late: few pages fail

    names = ("stdlib", "platstdlib", "purelib", "platlib")
    paths = [os.path.realpath(sysconfig.get_path(name)) for name in names]
    paths += [sys.prefix, os.path.realpath(sys.prefix)] * (sys.prefix != sys.base_prefix)
    folders = tuple(path + os.sep for path in paths)

    def is_library(frame: str) -> bool:
        match = _FRAME.match(frame)
        if not match:
            return True  # how often the line above was repeated
        file = match["file"]
        is_named = file.startswith("<") or os.path.realpath(file).startswith(folders)
        return is_named and not file.startswith("block ")

    return is_library
