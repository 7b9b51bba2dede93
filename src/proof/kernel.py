"""In the interpreter under test: the kernel of a notebook, with the same names on every machine.

A kernel calls the code of a cell after a file of its own process, in warnings and tracebacks:
another one in each run. Here it is called `In[3]`, after the number that Jupyter shows.
"""

import os
import sys

from proof.other_machine import pretend
from proof.supervisor import supervise


def main() -> None:
    """Run a kernel below a process that ends what it leaves behind.

    The command line has a lifeline, a word for the machine that it is to see (`this` or `other`),
    and what a kernel's command line has.
    """
    supervise(int(sys.argv.pop(1)))
    os.umask(0o022)  # as for a page
    if sys.argv.pop(1) == "other":
        pretend()
    if os.name == "posix":  # a number of this run; the lifeline does what it is for
        os.environ.pop("JPY_PARENT_PID", None)
    for name in [name for name in sys.modules if name.partition(".")[0] == "proof"]:
        del sys.modules[name]  # a notebook imports its own
    if sys.path[0] == "":  # the working folder: the kernel puts it back when it has loaded
        del sys.path[0]
    from ipykernel import compiler, kernelapp

    compiler.XCachingCompiler.get_code_name = _name  # type: ignore[method-assign]
    kernelapp.launch_new_instance()


def _name(_compiler: object, _as_written: str, _code: str, number: int) -> str:
    return f"In[{number}]"
