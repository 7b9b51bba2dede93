"""Let each page load one style sheet, where the theme and its plugins name five."""

import hashlib
import re
from pathlib import Path

FOLDER = "assets"

_LINK = re.compile(r'\s*<link rel="stylesheet" href="([^":]*?)(assets/[^":]+\.css)">')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CHARSET = '@charset "UTF-8";'
_BELOW = re.compile(r"url\((?![\"']?(?:data:|#))")


def merge(site: Path) -> list[str]:
    """Join the style sheets of each page in their order, and link to what comes out.

    Returns:
        What is wrong: style sheets that load a file from where it would not be found.
    """
    made: dict[tuple[str, ...], str] = {}
    for path in sorted(site.rglob("*.html")):
        page = path.read_bytes().decode("utf-8")
        links = list(_LINK.finditer(page))
        if not links:
            continue
        names = tuple(link[2] for link in links)
        made[names] = made.get(names) or _join(site, names)
        last = links[-1]
        page = (
            _LINK.sub("", page[: last.start()])
            + f'\n<link rel="stylesheet" href="{last[1]}{made[names]}">'
            + page[last.end() :]
        )
        path.write_bytes(page.encode("utf-8"))
    merged = sorted({name for names in made for name in names})
    problems = [
        f"{name} loads a file beside it: let it stand in {FOLDER}/ itself, or embed the file."
        for name in merged
        if Path(name).parent != Path(FOLDER)
        and _BELOW.search((site / name).read_text(encoding="utf-8"))
    ]
    for name in merged:
        for file in (site / name, site / f"{name}.map"):
            file.unlink(missing_ok=True)
    return problems


def _join(site: Path, names: tuple[str, ...]) -> str:
    sheets = [(site / name).read_text(encoding="utf-8") for name in names]
    text = _CHARSET + "\n".join(_COMMENT.sub("", sheet).replace(_CHARSET, "") for sheet in sheets)
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    name = f"{FOLDER}/style.{digest}.css"
    (site / name).write_bytes(text.encode("utf-8"))
    return name
