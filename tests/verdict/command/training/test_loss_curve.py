"""The losses of a training, and their chart."""

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdict.command.errors import CommandError
from verdict.command.training.loss_chart import (
    HIGH,
    TRAINING,
    VALIDATION,
    WIDE,
    svg_chart,
    terminal_chart,
)
from verdict.command.training.loss_curve import Curve, Losses

CURVES = st.lists(
    st.tuples(st.integers(1, 99), st.floats(0, 12), st.none() | st.floats(0, 12)), min_size=1
).map(
    lambda rows: [
        Losses(sum(gap for gap, *_ in rows[: n + 1]), loss, validation)
        for n, (_, loss, validation) in enumerate(rows)
    ]
)


def test_what_is_noted_is_the_mean_of_the_batches_since() -> None:
    curve = Curve()
    for loss in (4.0, 2.0):
        curve.add(loss)
    assert curve.note(2, 5.0) == Losses(2, 3.0, 5.0)
    curve.add(1.0)
    assert curve.note(3, None) == Losses(3, 1.0, None)
    assert curve == Curve([Losses(2, 3.0, 5.0), Losses(3, 1.0, None)])


@pytest.mark.parametrize(
    "noted",
    [
        {},
        None,
        {"noted": [[1, 2.0]], "total": 0.0, "batches": 0},
        {"noted": [[1, "2", None]], "total": 0.0, "batches": 0},
        {"noted": [[1.5, 2.0, None]], "total": 0.0, "batches": 0},
        {"noted": [[0, 2.0, None]], "total": 0.0, "batches": 0},
        {"noted": [[2, 2.0, None], [2, 1.0, None]], "total": 0.0, "batches": 0},
        {"noted": [[1, float("nan"), None]], "total": 0.0, "batches": 0},
        {"noted": [], "total": None, "batches": 0},
        {"noted": [], "total": 0.0, "batches": 0.5},
    ],
)
def test_losses_that_are_none_are_refused(noted: Any) -> None:
    assert Curve.from_noted({"noted": [[1, 2, None]], "total": 1, "batches": 1}).batches == 1
    with pytest.raises(CommandError, match="its losses are none"):
        Curve.from_noted(noted)


@given(CURVES)
def test_a_terminal_s_chart_has_lines_without_gaps(noted: list[Losses]) -> None:
    lines = terminal_chart(noted)
    assert len(lines) == HIGH + 3
    edge = lines[HIGH].index("+")
    rows = [line[edge + 1 :].ljust(WIDE) for line in lines[:HIGH]]
    assert all(len(row) == WIDE for row in rows)
    if noted[-1].step == noted[0].step or any(row.validation is not None for row in noted):
        return
    where = [{n for n in range(HIGH) if rows[n][column] == TRAINING} for column in range(WIDE)]
    assert all(where)  # each column has a mark
    for before, after in pairwise(where):
        both = sorted(before | after)
        assert both == list(range(both[0], both[-1] + 1))  # and touches the next one


@pytest.mark.parametrize("columns", [32, 42, 67, 200])
def test_a_chart_is_no_wider_than_the_terminal(columns: int) -> None:
    lines = terminal_chart(
        [Losses(1, 4.0, None), Losses(2, 1.0, 3.0), Losses(9, 1.0, 2.0)], columns
    )
    edge = len("4.0000 |")
    assert max(map(len, lines)) == min(columns, edge + WIDE)
    assert lines[HIGH - 1].endswith(TRAINING)


def test_the_second_line_is_seen_and_named_only_where_there_is_one() -> None:
    lines = terminal_chart([Losses(1, 4.0, None), Losses(2, 1.0, 3.0), Losses(1000, 1.0, 2.0)])
    assert lines[0].startswith(f"4.0000 |{TRAINING}")
    assert any(VALIDATION in line for line in lines[:HIGH])
    assert lines[-2].split() == ["step", "1", "step", "1,000"]
    assert lines[-1].split() == [TRAINING, "training", VALIDATION, "validation"]
    assert VALIDATION not in "".join(terminal_chart([Losses(1, 4.0, None)])[:HIGH])


@given(CURVES)
def test_a_picture_is_xml_with_all_points_inside(noted: list[Losses]) -> None:
    root = ElementTree.fromstring(svg_chart(noted))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    lines = root.findall("{*}polyline")
    assert len(lines) == 1 + any(row.validation is not None for row in noted)
    assert len(lines[0].attrib["points"].split()) == len(noted)
    for line in lines:
        for point in line.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width
            assert 0 <= y <= height


def test_a_picture_says_in_words_what_it_shows() -> None:
    picture = svg_chart([Losses(1, 4.0, None), Losses(5, 1.25, 3.0), Losses(9, 1.0, 2.0)])
    (title,) = re.findall("<title>(.*)</title>", picture)
    assert title == (
        "The loss of training from 4.0000 to 1.0000, of validation from 3.0000 to 2.0000"
    )
