"""Run the comparisons and print their tables: all, or those of the modules that are named.

A comparison shows the median CPU time, and how many times as fast as the first each way is.
"""

import sys
from importlib import import_module

from tests.bench.comparison import run

NAMES = (
    "words",
    "byte_pairs",
    "windows",
    "attention",
    "generate",
    "training",
    "memory",
    "doc_check",
    "scores",
    "live",
    "site",
    "preview",
)
"""The modules, the long ones last. Each has comparisons(), tables(), or both."""


def main(wanted: list[str]) -> int:
    """Run what is wanted; 0 if all results that should be the same are so."""
    if unknown := sorted(set(wanted) - set(NAMES)):
        print(f"There is no benchmark {', '.join(unknown)}: there are {', '.join(NAMES)}.")
        return 2
    all_same = True
    for name in wanted or NAMES:
        module = import_module(f"tests.bench.{name}")
        for comparison in module.comparisons() if hasattr(module, "comparisons") else ():
            outcome = run(comparison)
            print(outcome, end="\n\n", flush=True)
            all_same = all_same and outcome.same is not False
        for table in module.tables() if hasattr(module, "tables") else ():
            print(table, end="\n\n", flush=True)
    if not all_same:
        print("Some results differ.")
    return int(not all_same)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
