import hashlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import platformdirs
import pytest

from verdict import StoryUnavailableError, read_story, story_path
from verdict import story as module

TALE = b"A short tale--with dashes.\n" * 40
TALE_SHA256 = hashlib.sha256(TALE).hexdigest()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Server(ThreadingHTTPServer):
    """Serves what the tests ask for in the address, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.over = threading.Event()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        name = self.path.strip("/")
        self.server.asked.append(name)
        if name == "missing":
            self.send_error(404)
            return
        body = b"another text" if name == "wrong" else TALE
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if name == "truncated":
            body = body[:100]
        if name != "slow" or not self.server.over.wait(3):
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, no named file, and a short tale in the story's place."""
    for name in ("VERDICT_TEXT", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "cache" / "verdict"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: folder)
    monkeypatch.setattr(module, "SHA256", TALE_SHA256)
    return folder / "the-verdict.txt"


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets the addresses on the net, with little patience for them."""
    monkeypatch.setattr(module, "TIMEOUT", (5, 0.2))
    return lambda *addresses: monkeypatch.setattr(module, "ADDRESSES", addresses)


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that the user names."""
    path = tmp_path / "mine.txt"
    monkeypatch.setenv("VERDICT_TEXT", str(path))
    return path


def test_the_story_is_the_one_that_the_chapters_show(story: str) -> None:
    assert story.startswith("I HAD always thought Jack Gisburn rather a cheap genius--though")
    assert sha256(story.encode()) == module.SHA256


# The file that the user names


def test_a_named_file_may_hold_any_text(named: Path) -> None:
    named.write_text("Ésope: fables", encoding="utf-8")
    assert story_path() == named
    assert read_story() == "Ésope: fables"


def test_windows_line_ends_and_a_mark_do_no_harm(named: Path) -> None:
    named.write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n\rthree\n")
    assert read_story() == "one\ntwo\n\nthree\n"


def test_the_home_folder_may_be_written_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("VERDICT_TEXT", "~/mine.txt")
    (tmp_path / "mine.txt").write_bytes(b"mine")
    assert read_story() == "mine"


def test_an_empty_name_is_no_name(cached: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERDICT_TEXT", "")
    cached.parent.mkdir(parents=True)
    cached.write_bytes(TALE)
    assert story_path() == cached


def test_a_named_file_that_is_missing(named: Path) -> None:
    with pytest.raises(StoryUnavailableError) as caught:
        read_story()
    assert str(caught.value) == (
        f"VERDICT_TEXT is {named}, which is no file. "
        "Set VERDICT_TEXT to the path of a copy of the story, or of any other text in UTF-8."
    )


def test_a_folder_is_named(named: Path) -> None:
    named.mkdir()
    with pytest.raises(StoryUnavailableError, match="which is a folder"):
        story_path()


def test_a_named_file_that_cannot_be_read(named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named.write_bytes(b"secret")

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(named), "read_bytes", refuse)
    with pytest.raises(StoryUnavailableError, match=r"cannot be read: .*Permission denied"):
        read_story()


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"\xff\xfea\0", "byte 0xff at position 0, in line 1,"),
        (b"caf\xe9\n", "byte 0xe9 at position 3, in line 1,"),
        (b"\xef\xbb\xbfone\r\ntwo\r\n\x80", "byte 0x80 at position 13, in line 3,"),
        (b"cut short \xe2\x80", "byte 0xe2 at position 10, in line 1,"),
    ],
)
def test_what_is_not_utf_8_is_shown(named: Path, content: bytes, where: str) -> None:
    named.write_bytes(content)
    with pytest.raises(StoryUnavailableError) as caught:
        read_story()
    assert f"mine.txt is not UTF-8: {where} cannot be decoded. Save" in str(caught.value)


# The cache and the net


def test_a_fetched_story_is_kept(
    cached: Path, server: Server, addresses: Callable[..., None], capfd: pytest.CaptureFixture[str]
) -> None:
    addresses(server.at("good"), server.at("never"))
    assert story_path() == cached
    assert read_story() == TALE.decode()
    assert server.asked == ["good"]
    assert [path.name for path in cached.parent.iterdir()] == ["the-verdict.txt"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("first", ["missing", "wrong", "truncated"])
def test_the_second_address_helps_out(
    cached: Path, server: Server, addresses: Callable[..., None], first: str
) -> None:
    addresses(server.at(first), server.at("good"))
    assert read_story() == TALE.decode()
    assert server.asked == [first, "good"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing", "404 Client Error"),
        ("wrong", f"expected {TALE_SHA256} but got {sha256(b'another text')}"),
        ("truncated", f"IncompleteRead(100 bytes read, {len(TALE) - 100} more expected)"),
        ("slow", "timed out"),
    ],
)
def test_what_failed_is_told(
    cached: Path, server: Server, addresses: Callable[..., None], name: str, reason: str
) -> None:
    addresses(server.at(name), server.at(name))
    with pytest.raises(StoryUnavailableError) as caught:
        story_path()
    head, cache, first, second, remedy = str(caught.value).splitlines()
    assert head == "The story could not be had. Tried:"
    assert cache == f"  {cached}: not there"
    assert first == second
    assert first.startswith(f"  {server.at(name)}: ")
    assert reason in first
    assert remedy.startswith("Set VERDICT_TEXT to the path of a copy")
    assert list(cached.parent.iterdir()) == []


