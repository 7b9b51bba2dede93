"""Three ways to ask one model: a text to continue, a task, and a task with examples."""

from drawing import Box, Figure
from drawing.shapes import FULL, LEFT, RIGHT, bottom, expected_text, text_box, text_height
from drawing.style import HEAVY, LEADING

EXAMPLES = {"gaot": "goat", "sheo": "shoe"}
LAST = "pohne", "phone"
WAYS = {
    "Completion": (("a text to continue",), "Breakfast is the", "first meal of the day"),
    "Zero-shot": (("a task, no example",), "Translate to German:\nbreakfast =>", "Frühstück"),
    "Few-shot": (
        ("a task, shown by examples:", "put the letters right"),
        "\n".join(f"{letters} => {word}" for letters, word in EXAMPLES.items()) + f"\n{LAST[0]} =>",
        LAST[1],
    ),
}
"""What each way is, what goes into the model, and what a good model answers."""

INPUT, MODEL, OUTPUT = 188, 44, 104
GAP = (FULL - INPUT - MODEL - OUTPUT) / 2


def draw() -> Figure:
    """Draw the inputs on the left, the model, and the answers on the right."""
    told = (
        f"{name}, {' '.join(notes)}: “{' '.join(given.split())}” asks for “{answer}”."
        for name, (notes, given, answer) in WAYS.items()
    )
    figure = Figure(
        "Three ways to ask the same model",
        f"Three inputs go into one LLM, and an answer comes out for each. {' '.join(told)} The "
        "answers are those that a good model gives.",
    )
    right = RIGHT - OUTPUT
    for x, name, note in ((LEFT, "Input", "what is given"), (right, "Output", "good answers")):
        figure.text((x, 18), name, "heading")
        figure.text((x, 18 + LEADING), note, "quiet")
    y = 32.0 + LEADING
    rows = []
    for name, (notes, given, answer) in WAYS.items():
        figure.text((LEFT, y + 22), name, "bold")
        for place, note in enumerate(notes, 1):
            figure.text((LEFT, y + 22 + LEADING * place), note, "quiet")
        top = y + 32 + LEADING * len(notes)
        box = text_box(figure, (LEFT, top), given, width=INPUT)
        top = box.centre[1] - text_height(answer, OUTPUT) / 2
        rows.append((box, expected_text(figure, (right, top), answer, width=OUTPUT)))
        y = box.bottom + 12
    top = min(box.top for row in rows for box in row)
    llm = Box(LEFT + INPUT + GAP, top, MODEL, bottom(rows[-1]) - top)
    figure.rectangle(llm, radius=3, weight=HEAVY)
    middle = rows[1][0].centre[1]  # on a line with the arrows of the second way
    figure.text((llm.centre[0], middle + 5), "LLM", "bold", anchor="middle", within=llm)
    for given_box, answer_box in rows:
        figure.arrow(given_box.after, (llm.left, given_box.centre[1]))
        figure.arrow((llm.right, given_box.centre[1]), answer_box.before)
    return figure
