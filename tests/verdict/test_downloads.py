import hashlib
import re
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests import PATIENCE
from tests.verdict.net import PUBLISHED_TEXT, Server
from verdict import http_get
from verdict.downloads import NotFetchedError, Published, cached_file

SHA256 = hashlib.sha256(PUBLISHED_TEXT).hexdigest()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def tale(server: Server) -> Callable[..., Published]:
    """The tale, published at paths of the server."""
    return lambda *paths: Published("tale.txt", SHA256, tuple(map(server.at, paths)))


def tried(file: Published) -> list[str]:
    """What is told of a file that cannot be had, a line for each place."""
    with pytest.raises(NotFetchedError) as caught:
        cached_file(file)
    assert str(caught.value).splitlines() == caught.value.tried
    return caught.value.tried


def test_what_was_fetched_is_kept(
    cache: Path, server: Server, tale: Callable[..., Published], capfd: pytest.CaptureFixture[str]
) -> None:
    path = cached_file(tale("good", "never"))
    assert path == cache / "tale.txt"
    assert path.read_bytes() == PUBLISHED_TEXT
    assert cached_file(tale("never")) == path
    assert server.asked == ["good"]
    assert [path.name for path in cache.iterdir()] == ["tale.txt"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("first", ["missing", "wrong", "truncated"])
def test_the_second_address_helps_out(
    cache: Path, server: Server, tale: Callable[..., Published], first: str
) -> None:
    assert cached_file(tale(first, "good")).read_bytes() == PUBLISHED_TEXT
    assert server.asked == [first, "good"]


def test_an_address_that_says_nothing_is_left_for_the_next(
    cache: Path, server: Server, tale: Callable[..., Published], monkeypatch: pytest.MonkeyPatch
) -> None:
    for seconds in (1, 4, 16, PATIENCE):  # on a busy machine no answer may come in so short a time
        server.asked.clear()
        monkeypatch.setattr(http_get, "SECONDS", seconds)
        with suppress(NotFetchedError):
            assert cached_file(tale("silent", "good")).read_bytes() == PUBLISHED_TEXT
            break
    assert server.asked == ["silent", "good"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "404 Client Error"),
        ("wrong", f"its sha256 is {sha256(b'another text')}, not {SHA256}"),
        ("truncated", f"IncompleteRead(100 bytes read, {len(PUBLISHED_TEXT) - 100} more expected)"),
        ("silent", "not all of it came in 0.3 s"),
        ("trickle", "not all of it came in 0.3 s"),
        ("endless", "more than 500,000 bytes"),
    ],
)
def test_what_failed_is_told(
    cache: Path,
    tale: Callable[..., Published],
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    reason: str,
) -> None:
    monkeypatch.setattr(http_get, "SECONDS", 0.3 if "0.3 s" in reason else PATIENCE)
    monkeypatch.setattr(http_get, "MOST_BYTES", 500_000)
    first, second, third = tried(tale(path, path))
    assert first == f"{cache / 'tale.txt'}: not there"
    assert second == third
    assert re.match(rf"http://127\.0\.0\.1:\d+/{path}: ", second)
    assert reason in second
    assert not any(cache.glob("*"))


def test_a_host_that_takes_no_call_is_given_up(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_get, "SECONDS", 0.3)
    with socket.socket() as deaf, socket.socket() as waiting:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        waiting.connect(deaf.getsockname())  # whoever comes now has to wait
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        assert tried(Published("tale.txt", SHA256, (address,)))[1:] == [
            f"{address}: not all of it came in 0.3 s"
        ]


