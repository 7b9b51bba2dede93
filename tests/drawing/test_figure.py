import xml.etree.ElementTree as ET

import pytest

from drawing import Box, Figure, FigureError
from drawing.geometry import tenths
from drawing.style import MARGIN, WIDTH, text_width

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def figure() -> Figure:
    return Figure("A title", "A description.")


def parse(figure: Figure) -> ET.Element:
    return ET.fromstring(figure.svg("an_example"))


def test_has_a_title_and_a_description_that_name_it(figure: Figure) -> None:
    root = parse(figure)
    ids = [element.get("id") for element in (root[0], root[1])]
    assert (root[0].tag, root[0].text) == (f"{SVG}title", "A title")
    assert (root[1].tag, root[1].text) == (f"{SVG}desc", "A description.")
    assert ids == ["an-example-title", "an-example-desc"]
    assert root.get("id") == "an-example"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == " ".join(map(str, ids))


def test_is_as_wide_as_all_others_and_as_high_as_what_is_in_it(figure: Figure) -> None:
    figure.rectangle(Box(10, 20, 30, 40.25))
    assert parse(figure).get("viewBox") == f"0 0 {WIDTH} {tenths(60.25 + MARGIN)}"


def test_its_text_is_its_file(figure: Figure) -> None:
    assert figure.svg("an_example") == figure.svg("an_example")
    assert figure.svg("an_example").endswith("</svg>\n")


def test_text_that_is_markup_comes_out_as_text(figure: Figure) -> None:
    figure.text((10, 20), 'a < b & "c"', "code")
    [text] = parse(figure).iter(f"{SVG}text")
    assert text.text == 'a < b & "c"'


def test_a_note_follows_its_text_on_the_same_line(figure: Figure) -> None:
    extent = figure.text((10, 20), "token", "bold", note="a word or a mark")
    [text] = parse(figure).iter(f"{SVG}text")
    [note] = text
    assert (text.text, note.text) == ("token", "a word or a mark")
    assert (note.tag, note.get("x"), note.get("class")) == (f"{SVG}tspan", None, "fig-note")
    assert extent.width > text_width("token", bold=True) + text_width("a word or a mark")


def test_steps_are_numbered_and_hold_what_is_drawn_in_them(figure: Figure) -> None:
    figure.text((10, 20), "before")
    with figure.next_step('It says "a < b".'):
        figure.text((10, 50), "first")
        figure.rectangle(Box(10, 60, 20, 20))
    with figure.next_step("Then this."):
        figure.text((10, 110), "second")
    figure.text((10, 140), "after")
    first, second = (element for element in parse(figure) if element.tag == f"{SVG}g")
    assert (first.get("data-step"), first.get("data-says")) == ("1", 'It says "a < b".')
    assert [element.tag for element in first] == [f"{SVG}text", f"{SVG}rect"]
    assert (second.get("data-step"), second.get("data-says")) == ("2", "Then this.")
    texts = [text.text for text in parse(figure).iter(f"{SVG}text")]
    assert texts == ["before", "first", "second", "after"]


def test_code_takes_the_same_room_in_every_font(figure: Figure) -> None:
    figure.text((10, 20), "token", "code")
    figure.text((10, 60), "token")
    code, plain = parse(figure).iter(f"{SVG}text")
    assert code.get("textLength") == str(text_width("token", code=True))
    assert plain.get("textLength") is None


@pytest.mark.parametrize(("anchor", "x"), [("start", 340), ("end", 40), ("middle", 370)])
def test_text_outside_the_figure_is_refused(figure: Figure, anchor: str, x: float) -> None:
    with pytest.raises(FigureError, match=r"'a long name' needs .* but has room from"):
        figure.text((x, 20), "a long name", anchor=anchor)  # type: ignore[arg-type]


def test_text_that_is_wider_than_its_box_is_refused(figure: Figure) -> None:
    with pytest.raises(FigureError, match="fewer words, or give it a wider box"):
        figure.text((20, 20), "a long name", anchor="middle", within=Box(0, 0, 40, 40))


def test_text_on_text_is_refused(figure: Figure) -> None:
    figure.text((10, 20), "first")
    with pytest.raises(FigureError, match="'second' lies on 'first'"):
        figure.text((30, 25), "second")
    figure.text((30, 50), "second")


def test_an_arrow_ends_where_it_points(figure: Figure) -> None:
    figure.arrow((10, 10), (10, 50))
    line, head = (path.get("d") for path in parse(figure).iter(f"{SVG}path"))
    assert line == "M10,10 L10,43"
    assert head is not None
    assert head.startswith("M10,50 ")


def test_an_arrows_head_is_as_long_in_every_direction(figure: Figure) -> None:
    figure.arrow((10, 10), (40, 50))
    line, _ = (path.get("d") for path in parse(figure).iter(f"{SVG}path"))
    assert line == "M10,10 L35.8,44.4"  # 7 units before the end


@pytest.mark.parametrize(
    ("number", "written"), [(1 / 3, "0.3"), (2.0, "2"), (2.96, "3"), (-0.01, "0"), (7, "7")]
)
def test_numbers_have_one_decimal_at_most(number: float, written: str) -> None:
    assert str(tenths(number)) == written


@pytest.mark.parametrize(
    ("text", "regular", "bold"),
    [
        ("Token IDs", 69.4, 78.0),
        ("looks up each token", 140.9, 158.6),
        ("embeddings", 86.5, 96.8),
        ("Capital letters sort", 130.2, 149.2),
    ],
)
def test_widths_are_estimated_from_above(text: str, regular: float, bold: float) -> None:
    # Measured in DejaVu Sans, the widest font that a reader is likely to have.
    assert regular <= text_width(text) < 1.15 * regular
    assert bold <= text_width(text, bold=True) < 1.15 * bold
