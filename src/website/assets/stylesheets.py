"""Let each page load one style sheet, where the theme and its plugins name five.

It has only the rules that a page of the site can use.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from website.assets.unused_css import names, purge, words
from website.site import Site

FOLDER = "assets"

_LINK = re.compile(r'<link rel="stylesheet" href="([^":]*?)(assets/[^":]+\.css)">')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Material's script sets this attribute and takes it back when a palette comes, on each load too.
# Its rule is for all elements, so each time the browser works out the styles of all of them anew:
# a tenth of what a page costs it. Without the rule, colours fade when a reader changes the palette.
_SWITCHING = re.compile(r"\[data-md-color-switching\][^{}]*\{[^{}]*\}")
_CHARSET = '@charset "UTF-8";'
_LOADED_FILE = re.compile(r"url\((?![\"']?(?:data:|#))")


def merge(site: Site) -> list[str]:
    """Join the style sheets of each page in their order, and link to what comes out.

    Returns:
        What is wrong: style sheets that load a file from where it would not be found.
    """
    made: dict[tuple[str, ...], str] = {}
    known = names([page.html for page in site.pages], _scripts(site.folder))
    for page in site.pages:
        links = list(_LINK.finditer(page.html))
        if not links:
            continue
        sheets = tuple(link[2] for link in links)
        made[sheets] = made.get(sheets) or _join(site.folder, sheets, known)
        last = links[-1]
        page.html = (
            _LINK.sub("", page.html[: last.start()])
            + f'<link rel="stylesheet" href="{last[1]}{made[sheets]}">'
            + page.html[last.end() :]
        )
    merged = sorted({name for sheets in made for name in sheets})
    problems = [
        f"{name} loads a file beside it: let it stand in {FOLDER}/ itself, or embed the file."
        for name in merged
        if Path(name).parent != Path(FOLDER)
        and _LOADED_FILE.search((site.folder / name).read_text(encoding="utf-8"))
    ]
    for name in merged:
        for file in (site.folder / name, site.folder / f"{name}.map"):
            file.unlink(missing_ok=True)
    return problems


def _scripts(site: Path) -> Iterator[str]:
    for path in site.rglob("*.js"):
        # Left out: word lists of other languages, the editor, which brings its own styles, and the
        # worker, which has no page.
        if "lunr" not in path.parts and not path.name.startswith(("editor.", "worker.")):
            yield path.read_text(encoding="utf-8")


def _join(site: Path, sheets: tuple[str, ...], known: frozenset[str]) -> str:
    texts = [(site / name).read_text(encoding="utf-8") for name in sheets]
    whole = "\n".join(_COMMENT.sub("", text).replace(_CHARSET, "") for text in texts)
    asked_for = known.intersection(words(whole))  # an edit rarely brings a name that it styles
    text = _CHARSET + purge(_SWITCHING.sub("", whole), asked_for)
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    name = f"{FOLDER}/style.{digest}.css"
    (site / name).write_bytes(text.encode("utf-8"))
    return name
