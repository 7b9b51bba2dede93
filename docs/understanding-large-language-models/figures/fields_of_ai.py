"""Fields that lie inside each other, and generative AI, which lies across them."""

from drawing import Box, Figure
from drawing.shapes import FULL, LEFT
from drawing.style import HEAVY, LEADING, LINE, MARGIN, TEXT

FIELDS = {
    "Artificial intelligence": "tasks that seem to need intelligence",
    "Machine learning": "rules learned from data, not written",
    "Deep learning": "networks of many layers",
}
"""Each field lies inside the one before."""

ACROSS = (
    {"Large language models": "read and write text"},
    {"Generative AI": "makes new text, pictures or sound"},
)
"""What lies across: the part of it inside the innermost field, and the whole."""

INSET, PADDING = 12, 14
HEAD = 2 * LEADING + PADDING
"""Height of the name of a field and the line that explains it."""


def draw() -> Figure:
    """Draw the fields as nested boxes, and generative AI reaching out of them at the bottom."""
    [(llms, llms_are)], [(generative, generative_is)] = (part.items() for part in ACROSS)
    inside = " inside it ".join(f"{name}, {line};" for name, line in FIELDS.items())
    figure = Figure(
        "fields_of_ai",
        "The fields around large language models",
        f"Nested boxes. {inside} inside that {llms}, which {llms_are}. A dashed box for "
        f"{generative}, which {generative_is}, holds the {llms} and reaches out of the inner "
        f"fields into {next(iter(FIELDS))}.",
    )
    y: float = MARGIN
    tops = []
    for depth, (name, line) in enumerate(FIELDS.items()):
        tops.append(y)
        _head(figure, LEFT + INSET * depth + PADDING, y, name, line)
        y += HEAD + INSET
    depth = len(FIELDS)
    across = Box(LEFT + INSET * depth, y, FULL - 2 * INSET * depth, 0)
    core = Box(across.left + INSET, y + INSET, across.width - 2 * INSET, HEAD + 10)
    figure.rectangle(core, radius=3, weight=HEAVY)
    _head(figure, core.left + PADDING, core.top + 2, llms, llms_are)
    y = core.bottom + 2 * INSET
    bottoms = [y + INSET * (depth - 1 - place) for place in range(1, depth)]
    _head(figure, across.left + PADDING, bottoms[0] + 2, generative, generative_is)
    across = Box(across.left, across.top, across.width, bottoms[0] + HEAD + 10 - across.top)
    figure.rectangle(across, "quiet", radius=3, weight=LINE, dashed=True)
    for place, (top, bottom) in enumerate(
        zip(tops, [across.bottom + INSET, *bottoms], strict=True)
    ):
        left = LEFT + INSET * place
        figure.rectangle(Box(left, top, FULL - 2 * INSET * place, bottom - top), "bare", radius=3)
    return figure


def _head(figure: Figure, x: float, y: float, name: str, line: str) -> None:
    """Write the name of a field and what it is; `x` and `y` are the corner of its box."""
    figure.text((x, y + PADDING + TEXT - 2), name, "heading")
    figure.text((x, y + PADDING + TEXT - 2 + LEADING), line, "quiet")
