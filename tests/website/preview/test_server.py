import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests import PATIENCE

COMMAND = [sys.executable, "-m", "website", "serve", "--port"]


def get(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return str(error.read().decode())
    except OSError:
        return ""


def until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"never so: {what}"
        time.sleep(0.05)


def wait_for(text: str, address: str) -> None:
    until(lambda: text in get(address), f"{text!r} comes")


def free_port() -> int:
    """A port that is free, and stays so: the system gives connections of others higher ones."""
    for port in random.SystemRandom().sample(range(10_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("none of a hundred ports is free")


def started(port: int, folder: Path, log: Path) -> "subprocess.Popen[bytes]":
    """A server of previews, which hears Ctrl-C: what a background job starts would not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with log.open("w") as file:
            return subprocess.Popen([*COMMAND, str(port)], cwd=folder, stdout=file, stderr=file)
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.fixture
def server(
    in_project: Path, tmp_path: Path
) -> Iterator[tuple[subprocess.Popen[bytes], str, int, Path]]:
    port, log = free_port(), tmp_path / "log.txt"
    process = started(port, in_project, log)
    try:
        wait_for("Blocks of every kind", f"http://127.0.0.1:{port}/book/")
        yield process, f"http://127.0.0.1:{port}/book/", port, log
    finally:
        process.kill()
        process.wait(PATIENCE)
        # Other tests of this project begin without a record.
        shutil.rmtree(in_project / "build" / "proof", ignore_errors=True)


def test_it_follows_edits_survives_mistakes_and_ends_well(
    server: tuple[subprocess.Popen[bytes], str, int, Path], in_project: Path
) -> None:
    process, address, port, log = server
    page, settings = in_project / "docs" / "index.md", in_project / "mkdocs.yml"
    text, good = page.read_text(encoding="utf-8"), settings.read_text(encoding="utf-8")
    try:
        page.write_text(f"{text}\nFreshly edited.\n", encoding="utf-8")
        wait_for("Freshly edited.", address)
        settings.write_text(f"{good}plugins: [no-such-plugin]\n", encoding="utf-8")
        until(lambda: "no-such-plugin" in log.read_text(encoding="utf-8"), "it says what is wrong")
        assert "Freshly edited." in get(address)
        settings.write_text(good, encoding="utf-8")
        page.write_text(f"{text}\nMended.\n", encoding="utf-8")
        wait_for("Mended.", address)
    finally:
        page.write_text(text, encoding="utf-8")
        settings.write_text(good, encoding="utf-8")
    assert "404" in get(f"{address}nowhere/")

    second = subprocess.run(
        [*COMMAND, str(port)], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert second.returncode == 1
    assert f"Port {port} is in use" in second.stdout

    if os.name == "posix":
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        output = log.read_text(encoding="utf-8")
        assert "Traceback" not in output
        assert output.endswith("Ended.\n")
