"""Find links to other sites that lead nowhere: `python -m website external`, once a week.

It asks each address of the built site once, politely: one question at a time to a host, with a
pause, and again later if the host is busy. The report is a file, empty if all is well.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from proof.files import write_whole
from website.links import internal_links

REPORT = Path("build", "external-links.md")
PAUSE = 1.0
"""Seconds between two questions to a host."""
PATIENCE = 30
"""Seconds to wait for an answer."""

_OURS = ("127.0.0.1", "localhost", "example.org")
_REFUSED = {401, 403, 405, 429, 451, 999}
"""Answers of hosts that want no programs: a reader may well see the page."""
_AGAIN = Retry(
    total=3,
    backoff_factor=2,
    status_forcelist=(429, 500, 502, 503, 504),
    raise_on_status=False,  # its last answer counts
    respect_retry_after_header=True,
)
_SAYS = "Mozilla/5.0 (compatible; Verdict link check, once a week)"


@dataclass(frozen=True)
class Answer:
    """What became of an address: nothing wrong, or why not; `is_sure` if no reader gets there."""

    wrong: str = ""
    is_sure: bool = True


def addresses(site: Path) -> dict[str, list[str]]:
    """The addresses outside a built site that its pages link to, each with these pages.

    What stands behind `#` is left out: whether a page has such a place, its scripts may decide.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(site.rglob("*.html")):
        for reference in internal_links.read(path.read_bytes().decode("utf-8")).references:
            url = urlsplit(reference.address)
            if url.scheme in ("http", "https") and url.hostname not in _OURS:
                found[urldefrag(reference.address)[0]].add(path.relative_to(site).as_posix())
    return {address: sorted(pages) for address, pages in sorted(found.items())}


def ask(found: Iterable[str], *, pause: float = PAUSE, again: Retry = _AGAIN) -> dict[str, Answer]:
    """Ask for each address, the hosts side by side, and each host one question at a time."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in found:
        hosts[urlsplit(address).netloc].append(address)

    def ask_host(asked: Sequence[str]) -> dict[str, Answer]:
        answers = {}
        with requests.Session() as session:
            session.headers["User-Agent"] = _SAYS
            for scheme in ("http://", "https://"):
                session.mount(scheme, HTTPAdapter(max_retries=again))
            for number, address in enumerate(asked):
                time.sleep(pause if number else 0)
                answers[address] = _answer(session, address)
        return answers

    with ThreadPoolExecutor(8) as pool:
        return {
            address: answer
            for answers in pool.map(ask_host, hosts.values())
            for address, answer in answers.items()
        }


def _answer(session: requests.Session, address: str) -> Answer:
    try:
        with session.get(address, timeout=PATIENCE, stream=True) as response:
            status = response.status_code
    except requests.RequestException as error:
        return Answer(f"{type(error).__name__}: no answer")
    if status < 400:
        return Answer()
    return Answer(f"answers {status}", is_sure=status not in _REFUSED)


def report(found: Mapping[str, Sequence[str]], answers: Mapping[str, Answer]) -> str:
    """What is wrong, as Markdown; nothing if no link surely leads nowhere.

    >>> print(report({"https://a.org/": ["index.html"]}, {"https://a.org/": Answer("answers 404")}))
    These links lead nowhere. Each stands below with the pages that have it.
    <BLANKLINE>
    - https://a.org/ answers 404
        - index.html
    <BLANKLINE>
    """
    dead = {address: answer for address, answer in answers.items() if answer.wrong}
    if not any(answer.is_sure for answer in dead.values()):
        return ""
    lines = ["These links lead nowhere. Each stands below with the pages that have it.", ""]
    for address, answer in dead.items():
        if answer.is_sure:
            lines.append(f"- {address} {answer.wrong}")
            lines += [f"    - {page}" for page in found[address]]
    unsure = [f"- {each} {answer.wrong}" for each, answer in dead.items() if not answer.is_sure]
    if unsure:
        lines += ["", "These hosts refuse programs. Open the links in a browser now and then:", ""]
    return "\n".join([*lines, *unsure]) + "\n"


def main(site: Path, *, pause: float = PAUSE, again: Retry = _AGAIN) -> int:
    """Check the links of a built site, write the report: 0 if all is well, else 1."""
    if not (site / "index.html").is_file():
        print(f"There is no site in {site}: run `make site` first.")
        return 2
    found = addresses(site)
    answers = ask(found, pause=pause, again=again)
    text = report(found, answers)
    write_whole(REPORT, text)
    refused = sum(bool(answer.wrong) and not answer.is_sure for answer in answers.values())
    print(f"{text}{len(found)} links to other sites, {refused} of which refuse programs.")
    return 1 if text else 0
