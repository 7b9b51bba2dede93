"""The packages as files of the site: a reader can install what the pages import, and the proof.

The pages show how, by the address that a preview has: `http://127.0.0.1:8000/NAME.whl`. Each
copy of the site shows its own address there, in its pages, in their Markdown and in the search.
"""

import re
from pathlib import Path

from website.site import Site

PACKAGES = (Path(), Path("src/proof"))
"""The folders of the packages, each with a `pyproject.toml`."""

_PROOF = "verdict_proof-"
_SHOWN = re.compile(r"http://127\.0\.0\.1:8000/([\w.+-]+\.whl)")
_TEXTS = {".md", ".txt", ".json", ".xml", ".ipynb", ".py"}


def build(site: Path) -> list[str]:
    """Build each package's wheel into the site; the same source gives the same bytes.

    Returns:
        What went wrong, in the builder's words; nothing if all is well.
    """
    from hatchling.builders.wheel import WheelBuilder

    problems = []
    for folder in PACKAGES:
        if not (folder / "pyproject.toml").is_file():
            continue
        try:
            list(WheelBuilder(str(folder.resolve())).build(directory=str(site.resolve())))
        except (OSError, TypeError, ValueError) as error:  # the builder's own are of these kinds
            problems.append(f"The package in {folder} cannot be built:\n{error}")
    return problems


def course_wheel(site: Path) -> Path | None:
    """The wheel of the package that the pages import, if it could be built."""
    return next(
        (path for path in sorted(site.glob("*.whl")) if not path.name.startswith(_PROOF)), None
    )


def show_own_address(site: Site) -> list[str]:
    """Let every text of a built site, which has the packages, show them at its own address.

    Returns:
        What is wrong: the packages that are shown, and that the site does not have.
    """
    problems = []
    for page in site.pages:
        page.html, wrong = _addressed(site, page.file, page.html)
        problems += wrong
    for path in sorted(site.folder.rglob("*")):
        if path.suffix in _TEXTS:
            text = path.read_bytes().decode("utf-8")
            changed, wrong = _addressed(site, path.relative_to(site.folder).as_posix(), text)
            problems += wrong
            if changed != text:
                path.write_bytes(changed.encode("utf-8"))
    return problems


def _addressed(site: Site, file: str, text: str) -> tuple[str, list[str]]:
    """A text with the site's own address, and what is wrong with it."""
    problems = [
        f"{file}: shows how to install {name}, which the site does not have"
        for name in dict.fromkeys(_SHOWN.findall(text))
        if not (site.folder / name).is_file()
    ]
    return _SHOWN.sub(lambda match: site.address + match[1], text), problems
