"""Each page has a card: the picture that other sites show beside a link to it."""

import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from drawing.card import SIZE, card
from tests.website.conftest import ROOT, Served
from website.assets import social_cards

FONTS = ROOT / "src" / "website" / "theme" / "assets" / "fonts"
LONG = "A closer look at the many ways of a GPT with a very long title, in three rows or four"


def drawn(title: str) -> Path:
    return social_cards.drawn(card(title.split(), "Part 1", "Verdict", ""), FONTS)


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with nothing in it."""
    monkeypatch.setattr(social_cards, "CACHE", tmp_path / "cards")
    social_cards._unpacked.cache_clear()
    return tmp_path / "cards"


def test_a_card_is_the_same_picture_each_time(empty_cache: Path) -> None:
    first = drawn("Tokenizing text")
    data = first.read_bytes()
    shutil.rmtree(empty_cache)
    social_cards._unpacked.cache_clear()
    assert drawn("Tokenizing text") == first
    assert first.read_bytes() == data


def test_a_card_is_drawn_once_and_again_when_it_changes() -> None:
    first = drawn("Tokenizing text")
    first.write_bytes(b"from the cache")
    assert drawn("Tokenizing text").read_bytes() == b"from the cache"
    assert drawn("Tokenizing texts") != first


@pytest.mark.parametrize("title", ["Text", LONG, "Transformerarchitekturuntersuchungen"])
def test_a_title_of_any_length_fits(title: str) -> None:
    with Image.open(drawn(title)) as picture:
        assert picture.size == SIZE
        paper = picture.convert("RGB").getpixel((0, 300))
        for box in ((0, 20, 70, 630), (1130, 20, 1200, 630), (80, 500, 1120, 520)):
            assert picture.convert("RGB").crop(box).getcolors() == [
                ((box[2] - box[0]) * (box[3] - box[1]), paper)
            ]


def test_every_page_names_its_card(site: Served) -> None:
    pictures = set()
    for name in site.pages:
        if name == "404.html":
            continue
        page = (site.folder / name / "index.html").read_text(encoding="utf-8")
        (address,) = re.findall(
            r'<meta property="og:image" content="https?://[^/]+/([^"]*)">', page
        )
        path = site.folder / address.removeprefix(site.base.removeprefix("/"))
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("PNG", SIZE)
        pictures.add(path.read_bytes())
    assert len(pictures) == len(site.pages) - 1
