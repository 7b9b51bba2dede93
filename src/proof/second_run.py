"""Run a page a second time under other conditions, to find what it prints only here.

It costs as much as the first, so it is made only where code may show an order of sets
(`proof.set_order`) or something of this machine (`proof.other_machine`).
"""

import difflib
import re
from collections.abc import Iterable

from proof import other_machine, set_order


def is_needed(sources: Iterable[str]) -> bool:
    """Whether a page may print something in a second run that it does not in the first."""
    return any(
        set_order.may_show(each) or other_machine.asks_about_machine(each) for each in sources
    )


def sees_another_machine(sources: Iterable[str]) -> bool:
    """Whether the second run of a page is to see another machine."""
    return any(map(other_machine.asks_about_machine, sources))


def explain_difference(printed: str, again: str, sources: Iterable[str]) -> str:
    """Say in words why two runs of a page printed two things, and show where they differ.

    Args:
        printed: in the first run.
        again: in the second.
        sources: the code of the page.
    """
    sources = list(sources)
    said = _VARIES
    if _ADDRESS.sub("", printed) == _ADDRESS.sub("", again):
        said = _IN_MEMORY
    elif sees_another_machine(sources):
        of_sets = any(map(set_order.may_show, sources))
        said = _ON_ANOTHER_MACHINE.format(" in which sets had another order, and" * of_sets)
    ends = (printed.split("\n")[:-1], again.split("\n")[:-1])
    diff = difflib.unified_diff(*ends, "one run", "another run", lineterm="")
    return "\n".join([said, *diff]) + "\n"


_ADDRESS = re.compile("0x[0-9a-fA-F]{6,16}")
_IN_MEMORY = (
    "This prints where an object lies in memory, which is elsewhere in each run, as the usual text "
    "of an object does. Show something else of it, or give it a name instead of showing it."
)
_VARIES = (
    "A second run, in which sets had another order, printed something else. So it is with a "
    "reader's Python: sort what comes from a set, and show nothing that changes from run to run."
)
_ON_ANOTHER_MACHINE = (
    "A second run,{} which saw another machine, printed something else: it had another number of "
    "processors, another load, other sizes of memory and disks, and a user with another number. "
    "So it is with a reader's: show nothing that follows from these."
)