def test_without_a_net(cached: Path, addresses: Callable[..., None]) -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        addresses(address)
        try:
            (cached / "no such file").read_bytes()
        except OSError:  # what the caller is handling is not taken for the cause
            with pytest.raises(StoryUnavailableError) as caught:
                story_path()
    assert f"\n  {address}: " in str(caught.value)
    assert "refused" in str(caught.value)
    assert "no such file" not in str(caught.value)


def test_a_spoilt_cache_is_fetched_anew(
    cached: Path, server: Server, addresses: Callable[..., None]
) -> None:
    cached.parent.mkdir(parents=True)
    cached.write_bytes(TALE[:-1])
    addresses(server.at("good"))
    assert read_story() == TALE.decode()
    assert cached.read_bytes() == TALE


def test_a_spoilt_cache_without_a_net_is_told_with_both_sums(
    cached: Path, server: Server, addresses: Callable[..., None]
) -> None:
    cached.parent.mkdir(parents=True)
    cached.write_bytes(b"spoilt")
    addresses(server.at("missing"))
    with pytest.raises(StoryUnavailableError) as caught:
        story_path()
    both = f"{cached}: its sha256 is {sha256(b'spoilt')}, not {TALE_SHA256}"
    assert both in str(caught.value)
    assert cached.read_bytes() == b"spoilt"


def test_a_cache_folder_that_cannot_be_made(
    cached: Path, addresses: Callable[..., None], server: Server
) -> None:
    cached.parent.parent.write_bytes(b"a file where the folder should be")
    addresses(server.at("good"))
    with pytest.raises(StoryUnavailableError, match=r"the-verdict\.txt cannot be written: "):
        story_path()
    assert server.asked == []


def test_a_folder_in_the_storys_place(
    cached: Path, addresses: Callable[..., None], server: Server
) -> None:
    cached.mkdir(parents=True)
    addresses(server.at("good"))
    with pytest.raises(StoryUnavailableError, match=r"the-verdict\.txt cannot be written: "):
        story_path()
    assert list(cached.parent.iterdir()) == [cached]


def test_a_second_process_may_be_faster(
    cached: Path, addresses: Callable[..., None], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_as_windows_does(_: Path, target: Path) -> None:
        target.write_bytes(TALE)
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(type(cached), "replace", refuse_as_windows_does)
    addresses(server.at("good"))
    assert story_path() == cached


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows will not replace what is being read: see above"
)
def test_many_at_once_see_whole_stories_only(
    cached: Path, addresses: Callable[..., None], server: Server
) -> None:
    cached.parent.mkdir(parents=True)
    cached.write_bytes(TALE[:10])
    addresses(server.at("good"))
    seen: list[str] = []
    threads = [threading.Thread(target=lambda: seen.append(read_story())) for _ in range(8)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert cached.read_bytes() in {TALE[:10], TALE}
    assert seen == [TALE.decode()] * 8
    assert [path.name for path in cached.parent.iterdir()] == ["the-verdict.txt"]


def test_the_downloaders_own_voice_comes_back(
    cached: Path, addresses: Callable[..., None], server: Server
) -> None:
    pooch = pytest.importorskip("pooch")
    level = pooch.get_logger().level
    pooch.get_logger().setLevel(7)
    addresses(server.at("missing"))
    with pytest.raises(StoryUnavailableError):
        story_path()
    assert pooch.get_logger().level == 7
    pooch.get_logger().setLevel(level)


# Where the package runs without its dependencies, as in a browser

BARE = """
import sys
sys.modules["pooch"] = None
{more}
import verdict
print(verdict.split_words("as in a browser"))
try:
    print(verdict.read_story())
except verdict.StoryUnavailableError as error:
    print(error)
"""


def run_bare(more: str = "", **environment: str) -> str:
    environment = {**os.environ, "PYTHONUTF8": "1", **environment}
    return subprocess.run(
        [sys.executable, "-c", BARE.format(more=more)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def test_a_named_story_needs_no_dependency(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_bytes(b"mine")
    out = run_bare('sys.modules["platformdirs"] = None', VERDICT_TEXT=str(path))
    assert out == "['as', 'in', 'a', 'browser']\nmine\n"


def test_a_missing_dependency_is_told() -> None:
    out = run_bare('sys.modules["platformdirs"] = None', VERDICT_TEXT="")
    assert "VERDICT_TEXT is not set, and import of platformdirs halted" in out
    assert "Set VERDICT_TEXT to the path of a copy" in out


CACHE = """
import hashlib, pathlib, platformdirs, verdict.story
platformdirs.user_cache_path = lambda *_, **__: pathlib.Path({folder!r})
verdict.story.SHA256 = hashlib.sha256(b"cached").hexdigest()
"""


def test_a_cached_story_needs_no_downloader(tmp_path: Path) -> None:
    cache = CACHE.format(folder=str(tmp_path))
    missing = run_bare(cache, VERDICT_TEXT="")
    assert "the-verdict.txt: not there, and import of pooch halted" in missing
    (tmp_path / "the-verdict.txt").write_bytes(b"cached")
    assert run_bare(cache, VERDICT_TEXT="").endswith("\ncached\n")
