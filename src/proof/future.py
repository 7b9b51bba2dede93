"""What holds once something was imported from `__future__`, at a prompt.

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
