"""Accuracy by the number of labels: a pretrained model, and the same model from scratch."""

from statistics import median

from drawing import Figure
from drawing.shapes import LEFT
from drawing.style import HEAVY, THIN
from verdict import (
    END_OF_TEXT,
    GPT,
    Classifier,
    Trainable,
    fine_tune,
    load_pretrained,
    make_messages,
    pad_rows,
)
from verdict.checks.arrays import IdArray

COUNTS, SEEDS = (14, 56, 224), (1, 2, 3)
EDGE, DOWN, UP, ACROSS = LEFT + 54, 190.0, 320.0, 105.0


def accuracies() -> dict[str, list[float]]:
    """Tune both models for each number of labels: the middle accuracy of the seeds."""
    gpt, tokenizer = load_pretrained("messages")
    end = tokenizer.str_to_int[END_OF_TEXT]
    fresh = GPT(gpt.config, seed=1)

    def made(count: int, half: str, seed: int) -> tuple[IdArray, list[int]]:
        messages = make_messages(count, half, seed=seed)  # type: ignore[arg-type]
        ids = [tokenizer.encode(message.text.lower()) for message in messages]
        return pad_rows(ids, end), [message.label for message in messages]

    def found(model: GPT, count: int, steps: int, part: str, seed: int) -> float:
        classifier = Classifier(model, padding=end, seed=1)
        names = classifier.part(part)  # type: ignore[arg-type]
        inputs, labels = made(count, "labelled", seed)
        list(fine_tune(Trainable(classifier, names), inputs, labels, steps, seed=1, peak=0.005))
        tests, truth = made(200, "tested", seed)
        return float((classifier(tests).argmax(axis=-1) == truth).mean())

    return {
        name: [median(found(model, count, *how, seed) for seed in SEEDS) for count in COUNTS]
        for name, model, how in (
            ("Pretrained", gpt, (30, "last block")),
            ("From scratch", fresh, (50, "everything")),
        )
    }


def draw() -> Figure:
    """Draw a line for each of the two."""
    lines = accuracies()
    figure = Figure(
        "Accuracy by labels",
        "Two lines over 14, 56 and 224 labels. "
        + " ".join(
            f"{name}: {', '.join(f'{each:.2f}' for each in found)}."
            for name, found in lines.items()
        ),
    )
    for share in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        figure.line((EDGE - 4, _y(share)), (EDGE, _y(share)), weight=THIN)
        figure.text((EDGE - 8, _y(share) + 5), f"{share:.0%}", "quiet", anchor="end")
    figure.line((EDGE, _y(1)), (EDGE, DOWN), (_x(2) + 10, DOWN), weight=THIN)
    for place, count in enumerate(COUNTS):
        figure.text((_x(place), DOWN + 22), str(count), "quiet", anchor="middle")
    figure.text((EDGE, DOWN + 44), "Labels across, accuracy upwards.", "quiet")
    for name, found in lines.items():
        figure.line(*[(_x(place), _y(share)) for place, share in enumerate(found)], weight=HEAVY)
        figure.text((_x(0) + 6, _y(found[0]) + (-12 if name == "Pretrained" else 22)), name, "bold")
    return figure


def _x(place: int) -> float:
    return EDGE + 20 + place * ACROSS


def _y(share: float) -> float:
    return DOWN - (share - 0.5) * UP
