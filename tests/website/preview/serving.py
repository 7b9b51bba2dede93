"""A server of previews in a process of its own, as `make serve` starts it."""

import random
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests import PATIENCE, wait_until

COMMAND = [sys.executable, "-m", "website", "serve", "--port"]


def get(address: str) -> str:
    """What stands at an address; nothing, while no server answers."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return str(error.read().decode())
    except OSError:
        return ""


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


class Preview:
    """A server of previews, with what it has said so far."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, base: str, log: Path) -> None:
        self.process, self.port, self.log = process, port, log
        self.address = f"http://127.0.0.1:{port}{base}"

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def shows(self, text: str, name: str = "") -> None:
        """Wait until a page shows a text."""
        wait_until(lambda: text in get(self.address + name), f"the page shows {text!r}")

    def end_by_ctrl_c(self) -> None:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(PATIENCE) == 0
        assert self.said.endswith("Ended.\n")
        assert "Traceback" not in self.said


@contextmanager
def serving(folder: Path, log: Path, base: str = "/") -> Iterator[Preview]:
    """Start a server of previews, and end it at last.

    Args:
        folder: the project's folder.
        log: the file for what it says.
        base: the path of the site's address.
    """
    port = free_port()
    process = started(port, folder, log)
    try:
        preview = Preview(process, port, base, log)
        wait_until(lambda: "The site is at" in preview.said, "the site is there")
        yield preview
    finally:
        process.kill()
        process.wait(PATIENCE)
