"""The plan of the whole work: three stages of nine steps.

Part 1 shows it as it is; every later part opens with it and marks where it stands. The last page
shows it with all steps done.
"""

from drawing.figure import Figure, FigureError
from drawing.geometry import Box
from drawing.layout import FULL, LEFT, RIGHT
from drawing.shapes import model, numbered
from drawing.style import GAP, HEAVY, HEIGHT, LEADING

STAGES = (
    (
        "Stage 1",
        "Build the model",
        {
            "Data preparation and sampling": "text becomes tokens, then examples",
            "Attention mechanism": "which tokens matter to each other",
            "Architecture": "all layers, put together",
        },
    ),
    (
        "Stage 2",
        "Pretrain it",
        {
            "Pretraining": "predict the next word of raw text",
            "Training loop": "guess, compare, adjust the weights",
            "Evaluation": "how good the guesses are",
            "Loading weights": "take over what others have trained",
        },
    ),
    (
        "Stage 3",
        "Fine-tune it",
        {
            "Fine-tuning to a classifier": "on texts with their classes",
            "Fine-tuning to an assistant": "on instructions with good answers",
        },
    ),
)
"""Name and purpose of each stage; its steps, and what each of them is about."""

RESULTS = (("untrained LLM",), ("foundation model",), ("classifier", "assistant"))
"""What each stage gives to the next; the last gives two models to their users."""

_PADDING = 12
_ROW = 2 * LEADING + 10
_ARROW = 22


def stages_of_building(marked: int | None = None, *, done: bool = False) -> Figure:
    """Draw the three stages with their steps numbered 1 to 9, one of them marked, or all ticked.

    Args:
        marked: The number of the step that the reader is at, or None.
        done: Whether all steps have a tick.

    Raises:
        FigureError: There is no such step.
    """
    steps = [name for _, _, names in STAGES for name in names]
    if marked is not None and not 1 <= marked <= len(steps):
        raise FigureError(f"There is no step {marked}. Mark one of 1 to {len(steps)}, or None.")
    figure = Figure("Three stages of building an LLM", _describe(marked, done=done))
    y, number = 4.0, 0
    for (stage, purpose, names), results in zip(STAGES, RESULTS, strict=True):
        card = Box(LEFT, y, FULL, 2 * _PADDING + LEADING + 6 + _ROW * len(names))
        figure.rectangle(card, "plain", radius=3)
        figure.text((LEFT + _PADDING, y + _PADDING + 13), stage, "heading", note=purpose)
        y += _PADDING + LEADING + 10
        for each in names.items():
            number += 1
            _step(figure, y, number, each, marked=number == marked)
            if done:
                _tick(figure, (RIGHT - 32, y + LEADING + 4))
            y += _ROW
        y = _results(figure, card.bottom, results)
    return figure


def _step(figure: Figure, y: float, number: int, step: tuple[str, str], *, marked: bool) -> None:
    name, about = step
    base = y + LEADING - 3
    if marked:
        row = Box(LEFT + 8, y - 4, FULL - 16, _ROW)
        figure.rectangle(row, "token", radius=8, weight=HEAVY)
        figure.text((RIGHT - 18, base), "this part", "bold", anchor="end")
    numbered(figure, (LEFT + 28, base - 5), number)
    figure.text((LEFT + 46, base), name)
    figure.text((LEFT + 46, base + LEADING), about, "quiet")


def _tick(figure: Figure, lowest: tuple[float, float]) -> None:
    """Draw a tick by its lowest point."""
    x, y = lowest
    figure.line((x - 5, y - 5), (x, y), (x + 10, y - 12), weight=HEAVY)


def _results(figure: Figure, y: float, names: tuple[str, ...]) -> float:
    """Draw what a stage gives, below it; return where the next stage begins."""
    gap = 2 * GAP
    width = 200 if len(names) == 1 else (FULL - gap) / len(names)
    left = (LEFT + RIGHT - width) / 2 if len(names) == 1 else LEFT
    for place, name in enumerate(names):
        box = model(
            figure, (left + place * (width + gap), y + _ARROW), name, width=width, height=HEIGHT + 6
        )
        figure.arrow((box.centre[0], y), box.above)
    if len(names) == 1:
        figure.arrow(box.below, (box.centre[0], box.bottom + _ARROW))
    return box.bottom + _ARROW


def _describe(marked: int | None, *, done: bool) -> str:
    sentences = []
    number = 0
    for (stage, purpose, names), results in zip(STAGES, RESULTS, strict=True):
        parts = [
            f"{number + place} {name[0].lower()}{name[1:]} ({about})"
            for place, (name, about) in enumerate(names.items(), 1)
        ]
        number += len(names)
        aim = purpose[0].lower() + purpose[1:]
        gives = " and ".join(results)
        sentences.append(f"{stage}, {aim}: {', '.join(parts)}; it gives {gives}.")
    if marked is not None:
        sentences.append(f"Step {marked} is marked: this part.")
    if done:
        sentences.append("All nine steps have a tick: they are done.")
    return " ".join(sentences)


__all__ = ["RESULTS", "STAGES", "stages_of_building"]
