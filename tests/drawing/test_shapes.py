import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing import Figure
from drawing.shapes import (
    FULL,
    LEFT,
    State,
    bracket,
    entries,
    expected_text,
    heat_map,
    key,
    model,
    numbered,
    numbers,
    page,
    rows,
    step,
    text_box,
    text_height,
    text_to_come,
    token,
    token_id,
    tokens,
    vector,
)
from drawing.style import CHARACTER, HEAVY, LINE, TEXT

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def figure() -> Figure:
    return Figure("A title", "A description.")


WORDS = ["The", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog"]


def elements(figure: Figure, tag: str) -> list[ET.Element]:
    return list(ET.fromstring(figure.svg("example")).iter(SVG + tag))


def number(element: ET.Element, name: str) -> float:
    return float(str(element.get(name)))


def lines(figure: Figure) -> list[str]:
    return [str(text.text) for text in elements(figure, "text")]


def test_each_thing_has_its_own_shape(figure: Figure) -> None:
    token(figure, (10, 10), "fox")
    token(figure, (60, 10), "--")
    token_id(figure, (110, 10), 3)
    step(figure, (10, 50), "`encode`", width=100)
    model(figure, (10, 90), "decoder", width=100, height=30)
    word, mark, id_, process, decoder = elements(figure, "rect")
    assert (word.get("class"), word.get("rx")) == ("fig-token", "8")
    assert (mark.get("class"), mark.get("rx")) == ("fig-mark", "8")
    assert (id_.get("class"), id_.get("rx")) == ("fig-id", None)
    assert (process.get("class"), process.get("stroke-width")) == ("fig-plain", str(LINE))
    assert (decoder.get("class"), decoder.get("stroke-width")) == ("fig-plain", str(HEAVY))


def test_a_vector_is_a_row_of_cells_or_a_column(figure: Figure) -> None:
    row = vector(figure, (10, 10), 4)
    column = vector(figure, (10, 50), 4, upright=True)
    assert (row.width, row.height) == (column.height, column.width)
    assert row.width == 4 * row.height
    assert len(elements(figure, "rect")) == 8


def test_a_vector_can_show_its_numbers_rounded(figure: Figure) -> None:
    row = numbers(figure, (10, 10), [0.26, -1, -0.01])
    column = numbers(figure, (10, 50), [1, 2, 3], upright=True)
    assert lines(figure) == ["0.3", "-1.0", "0.0", "1.0", "2.0", "3.0"]
    assert (row.width, row.height) == (3 * column.width, column.height / 3)
    assert {cell.get("class") for cell in elements(figure, "rect")} == {"fig-vector"}


def test_a_heat_map_has_a_cell_for_each_number_the_stronger_the_larger(figure: Figure) -> None:
    frame = heat_map(figure, (10, 10), [[-1, 0], [0.4, 1]], (20, 10))
    *cells, outline = elements(figure, "rect")
    shown = [(cell.get("class"), cell.get("x"), cell.get("y")) for cell in cells]
    assert shown == [
        ("fig-heat-0", "10", "10"),
        ("fig-heat-4", "10", "20"),
        ("fig-heat-3", "30", "10"),
        ("fig-heat-6", "30", "20"),
    ]
    assert outline.get("class") == "fig-bare"
    assert (frame.width, frame.height) == (40, 20)


def test_equal_neighbours_in_a_column_are_one_box(figure: Figure) -> None:
    heat_map(figure, (10, 10), [[1], [0.99], [0]], (20, 10))
    tall, single, _ = elements(figure, "rect")
    assert (tall.get("height"), single.get("height"), single.get("y")) == ("20", "10", "30")


@pytest.mark.parametrize("value", [-1.01, 1.01, float("nan")])
def test_a_heat_map_refuses_what_its_key_does_not_show(figure: Figure, value: float) -> None:
    with pytest.raises(ValueError, match="a heat map shows numbers from -1 to 1, not"):
        heat_map(figure, (10, 10), [[value]], (20, 10))


def test_a_text_is_written_as_it_is_in_lines_of_about_one_length(figure: Figure) -> None:
    text_box(figure, (LEFT, 10), "The quick brown fox jumps over the lazy dog")
    assert lines(figure) == ["The quick brown fox", "jumps over the lazy dog"]


def test_added_spaces_are_seen_where_they_stand_even_in_the_second_line(figure: Figure) -> None:
    content = "one two three four five"
    text_box(figure, (LEFT, 10), content, width=150, added={content.index(" four") + 5})
    [space] = elements(figure, "rect")
    first, second = elements(figure, "text")
    assert (first.text, second.text) == ("one two three", "four five")
    assert space.get("class") == "fig-added"
    top, bottom = number(space, "y"), number(space, "y") + number(space, "height")
    assert number(first, "y") < top < number(second, "y") < bottom
    letter = CHARACTER * TEXT
    middle = number(space, "x") + number(space, "width") / 2
    assert middle == pytest.approx(number(second, "x") + len("four") * letter + letter / 2, abs=0.1)


def test_a_text_keeps_its_lines(figure: Figure) -> None:
    box = text_box(figure, (LEFT, 10), "one =>\ntwo three four =>", width=150)
    assert lines(figure) == ["one =>", "two three", "four =>"]
    assert box.height == text_height("one =>\ntwo three four =>", 150)


def test_a_text_that_is_not_there_has_a_dashed_outline(figure: Figure) -> None:
    text_box(figure, (LEFT, 10), "phone")
    expected_text(figure, (LEFT, 60), "phone")
    text_to_come(figure, (LEFT, 110), "the next word")
    dashes = [path.get("stroke-dasharray") for path in elements(figure, "path")]
    outlines = [dashes[place] for place in (0, 2, 4)]  # a fold follows each
    assert outlines[0] is None
    assert outlines[1] == outlines[2] is not None


def test_a_new_token_has_a_heavy_outline(figure: Figure) -> None:
    token(figure, (10, 10), "This")
    token(figure, (80, 10), "is", state="new")
    there, new = elements(figure, "rect")
    assert (there.get("stroke-width"), new.get("stroke-width")) == (str(LINE), str(HEAVY))


def test_a_token_that_is_not_a_known_word_of_a_text_never_looks_like_one(
    figure: Figure,
) -> None:
    states: tuple[State, ...] = ("there", "missing", "unknown", "unread", "special")
    for place, state in enumerate(states):
        token(figure, (10 + 60 * place, 10), "fox", state=state)
    looks = [
        (box.get("class"), box.get("stroke-dasharray") is not None, text.get("class"))
        for box, text in zip(elements(figure, "rect"), elements(figure, "text"), strict=True)
    ]
    assert looks == [
        ("fig-token", False, "fig-code"),
        ("fig-quiet", True, "fig-code fig-muted"),
        ("fig-bare", True, "fig-code"),
        ("fig-quiet", False, "fig-code fig-muted"),
        ("fig-area", False, "fig-code"),
    ]


@pytest.mark.parametrize("below", [False, True])
def test_a_bracket_takes_a_row_as_one_and_touches_none_of_it(figure: Figure, below: bool) -> None:
    row = [token(figure, (10, 50), "one"), token(figure, (60, 50), "two")]
    x, y = bracket(figure, row, below=below)
    assert x == (row[0].left + row[1].right) / 2
    points = [
        tuple(map(float, point.strip("ML").split(",")))
        for point in str(elements(figure, "path")[0].get("d")).split()
    ]
    assert [point[0] for point in points] == [
        pytest.approx(edge, abs=0.1)
        for edge in (row[0].left, row[0].left, row[1].right, row[1].right)
    ]
    assert points[1][1] == points[2][1] == y
    for _, end in points:
        assert end > row[0].bottom if below else end < row[0].top


def test_a_vocabulary_has_each_token_beside_its_id_in_columns(figure: Figure) -> None:
    vocabulary = {word: number for number, word in enumerate(sorted(WORDS))}
    frame = entries(figure, (LEFT, 10), vocabulary)
    assert lines(figure) == [part for pair in vocabulary.items() for part in map(str, pair)]
    texts = elements(figure, "text")
    for word, id_ in zip(texts[::2], texts[1::2], strict=True):
        assert frame.left < number(word, "x") < number(id_, "x") < frame.right
        assert frame.top < number(word, "y") < frame.bottom
    assert len({text.get("x") for text in texts[::2]}) == 3


def test_a_key_shows_tokens_and_then_what_they_mean(figure: Figure) -> None:
    place = key(figure, (LEFT, 10), "The", "the", meaning="two entries")
    assert lines(figure) == ["The", "the", "two entries"]
    assert place.right > number(elements(figure, "text")[-1], "x")


def test_a_model_has_notes_below_its_name(figure: Figure) -> None:
    model(figure, (LEFT, 10), "Decoder", "adds one word", "at a time", width=140, height=80)
    assert lines(figure) == ["Decoder", "adds one word", "at a time"]
    heights = [float(str(text.get("y"))) for text in elements(figure, "text")]
    assert heights == sorted(heights)
    classes = [text.get("class") for text in elements(figure, "text")]
    assert classes == ["fig-text fig-bold", "fig-text fig-muted", "fig-text fig-muted"]


def test_a_number_stands_in_a_circle(figure: Figure) -> None:
    box = numbered(figure, (40, 40), 7)
    [circle], [text] = elements(figure, "circle"), elements(figure, "text")
    assert (circle.get("cx"), circle.get("cy")) == (text.get("x"), "40") == ("40", "40")
    assert text.text == "7"
    assert box.centre == (40, 40)


def test_a_page_has_writing_inside_it(figure: Figure) -> None:
    box = page(figure, (20, 10), width=44, height=54)
    assert len(elements(figure, "path")) == 4
    for line in elements(figure, "path"):
        (x0, y0), (x1, y1) = (
            map(float, point.strip("ML").split(",")) for point in str(line.get("d")).split()
        )
        assert box.left < x0 < x1 < box.right
        assert box.top < y0 == y1 < box.bottom


def test_a_step_names_code_in_the_font_of_code(figure: Figure) -> None:
    step(figure, (LEFT, 10), "`encode`", "splits the text,", "looks up each token")
    step(figure, (LEFT, 100), "postprocessing")
    assert lines(figure) == ["encode", "splits the text,", "looks up each token", "postprocessing"]
    classes = [text.get("class") for text in elements(figure, "text")]
    assert classes == ["fig-code", "fig-text fig-muted", "fig-text fig-muted", "fig-text"]


@given(st.lists(st.floats(1, FULL), min_size=1, max_size=40))
def test_rows_keep_order_stay_inside_and_never_touch(widths: list[float]) -> None:
    places = rows((LEFT, 0), widths, gap=8, height=36)
    assert len(places) == len(widths)
    for (x, _), width in zip(places, widths, strict=True):
        assert x >= LEFT
        assert x + width <= LEFT + FULL + 1e-6
    for (x, y), width, (after, below) in zip(places, widths, places[1:], strict=False):
        assert (below == y and after >= x + width + 8 - 1e-6) or (below == y + 36 and after == LEFT)


def test_tokens_fill_as_few_rows_as_they_can(figure: Figure) -> None:
    boxes = tokens(figure, (LEFT, 10), WORDS)
    tops = [box.top for box in boxes]
    assert tops == sorted(tops)
    assert len(set(tops)) == 2
    assert lines(figure) == WORDS
    for top in set(tops):
        row = [box for box in boxes if box.top == top]
        assert (row[0].left + row[-1].right) / 2 == pytest.approx(LEFT + FULL / 2)
