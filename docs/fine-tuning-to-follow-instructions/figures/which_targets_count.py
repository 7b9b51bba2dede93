"""An example with its targets, and which of them count."""

from drawing import Box, Figure
from drawing.shapes import LEFT, label
from drawing.style import LEADING
from verdict import END_OF_TEXT, collate

PROMPT = ("count", "the", "words", ":", "sun", "moon", "response", ":")
ANSWER = ("two",)
END = len(PROMPT) + len(ANSWER)
ROW, WIDE, SECOND = LEADING + 10, 130, 190


def draw() -> Figure:
    """Draw a row for each place: the token, its target, on a coloured ground where it counts."""
    names = (*PROMPT, *ANSWER, "end")
    numbers = list(range(END))
    longer = ([*numbers[: len(PROMPT)]], [len(PROMPT)])
    filler = ([0] * (END + 1), [0])  # makes the row two places longer
    inputs, targets = collate([longer, filler], END)
    figure = Figure(
        "Which targets count",
        f"A column of tokens, {', '.join(names)}, and more ends that fill the row up; beside each "
        f"its target, the token one place on. Two targets count, {ANSWER[0]} and the first end "
        f"({END_OF_TEXT}). All others are -100.",
    )
    label(figure, (LEFT, 0), "Input")
    label(figure, (LEFT + SECOND, 0), "Target")
    for row, (token, target) in enumerate(zip(inputs[0], targets[0], strict=True)):
        y = 2 * LEADING + row * ROW
        figure.text((LEFT, y + 17), names[token], "code")
        counts = target >= 0
        if counts:
            figure.rectangle(Box(LEFT + SECOND - 8, y, WIDE, LEADING + 4), "heat-2", radius=3)
        figure.text((LEFT + SECOND, y + 17), names[target] if counts else str(target), "code")
    return figure
