"""From two scores to a class: the scores of one message, their shares, and the larger one."""

from drawing import Box, Figure
from drawing.shapes import LEFT
from drawing.style import HEIGHT
from verdict import END_OF_TEXT, Classifier, load_pretrained, softmax

MESSAGE = "do you feel like a walk."
CLASSES = ("not spam", "spam")
TOP, PITCH, FIRST = 34, 36, 96


def draw() -> Figure:
    """Draw a row for each class, and mark the one that wins."""
    gpt, tokenizer = load_pretrained("messages")
    classifier = Classifier(gpt, padding=tokenizer.str_to_int[END_OF_TEXT], seed=123)
    scores = classifier(tokenizer.encode(MESSAGE))
    shares = softmax(scores)
    winner = int(scores.argmax())
    figure = Figure(
        "From scores to a class",
        f"Two rows for the message '{MESSAGE}' "
        + " ".join(
            f"{name}: score {score:.3f}, share {share:.3f}."
            for name, score, share in zip(CLASSES, scores, shares, strict=True)
        )
        + f" The larger share is that of {CLASSES[winner]}.",
    )
    for column, title in enumerate(("score", "share", "class")):
        figure.text((FIRST + column * 96 + 40, 18), title, "quiet", anchor="middle")
    for row, name in enumerate(CLASSES):
        y = TOP + row * PITCH
        figure.text((LEFT, y + 18), name)
        for column, number in enumerate((scores[row], shares[row])):
            box = Box(FIRST + column * 96, y, 80, HEIGHT)
            figure.rectangle(box, "vector", radius=3)
            figure.text(
                (box.centre[0], box.centre[1] + 5), f"{number:.3f}", "code", anchor="middle"
            )
        box = Box(FIRST + 192, y, 80, HEIGHT)
        figure.rectangle(box, "token" if row == winner else "bare", radius=3)
        figure.text((box.centre[0], box.centre[1] + 5), str(row), anchor="middle")
    return figure
