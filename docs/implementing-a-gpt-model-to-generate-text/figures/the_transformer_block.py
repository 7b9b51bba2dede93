"""A transformer block: two parts, a norm before each, a shortcut around each."""

from drawing import Box, Figure
from drawing.layout import centred_text
from drawing.shapes import caption
from drawing.style import HEAVY, HEIGHT, LEADING

WIDTH, LEFT_EDGE, PITCH = 190.0, 95.0, 46.0


def draw() -> Figure:
    """Draw what happens to the vectors from top to bottom."""
    figure = Figure(
        "A transformer block",
        "From top to bottom: vectors come in; norm; attention; a sum of what it found and what "
        "came in, by a shortcut past both; norm; feed-forward; a second such sum; vectors go out.",
    )
    frame = Box(48, 40, 284, 6 * PITCH + 24)
    figure.rectangle(frame, "plain", radius=3, weight=HEAVY)
    middle = LEFT_EDGE + WIDTH / 2
    figure.text((middle, 16), "vectors: (tokens, width)", "code", anchor="middle")
    y, before = 58.0, (middle, 22.0)
    halves = (
        ("attention", "What tokens find before them is added to what came in."),
        ("feed-forward", "What each token makes by itself is added, too."),
    )
    for name, says in halves:
        with figure.next_step(says):
            came_in = y - 11
            for part, kind in (("norm", "plain"), (name, "plain"), ("+", "token")):
                box = Box(LEFT_EDGE, y, WIDTH, HEIGHT)
                if part == "+":
                    box = Box(middle - 16, y, 32, HEIGHT)
                    x = LEFT_EDGE - 22
                    figure.arrow((middle, came_in), (x, came_in), (x, box.centre[1]), box.before)
                figure.rectangle(box, "token" if kind == "token" else "plain", radius=3)
                centred_text(figure, box, part)
                figure.arrow(before, box.above)
                before = box.below
                y += PITCH
    figure.arrow(before, (middle, frame.bottom + 24))
    base = frame.bottom + 24 + LEADING - 4
    figure.text((middle, base), "vectors: (tokens, width)", "code", anchor="middle")
    caption(figure, (48, base + 8), "The lines on the left are the shortcuts.")
    return figure
