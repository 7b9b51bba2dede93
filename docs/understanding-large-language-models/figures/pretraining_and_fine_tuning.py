"""Raw text makes a foundation model; labeled data turns it into a model for a purpose."""

from collections.abc import Callable

from drawing import Box, Figure, Point
from drawing.shapes import FULL, LEFT, RIGHT, bracket, label, model, page, step, text_box
from drawing.style import ARROW, GAP, HEIGHT, LEADING, LINE, THIN

LABELED = {
    "a class": ("Claim your prize today", "spam"),
    "an answer": ("Translate: Good morning", "Guten Morgen"),
}
"""An example for a classifier, and one for an assistant: what its label is, a text, its label."""

USES = ("classification", "summarization", "translation", "assistant")
PICTURE = 44
"""Height of the pictures of where raw text comes from."""

BESIDE, TEXTS = LEFT + 40, 164
"""Where the labeled data begins, right of the road that the model takes; how wide its texts are."""


def draw() -> Figure:
    """Draw the road from raw text down to the uses of a fine-tuned model."""
    examples = "; ".join(
        f"“{text}” with the label “{answer}”, {kind}" for kind, (text, answer) in LABELED.items()
    )
    figure = Figure(
        "Pretraining and fine-tuning",
        "From top to bottom. Raw text, trillions of words without labels, from the internet, "
        "books, encyclopedias and papers, goes into pretraining: predict the next word. It gives "
        "a foundation model, a pretrained LLM, which completes text and solves tasks from a few "
        "examples. This model and a smaller set of labeled data go into fine-tuning. Two "
        f"examples of such data: {examples}. It gives a fine-tuned LLM for a purpose: "
        f"{', '.join(USES)}.",
    )
    label(figure, (LEFT, 0), "Raw text", "trillions of words, no labels")
    sources = _sources(figure, 30)
    pretraining = step(
        figure, (LEFT, sources.bottom + ARROW + GAP), "pretraining", "predict the next word"
    )
    figure.arrow(bracket(figure, [sources], below=True), pretraining.above)

    base = model(
        figure,
        (LEFT, pretraining.bottom + ARROW),
        "foundation model",
        "a pretrained LLM: completes text,",
        "solves tasks from a few examples",
        width=FULL,
        height=3 * LEADING + 18,
    )
    figure.arrow(pretraining.below, base.above)

    top = base.bottom + 20
    label(figure, (BESIDE, top), "Labeled data", "far less, for a purpose")
    y = top + 28
    pairs = []
    for kind, (text, answer) in LABELED.items():
        pairs.append(_example(figure, y, kind, text, answer))
        y = pairs[-1].bottom + GAP
    tuning = step(figure, (LEFT, y + ARROW), "fine-tuning", "give the label for each text")
    road = (LEFT + BESIDE) / 2
    figure.arrow((road, base.bottom), (road, tuning.top))
    x, y = bracket(figure, pairs, below=True)
    figure.arrow((x, y), (x, tuning.top))

    tuned = model(
        figure,
        (LEFT, tuning.bottom + ARROW),
        "fine-tuned LLM",
        "for a purpose, such as",
        width=FULL,
        height=2 * LEADING + 16,
    )
    figure.arrow(tuning.below, tuned.above)
    width = (FULL - GAP) / 2
    top = tuned.bottom + ARROW + GAP
    uses = []
    for place, use in enumerate(USES):
        row, column = divmod(place, 2)
        corner = LEFT + (width + GAP) * column, top + (HEIGHT + 2 + GAP) * row
        uses.append(step(figure, corner, use, width=width))
    figure.arrow(tuned.below, bracket(figure, uses))
    return figure


def _example(figure: Figure, y: float, kind: str, text: str, answer: str) -> Box:
    """Draw a text, and its label to the right, joined by a line; return the place of both."""
    box = text_box(figure, (BESIDE, y), text, width=TEXTS)
    left, middle = box.right + 20, box.bottom - HEIGHT / 2
    figure.line((box.right, middle), (left, middle))
    tag = Box(left, middle - HEIGHT / 2, RIGHT - left, HEIGHT)
    figure.text((tag.left + 12, tag.top - 6), kind, "quiet")
    figure.shape(
        [
            (tag.left, middle),
            (tag.left + 12, tag.top),
            (tag.right, tag.top),
            (tag.right, tag.bottom),
            (tag.left + 12, tag.bottom),
        ]
    )
    figure.text((tag.centre[0] + 6, middle + 5), answer, "code", anchor="middle", within=tag)
    return Box(BESIDE, y, RIGHT - BESIDE, box.height)


def _sources(figure: Figure, y: float) -> Box:
    """Draw where raw text comes from, side by side; return the place of all of them."""
    sources: dict[str, tuple[float, Callable[[Figure, Point], None]]] = {
        "internet": (LEFT + 38, _internet),
        "books": (LEFT + 122, _books),
        "encyclopedias": (LEFT + 222, _encyclopedias),
        "papers": (LEFT + 326, _papers),
    }
    for name, (x, picture) in sources.items():
        picture(figure, (x, y))
        figure.text((x, y + PICTURE + 22), name, anchor="middle")
    return Box(LEFT, y, FULL, PICTURE + 26)


def _internet(figure: Figure, at: Point) -> None:
    """Draw the window of a browser; `at` is the middle of the upper edge."""
    x, y = at
    figure.rectangle(Box(x - 28, y + 2, 56, 40), "bare", radius=3, weight=LINE)
    figure.line((x - 28, y + 13), (x + 28, y + 13), weight=LINE)
    for dot in (-23, -17, -11):
        figure.dot((x + dot, y + 7.5))
    for row, length in enumerate((40, 34, 24)):
        figure.line((x - 20, y + 20 + 7 * row), (x - 20 + length, y + 20 + 7 * row), weight=LINE)


def _books(figure: Figure, at: Point) -> None:
    """Draw an open book."""
    x, y = at
    for side in (-1, 1):
        edge = x + side * 30
        figure.shape([(x, y + 8), (edge, y + 2), (edge, y + 36), (x, y + 42)], "bare", weight=LINE)
        for row in range(3):
            figure.line(
                (x + side * 6, y + 15 + 8 * row), (x + side * 24, y + 11 + 8 * row), weight=THIN
            )


def _encyclopedias(figure: Figure, at: Point) -> None:
    """Draw the volumes of an encyclopedia on their shelf."""
    x, y = at
    for volume, letter in enumerate("ABC"):
        spine = Box(x - 30 + 20 * volume, y + 2, 20, 40)
        figure.rectangle(spine, "bare", weight=LINE)
        for band in (9, 35):
            figure.line((spine.left, y + band), (spine.right, y + band), weight=THIN)
        figure.text((spine.centre[0], spine.centre[1] + 5), letter, anchor="middle")


def _papers(figure: Figure, at: Point) -> None:
    """Draw a page that lies on another."""
    x, y = at
    figure.rectangle(Box(x - 12, y, 30, 38), weight=LINE)
    page(figure, (x - 18, y + 6), width=30, height=38)
