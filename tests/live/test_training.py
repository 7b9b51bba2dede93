"""Train it here, without a browser: the same trainings, natively, by the package itself."""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from live import training, training_run
from live.training_chart import ABOVE, BELOW, NAME, chart, in_words
from tests.website.conftest import ROOT
from verdict.model import gpt, multi_head_attention

RECORDED = json.loads((ROOT / "docs" / "runs" / "train-it-here.json").read_text(encoding="utf-8"))
DEFAULTS = {"source": "tales", "size": "middle", "steps": 400, "mistake": ""}
OWN_TEXT = "the cat sat on the mat and the dog lay on the rug by the door. " * 40
SHORT_TRAINING = {"source": "own", "size": "small", "steps": 20, "mistake": ""}


def looks(settings: dict[str, Any], own: str | None = OWN_TEXT) -> Iterator[dict[str, Any]]:
    """Train step by step, and look after each: what is first shown is before any."""
    yield training.begin(settings, own)
    for _ in range(settings["steps"]):
        yield training.advance(0)


def test_the_losses_are_those_of_the_recorded_run() -> None:
    training.begin(DEFAULTS, None, RECORDED)
    for _ in range(21):
        look = training.advance(0)
    assert look["compared"] == "The same as the recorded run so far, to the last of 8 decimals."
    assert look["says"] == "Step 21 of 400."
    assert RECORDED["samples"][0][1] in look["samples"]


def test_it_says_from_which_step_on_they_are_not() -> None:
    other = RECORDED | {
        "losses": [[*row[:2], row[2] + 1e-8 * (row[0] == 2), row[3]] for row in RECORDED["losses"]]
    }
    training.begin(DEFAULTS, None, other)
    for _ in range(3):
        look = training.advance(0)
    assert look["compared"] == "From step 2 on, the losses are not those of the recorded run."


@pytest.mark.parametrize("changed", [{"size": "small"}, {"steps": 300}, {"mistake": "scale"}])
def test_other_settings_are_not_held_against_the_record(changed: dict[str, Any]) -> None:
    look = training.begin(DEFAULTS | changed, None, RECORDED)
    assert look["compared"] == "The thin lines are the recorded run, which has other settings."
    assert look["chart"].count('class="recorded"') == 2


def test_a_text_of_the_readers_own_is_learned() -> None:
    *_, look = looks(SHORT_TRAINING)
    assert look["isDone"]
    assert look["compared"] == ""
    losses = [float(loss) for loss in re.findall(r"from (\S+) to (\S+)\.", look["words"])[0]]
    assert losses[1] < losses[0]
    assert "different ones (words)" in look["facts"]


def test_a_text_of_many_words_becomes_byte_pairs() -> None:
    text = " ".join(f"w{number}" for number in range(2000))
    assert "1,500 different ones (byte pairs)" in training.begin(SHORT_TRAINING, text)["facts"]


@pytest.mark.parametrize("text", ["", " ", "one word"])
def test_a_short_text_is_refused_in_words_for_people(text: str) -> None:
    error = training.begin(SHORT_TRAINING, text)["error"]
    assert re.match(r"The text has \d tokens. A model of this size needs 330 at least", error)
    assert training.advance(0)["error"] == "There is no training that could go on."


def test_what_was_typed_is_escaped() -> None:
    look = training.begin(SHORT_TRAINING, "<b>tea</b> " * 400)
    assert "<b>tea" not in look["samples"]
    assert "&lt;" in look["samples"]


@pytest.mark.parametrize("mistake", ["scale", "mask", "shortcuts", "warm-up", "rate"])
def test_a_mistake_changes_the_losses_and_is_over_with_its_training(mistake: str) -> None:
    before = vars(multi_head_attention)["attention_weights"], vars(gpt)["block"]
    rows = []
    for name in ("", mistake):
        *_, look = looks(SHORT_TRAINING | {"mistake": name, "steps": 12})
        assert look["error"] == ""
        rows.append(look["table"])
    # A mask of -10,000 hides as well as one of minus infinity, as long as scores are small.
    assert (rows[0] == rows[1]) == (mistake == "mask")
    now = vars(multi_head_attention)["attention_weights"], vars(gpt)["block"]
    assert now == before


def test_what_the_package_refuses_ends_the_training_in_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ValueError("a gradient is not finite")

    training.begin(SHORT_TRAINING, OWN_TEXT)
    training.advance(0)
    monkeypatch.setattr(training_run, "train", refuse)
    look = training.advance(0)
    assert (look["error"], look["step"]) == ("a gradient is not finite", 1)


