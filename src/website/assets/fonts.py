"""Let each page load the faces that it uses at once, before its styles ask for them.

A face that comes late is not shown until the next page (`font-display: optional`), so that
nothing moves. Announced in the page's head, it is nearly always there in time.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from website.editor import PAGES_KEPT
from website.site import Site

_FACE = re.compile(r"@font-face *\{([^}]*url\([^}]*)\}")
_FILE = re.compile(r"url\([\"']?([^\"')]+)")
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)
_CODE = "code, pre, kbd, .fig-code"
_ITALIC = "em, i, cite, dfn, var"
_UNSEEN = "head, script, style, title, desc"


@dataclass(frozen=True)
class Face:
    """A face of a style sheet: its file, and which text it is for."""

    file: str
    is_code: bool
    is_italic: bool
    characters: re.Pattern[str]


def preload(site: Site) -> None:
    """Name in the head of each page the faces that it uses, so that they load at once."""
    known: dict[str, tuple[Face, ...]] = {}
    for page in site.pages:
        sheet = re.search(r'<link rel="stylesheet" href="([^"]+)">', page.html)
        if not sheet:
            continue
        folder, _, name = sheet[1].rpartition("/")
        if name not in known:
            (file,) = site.folder.rglob(name)
            known[name] = faces(file.read_text(encoding="utf-8"))
        links = "".join(
            f'<link rel="preload" href="{folder}/{face.file}" as="font" type="font/woff2" '
            "crossorigin>\n"
            for face in used(page.html, known[name])
        )
        page.html = f"{page.html[: sheet.start()]}{links}{page.html[sheet.start() :]}"


def faces(sheet: str) -> tuple[Face, ...]:
    """The faces of a style sheet that come from a file.

    >>> [face] = faces("@font-face{font-family:A Mono;src:url(a.woff2);unicode-range:U+41-5A}")
    >>> face.file, face.is_code, face.is_italic, bool(face.characters.search("a Z"))
    ('a.woff2', True, False, True)
    """
    found = []
    for declared in _FACE.findall(sheet):
        file = _FILE.search(declared)
        ranges = [
            f"\\U{first:0>8}-\\U{last or first:0>8}" for first, last in _RANGE.findall(declared)
        ]
        found.append(
            Face(
                file[1] if file else "",
                "Mono" in declared,
                re.search(r"font-style: *italic", declared) is not None,
                re.compile(f"[{''.join(ranges)}]" if ranges else r"\S"),
            )
        )
    return tuple(found)


@lru_cache(PAGES_KEPT)
def used(page: str, known: tuple[Face, ...]) -> list[Face]:
    """Those of the faces in which a page has any text."""
    tree = LexborHTMLParser(page)
    for element in tree.css(_UNSEEN):
        element.decompose()
    code = _taken(tree.css(_CODE))
    italic = _taken(tree.css(_ITALIC))
    rest = tree.body.text() if tree.body else ""
    texts = {(True, False): code, (False, True): italic, (False, False): rest}
    return [face for face in known if face.characters.search(texts[face.is_code, face.is_italic])]


def _taken(elements: list[LexborNode]) -> str:
    """The text of elements, which are removed."""
    texts = [element.text() for element in elements]
    for element in elements:
        element.decompose()
    return "".join(texts)
