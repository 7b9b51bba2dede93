"""Run the blocks of one page in this fresh interpreter, as a reader who copies them would.

`python runner.py job.json` reads the blocks from the job and writes, into the folder that
the job names, what each block printed (`0.txt`, `1.txt`, …) and one line of `results.jsonl`
for each block that came to an end. Standard library only: the interpreter under test needs
nothing but what the page itself imports.
"""

import json
import os
import re
import sys
import traceback
import types
from pathlib import Path
from typing import TypedDict

TRACEBACK = "Traceback (most recent call last):"


class Job(TypedDict):
    """What to run: the page's path, its blocks, and where the results go."""

    path: str
    results: str
    blocks: list["BlockJob"]
    variants: list["Variant"]


class Variant(TypedDict):
    """The same page with other blocks from `first` on, and where its results go.

    Its earlier blocks are those of the page, so it goes on from the page's own interpreter,
    in a copy. Only where a process can be copied: not on Windows.
    """

    first: int
    blocks: list["BlockJob"]
    results: str
    seconds: int  # of computing, after which it is ended: a changed loop may have no end


class BlockJob(TypedDict):
    """One block: its source, the page's line above it, what the page shows that it prints."""

    line: int
    source: str
    shown: str
    raises: bool  # whether it shows an error


class Outcome(TypedDict):
    """How one block ended: well, or with an error that the page does not show."""

    failure: str  # a traceback for people, or nothing
    errors: list[str]  # the full names of the error's classes, if there was one
    message: str  # the error's type and what it says


def run(job: Job) -> None:
    """Run the blocks in order; stop at the first error that the page does not show."""
    results, blocks = Path(job["results"]), job["blocks"]
    variants: list[Variant] | None = job["variants"]
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    for number in range(len(blocks)):
        for variant in variants or ():
            if variant["first"] == number and _is_copy(variant):
                results, blocks, variants = Path(variant["results"]), variant["blocks"], None
                break
        printed = results / f"{number}.txt"
        _capture(printed)
        outcome = _run_block(job["path"], blocks[number], main.__dict__)
        with (results / "results.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(outcome) + "\n")
        if outcome["failure"]:
            return
        _flush()
        if variants is None and as_on_a_page(printed.read_bytes()) != blocks[number]["shown"]:
            return  # a variant has been told from its page


def _is_copy(variant: Variant) -> bool:
    """Copy this process and its folder; wait for the copy, and write down how it ended.

    Returns:
        Whether this is the copy.
    """
    _flush()
    results = Path(variant["results"])
    copy = os.fork()
    if copy:
        code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
        (results / "code").write_text(str(code), encoding="utf-8")
        return False
    import resource
    import shutil

    resource.setrlimit(resource.RLIMIT_CPU, (variant["seconds"], variant["seconds"]))
    os.chdir(shutil.copytree(Path.cwd(), results / "work"))
    return True


def _run_block(path: str, block: BlockJob, namespace: dict[str, object]) -> Outcome:
    try:
        # The empty lines make the line numbers of a traceback those of the page.
        code = compile("\n" * block["line"] + block["source"], path, "exec", dont_inherit=True)
        exec(code, namespace)
    except BaseException as error:  # SystemExit too: a block that leaves must say so
        errors = [f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__]
        if block["raises"]:
            if isinstance(error, SyntaxError):  # its place, in a file that no reader has
                error.filename = error.lineno = error.text = None
            message = "".join(traceback.format_exception_only(error))
            print(f"{TRACEBACK}\n  ...\n{message}", end="", file=sys.__stdout__)
            return {"failure": "", "errors": errors, "message": message}
        error.__traceback__ = error.__traceback__ and error.__traceback__.tb_next
        failure = "".join(traceback.format_exception(error))
        message = "".join(traceback.format_exception_only(error))
        return {"failure": failure, "errors": errors, "message": message}
    return {"failure": "", "errors": [], "message": ""}


def as_on_a_page(printed: bytes) -> str:
    """What a page can hold: no blanks at line ends, tabs as blanks, a newline at the end."""
    text = printed.decode("utf-8", "backslashreplace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    text = re.sub(
        r"[\x02\x03]|[ ]+$", "", text, flags=re.MULTILINE
    )  # the two mean more to Markdown
    return text if text.endswith("\n") or not text else text + "\n"


def _capture(path: Path) -> None:
    """Send what this process and its children print from here on to a file.

    Standard error too: a reader's terminal shows both.
    """
    _flush()
    # Binary: else Windows would turn each line end into one more, after Python has done so.
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0))
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)


def _flush() -> None:
    for stream in (sys.__stdout__, sys.__stderr__):  # even if a block has put others in place
        if stream is not None:
            stream.flush()


if __name__ == "__main__":
    job: Job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.argv, sys.path[0] = [""], ""
    # A line at a time, as at a terminal: so it keeps its place among what children print.
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8", line_buffering=True)  # type: ignore[union-attr]
    run(job)
