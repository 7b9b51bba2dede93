"""Three messages in one array: their words, and what fills the rows behind them."""

from drawing import Box, Figure
from drawing.shapes import LEFT
from drawing.style import HEIGHT

MESSAGES = ("are you free", "claim it now", "how about lunch at noon")
PITCH, WIDTH = 74, 68


def draw() -> Figure:
    """Draw a row of places for each message."""
    longest = max(len(message.split()) for message in MESSAGES)
    figure = Figure(
        "Messages in rows",
        f"Three rows of {longest} places. "
        + " ".join(
            f"Row {number}: {message}, and {longest - len(message.split())} places of padding."
            for number, message in enumerate(MESSAGES, 1)
        ),
    )
    for row, message in enumerate(MESSAGES):
        words = message.split()
        for place in range(longest):
            box = Box(LEFT + place * PITCH, 4 + row * (HEIGHT + 8), WIDTH, HEIGHT)
            is_word = place < len(words)
            figure.rectangle(box, "token" if is_word else "heat-2", radius=3)
            text = words[place] if is_word else "end"
            figure.text((box.centre[0], box.centre[1] + 5), text, anchor="middle")
    return figure
