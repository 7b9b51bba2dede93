"""What holds for every figure: it is what its code draws, and everyone can read it."""

import builtins
import math
import re
import runpy
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from math import dist, inf, nextafter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from drawing import figure
from drawing.redraw import FOLDER, draw, find_figures
from drawing.style import MARGIN, WIDTH
from tests.colours import contrast as contrast_of
from tests.colours import from_hex, linear
from verdict import (
    SimpleTokenizerV1,
    StoryUnavailableError,
    build_vocabulary,
    sliding_windows,
    split_words,
)

DOCS = Path(__file__).parents[2] / "docs"
ASSETS = DOCS.parent / "src" / "website" / "theme" / "assets"
STYLES = (ASSETS / "figures.css").read_text(encoding="utf-8")
FIGURES = find_figures(DOCS)
SVG = "{http://www.w3.org/2000/svg}"

PHONE = 328
"""Width of a figure on a page 360 px wide, in px."""

SMALLEST = 12
"""The smallest text there, in px."""

every_figure = pytest.mark.parametrize(
    "code", FIGURES, ids=lambda code: f"{code.parents[1].name}/{code.stem}"
)


def text_of(code: Path) -> str:
    drawing = code.with_suffix(".svg")
    assert drawing.is_file(), f"{drawing.name} is not there. To draw it: make figures"
    return drawing.read_text(encoding="utf-8")


def tree(code: Path) -> ET.Element:
    return ET.fromstring(text_of(code))


# The drawings


def test_each_drawing_has_its_code_and_each_code_its_drawing() -> None:
    drawings = sorted(DOCS.glob(f"**/{FOLDER}/*.svg"))
    wanted = [code.with_suffix(".svg") for code in FIGURES]
    assert [path for path in wanted if path not in drawings] == [], "To draw them: make figures"
    assert [path for path in drawings if path not in wanted] == [], "No code draws these."


@every_figure
def test_is_what_its_code_draws(code: Path, request: pytest.FixtureRequest) -> None:
    try:
        drawn = draw(code)
    except StoryUnavailableError:
        request.getfixturevalue("story")  # skips, or fails when strict, and says why
        raise
    assert drawn == text_of(code), "Draw it again: make figures"


def in_order(numbers: Iterable[Any], start: Any = 0) -> Any:
    """A sum as Python 3.11 forms it; since 3.12 it is exact to the last bit, or nearly."""
    for number in numbers:
        start = start + number
    return start


def a_bit(up: bool, function: Callable[..., Any]) -> Callable[..., Any]:
    """A function as another machine's library may have it: the last bit of its float differs."""

    def other(*arguments: Any) -> Any:
        result = function(*arguments)
        return nextafter(result, inf if up else -inf) if isinstance(result, float) else result

    return other


@pytest.mark.parametrize(
    ("add", "measure"),
    [
        (in_order, math.hypot),
        (a_bit(True, in_order), a_bit(True, math.hypot)),
        (a_bit(False, in_order), a_bit(False, math.hypot)),
    ],
    ids=["in order", "a bit more", "a bit less"],
)
@pytest.mark.usefixtures("story")
def test_no_figure_depends_on_the_last_bit_of_a_number(
    add: Callable[..., Any], measure: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtins, "sum", add)
    monkeypatch.setattr(math, "hypot", measure)
    monkeypatch.setattr(figure, "hypot", measure)
    assert [code.stem for code in FIGURES if draw(code) != text_of(code)] == []


@every_figure
def test_stands_on_one_page_of_its_part(code: Path) -> None:
    path = code.with_suffix(".svg").relative_to(DOCS).as_posix()
    pages = [page for page in DOCS.rglob("*.md") if path in page.read_text(encoding="utf-8")]
    assert [page.parent for page in pages] == [code.parents[1]], "one page, in its own part"


