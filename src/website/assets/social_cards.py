"""Draw a card for each page: the picture that other sites show beside a link to it.

The theme's `partials/head.html` names the card. A card is drawn once, and kept in `build/cards`
under a name that says all that it was made from; most builds draw none.
"""

import hashlib
import re
import shutil
from functools import cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from drawing.card import card
from proof.files import write_whole
from verdict import split_words
from website.site import Site
from website.sources import sections

FOLDER = "cards"
CACHE = Path("build", "cards")
PROMISE = "Every block of code has been run"
"""What the card of a page says that belongs to no part."""

_FACES = ("jetbrains-mono", "source-serif")
_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def publish(site: Site, config: MkDocsConfig) -> None:
    """Put the card of every page that has a source into a built site."""
    found = _SVG.search((site.folder / str(config.theme["favicon"])).read_text(encoding="utf-8"))
    mark = found[1] if found else ""
    parts = {name: each.title for each in sections(config.nav or []) for name in each.pages}
    for page in site.pages:
        if page.source and page.title:
            part = parts.get(page.source) or PROMISE
            drawing = card(split_words(page.title), part, config.site_name, mark)
            picture = drawn(drawing, site.folder / "assets" / "fonts")
            target = site.folder / FOLDER / f"{page.source.rpartition('.')[0]}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, target)


def drawn(svg: str, fonts: Path) -> Path:
    """The file of a drawing as a PNG, drawn now if it never was.

    Args:
        svg: the drawing.
        fonts: the folder of the site's faces, which are the only ones that it can use.
    """
    faces = [fonts / f"{face}.woff2" for face in _FACES]
    path = CACHE / f"{_digest(svg.encode(), *(face.read_bytes() for face in faces))}.png"
    if not path.is_file():
        import resvg_py  # most builds draw nothing

        files = [str(_unpacked(face)) for face in faces]
        picture = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=files)
        write_whole(path, bytes(picture))
    return path


@cache
def _unpacked(face: Path) -> Path:
    """The file of a face as a program reads it that is no browser."""
    path = CACHE / f"{_digest(face.read_bytes())}.ttf"
    if not path.is_file():
        from fontTools.ttLib import TTFont

        font = TTFont(face)
        font.flavor = None
        path.parent.mkdir(parents=True, exist_ok=True)
        font.save(path)
    return path


def _digest(*parts: bytes) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()[:32]
