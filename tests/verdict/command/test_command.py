"""The command as its users meet it: in a process of its own."""

import contextlib
import io
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests import PATIENCE
from tests.verdict.command.conftest import TEXT

COMMAND = [sys.executable, "-m", "verdict"]
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def test_what_is_encoded_comes_back_byte_for_byte_through_a_pipe(text: Path) -> None:
    encoded = subprocess.run(
        [*COMMAND, "encode", text], env=BUFFERED, capture_output=True, check=True, timeout=PATIENCE
    )
    decoded = subprocess.run(
        [*COMMAND, "decode"],
        input=encoded.stdout,
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    assert decoded.stdout == TEXT.encode()
    assert encoded.stderr == decoded.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends no program this way")
@pytest.mark.parametrize(
    "asked",
    [
        ["encode", "long.txt"],
        ["encode", "long.txt", "--json"],
        ["stats", *["long.txt"] * 9, "--json"],
        ["train", "long.txt", "--vocab-size", "300", "-o", "/dev/stdout"],
        ["--help"],
        ["encode", "--help"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_a_reader_that_goes_away_ends_it_quietly(
    asked: list[str], tmp_path: Path, trained: Path
) -> None:
    (tmp_path / "long.txt").write_text("low " * 200_000, encoding="utf-8")
    chosen = ["--tokenizer", str(trained)] if asked[0] in {"encode", "stats"} else []
    ours, theirs = os.pipe()
    os.close(ours)  # it has gone before anything is written
    try:
        done = subprocess.run(
            [*COMMAND, *asked, *chosen],
            cwd=tmp_path,
            env=BUFFERED,
            stdout=theirs,
            stderr=subprocess.PIPE,
            check=False,
            timeout=PATIENCE,
        )
    finally:
        os.close(theirs)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to a whole console")
@pytest.mark.parametrize("ignored", [False, True])
def test_ctrl_c_ends_it_quietly(trained: Path, ignored: bool) -> None:
    # More IDs than are read at once, and two bytes for each, more than are written at once: so
    # some come out. They are given by a thread: no pipe needs to hold what waits to be read.
    count = max(20_000, 2 * io.DEFAULT_BUFFER_SIZE)
    interrupted = threading.Event()

    def give(to: IO[bytes]) -> None:
        with contextlib.suppress(BrokenPipeError):  # it has ended, as it should
            to.write(b"256 " * count)
            to.flush()
            interrupted.wait(PATIENCE)
            to.close()

    # A background job ignores Ctrl+C, and what it starts does too, unless told otherwise.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN if ignored else signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [*COMMAND, "decode", "--tokenizer", trained],
            stdin=subprocess.PIPE,
            env=BUFFERED,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    with ended(process):
        assert process.stdin
        assert process.stdout
        threading.Thread(target=give, args=[process.stdin], daemon=True).start()
        assert process.stdout.read(2) == b"lo"
        process.send_signal(signal.SIGINT)
        interrupted.set()
        if ignored:
            assert len(process.stdout.read()) == 2 * count - 2
        assert process.wait(PATIENCE) == (0 if ignored else 128 + signal.SIGINT)
        assert process.stderr
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_an_error(trained: Path, text: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "encode", text, "--tokenizer", trained],
            env=BUFFERED,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=PATIENCE,
        )
    assert done.returncode == 1
    assert done.stderr == b"verdict: the output cannot be written: No space left on device\n"


def in_a_shell(command: str, folder: Path) -> tuple[int, bytes, bytes]:
    """Run the command as a shell does: its exit code, what it printed, what it complained of."""
    shell = shutil.which("sh")
    if not shell or os.name == "nt":
        pytest.skip("no shell here that closes streams")
    python = shlex.join(COMMAND)
    done = subprocess.run(
        [shell, "-c", command.replace("verdict", python, 1)],
        cwd=folder,
        env=BUFFERED,
        input=b"low",
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    return done.returncode, done.stdout, done.stderr


NO_INPUT = b"verdict: standard input cannot be read: it is closed\n"
NO_OUTPUT = b"verdict: the output cannot be written: standard output is closed\n"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("verdict encode --tokenizer small.bpe <&-", (1, b"", NO_INPUT)),
        ("verdict decode --tokenizer small.bpe <&-", (1, b"", NO_INPUT)),
        ("verdict stats --tokenizer small.bpe <&-", (1, b"", NO_INPUT)),
        ("verdict train - --vocab-size 300 -o a.bpe <&-", (1, b"", NO_INPUT)),
        ("verdict encode --tokenizer small.bpe text.txt <&-", (0, b"257\n", b"")),
        ("verdict encode --tokenizer small.bpe >&-", (1, b"", NO_OUTPUT)),
        ("verdict decode --tokenizer small.bpe >&-", (1, b"", NO_OUTPUT)),
        ("verdict stats --tokenizer small.bpe >&-", (1, b"", NO_OUTPUT)),
        ("verdict train text.txt --vocab-size 300 -o a.bpe >&-", (1, b"", NO_OUTPUT)),
        ("verdict encode --tokenizer small.bpe 2>&-", (0, b"257\n", b"")),
        ("verdict train text.txt --vocab-size 300 -o a.bpe --json 2>&- >/dev/null", (0, b"", b"")),
        ("verdict encode --tokenizer gone.bpe 2>&-", (1, b"", b"")),
        ("verdict encode --tokenizer gone.bpe <&- >&- 2>&-", (1, b"", b"")),
        ("verdict encode --special drop 2>&-", (2, b"", b"")),
        ("verdict encode --tokenizer gone.bpe 2>/dev/full", (1, b"", b"")),
    ],
)
def test_streams_that_are_closed_are_named(
    command: str, expected: tuple[int, bytes, bytes], trained: Path
) -> None:
    trained.with_name("text.txt").write_bytes(b"low")
    assert in_a_shell(command, trained.parent) == expected


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no /dev/stdout here")
@pytest.mark.parametrize("into", ["", " > a.bpe", " | cat"])
def test_a_tokenizer_goes_to_standard_output_and_what_is_told_does_not(
    trained: Path, into: str
) -> None:
    trained.with_name("text.txt").write_bytes(b"low lower")
    command = "verdict train text.txt --vocab-size 262 "
    assert in_a_shell(f"{command} -o b.bpe", trained.parent)[0] == 0
    code, out, told = in_a_shell(f"{command} -o /dev/stdout{into}", trained.parent)
    written = trained.with_name("a.bpe").read_bytes() if ">" in into else out
    assert written == trained.with_name("b.bpe").read_bytes()
    assert code == 0
    assert told.startswith(b"/dev/stdout: 262 tokens: ")


@contextlib.contextmanager
def ended(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """End a process, whatever happens: then what waits for its output has it."""
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        process.kill()
        process.wait(PATIENCE)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
