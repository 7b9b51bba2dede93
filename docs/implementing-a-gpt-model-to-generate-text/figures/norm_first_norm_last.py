"""The two orders of a norm and a shortcut, side by side."""

from drawing import Box, Figure
from drawing.layout import centred_text
from drawing.shapes import caption
from drawing.style import HEIGHT

WIDTH, PITCH, TOP = 110.0, 48.0, 58.0


def draw() -> Figure:
    """Draw half a block in each order: the shortcut passes the norm, or goes through it."""
    figure = Figure(
        "Norm first, norm last",
        "Two columns. Norm first: norm, attention, then the sum with what came in; no norm lies on "
        "the way of the shortcut. Norm last: attention, the sum, then the norm, which lies on the "
        "way of the shortcut too.",
    )
    orders = (
        (56.0, "Norm first", ("norm", "attention", "+")),
        (250.0, "Norm last", ("attention", "+", "norm")),
    )
    for x, name, parts in orders:
        middle = x + WIDTH / 2
        figure.text((middle, 16), name, "bold", anchor="middle")
        before = (middle, 24.0)
        for place, part in enumerate(parts):
            y = TOP + place * PITCH
            is_sum = part == "+"
            box = Box(middle - 16, y, 32, HEIGHT) if is_sum else Box(x, y, WIDTH, HEIGHT)
            figure.rectangle(box, "token" if is_sum else "plain", radius=3)
            centred_text(figure, box, part)
            figure.arrow(before, box.above)
            if is_sum:
                left = x - 22
                figure.arrow((middle, 38), (left, 38), (left, box.centre[1]), box.before)
            before = box.below
        figure.arrow(before, (middle, before[1] + 24))
    caption(figure, (4, 222), "Half a block in each order, from top to bottom.")
    return figure
