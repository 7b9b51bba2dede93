import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import PATIENCE
from tests.verdict.net import PUBLISHED_TEXT, Server
from verdict import StoryUnavailableError, http_get, read_story, story_path
from verdict.text import story as module

TALE_SHA256 = hashlib.sha256(PUBLISHED_TEXT).hexdigest()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def cached(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The story's place in an empty cache; no file is named, and a short tale is the story."""
    monkeypatch.delenv("VERDICT_TEXT", raising=False)
    monkeypatch.setattr(module, "SHA256", TALE_SHA256)
    return cache / "the-verdict.txt"


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
    cached.write_bytes(PUBLISHED_TEXT)
    assert story_path() == cached


def test_a_named_file_that_is_missing_is_refused_with_what_to_do(named: Path) -> None:
    with pytest.raises(StoryUnavailableError) as caught:
        read_story()
    assert str(caught.value) == (
        f"VERDICT_TEXT is {named}, which is no file. "
        "Set VERDICT_TEXT to the path of a copy of the story, or of any other text in UTF-8."
    )


def test_a_named_folder_is_refused(named: Path) -> None:
    named.mkdir()
    with pytest.raises(StoryUnavailableError, match="which is a folder"):
        story_path()


def test_a_named_file_that_cannot_be_read_is_refused(
    named: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    cached: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ADDRESSES", (server.at("missing"), server.at("good")))
    assert story_path() == cached
    assert read_story() == PUBLISHED_TEXT.decode()
    assert server.asked == ["missing", "good"]


def test_all_that_failed_is_told(
    cached: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = [server.at(name) for name in ("missing", "wrong", "truncated", "missing")]
    monkeypatch.setattr(module, "ADDRESSES", addresses)
    with pytest.raises(StoryUnavailableError) as caught:
        story_path()
    head, variable, place, *tried, remedy = str(caught.value).splitlines()
    assert head == "The story could not be had. Tried:"
    assert variable == "  VERDICT_TEXT: not set"
    assert place == f"  {cached}: not there"
    for address, line in zip(addresses, tried, strict=True):
        assert line.startswith(f"  {address}: ")
    assert remedy.startswith("Set VERDICT_TEXT to the path of a copy")


def test_the_story_has_four_addresses_on_three_hosts_and_twenty_seconds_in_all() -> None:
    assert len(module.ADDRESSES) >= 4
    assert len({urlsplit(address).hostname for address in module.ADDRESSES}) >= 3
    assert all(address.startswith("https://") for address in module.ADDRESSES)
    assert http_get.SECONDS <= 5
    assert http_get.BYTES_PER_SECOND_MORE > 20_479  # the story is too short to be given more time


def test_no_address_of_the_story_follows_a_branch() -> None:
    pinned = re.compile(r"/LLMs-from-scratch[@/][0-9a-f]{40}/|sha256:[0-9a-f]{64}/")
    assert [address for address in module.ADDRESSES if not pinned.search(address)] == []


# Where the package runs without its dependencies, as in a browser

WITHOUT_REQUESTS = """
import sys
sys.modules["requests"] = None
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
        [sys.executable, "-c", WITHOUT_REQUESTS.format(more=more)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE,
    ).stdout


def test_a_named_story_needs_no_dependency(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_bytes(b"mine")
    out = run_bare('sys.modules["platformdirs"] = None', VERDICT_TEXT=str(path))
    assert out == "['as', 'in', 'a', 'browser']\nmine\n"


def test_a_missing_dependency_is_told() -> None:
    out = run_bare('sys.modules["platformdirs"] = None', VERDICT_TEXT="")
    assert "VERDICT_TEXT: not set\n  the user's cache: import of platformdirs halted" in out
    assert "Set VERDICT_TEXT to the path of a copy" in out


WITH_A_CACHE = """
import hashlib, pathlib, platformdirs, verdict.text.story
verdict.text.story.ADDRESSES = ("http://127.0.0.1/",)
platformdirs.user_cache_path = lambda *_, **__: pathlib.Path({folder!r})
verdict.text.story.SHA256 = hashlib.sha256(b"cached").hexdigest()
"""


def test_a_cached_story_needs_no_downloader(tmp_path: Path) -> None:
    cache = WITH_A_CACHE.format(folder=str(tmp_path))
    missing = run_bare(cache, VERDICT_TEXT="")
    assert "the-verdict.txt: not there\n  http://127.0.0.1/: import of requests halted" in missing
    (tmp_path / "the-verdict.txt").write_bytes(b"cached")
    assert run_bare(cache, VERDICT_TEXT="").endswith("\ncached\n")
