"""The packages as files of the site: a reader can install what the pages import, and the proof."""

from pathlib import Path

PACKAGES = (Path(), Path("src/proof"))
"""The folders of the packages, each with a `pyproject.toml`."""

_PROOF = "verdict_proof-"


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


def of_the_pages(site: Path) -> Path | None:
    """The wheel of the package that the pages import, if it could be built."""
    return next(
        (path for path in sorted(site.glob("*.whl")) if not path.name.startswith(_PROOF)), None
    )
