"""The figures that are drawn again: any input is drawn, and shows what the package computes, or
is refused in words; and the Python of a reader's browser draws them as this one does.
"""

import json
import runpy
import xml.etree.ElementTree as ET
from itertools import pairwise
from math import degrees
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing import FigureError
from drawing.asked import drawn, visible
from tests.docs.test_figures import DOCS, SVG
from tests.website.pyodide.wasm import run_pages_in_wasm
from verdict import (
    BytePairTokenizer,
    count_dropped,
    read_story,
    rotate_by_position,
    sliding_windows,
    split_gpt2,
    split_words,
)
from website.assets.scripts import SCRIPTS
from website.pyodide import runtime
from website.pyodide.live_figures import modules

FOLDER = DOCS / "working-with-text-data" / "figures"
TEXTS = st.text(st.characters(categories=["L", "N", "P", "Z", "M", "S", "Cs", "Cc"]), max_size=40)
INPUTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("merges_of_a_word", {"word": " thought", "merges": "744"}),
    ("merges_of_a_word", {"word": " internationally", "merges": "2517"}),
    ("merges_of_a_word", {"word": "naïveté", "merges": "300"}),
    ("merges_of_a_word", {"word": "<b>", "merges": "0"}),
    ("merges_of_a_word", {"word": "", "merges": "1"}),
    ("merges_of_a_word", {"word": "tea" * 20, "merges": "1"}),
    ("windows_over_tokens", {"text": "The tea, then?", "context_length": "2", "stride": "2"}),
    ("windows_over_tokens", {"text": "so " * 30, "context_length": "1", "stride": "1"}),
    ("windows_over_tokens", {"text": "so it is", "context_length": "1", "stride": "0"}),
    ("rotation_of_a_pair", {"angle": "57.3"}),
    ("rotation_of_a_pair", {"angle": "-0.5"}),
    ("rotation_of_a_pair", {"angle": ""}),
)


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FOLDER)


def program(name: str) -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / f"{name}.py"))


MERGES = program("merges_of_a_word")
WINDOWS = program("windows_over_tokens")
ROTATION = program("rotation_of_a_pair")


def tree(look: dict[str, str], name: str) -> ET.Element:
    """The drawing, which stands inside a page like all others, and is as wide."""
    root = ET.fromstring(look["svg"])
    assert [each.get("id") for each in root.iter() if each.get("id")] == [
        name.replace("_", "-") + end for end in ("", "-title", "-desc")
    ]
    assert all(line.strip() for line in look["svg"].splitlines())
    for box in root.iter(f"{SVG}rect"):
        assert float(box.get("x", 0)) >= 4
        assert float(box.get("x", 0)) + float(box.get("width", 0)) <= 376.1
    return root


def refused(look: dict[str, str]) -> bool:
    """Whether there is an error, in words that are not about drawing."""
    assert "units" not in look["error"]
    assert "lies on" not in look["error"]
    return bool(look["error"])


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("name", ["merges_of_a_word", "windows_over_tokens", "rotation_of_a_pair"])
def test_the_fields_of_its_page_hold_what_is_drawn(name: str) -> None:
    (page,) = (
        text for text in (path.read_text() for path in FOLDER.parent.glob("*.md")) if name in text
    )
    figure = page.partition(f'data-text="working-with-text-data/figures/{name}"')[2]
    fields = ET.fromstring(
        f"<p>{figure.partition('data-python>')[2].partition('</div>')[0]}</p>".replace(
            ' autocomplete="off">', "/>"
        ).replace(' autocomplete="off" autocapitalize="off" spellcheck="false">', "/>")
    )
    typed = {str(field.get("name")): str(field.get("value")) for field in fields.iter("input")}
    assert typed
    look = drawn(name, typed)
    written = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    if name == "rotation_of_a_pair":  # its field has the angle rounded
        typed_angle, own = float(typed["angle"]), degrees(1)
        assert round(own, 1) == typed_angle
        assert len(look["svg"].splitlines()) == len(written.splitlines())
    else:
        assert look["svg"] == written


