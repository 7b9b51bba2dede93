import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
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


def wait_for(text: str, address: str) -> None:
    end = time.monotonic() + PATIENCE
    while text not in get(address):
        assert time.monotonic() < end, f"{text!r} never came"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(in_project: Path) -> Iterator[tuple[subprocess.Popen[str], str, int]]:
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, str(port)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with process:
        try:
            wait_for("Blocks of every kind", f"http://127.0.0.1:{port}/book/")
            yield process, f"http://127.0.0.1:{port}/book/", port
        finally:
            process.kill()
            process.wait(PATIENCE)
            # Other tests of this project begin without a record.
            shutil.rmtree(in_project / "build" / "proof", ignore_errors=True)


def test_it_follows_edits_survives_mistakes_and_ends_well(
    server: tuple[subprocess.Popen[str], str, int], in_project: Path
) -> None:
    process, address, port = server
    page, settings = in_project / "docs" / "index.md", in_project / "mkdocs.yml"
    text, good = page.read_text(encoding="utf-8"), settings.read_text(encoding="utf-8")
    try:
        page.write_text(f"{text}\nFreshly edited.\n", encoding="utf-8")
        wait_for("Freshly edited.", address)
        settings.write_text(f"{good}plugins: [no-such-plugin]\n", encoding="utf-8")
        time.sleep(2)
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
        output, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        assert "no-such-plugin" in output
        assert "Traceback" not in output
        assert output.endswith("Ended.\n")