def test_the_time_of_each_size_is_measured() -> None:
    seconds = training.measure(SHORT_TRAINING, OWN_TEXT)["seconds"]
    assert list(seconds) == ["small", "middle", "large"]
    assert all(time > 0 for time in seconds.values())
    assert training.measure(SHORT_TRAINING, "short")["seconds"] == dict.fromkeys(seconds)


def test_memory_that_is_not_enough_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise MemoryError

    training.begin(SHORT_TRAINING, OWN_TEXT)
    monkeypatch.setattr(training_run, "train", full)
    assert "not enough memory" in training.advance(0)["error"]
    monkeypatch.setattr(training_run, "GPT", full)
    assert "not enough memory" in training.begin(SHORT_TRAINING, OWN_TEXT)["error"]


def test_the_chart_says_in_words_what_it_shows() -> None:
    rows: list[list[Any]] = [[1, 0.1, 4.0, None], [2, 0.1, 3.0, 3.2], [3, 0.1, 2.0, 3.5]]
    words = in_words(rows, 10, 50, 3.91)
    assert words == (
        "A chart of two losses over 10 steps, of which 3 are made. A line marks 3.91, the loss of "
        "a model that knows nothing of 50 tokens. The training loss goes from 4.00 to 2.00. The "
        "validation loss goes from 3.20 at step 2 to 3.50 at step 3; its lowest is 3.20, at step 2."
    )
    assert f'aria-label="{words}"' in chart(rows, 10, 50, 3.91)
    assert "with no step yet" in chart([], 10, 50, 3.91)


Box = tuple[float, float, float, float]


def names(drawn: str) -> dict[str, Box]:
    """The names of the lines in a chart, each with its left, right, upper and lower edge."""
    found = {}
    text = r'class="of-(\w+)" x="(\S+)" y="(\S+)" text-anchor="(\w+)"'
    for name, x, y, anchor in re.findall(text, drawn):
        left = float(x) - NAME * (anchor == "end")
        found[name] = (left, left + NAME, float(y) - ABOVE + 1, float(y) + BELOW - 1)
    return found


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def lies_on_a_line(name: Box, drawn: str) -> bool:
    """Whether a name and any line of the chart have a point in common, at any tenth of a unit."""
    left, right, top, bottom = name
    for line in re.findall('points="([^"]+)"', drawn):
        points = np.array([each.split(",") for each in line.split()], dtype=float)
        across = np.arange(points[0, 0], points[-1, 0], 0.1)
        down = np.interp(across, *points.T)
        is_inside = (left < across) & (across < right) & (top < down) & (down < bottom)
        if is_inside.any():
            return True
    return False


@pytest.mark.parametrize("made", [1, 2, 5, 10, 19, 20, 21, 40, 100, 330, 350, 400])
@pytest.mark.parametrize("is_beside_the_record", [True, False])
def test_names_of_lines_lie_neither_on_a_line_nor_on_another_name(
    made: int, *, is_beside_the_record: bool
) -> None:
    losses = RECORDED["losses"]
    recorded = losses if is_beside_the_record else ()
    drawn = chart(losses[:made], 400, 91, 4.51, recorded)
    placed = names(drawn)
    assert len(placed) == 3 - (made < 10)
    for (_, one), (_, other) in combinations(placed.items(), 2):
        assert not meet(one, other)
    for kind in placed.keys() - {"nothing"}:
        assert not lies_on_a_line(placed[kind], drawn), kind


def test_names_find_a_place_beside_that_of_the_line_of_a_model_that_learns_nothing() -> None:
    rows = [[step, 0.1, 4.45, 4.4 if step % 20 == 0 else None] for step in range(1, 401)]
    placed = names(chart(rows, 400, 91, 4.51))
    assert not any(meet(one, other) for one, other in combinations(placed.values(), 2))


def test_the_recorded_run_is_shown_as_it_is() -> None:
    shown = training.shown(RECORDED)
    last = RECORDED["losses"][-1]
    assert f"<td>400</td><td>{last[1]:.5f}</td><td>{last[2]:.4f}</td>" in shown["losses"]
    assert shown["samples"].startswith(f"<li><b>step 400</b> <bdi>{RECORDED['samples'][-1][1]}")
    assert f"to {last[2]:.2f}." in shown["chart"]


@pytest.mark.usefixtures("story")
def test_the_story_has_a_recorded_run_too() -> None:
    told = json.loads((ROOT / "docs" / "runs" / "story.json").read_text(encoding="utf-8"))
    settings = {"source": "story", "size": "large", "steps": told["settings"]["steps"]}
    training.begin(settings | {"mistake": ""}, None, told)
    for _ in range(10):
        look = training.advance(0)
    assert look["compared"] == "The same as the recorded run so far, to the last of 8 decimals."
    assert training.current().losses[9] == told["losses"][1]
