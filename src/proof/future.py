"""Which rules of a later Python the code at a prompt has switched on, by `from __future__ import`.

It stands by itself: the proof runs it, and so does a reader's browser.
"""

import sys
from typing import Any


def future_flags(namespace: dict[str, Any]) -> int:
    """The compiler's flags of what a namespace has from `__future__`."""
    flags = 0
    if future := sys.modules.get("__future__"):
        for name in future.all_feature_names:
            feature = getattr(future, name)
            flag = int(feature.compiler_flag)
            flags |= flag if namespace.get(name) is feature else 0
    return flags
