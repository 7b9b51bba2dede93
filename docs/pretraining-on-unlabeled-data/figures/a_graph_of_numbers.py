"""The five numbers of a small loss, how each is made, and the gradient of each, found backwards."""

from drawing import Box, Figure
from drawing.layout import centred_text
from drawing.shapes import LEFT, caption
from drawing.style import LEADING
from verdict import Tensor

SIZE = 52.0
PLACES = {"a": (0, 0), "b": (0, 1), "c": (1, 2), "d": (1, 0.5), "e": (2, 1.25), "loss": (3, 1.25)}
MADE = {"d": ("a", "b"), "e": ("d", "c"), "loss": ("e",)}
HOW = {"d": "a * b", "e": "d + c", "loss": "e * e"}
BACK = (
    (("loss",), "It begins at the end: if the loss grows by 1, the loss grows by 1."),
    (("e",), "e * e changes by 2 * e for each change of e."),
    (("d", "c"), "A sum passes the gradient on as it is."),
    (("a", "b"), "A product multiplies it by the other factor."),
)


def draw() -> Figure:
    """Draw the graph from left to right, then the gradients from right to left."""
    numbers = {"a": Tensor(2.0), "b": Tensor(-3.0), "c": Tensor(1.0)}
    numbers["d"] = numbers["a"] * numbers["b"]
    numbers["e"] = numbers["d"] + numbers["c"]
    numbers["loss"] = numbers["e"] * numbers["e"]
    gradients = _gradients()
    figure = Figure(
        "A graph of numbers",
        "Six numbers with arrows from what each is made from. "
        + "; ".join(
            f"{name}{' = ' + HOW[name] if name in HOW else ''}: {float(number.value):g}, "
            f"gradient {gradients[name]:g}"
            for name, number in numbers.items()
        )
        + ".",
    )
    boxes = {}
    with figure.next_step("Forwards, each number is made from those before it."):
        for name, (column, row) in PLACES.items():
            box = Box(LEFT + column * 96, 24 + row * 92, SIZE + 8, 32)
            boxes[name] = figure.rectangle(box, "vector")
            centred_text(figure, box, f"{float(numbers[name].value):g}", "code")
            title = HOW.get(name, name)
            figure.text((box.left, box.top - 6), title if name != "loss" else "loss", "bold")
        for name, parts in MADE.items():
            for part in parts:
                figure.arrow(boxes[part].after, boxes[name].before)
    for names, says in BACK:
        with figure.next_step(says):
            for name in names:
                box = boxes[name]
                place = (box.left, box.bottom + LEADING - 3)
                figure.text(place, f"{gradients[name]:g}", "code", "quiet")
    caption(figure, (LEFT, 270), "In a box its number, below it its gradient.")
    return figure


def _gradients() -> dict[str, float]:
    """Ask the package's own chain rule, once for each number that something is made from."""
    found = {"loss": 1.0}
    for name in PLACES:
        if name != "loss":
            a, b, c = Tensor(2.0), Tensor(-3.0), Tensor(1.0)
            d = a * b
            d = Tensor(d.value) if name == "d" else d
            e = d + c
            e = Tensor(e.value) if name == "e" else e
            (e * e).backward()
            gradient = {"a": a, "b": b, "c": c, "d": d, "e": e}[name].gradient
            assert gradient is not None
            found[name] = float(gradient)
    return found
