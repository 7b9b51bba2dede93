"""Draw a card for each page: the picture that other sites show beside a link to it.

The theme's `partials/head.html` names the card. A card is drawn once, and kept in `build/cards`
under a name that says all that it was made from; most builds draw none.
"""

import hashlib
import html
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from drawing.card import card
from proof.files import write_whole
from verdict import split_words
from website.sources import built_file, sections, sources

FOLDER = "cards"
CACHE = Path("build", "cards")
PROMISE = "Every block of code has been run"
"""What the card of a page says that belongs to no part."""

_FACES = ("jetbrains-mono", "source-serif")
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)(?:<a\b[^>]*headerlink|</h1>)", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def publish(site: Path, config: MkDocsConfig) -> None:
    """Put the card of every page into a built site."""
    docs = Path(config.docs_dir)
    found = _SVG.search((site / str(config.theme["favicon"])).read_text(encoding="utf-8"))
    mark = found[1] if found else ""
    for name, part in _parts(docs, config):
        page = site / built_file(name)
        title = _TITLE.search(page.read_text(encoding="utf-8")) if page.is_file() else None
        if title:
            words = split_words(html.unescape(_TAG.sub("", title[1])).strip())
            picture = drawn(card(words, part, config.site_name, mark), site / "assets" / "fonts")
            target = site / FOLDER / f"{name.rpartition('.')[0]}.png"
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


def _parts(docs: Path, config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Each page's source, and what its card says it belongs to."""
    titles = {name: each.title for each in sections(config.nav or []) for name in each.pages}
    for name in sources(docs):
        yield name, titles.get(name) or PROMISE
