"""Install what the project's lock names into the environment of this Python.

`python src/install.py site` installs what building, proving and serving the site needs;
`python src/install.py site test` what the tests need too. Only releases whose hashes stand in
`requirements.lock` are installed. uv does it, which pip installs from the lock; where uv fails,
or is not to be had for this machine, pip does it all. Standard library only: this runs before
anything is installed.

uv goes where pip would: what pip's configuration says of indexes, certificates, proxies and the
cache is passed on. It differs in three points. Of several indexes it takes whichever has a file
with a hash from the lock. It does not look at a constraint in pip's configuration: the lock has
chosen the versions. And it writes no bytecode: Python does, for each module that is used.
"""

import argparse
import ast
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

LOCK = Path("requirements.lock")

_RELEASE = re.compile(r"^(?=\w)", re.MULTILINE)
_ASKED_FOR_BY = re.compile(r"^ +# +(?:via +)?(\S.*)$", re.MULTILINE)
_THE_PROJECT = re.compile(r"\(pyproject\.toml(?::([\w-]+))?\)$")
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
_UV = (sys.executable, "-m", "uv")
_BY_HASH = ("--quiet", "--no-deps", "--require-hashes", "--requirement")

_OPTIONS = {
    "index-url": "--default-index",
    "extra-index-url": "--index",
    "find-links": "--find-links",
    "trusted-host": "--allow-insecure-host",
}
_SWITCHES = {"no-index": "--no-index", "no-cache-dir": "--no-cache"}
_VARIABLES = {
    "cert": ["SSL_CERT_FILE"],
    "client-cert": ["SSL_CLIENT_CERT"],
    "proxy": ["HTTP_PROXY", "HTTPS_PROXY"],
    "default-timeout": ["UV_HTTP_TIMEOUT"],
    "timeout": ["UV_HTTP_TIMEOUT"],
}
"""What pip's settings are called by uv."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Install what some groups need, and the project itself, so that its edits take effect.

    Returns:
        0, or the code with which pip failed.
    """
    options = argparse.ArgumentParser(prog="python src/install.py", description=__doc__)
    options.add_argument("groups", nargs="+", help="dependency groups of pyproject.toml")
    lock = LOCK.read_text(encoding="utf-8")
    wanted = needed(lock, options.parse_args(arguments).groups)
    start = time.perf_counter()
    try:
        with tempfile.TemporaryDirectory() as folder:
            names = Path(folder, "requirements.txt")
            names.write_text(releases(lock, {"uv"}), encoding="utf-8")
            by = "uv" if _succeeds([*_PIP, "install", *_BY_HASH, str(names)]) else "pip"
            names.write_text(releases(lock, wanted), encoding="utf-8")
            _say(f"Installing {len(wanted)} packages with {by} ...")
            if by == "uv" and not _with_uv(names):
                by = "pip"
                _say("uv did not succeed, pip installs them.")
            if by == "pip":
                subprocess.run([*_PIP, "install", *_BY_HASH, str(names)], check=True)
        here = ["install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", "."]
        subprocess.run([*_PIP, *here], check=True)
    except subprocess.CalledProcessError as error:
        return error.returncode
    _say(f"Installed in {time.perf_counter() - start:.0f} s.")
    return 0


def needed(lock: str, groups: Iterable[str]) -> set[str]:
    r"""The names of the packages that the project and some of its groups need.

    The lock says of each package what asks for it: from there it is followed up.

    Args:
        lock: its text, with the comments.
        groups: names of dependency groups.

    Raises:
        ValueError: nothing in the lock is there for one of the groups.

    Examples:
        >>> lock = '''a==1 \\
        ...     --hash=sha256:00
        ...     # via ours (pyproject.toml:site)
        ... b==2 \\
        ...     --hash=sha256:00
        ...     # via
        ...     #   a
        ...     #   c
        ... c==3 \\
        ...     --hash=sha256:00
        ...     # via ours (pyproject.toml:test)
        ... '''
        >>> sorted(needed(lock, ["site"]))
        ['a', 'b']
    """
    asked: dict[str, set[str]] = {}
    for release in _RELEASE.split(lock):  # there are several of a package that depends on Python's
        if name := _name(release):
            asked.setdefault(name, set()).update(_ASKED_FOR_BY.findall(release))
    by_us = {
        name: {ours[1] or "" for each in by if (ours := _THE_PROJECT.search(each))}
        for name, by in asked.items()
    }
    wanted = set(groups)
    if unknown := wanted.difference(*by_us.values()):
        raise ValueError(f"{LOCK} has nothing for the group {', '.join(sorted(unknown))}.")
    found = {name for name, ours in by_us.items() if ours & {"", *wanted}}
    while more := {name for name, by in asked.items() if by & found} - found:
        found |= more
    return found


def releases(lock: str, names: Iterable[str]) -> str:
    """The part of the lock that names some packages, with their hashes."""
    wanted = set(names)
    return "".join(each for each in _RELEASE.split(lock) if _name(each) in wanted)


def for_uv(settings: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """What tells uv the same as pip's configuration: options, and variables of the environment.

    Args:
        settings: as `pip_settings` gives them.

    Examples:
        >>> for_uv({"extra-index-url": "https://a.example/ file:///b", "cert": "ca.pem"})
        (['--index', 'https://a.example/', '--index', 'file:///b'], {'SSL_CERT_FILE': 'ca.pem'})
    """
    options: list[str] = []
    variables: dict[str, str] = {}
    for name, value in settings.items():
        if name in _OPTIONS:
            options += [part for each in value.split() for part in (_OPTIONS[name], each)]
        elif name in _SWITCHES and value.lower() in {"1", "on", "true", "yes"}:
            options.append(_SWITCHES[name])
        variables |= dict.fromkeys(_VARIABLES.get(name, ()), value)
    return options, variables


def pip_settings(listed: str) -> dict[str, str]:
    r"""What `pip config list` says that holds for an installation: the environment comes first.

    >>> pip_settings(":env:.cert='a.pem'\nglobal.cert='b.pem'\nglobal.index-url='https://x/'\n")
    {'cert': 'a.pem', 'index-url': 'https://x/'}
    """
    found = dict(re.findall(r"^(\S+?)=(.+)$", listed, re.MULTILINE))
    settings = {}
    for section in ("global.", "install.", ":env:."):
        for name, value in found.items():
            if name.startswith(section):
                settings[name.removeprefix(section)] = str(ast.literal_eval(value))
    return settings


def _with_uv(requirements: Path) -> bool:
    listed = subprocess.run([*_PIP, "config", "list"], capture_output=True, text=True, check=False)
    options, variables = for_uv(pip_settings(listed.stdout))
    command = [*_UV, "pip", "install", "--python", sys.executable, *options]
    command += ["--index-strategy", "unsafe-best-match"]  # any index: the hashes decide
    # Certificates of the system, as pip takes them; and what the user tells uv goes first.
    environment = {"UV_SYSTEM_CERTS": "true", **variables, **os.environ}
    return _succeeds([*command, *_BY_HASH, str(requirements)], environment)


def _succeeds(command: Sequence[str], environment: Mapping[str, str] | None = None) -> bool:
    return subprocess.run(command, env=environment, check=False).returncode == 0


def _name(release: str) -> str:
    return release.partition("==")[0].strip()


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