@every_figure
def test_can_stand_inside_a_page(code: Path) -> None:
    text = text_of(code)
    assert text.startswith("<svg ")
    assert text.endswith("</svg>\n")
    assert "\r" not in text
    assert all(line.strip() for line in text.splitlines()), "a blank line would end the HTML"


@every_figure
def test_has_a_title_and_a_description_for_those_who_do_not_see_it(code: Path) -> None:
    root = tree(code)
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert title.text
    assert description.text
    assert len(description.text) > len(title.text)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@every_figure
def test_its_ids_are_its_file_s_name_so_two_on_a_page_never_share_one(code: Path) -> None:
    root, name = tree(code), code.stem.replace("_", "-")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert ids == [name, f"{name}-title", f"{name}-desc"]
    assert root.get("id") == name
    assert re.fullmatch(r"[a-z][a-z0-9_]*", code.stem), "small letters, digits and _"


@every_figure
def test_is_legible_on_a_phone(code: Path) -> None:
    root = tree(code)
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    assert width == WIDTH
    for text in [*root.iter(f"{SVG}text"), *root.iter(f"{SVG}tspan")]:
        assert float(text.get("font-size", 0)) * PHONE / width >= SMALLEST, text.text
    for box in root.iter(f"{SVG}rect"):
        left, top = float(box.get("x", 0)), float(box.get("y", 0))
        assert left >= MARGIN
        assert left + float(box.get("width", 0)) <= width - MARGIN + 0.1
        assert top + float(box.get("height", 0)) <= height - MARGIN + 0.1


@every_figure
def test_has_no_colours_of_its_own(code: Path) -> None:
    for element in tree(code).iter():
        assert not {"fill", "stroke", "style", "color", "opacity"} & element.attrib.keys()
        for name in element.get("class", "").split():
            assert f".{name} {{" in STYLES, f"no style for {name}"


@every_figure
def test_its_steps_are_numbered_from_1_and_each_says_what_happens(code: Path) -> None:
    groups = list(tree(code).iter(f"{SVG}g"))
    assert [group.get("data-step") for group in groups] == [
        str(number) for number in range(1, len(groups) + 1)
    ]
    sentences = [group.get("data-says", "") for group in groups]
    assert len(set(sentences)) == len(groups)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_no_style_is_left_over() -> None:
    used = {
        name
        for code in FIGURES
        for element in tree(code).iter()
        for name in element.get("class", "").split()
    }
    assert set(re.findall(r"^\.(fig[\w-]*) \{", STYLES, re.MULTILINE)) == used


# The colours

HUES = ("token", "id", "vector")
SCHEMES = ("default", "slate")

# Machado, Oliveira and Fernandes (2009), https://doi.org/10.1109/TVCG.2009.113: what linear
# red, green and blue become for those who lack the cones for red, or for green.
NO_RED = ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052))
NO_GREEN = ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969))
ALL_CONES = ((1, 0, 0), (0, 1, 0), (0, 0, 1))

every_scheme = pytest.mark.parametrize("scheme", SCHEMES)


def colours(scheme: str) -> dict[str, str]:
    """The colours of a scheme by their names in the style sheet, without `--fig-`."""
    rule = re.search(rf'\[data-md-color-scheme="{scheme}"\] \{{(.*?)\}}', STYLES, re.DOTALL)
    assert rule
    return dict(re.findall(r"--fig-([\w-]+): (#[0-9a-f]{6});", rule[1]))


def contrast(one: str, other: str) -> float:
    """Contrast by WCAG 2.2, from 1 to 21."""
    return contrast_of(from_hex(one), from_hex(other))


