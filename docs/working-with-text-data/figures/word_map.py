"""Words on a map: those that keep the same company in sentences lie close together.

The vectors are computed from the sentences in `word_map.txt`, which we wrote for this: how
much more often than by chance two words share a sentence (positive pointwise mutual
information), reduced to the two directions in which the words differ most.
"""

from collections.abc import Sequence
from math import cos, hypot, pi, sin
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from drawing import Box, Figure, Point
from drawing.figure import Anchor
from drawing.geometry import steady
from drawing.shapes import FULL, LEFT, caption
from drawing.style import LEADING, THIN
from verdict import build_vocabulary, split_words

SENTENCES = Path(__file__).with_suffix(".txt")
GROUPS = {
    "bird": ("robin", "sparrow", "thrush", "wren"),
    "mammal": ("squirrel",),
    "country": ("France", "Italy", "Spain"),
    "capital": ("Paris", "Rome", "Madrid"),
    "adjective": ("long", "longer", "longest"),
}

NAMES: dict[str, tuple[float, float, Anchor]] = {
    "robin": (6, 0, "start"),
    "sparrow": (18, 16, "start"),
    "thrush": (14, -3, "start"),
    "wren": (-8, -15, "middle"),
    "squirrel": (8, 0, "start"),
    "France": (-28, 22, "end"),
    "Italy": (9, -14, "middle"),
    "Spain": (5, 13, "middle"),
    "Paris": (-16, -14, "end"),
    "Rome": (-7, 0, "end"),
    "Madrid": (-19, 21, "end"),
    "long": (23, 9, "start"),
    "longer": (29, -6, "start"),
    "longest": (7, 0, "start"),
}
"""Where the name of a word stands: from its point to the end of the line that leads to the name,
and which part of the name is there. The points are computed; only their names are placed."""

KINDS = {
    "bird": ("birds", "sparrow", (104, 10)),
    "country": ("countries", "France", (-50, 54)),
    "capital": ("capitals", "Paris", (-62, -38)),
    "adjective": ("adjectives", "longest", (76, -46)),
}
"""Name of a group, and where it stands: so far from one of its words."""

PLACE = 11
"""Free space around a point, in which no line to another begins."""


def vectors(sentences: Sequence[str]) -> tuple[dict[str, int], NDArray[np.float64]]:
    """Give each word of the sentences a vector: one number for each word it may stand beside.

    Returns:
        The vocabulary, and a matrix with a row for each of its words. The entry for two words
        is their positive pointwise mutual information: the logarithm of how many times more
        often they share a sentence than they would by chance, and 0 where it is not more.
    """
    split = [split_words(sentence) for sentence in sentences]
    vocabulary = build_vocabulary(word for words in split for word in words)
    counts = np.zeros((len(vocabulary), len(vocabulary)))
    for words in split:
        for place, word in enumerate(words):
            for neighbour in words[:place] + words[place + 1 :]:
                counts[vocabulary[word], vocabulary[neighbour]] += 1
    share = counts / counts.sum()
    chance = np.outer(share.sum(axis=1), share.sum(axis=0))
    ratio = np.divide(share, chance, out=np.ones_like(share), where=share > 0)
    information: NDArray[np.float64] = np.log(np.maximum(ratio, 1))
    return vocabulary, information


def flatten(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Reduce vectors to two dimensions: the two directions in which they differ most.

    All are brought to the same length first: what counts is where a vector points, not how
    often its word occurs.
    """
    equal = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    centred = equal - equal.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    points: NDArray[np.float64] = left[:, :2] * sizes[:2]
    largest = points[np.abs(points).argmax(axis=0), [0, 1]]
    points *= np.sign(largest)  # a direction may come out either way round
    return points


def draw() -> Figure:
    """Draw the words of the groups as points, each where its vector puts it."""
    vocabulary, matrix = vectors(SENTENCES.read_text(encoding="utf-8").splitlines())
    words = [word for group in GROUPS.values() for word in group]
    points = flatten(matrix[[vocabulary[word] for word in words]])
    figure = Figure(
        "A map of words",
        "A scatter plot of words in two dimensions, which have no names. Words used in similar "
        f"company lie close together. The birds {', '.join(GROUPS['bird'])} are in one place, the "
        f"squirrel, a mammal, beside them. The countries {', '.join(GROUPS['country'])} and their "
        f"capitals {', '.join(GROUPS['capital'])} lie together far from them, and so do the "
        f"adjectives {', '.join(GROUPS['adjective'])}. The vectors are computed from the "
        "neighbours of the words in some seventy short sentences.",
    )
    caption(figure, (LEFT, 0), "Words used in similar company", "lie close together.")
    top = 2 * LEADING + 6
    at = dict(zip(words, _places(points, top), strict=True))
    frame = Box(LEFT, top, FULL, max(y for _, y in at.values()) + 28 - top)
    figure.rectangle(frame, weight=THIN)
    for word in words:
        _name(figure, at[word], word, "a mammal" if word in GROUPS["mammal"] else "")
    for group, members in GROUPS.items():
        for word in members:
            _mark(figure, at[word], group)
    for group, (name, word, (across, down)) in KINDS.items():
        x, y = at[word][0] + across, at[word][1] + down
        _mark(figure, (x, y), group)
        figure.text((x + 12, y + 5), name, "bold")
    caption(
        figure,
        (LEFT, frame.bottom + 6),
        "The directions across and down have no",
        "names. What counts is near or far.",
    )
    return figure


def leader(word: str, at: Point) -> tuple[Point, Point]:
    """Return both ends of the line that leads from a point to the name of its word."""
    across, down, _ = NAMES[word]
    share = 5 / hypot(across, down)  # the line begins at the edge of the mark
    return (at[0] + across * share, at[1] + down * share), (at[0] + across, at[1] + down)


def _places(points: NDArray[np.float64], top: float) -> list[Point]:
    """Fit the points into the width of the frame, the same scale across and down."""
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (FULL - 2 * 32) / (high[0] - low[0])
    return [
        (
            round(steady(LEFT + 32 + scale * (x - low[0]))),
            round(steady(top + 28 + scale * (high[1] - y))),
        )
        for x, y in points.tolist()
    ]


def _name(figure: Figure, at: Point, word: str, note: str) -> None:
    """Write a word beside its point, with a line to it where it stands apart."""
    across, down, anchor = NAMES[word]
    start, (x, y) = leader(word, at)
    if steady(hypot(across, down)) > PLACE:
        figure.line(start, (x, y), weight=THIN)
    if anchor == "middle":
        figure.text((x, y - 4 if down < 0 else y + 14), word, anchor=anchor)
    else:
        beside = x + 3 if anchor == "start" else x - 3
        figure.text((beside, y + 5), word, note=note, anchor=anchor)


def _mark(figure: Figure, at: Point, group: str) -> None:
    """Draw the mark of a group: each has a shape of its own."""
    x, y = at
    match group:
        case "bird":
            figure.circle(at, 3.5, "token")
        case "mammal":
            figure.shape([(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)])
        case "country":
            figure.rectangle(Box(x - 3.5, y - 3.5, 7, 7), "id")
        case "capital":
            figure.shape(
                [
                    (x + length * sin(pi * part / 5), y - length * cos(pi * part / 5))
                    for part, length in enumerate((6, 2.5) * 5)
                ],
                weight=THIN,
            )
        case _:
            figure.shape([(x - 4.5, y + 4), (x + 4.5, y + 4), (x, y - 4.5)], "vector")
