"""Words on a map: those that keep the same company in sentences lie close together.

The vectors are computed from the sentences in `word_map.txt`, which we wrote for this: how
much more often than by chance two words share a sentence (positive pointwise mutual
information), reduced to the two directions in which the words differ most.
"""

from collections.abc import Sequence
from itertools import permutations
from math import dist
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from drawing import Box, Figure, Point
from drawing.shapes import FULL, LEFT, RIGHT
from drawing.style import LEADING, MARGIN, THIN
from verdict import build_vocabulary, split_words

SENTENCES = Path(__file__).with_suffix(".txt")
GROUPS = {
    "bird": ("robin", "sparrow", "thrush", "wren"),
    "mammal": ("squirrel",),
    "country": ("France", "Italy", "Spain"),
    "capital": ("Paris", "Rome", "Madrid"),
    "adjective": ("long", "longer", "longest"),
}


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
        "word_map",
        "A map of words",
        "A scatter plot of words in two dimensions. The birds "
        f"{', '.join(GROUPS['bird'])} lie close together, the squirrel beside them. The countries "
        f"{', '.join(GROUPS['country'])} and their capitals {', '.join(GROUPS['capital'])} lie "
        f"together far from them, and so do {', '.join(GROUPS['adjective'])}. The vectors are "
        "computed from the neighbours of the words in some seventy short sentences.",
    )
    frame = Box(LEFT, MARGIN, FULL, 0)
    places = _places(points, frame)
    frame = Box(LEFT, MARGIN, FULL, max(y for _, y in places) + 28 - MARGIN)
    figure.rectangle(frame, weight=THIN)
    at = dict(zip(words, places, strict=True))
    for group, members in GROUPS.items():
        for word in members:
            _mark(figure, at[word], group)
    for cluster in (("bird", "mammal"), ("country", "capital"), ("adjective",)):
        _names(figure, frame, {word: at[word] for group in cluster for word in GROUPS[group]})
    for line, says in enumerate(("near: similar neighbours", "far: different ones")):
        figure.text(
            (frame.right - 14, frame.top + 24 + LEADING * line), says, "quiet", anchor="end"
        )
    _legend(figure, frame.bottom + 22)
    return figure


def _places(points: NDArray[np.float64], frame: Box) -> list[Point]:
    """Fit the points into the frame, the same scale across and down."""
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (frame.width - 2 * 32) / (high[0] - low[0])
    return [
        (
            round(frame.left + 32 + scale * (x - low[0])),
            round(frame.top + 28 + scale * (high[1] - y)),
        )
        for x, y in points.tolist()
    ]


def _names(figure: Figure, frame: Box, at: dict[str, Point]) -> None:
    """Write the names of a cluster in a column on its inner side, a line from each to its point."""
    middle = sum(x for x, _ in at.values()) / len(at)
    inner = 1 if middle < frame.centre[0] else -1
    edge = max(inner * x for x, _ in at.values()) * inner + 34 * inner
    top = sum(y for _, y in at.values()) / len(at) - LEADING * (len(at) - 1) / 2
    top = max(frame.top + 18, min(top, frame.bottom - 18 - LEADING * (len(at) - 1)))
    ends = [(edge - 4 * inner, round(top) + LEADING * row) for row in range(len(at))]
    # The shortest lines in all never cross.
    order = min(
        permutations(at),
        key=lambda words: sum(dist(at[word], end) for word, end in zip(words, ends, strict=True)),
    )
    for word, end in zip(order, ends, strict=True):
        figure.line(at[word], end, weight=THIN)
        figure.dot(at[word])
        anchor: Literal["start", "end"] = "start" if inner > 0 else "end"
        figure.text((edge, end[1] + 5), word, anchor=anchor)


def _mark(figure: Figure, at: Point, group: str) -> None:
    """Draw the mark of a group: each has a shape of its own."""
    x, y = at
    match group:
        case "bird":
            figure.circle(at, 4.5, "token")
        case "mammal":
            figure.shape([(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)])
        case "country":
            figure.rectangle(Box(x - 4, y - 4, 8, 8), "id")
        case "capital":
            figure.shape([(x - 5, y - 4), (x + 5, y - 4), (x, y + 5)], "id")
        case _:
            figure.shape([(x - 5, y + 4), (x + 5, y + 4), (x, y - 5)], "vector")


def _legend(figure: Figure, y: float) -> None:
    """Say what each mark stands for."""
    pitch = (RIGHT - LEFT) / 3
    for place, group in enumerate(GROUPS):
        x = LEFT + 10 + pitch * (place % 3)
        row = y + 24 * (place // 3)
        _mark(figure, (x, row), group)
        figure.text((x + 14, row + 5), group)
