import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from verdict import large_files
from verdict.downloads import NotFetchedError, Published
from verdict.large_files import large_file

CONTENT = bytes(range(256)) * 1_000


class Parts(ThreadingHTTPServer):
    """Serves the content, from a byte on if asked to; may break off, or refuse to do so."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str | None] = []
        self.breaks_after: int | None = None
        self.knows_parts = True

    def file(self, content: bytes = CONTENT) -> Published:
        sha256 = hashlib.sha256(content).hexdigest()
        return Published("large.bin", sha256, (f"http://127.0.0.1:{self.server_port}/",))


class Handler(BaseHTTPRequestHandler):
    server: Parts

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.asked.append(asked)
        start = int(asked[6:-1]) if asked and self.server.knows_parts else 0
        if start >= len(CONTENT):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        end = len(CONTENT) if self.server.breaks_after is None else self.server.breaks_after
        self.wfile.write(CONTENT[start:end])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Parts]:
    with Parts() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_file_is_fetched_once(
    cache: Path, server: Parts, capfd: pytest.CaptureFixture[str]
) -> None:
    path = large_file(server.file())
    assert path == cache / "large.bin"
    assert path.read_bytes() == CONTENT
    assert large_file(server.file()) == path
    assert server.asked == [None]
    assert [each.name for each in cache.iterdir()] == ["large.bin"]
    assert capfd.readouterr() == ("", "")  # a bar is for those who look


@pytest.mark.parametrize("knows_parts", [True, False])
def test_what_was_broken_off_goes_on_where_it_stopped(
    cache: Path, server: Parts, knows_parts: bool
) -> None:
    server.knows_parts, server.breaks_after = knows_parts, 100_000
    with pytest.raises(NotFetchedError):
        large_file(server.file())
    assert not (cache / "large.bin").exists()
    part = cache / "large.bin.part"
    had = part.stat().st_size
    assert part.read_bytes() == CONTENT[:had]
    server.breaks_after = None
    assert large_file(server.file()).read_bytes() == CONTENT
    assert server.asked == [None, f"bytes={had}-" if had else None]
    assert not part.exists()


def test_a_part_that_is_already_whole_is_only_checked(cache: Path, server: Parts) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    (cache / "large.bin.part").write_bytes(CONTENT)
    assert large_file(server.file()).read_bytes() == CONTENT
    assert server.asked == [f"bytes={len(CONTENT)}-"]


def test_a_file_with_another_checksum_is_not_kept(cache: Path, server: Parts) -> None:
    with pytest.raises(NotFetchedError) as caught:
        large_file(server.file(b"another"))
    expected = hashlib.sha256(b"another").hexdigest()
    assert caught.value.tried[0] == f"{cache / 'large.bin'}: not there"
    assert caught.value.tried[1].endswith(f", not {expected}")
    assert not list(cache.iterdir())


def test_ctrl_c_leaves_what_has_come(
    cache: Path, server: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: Path) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(large_files, "_sha256", interrupt)
    with pytest.raises(KeyboardInterrupt):
        large_file(server.file())
    assert (cache / "large.bin.part").read_bytes() == CONTENT


def test_an_address_that_nobody_answers_is_named(cache: Path) -> None:
    address = "http://127.0.0.1:9/large.bin"
    with pytest.raises(NotFetchedError) as caught:
        large_file(Published("large.bin", "0" * 64, (address,)))
    assert caught.value.tried[1].startswith(f"{address}: ")
    assert not list(cache.glob("*"))