def seen(colour: str, cones: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    """A colour as CIE L*a*b*, in which distances are about as large as they look."""
    light = np.clip(np.array(cones) @ linear(from_hex(colour)), 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(np.maximum(xyz @ light / (0.9505, 1, 1.089), 0.0089))
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def test_both_schemes_have_the_same_colours_of_three_hues_at_most() -> None:
    names = [set(colours(scheme)) for scheme in SCHEMES]
    assert names[0] == names[1]
    assert names[0] == {"paper", "ink", "muted", "area", *HUES, *(f"{hue}-fill" for hue in HUES)}


@every_scheme
def test_text_has_the_contrast_that_reading_needs(scheme: str) -> None:
    colour = colours(scheme)
    for ground in ("paper", "area", *(f"{hue}-fill" for hue in HUES)):
        for ink in ("ink", "muted"):
            assert contrast(colour[ink], colour[ground]) >= 4.5, (ink, ground)


@every_scheme
def test_outlines_have_the_contrast_that_shapes_need(scheme: str) -> None:
    colour = colours(scheme)
    for hue in HUES:
        assert contrast(colour[hue], colour["paper"]) >= 3
        assert contrast(colour[hue], colour[f"{hue}-fill"]) >= 3


@every_scheme
@pytest.mark.parametrize("cones", [ALL_CONES, NO_RED, NO_GREEN], ids=["all", "no red", "no green"])
def test_hues_differ_for_colour_blind_readers(
    scheme: str, cones: tuple[tuple[float, ...], ...]
) -> None:
    colour = colours(scheme)
    for one, other in combinations(HUES, 2):
        assert dist(seen(colour[one], cones), seen(colour[other], cones)) > 25, (one, other)


def test_paper_and_ink_are_those_of_the_page() -> None:
    page = (ASSETS / "variables.css").read_text(encoding="utf-8")
    for name in ("paper", "ink"):
        shown = re.findall(rf"--{name}: (#[0-9a-f]{{6}});", page)[: len(SCHEMES)]  # print follows
        assert [colours(scheme)[name] for scheme in SCHEMES] == shown


# What single figures claim

PROGRAMS = {f"{code.parents[1].name}/{code.stem}": code for code in FIGURES}
"""The figures by their part and name: another part may have one of the same name."""


def shapes(figure: str, tag: str) -> list[str]:
    """What the shapes of a figure stand for: their classes, in the order of drawing."""
    return [str(element.get("class")) for element in tree(PROGRAMS[figure]).iter(SVG + tag)]


@pytest.mark.parametrize(
    ("figure", "steps"),
    [
        ("working-with-text-data/text_to_output", 6),
        ("understanding-large-language-models/writing_one_word_at_a_time", 3),
    ],
)
def test_figures_of_a_process_can_be_stepped_through(figure: str, steps: int) -> None:
    assert len(list(tree(PROGRAMS[figure]).iter(f"{SVG}g"))) == steps


def test_ways_to_ask_its_examples_are_the_same_letters_in_another_order() -> None:
    figure = runpy.run_path(str(PROGRAMS["understanding-large-language-models/ways_to_ask"]))
    for letters, word in [*figure["EXAMPLES"].items(), figure["LAST"]]:
        assert letters != word
        assert sorted(letters) == sorted(word)


def test_encode_and_decode_the_spaces_that_it_marks_are_all_that_decode_added() -> None:
    figure = runpy.run_path(str(PROGRAMS["working-with-text-data/encode_and_decode"]))
    passage = figure["PASSAGE"]
    tokenizer = SimpleTokenizerV1(build_vocabulary(split_words(passage)))
    back = tokenizer.decode(tokenizer.encode(passage))
    added = figure["added_spaces"](passage, back)
    without = "".join(letter for place, letter in enumerate(back) if place not in added)
    assert without == passage
    marked = [
        box
        for box in shapes("working-with-text-data/encode_and_decode", "rect")
        if box == "fig-added"
    ]
    assert len(marked) == len(added) + 1  # and one that says what they are


def test_new_text_to_token_ids_only_known_words_that_are_reached_look_like_tokens() -> None:
    figure = runpy.run_path(str(PROGRAMS["working-with-text-data/new_text_to_token_ids"]))
    known = split_words(figure["SOURCE"])
    words = split_words(figure["UNKNOWN"])
    stop = next(place for place, word in enumerate(words) if word not in known)
    look = [
        each
        for each in shapes("working-with-text-data/new_text_to_token_ids", "rect")
        if each != "fig-id"
    ]
    states = ["fig-token"] * stop + ["fig-bare", "fig-quiet"]  # the unknown word, and no ID
    states += ["fig-quiet"] * (len(words) - stop - 1)
    rest = [
        "fig-plain",
        *["fig-token"] * len(set(known)),
        *["fig-token"] * len(split_words(figure["KNOWN"])),
    ]
    assert sorted(look) == sorted([*rest, *states, "fig-plain"])


def texts_of(figure: str) -> list[str]:
    return [str(text.text) for text in tree(PROGRAMS[figure]).iter(f"{SVG}text")]


def test_windows_over_tokens_each_target_stands_one_row_further_on() -> None:
    figure = runpy.run_path(str(PROGRAMS["working-with-text-data/windows_over_tokens"]))
    boxes = [
        (box.get("class"), float(box.get("x", 0)), float(box.get("y", 0)))
        for box in tree(PROGRAMS["working-with-text-data/windows_over_tokens"]).iter(f"{SVG}rect")
        if box.get("class") in ("fig-id", "fig-bare")
        and float(box.get("x", 0)) >= figure["WINDOWS"]
    ]
    columns = {x: [y for _, at, y in boxes if at == x] for _, x, _ in boxes}
    rows = sorted({y for _, _, y in boxes})
    assert list(columns.values()) == [rows[0:4], rows[1:5], rows[1:5], rows[2:6]]
    assert len(split_words(figure["TEXT"])) == len(rows)


def test_the_figure_of_strides_has_a_bar_for_each_window() -> None:
    figure = runpy.run_path(str(PROGRAMS["working-with-text-data/strides"]))
    windows = [
        len(sliding_windows(range(figure["LENGTH"]), figure["CONTEXT_LENGTH"], stride)[0])
        for stride in figure["STRIDES"]
    ]
    assert windows == [7, 4, 2]
    answers = [box for box in shapes("working-with-text-data/strides", "rect") if box == "fig-bare"]
    assert len(answers) == sum(windows) + 1  # and one that says what they are
    assert (
        shapes("working-with-text-data/strides", "rect").count("fig-quiet") == 2
    )  # what is dropped, and its key


def test_table_lookup_equal_ids_show_equal_rows() -> None:
    figure = runpy.run_path(str(PROGRAMS["working-with-text-data/table_lookup"]))
    numbers = [
        text for text in texts_of("working-with-text-data/table_lookup") if text[-1].isdigit()
    ]
    rows = [numbers[place : place + 4] for place in range(0, len(numbers), 4)]
    table, picked = rows[: figure["ROWS"]], rows[figure["ROWS"] :]
    assert [int(row[0]) for row in table] == list(range(figure["ROWS"]))
    assert picked == [table[number] for number in figure["IDS"]]
    assert len(set(figure["IDS"])) < len(figure["IDS"])


def test_rotation_of_a_pair_both_circles_show_one_product() -> None:
    products = [
        text for text in texts_of("working-with-text-data/rotation_of_a_pair") if "product" in text
    ]
    assert products == ["dot product 0.54"] * 2


def test_bert_beside_gpt_are_given_parts_of_one_sentence() -> None:
    figure = runpy.run_path(str(PROGRAMS["understanding-large-language-models/bert_beside_gpt"]))
    shown = [
        text.text
        for text in tree(PROGRAMS["understanding-large-language-models/bert_beside_gpt"]).iter(
            f"{SVG}text"
        )
    ]
    words = figure["WORDS"]
    hidden = [words[place] for place in figure["MASKED"]]
    given = [word for place, word in enumerate(words) if place not in figure["MASKED"]]
    assert shown.count("?") == len(hidden)
    for word in given:
        assert shown.count(word) == 2  # in BERT's input, and in GPT's input or output
    for word in hidden:
        assert shown.count(word) == 2  # in BERT's output, and in GPT's input or output


def test_word_map_no_line_to_a_name_runs_over_another_point(word_map: dict[str, Any]) -> None:
    vocabulary, matrix = word_map["vectors"](
        word_map["SENTENCES"].read_text(encoding="utf-8").splitlines()
    )
    words = [word for word, _ in groups(word_map)]
    rows = matrix[[vocabulary[word] for word in words]]
    at = dict(zip(words, word_map["_places"](word_map["flatten"](rows), 0), strict=True))
    assert set(word_map["NAMES"]) == set(words)
    for word in words:
        start, end = (np.array(point) for point in word_map["leader"](word, at[word]))
        for other in words:
            if other != word:
                along = np.dot(np.array(at[other]) - start, end - start) / np.dot(
                    end - start, end - start
                )
                nearest = start + np.clip(along, 0, 1) * (end - start)
                assert dist(nearest, at[other]) > 4, (word, other)


@pytest.fixture(scope="module")
def word_map() -> dict[str, Any]:
    return runpy.run_path(str(PROGRAMS["working-with-text-data/word_map"]))


def groups(word_map: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for group, words in word_map["GROUPS"].items():
        kind = "place" if group in ("country", "capital") else group
        yield from ((word, kind) for word in words)


@pytest.fixture(scope="module", params=["all dimensions", "two dimensions"])
def distances(request: pytest.FixtureRequest, word_map: dict[str, Any]) -> dict[Any, float]:
    """How far apart the words of the map are, before and after they are made flat."""
    sentences = word_map["SENTENCES"].read_text(encoding="utf-8").splitlines()
    vocabulary, matrix = word_map["vectors"](sentences)
    words = [word for word, _ in groups(word_map)]
    rows = matrix[[vocabulary[word] for word in words]]
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    if request.param == "two dimensions":
        rows = word_map["flatten"](rows)
    return {
        (one, other): float(np.linalg.norm(a - b))
        for one, a in zip(words, rows, strict=True)
        for other, b in zip(words, rows, strict=True)
    }


def test_word_map_each_word_is_nearest_to_one_of_its_kind(
    word_map: dict[str, Any], distances: dict[Any, float]
) -> None:
    kinds = dict(groups(word_map))
    for word, kind in kinds.items():
        if word != "squirrel":
            others = [other for other in kinds if other != word]
            nearest = min(others, key=lambda other: distances[word, other])
            assert kinds[nearest] == kind, (word, nearest)


def test_word_map_the_squirrel_is_nearer_to_each_bird_than_to_any_other_word(
    word_map: dict[str, Any], distances: dict[Any, float]
) -> None:
    kinds = dict(groups(word_map))
    near = [distances["squirrel", word] for word, kind in kinds.items() if kind == "bird"]
    far = [
        distances["squirrel", word]
        for word, kind in kinds.items()
        if kind not in ("bird", "mammal")
    ]
    assert max(near) < min(far)


def test_word_map_counts_neighbours_in_a_sentence(word_map: dict[str, Any]) -> None:
    vocabulary, matrix = word_map["vectors"](["a b", "a c", "b d"])
    entry = matrix[vocabulary["a"], vocabulary["c"]]
    # a and c share 1 of 6 ordered pairs; by chance it would be 2/6 x 1/6.
    assert entry == pytest.approx(np.log((1 / 6) / (2 / 6 * 1 / 6)))
    assert matrix[vocabulary["a"], vocabulary["d"]] == 0
    assert (matrix == matrix.T).all()


def test_word_map_sentences_are_few_and_none_is_there_twice(word_map: dict[str, Any]) -> None:
    sentences = word_map["SENTENCES"].read_text(encoding="utf-8").splitlines()
    assert 60 <= len(sentences) <= 90
    assert len(set(sentences)) == len(sentences)
