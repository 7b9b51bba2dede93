"""The checkers that come from npm: Nu, the one behind validator.w3.org, and Lighthouse."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import PATIENCE

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
NOT_FOR_NU = r".*violates Content Security Policy.*"
"""It reads the pages as files, which have no site of their own. A browser tries the policy."""
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Options of Java for a program that ends soon: it compiles fast, and so takes half of the time."""


class CheckerUnavailableError(Exception):
    """A checker cannot run here; the message says what it lacks."""


@dataclass(frozen=True)
class Score:
    """What Lighthouse gives in a category, of 100, and what the rest was lost by."""

    score: int
    lost: tuple[str, ...]


def nu(*folders: Path) -> list[str]:
    """What the Nu checker says of the pages in folders: the file, the line, the message.

    Raises:
        CheckerUnavailableError: there is no Java, or no checker.
    """
    options = ["--skip-non-html", "--format", "json", "--stdout", "--exit-zero-always"]
    options += ["--filterpattern", NOT_FOR_NU]
    java = [_program("java"), *SHORT_LIVED, "-Xss8m"]  # its grammars go deep
    done = _run([*java, "-jar", _module(NU), *options, *map(str, folders)])
    return [
        f"{message['url']}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(done)["messages"]
    ]


def lighthouse(
    browser: str, addresses: Sequence[str], categories: Sequence[str]
) -> dict[str, dict[str, Score]]:
    """What Lighthouse gives to pages, as on a phone: for each address, a score by category.

    Args:
        browser: the path of a Chromium.
        addresses: whole addresses of the pages.
        categories: `accessibility`, `best-practices`, `performance`, `seo`.

    Raises:
        CheckerUnavailableError: there is no Node.js, or no Lighthouse.
    """
    _module(MODULES / "lighthouse")
    done = _run(
        [_program("node"), str(HERE / "lighthouse.mjs"), browser, ",".join(categories), *addresses]
    )
    return {
        address: {
            category: Score(each["score"], tuple(each["lost"])) for category, each in scores.items()
        }
        for address, scores in json.loads(done).items()
    }


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _program(name: str) -> str:
    path = shutil.which(name)
    if not path:
        raise CheckerUnavailableError(f"a checker needs {name}, which is not on the PATH")
    return path


def _module(path: Path) -> str:
    if not path.exists():
        raise CheckerUnavailableError(
            f"{path.relative_to(HERE)} is not there: `make check` installs it, where npm is"
        )
    return str(path)
