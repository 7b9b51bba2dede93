"""Links to other sites are asked for politely, and those that lead nowhere are named."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from urllib3.util import Retry

from tests import PATIENCE
from website.links import external_links
from website.links.external_links import Answer, addresses, ask, main, report

AGAIN = Retry(total=2, backoff_factor=0, status_forcelist=(503,), raise_on_status=False)


class Host:
    """Another site, and what it was asked."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.asked = Counter[str]()
        self.agents: set[str] = set()
        self.open = self.most_open = 0


@pytest.fixture
def host() -> Iterator[Host]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.open += 1
            there.most_open = max(there.open, there.most_open)
            there.asked[self.path] += 1
            there.agents.add(self.headers["User-Agent"])
            time.sleep(0.02)
            status = {"/gone": 404, "/refused": 403, "/moved": 301, "/broken": 503}
            code = status.get(self.path, 200)
            if self.path == "/busy" and there.asked[self.path] == 1:
                code = 503
            self.send_response(code)
            self.send_header("Content-Length", "0")
            if code == 301:
                self.send_header("Location", "/new")
            self.end_headers()
            there.open -= 1

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


def asked(host: Host, *paths: str) -> list[Answer]:
    answers = ask([host.address + path for path in paths], pause=0, again=AGAIN)
    return list(answers.values())


def test_what_is_there_is_well(host: Host) -> None:
    assert asked(host, "/", "/moved") == [Answer(), Answer()]
    assert host.asked["/new"] == 1
    assert all("link check" in agent for agent in host.agents)


def test_a_busy_host_is_asked_again(host: Host) -> None:
    assert asked(host, "/busy", "/broken") == [Answer(), Answer("answers 503")]
    assert host.asked == {"/busy": 2, "/broken": 3}


def test_what_is_gone_is_sure_and_what_is_refused_is_not(host: Host) -> None:
    gone, refused = asked(host, "/gone", "/refused")
    assert gone == Answer("answers 404")
    assert refused == Answer("answers 403", is_sure=False)
    (nobody,) = ask(["http://127.0.0.1:9/"], pause=0, again=AGAIN).values()
    assert nobody.wrong.endswith("no answer")


def test_a_host_is_asked_one_thing_at_a_time(host: Host) -> None:
    asked(host, *(f"/{number}" for number in range(5)))
    assert host.most_open == 1
    assert host.asked.total() == 5


def test_the_links_to_other_sites_are_found_once(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    page = '<a href="https://a.org/x#{}">x</a> <a href="/b/">b</a> <a href="mailto:a@b.org">m</a>'
    for name in ("index.html", "part/index.html"):
        (tmp_path / name).write_text(page.format(name.count("/")))
    assert addresses(tmp_path) == {"https://a.org/x": ["index.html", "part/index.html"]}


def test_the_report_names_link_and_pages_and_is_empty_if_all_is_well() -> None:
    found = {"https://a.org/": ["index.html"], "https://b.org/": ["b.html"]}
    refused = Answer("answers 403", is_sure=False)
    text = report(found, {"https://a.org/": Answer("answers 404"), "https://b.org/": refused})
    dead, _, unsure = text.partition("refuse programs")
    assert "https://a.org/ answers 404\n    - index.html" in dead
    assert "https://b.org/ answers 403" in unsure
    assert report(found, {"https://a.org/": Answer(), "https://b.org/": refused}) == ""


def test_the_command_writes_the_report(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(external_links, "_OURS", ())
    assert main(tmp_path) == 2
    assert "make site" in capsys.readouterr().out
    home = tmp_path / "index.html"
    home.write_text(f'<a href="{host.address}/gone">gone</a>')
    assert main(tmp_path, pause=0, again=AGAIN) == 1
    assert "/gone answers 404" in external_links.REPORT.read_text()
    home.write_text(f'<a href="{host.address}/">there</a>')
    assert main(tmp_path, pause=0, again=AGAIN) == 0
    assert external_links.REPORT.read_bytes() == b""