@pytest.mark.usefixtures("story")
@given(TEXTS, st.integers(0, 2517))
def test_any_word_is_merged_as_the_tokenizer_merges_it(word: str, merges: int) -> None:
    look = drawn("merges_of_a_word", {"word": word, "merges": str(merges)})
    if refused(look):
        size = len(word.encode("utf-8", "surrogatepass"))
        assert len(split_gpt2(word)) != 1 or not word.strip() or size > 14
        return
    root = tree(look, "merges_of_a_word")
    tokenizer = BytePairTokenizer.train(read_story(), 256 + merges)
    steps = tokenizer.merge_steps(word)
    ids = [int(str(text.text)) for text in list(root.iter(f"{SVG}g")) for text in [text[-1]]]
    made = [after for before, after in pairwise(steps) if before != after]
    assert len(ids) == len(made)
    assert set(tokenizer.encode(word)) <= {*ids, *range(256)}
    assert look["says"].startswith(f"{len(steps[0])} byte")


@pytest.mark.usefixtures("story")
@given(TEXTS, st.integers(-1, 21), st.integers(-1, 21))
def test_any_sentence_is_cut_as_the_package_cuts_it(
    text: str, context_length: int, stride: int
) -> None:
    values = {"text": text, "context_length": str(context_length), "stride": str(stride)}
    look = drawn("windows_over_tokens", values)
    words = split_words(visible(text))[: WINDOWS["MOST_TOKENS"]]
    is_possible = 1 <= context_length < len(words) and 1 <= stride <= 20
    assert refused(look) is not is_possible
    if is_possible:
        tree(look, "windows_over_tokens")
        starts = WINDOWS["windows"](len(words), context_length, stride)
        inputs, _ = sliding_windows(range(len(words)), context_length, stride)
        assert list(starts) == inputs[:, 0].tolist()
        dropped = count_dropped(len(words), context_length, stride)
        assert (f"{dropped} token" in look["says"] and "dropped" in look["says"]) is bool(dropped)
        assert f" {len(starts)} window" in look["says"]


@given(st.floats(-400, 400))
def test_any_angle_gives_both_circles_one_product(angle: float) -> None:
    look = drawn("rotation_of_a_pair", {"angle": str(angle)})
    assert refused(look) is (abs(angle) > 360)
    if not look["error"]:
        texts = [str(text.text) for text in tree(look, "rotation_of_a_pair").iter(f"{SVG}text")]
        products = [text for text in texts if text.startswith("dot product")]
        assert len(products) == 2
        assert len(set(products)) == 1


@given(st.integers(0, 1000))
def test_an_angle_of_one_radian_turns_as_the_package_does(position: int) -> None:
    assert np.allclose(
        ROTATION["turned"](position, 1.0), rotate_by_position(np.array([1.0, 0.0]), position)
    )


def test_a_word_that_does_not_fit_is_refused_with_what_fits() -> None:
    with pytest.raises(FigureError, match=r"has 60 bytes\. Type a word of at most 2"):
        MERGES["check_room"]([b"a"] * 60, 1.0)


@pytest.mark.skipif(
    not runtime.is_possible(), reason="no Python for the browser: it needs Node.js, and `make`"
)
def test_the_browser_s_python_draws_the_same(tmp_path: Path, story: str) -> None:
    del story
    looks = [json.dumps(drawn(name, values)) for name, values in INPUTS]
    programs = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py")}
    files = programs | modules("drawing", "drawsvg", "verdict")
    code = "\n".join(
        [
            (SCRIPTS / "drawn.py").read_text(encoding="utf-8"),
            "import json",
            f"unpack(json.loads({json.dumps(files)!r}))",
            f"for program, values in json.loads({json.dumps(INPUTS)!r}):",
            "    print(json.dumps(show(program, values)))",
        ]
    )
    blocks: list[dict[str, object]] = [
        {"code": code, "shown": "\n".join([*looks, ""]), "number": 1}
    ]
    ((result,),) = run_pages_in_wasm(tmp_path, blocks, story=runtime.the_story() or b"")
    assert str(result["printed"]).splitlines() == looks
