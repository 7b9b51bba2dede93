"""The command, called in this process."""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from verdict import (
    END_OF_TEXT,
    BytePairTokenizer,
)
from verdict.command import main
from verdict.command.training import loop as training_loop
from verdict.command.training import progress as training_progress
from verdict.model.safetensors_file import read_metadata

TEXT = "Hello, do you like tea?\r\n\ufeff\x00 caf\u00e9 \U0001f375\n"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command in this process: its exit code, what it printed, what it complained of."""

    def call(
        *arguments: str | Path, given: bytes = b"", terminals: str = ""
    ) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(given)))
        for name in ("stderr", "stdout"):
            monkeypatch.setattr(getattr(sys, name), "isatty", partial(terminals.__contains__, name))
        try:
            code = main(list(map(str, arguments)))
        except SystemExit as end:
            code = int(str(end.code))
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    path = tmp_path / "small.bpe"
    BytePairTokenizer.train("low lower lowest", 260, special_tokens=[END_OF_TEXT]).save(path)
    return path


@pytest.fixture
def at_step(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Callable[[], object]], None]:
    """Have something happen right after a step, the first time that it is made."""
    shown = training_progress.progress

    def arrange(chosen: int, happens: Callable[[], object]) -> None:
        @contextmanager
        def progress(*how: Any) -> Iterator[Any]:
            with shown(*how) as show:

                def noting(loss: float, step: int, losses: Any) -> None:
                    show(loss, step, losses)
                    if step == chosen:
                        happens()

                yield noting

        monkeypatch.setattr(training_loop, "progress", progress)

    return arrange


@pytest.fixture
def ctrl_c() -> Iterator[Callable[[], None]]:
    """Ctrl+C with its usual meaning, which a background job's tests do not have."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield lambda: signal.raise_signal(signal.SIGINT)
    signal.signal(signal.SIGINT, before)


def digest(path: str) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()


def steps_in(path: str) -> int:
    steps: int = json.loads(read_metadata(path)["training"])["optimizer"]["steps"]
    return steps
