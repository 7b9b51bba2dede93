"""The PDF: its contents name the pages on which the chapters begin."""

from pathlib import Path

import pikepdf
import pytest

from tests.website.small_site import ADDRESS, Small
from website.formats import pdf

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_a_book_is_printed_with_contents_that_are_right(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = []
    printed = pdf._print

    def listened(source: Path, target: Path) -> None:
        sources.append(source.read_text(encoding="utf-8"))
        printed(source, target)

    monkeypatch.setattr(pdf, "_print", listened)
    pdf.write(tmp_path / "book.pdf", small.about, small.parts(), small.site)
    with pikepdf.open(tmp_path / "book.pdf") as found:
        assert len(found.pages) == 6  # title, contents, four chapters
        with found.open_outline() as outline:
            titles = [item.title for item in outline.root]
            assert outline.root[0].children[0].title == "Contents"
        assert titles == ["A & B", "Words", "One of a & b", "Numbers", "Glossary"]
        assert str(found.docinfo["/Author"]) == "The authors"
        linked = {
            str(link.A.URI)
            for page in found.pages
            for link in page.get("/Annots", [])
            if "/URI" in link.get("/A", {})
        }
    assert f"{ADDRESS}playground/" in linked
    assert not any("file:" in address for address in linked)
    for name, page in (("words", 3), ("words-one", 4), ("numbers", 5), ("glossary", 6)):
        assert f'href="#{name}" data-page="{page}"' in sources[-1]


def test_without_a_browser_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(pdf.PrintError, match="CHROMIUM names none"):
        pdf.browser()
