"""The command, called in this process."""

import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from verdict import (
    END_OF_TEXT,
    BytePairTokenizer,
)
from verdict.command import main

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