def test_a_name_that_nobody_answers_for_is_given_up(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()

    def ask_in_vain(*_: object, **__: object) -> None:
        over.wait(30)
        raise OSError("nobody knows that name")

    monkeypatch.setattr(socket, "getaddrinfo", ask_in_vain)
    monkeypatch.setattr(http_get, "SECONDS", 0.3)
    address = "http://nobody.invalid/tale.txt"
    try:
        assert tried(Published("tale.txt", SHA256, (address,)))[1:] == [
            f"{address}: not all of it came in 0.3 s"
        ]
    finally:
        over.set()


def test_a_large_file_has_more_time(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    class Slow(SimpleQueue[bytes | str]):
        def get(self, block: bool = True, timeout: float | None = None) -> bytes | str:
            waited.append(timeout or 0)
            return [b"a" * 25_000, b"b" * 50_000, b""][len(waited) - 1]

    monkeypatch.setattr(http_get, "SimpleQueue", Slow)
    monkeypatch.setattr(http_get, "Thread", lambda **_: threading.Timer(0, lambda: None))
    monkeypatch.setattr(http_get, "monotonic", lambda: 0.0)
    sum_ = sha256(b"a" * 25_000 + b"b" * 50_000)
    cached_file(Published("large", sum_, ("http://127.0.0.1/",)))
    assert waited == [5.0, 6.0, 8.0]


def test_an_address_where_nobody_listens_is_told_as_refused(cache: Path) -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        try:
            (cache / "no such file").read_bytes()
        except OSError:  # what the caller is handling is not taken for the cause
            (_, line) = tried(Published("tale.txt", SHA256, (address,)))
    assert line.startswith(f"{address}: ")
    assert "refused" in line
    assert "no such file" not in line


def test_an_address_that_is_no_url_is_told(cache: Path) -> None:
    (_, line) = tried(Published("tale.txt", SHA256, ("nowhere",)))
    assert line.startswith("nowhere: Invalid URL 'nowhere'")


def test_a_spoilt_cache_is_fetched_anew(cache: Path, tale: Callable[..., Published]) -> None:
    cache.mkdir(parents=True)
    (cache / "tale.txt").write_bytes(PUBLISHED_TEXT[:-1])
    assert cached_file(tale("good")).read_bytes() == PUBLISHED_TEXT


def test_a_spoilt_cache_without_a_net_is_told_with_both_sums(
    cache: Path, tale: Callable[..., Published]
) -> None:
    cache.mkdir(parents=True)
    path = cache / "tale.txt"
    path.write_bytes(b"spoilt")
    assert tried(tale("missing"))[0] == f"{path}: its sha256 is {sha256(b'spoilt')}, not {SHA256}"
    assert path.read_bytes() == b"spoilt"


def test_a_cache_folder_that_cannot_be_made_is_told_and_nothing_is_asked(
    cache: Path, tale: Callable[..., Published], server: Server
) -> None:
    cache.parent.write_bytes(b"a file where the folder should be")
    assert tried(tale("good"))[-1].startswith(f"{cache / 'tale.txt'} cannot be written: ")
    assert server.asked == []


def test_a_folder_in_the_place_of_the_file_is_told_and_stays(
    cache: Path, tale: Callable[..., Published]
) -> None:
    (cache / "tale.txt").mkdir(parents=True)
    assert tried(tale("good"))[-1].startswith(f"{cache / 'tale.txt'} cannot be written: ")
    assert list(cache.iterdir()) == [cache / "tale.txt"]


def test_a_file_that_another_process_wrote_first_is_taken(
    cache: Path, tale: Callable[..., Published], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_as_windows_does(_: Path, target: Path) -> None:
        target.write_bytes(PUBLISHED_TEXT)
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(type(cache), "replace", refuse_as_windows_does)
    assert cached_file(tale("good")).read_bytes() == PUBLISHED_TEXT


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows will not replace what is being read: see above"
)
def test_many_at_once_see_whole_files_only(cache: Path, tale: Callable[..., Published]) -> None:
    cache.mkdir(parents=True)
    path = cache / "tale.txt"
    path.write_bytes(PUBLISHED_TEXT[:10])
    seen: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: seen.append(cached_file(tale("good")).read_bytes()))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert path.read_bytes() in {PUBLISHED_TEXT[:10], PUBLISHED_TEXT}
    assert seen == [PUBLISHED_TEXT] * 8
    assert [path.name for path in cache.iterdir()] == ["tale.txt"]


def test_a_machine_without_threads_says_so(
    cache: Path, tale: Callable[..., Published], monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoThread(threading.Thread):
        def start(self) -> None:
            raise RuntimeError("can't start new thread")

    monkeypatch.setattr(http_get, "Thread", NoThread)
    assert tried(tale("good"))[1].endswith("/good: can't start new thread")


@pytest.mark.parametrize(
    ("missing", "line"),
    [
        ("platformdirs", "the user's cache: import of platformdirs halted"),
        ("requests", "/good: import of requests halted"),
    ],
)
def test_a_missing_dependency_is_told(
    cache: Path,
    tale: Callable[..., Published],
    monkeypatch: pytest.MonkeyPatch,
    missing: str,
    line: str,
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    assert line in tried(tale("good"))[-1]
