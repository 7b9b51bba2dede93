"""Write the whole course as one PDF: the site's own pages, in the style that they have on paper.

A headless Chromium prints them, twice: the first time tells on which page each chapter begins, and
the second has these numbers in its table of contents.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from website.formats.book import About, BookPart, Chapter, with_links
from website.site import Site

if TYPE_CHECKING:  # it is only there for tests, and where a book is made
    from pikepdf import OutlineItem

NAME = "verdict.pdf"
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
TIMEOUT = 600
"""Seconds for a browser to print the book, on however slow a machine."""

_UNKNOWN = "000"  # as wide as the number of a page
_SHEET = 'link[rel="stylesheet"]'
_REFERS = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
_PLACE = re.compile(r"url\(#([^)]+)\)")
_STYLE = """\
:root { --measure: 39rem; --wide: 39rem; }
@page {
  size: A4;
  margin: 22mm 22mm 24mm;
  @bottom-center { content: counter(page); font: 9pt "Source Serif", serif; color: #5f6068; }
}
@page front { @bottom-center { content: none; } @top-center { content: none; } }
.book-front { page: front; padding-top: 70mm; text-align: center; }
.book-front h1 { font-size: 48pt; }
.book-contents { break-before: page; }
.book-contents ol { list-style: none; margin: 0; padding: 0; }
.book-contents li { margin: 0.15em 0 0.15em 1.2em; }
.book-contents li.part { margin: 0.9em 0 0.2em; font-weight: 600; break-after: avoid; }
.book-contents.md-typeset a { display: flex; gap: 0.6em; color: inherit; }
.book-contents.md-typeset a { text-decoration: none !important; }
.book-contents a::after { content: attr(data-page); order: 3; font-variant-numeric: tabular-nums; }
.book-contents a i { order: 2; flex: 1; border-bottom: 1px dotted #b5aea0; margin-bottom: 0.35em; }
.book-chapter { break-before: page; }
.book-chapter h1 { margin-top: 0; }
"""


class PrintError(Exception):
    """The book could not be printed; the message says what to do."""


def write(path: Path, about: About, book: Sequence[BookPart], site: Site) -> None:
    """Print the book into a file.

    Args:
        path: the file.
        about: what the book says of itself.
        book: its parts, whose links and ids are changed to those of this book.
        site: the finished site, which has the style sheets and faces.

    Raises:
        PrintError: there is no browser, or it has failed.
    """
    chapters = [chapter for part in book for chapter in part.chapters]
    with_links(chapters, _place)
    for chapter in chapters:
        _name_places(chapter)
    sheets = _sheets(site, chapters)
    with tempfile.TemporaryDirectory() as name:
        source, printed = Path(name) / "book.html", Path(name) / "book.pdf"
        pages: dict[str, int] = {}
        for _ in range(3):
            source.write_text(_document(about, book, sheets, pages), encoding="utf-8")
            _print(source, printed)
            found = _first_pages(printed, chapters)
            if found == pages:
                break
            pages = found
        else:
            raise PrintError("The pages of the chapters differ each time that they are printed.")
        _save(printed, path, about, chapters)


def _place(goal: Chapter, place: str) -> str:
    return f"#{goal.name}--{place}" if place else f"#{goal.name}"


def _name_places(chapter: Chapter) -> None:
    """Give each id of a chapter, and what refers to it, a name that is the only one in the book."""
    for element in chapter.article.css("[id]"):
        element.attrs["id"] = _place(chapter, element.attributes["id"] or "")[1:]
    for name in _REFERS:
        for element in chapter.article.css(f"[{name}]"):
            ids = (element.attributes[name] or "").split()
            element.attrs[name] = " ".join(_place(chapter, each)[1:] for each in ids)
    for element in chapter.article.css("svg *"):
        for name, value in element.attributes.items():
            if value and "url(#" in value:
                element.attrs[name] = _PLACE.sub(lambda m: f"url({_place(chapter, m[1])})", value)


def _sheets(site: Site, chapters: Sequence[Chapter]) -> list[str]:
    """The addresses of the style sheets of all chapters, as files of this machine."""
    found: dict[str, None] = {}
    for chapter in chapters:
        page = site.page(chapter.file)
        for link in LexborHTMLParser(page.html).css(_SHEET) if page else ():
            path = (site.folder / chapter.file).parent / (link.attributes["href"] or "")
            found[path.resolve().as_uri()] = None
    return list(found)


def _document(
    about: About, book: Sequence[BookPart], sheets: Sequence[str], pages: Mapping[str, int]
) -> str:
    """The book as one page of HTML."""
    style, body = [_STYLE], [_front(about), _contents(book, pages)]
    for number, part in enumerate(book):
        head = escape(part.title).replace('"', '\\"')
        style.append(
            f'@page part-{number} {{ @top-center {{ content: "{head}"; '
            'font: 9pt "Source Serif", serif; color: #5f6068; } }\n'
        )
        body += [
            f'<div class="book-chapter" id="{chapter.name}" style="page: part-{number}">'
            f"{chapter.article.html}</div>"
            for chapter in part.chapters
        ]
    links = "\n".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in sheets)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(about.title)}</title>\n"
        f'<meta name="author" content="{escape(about.authors)}">\n{links}\n'
        f"<style>\n{''.join(style)}</style>\n</head>\n"
        '<body dir="ltr" data-md-color-scheme="default" data-md-color-primary="custom">\n'
        f'<div class="md-content">\n{chr(10).join(body)}\n</div>\n</body>\n</html>\n'
    )


def _front(about: About) -> str:
    return f'<section class="book-front md-typeset">\n{about.html()}\n</section>'


def _contents(book: Sequence[BookPart], pages: Mapping[str, int]) -> str:
    lines = ['<section class="book-contents md-typeset">', "<h2>Contents</h2>", "<ol>"]
    for part in book:
        for number, chapter in enumerate(part.chapters):
            opens = not number
            title = part.title if opens and part.title else chapter.title
            kind = ' class="part"' * opens
            page = pages.get(chapter.name, _UNKNOWN)
            lines.append(
                f'<li{kind}><a href="#{chapter.name}" data-page="{page}">'
                f"<span>{escape(title)}</span><i></i></a></li>"
            )
    return "\n".join([*lines, "</ol>", "</section>"])


def _first_pages(printed: Path, chapters: Sequence[Chapter]) -> dict[str, int]:
    """On which page each chapter begins, counted from 1."""
    import pikepdf

    with pikepdf.open(printed) as found:
        pages = [str(page.objgen) for page in found.pages]
        places = found.Root["/Dests"]
        begins = {each.name: str(places[f"/{each.name}"][0].objgen) for each in chapters}
        return {name: pages.index(page) + 1 for name, page in begins.items()}


def _save(printed: Path, target: Path, about: About, chapters: Sequence[Chapter]) -> None:
    """Save what was printed, a third as large, with the author and with the blanks of headings."""
    import pikepdf

    headings = {}
    for chapter in chapters:
        for heading in chapter.article.css("h1, h2, h3"):
            words = heading.text().split()
            headings["".join(words)] = " ".join(words)
    with pikepdf.open(printed) as found:
        with found.open_outline() as outline:
            _name(outline.root, headings)
        with found.open_metadata() as said:
            said["dc:title"] = about.title
            said["dc:creator"] = [about.authors]
            said["dc:description"] = about.description
        found.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )


def _name(items: Iterable["OutlineItem"], headings: Mapping[str, str]) -> None:
    """Give the entries of an outline the blanks that are lost where a heading has wrapped."""
    for item in items:
        item.title = headings.get("".join(item.title.split()), item.title)
        _name(item.children, headings)


def _print(source: Path, target: Path) -> None:
    command = [
        browser(),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--allow-file-access-from-files",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        f"--user-data-dir={source.parent / 'browser'}",
        f"--print-to-pdf={target}",
        source.as_uri(),
    ]
    target.unlink(missing_ok=True)
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=TIMEOUT, check=False
    )
    if done.returncode or not target.is_file():
        raise PrintError(f"The browser did not print the book:\n{done.stderr}")


def browser() -> str:
    """The path of a browser that prints.

    Raises:
        PrintError: there is none.
    """
    names = (os.environ.get("CHROMIUM", ""), *CHROMIUM)
    path = next(filter(None, (shutil.which(name) for name in names if name)), None)
    if not path:
        raise PrintError(
            f"No browser: none of {', '.join(CHROMIUM)} is on the PATH, and CHROMIUM names none."
        )
    return path
