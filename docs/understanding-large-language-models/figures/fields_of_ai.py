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

DEPTH = len(FIELDS)


def draw() -> Figure:
    """Draw the fields as nested boxes, and generative AI as one area that reaches out of them."""
    [(llms, llms_are)], [(generative, generative_is)] = (part.items() for part in ACROSS)
    inside = " inside it ".join(f"{name}, {line};" for name, line in FIELDS.items())
    figure = Figure(
        "The fields around large language models",
        f"Nested boxes. {inside} inside that {llms}, which {llms_are}. A tinted area for "
        f"{generative}, which {generative_is}, begins around the {llms} and reaches out of the "
        f"inner fields into {next(iter(FIELDS))}.",
    )
    tops = [MARGIN + (HEAD + INSET) * depth for depth in range(DEPTH + 1)]
    area = LEFT + INSET * DEPTH, tops[-1], FULL - 2 * INSET * DEPTH
    core = Box(area[0] + INSET, area[1] + INSET, area[2] - 2 * INSET, HEAD + 10)
    # From the innermost field outward; the outermost ends below the area.
    ends = [core.bottom + INSET * (1 + place) for place in range(DEPTH)]
    bottom = ends[-2] + HEAD + 10
    figure.rectangle(Box(*area, bottom - area[1]), "area", radius=3, weight=LINE)
    ends[-1] = bottom + INSET
    for depth, ((name, line), top, end) in enumerate(
        zip(FIELDS.items(), tops, reversed(ends), strict=False)
    ):
        left = LEFT + INSET * depth
        figure.rectangle(Box(left, top, FULL - 2 * INSET * depth, end - top), "bare", radius=3)
        _head(figure, left + PADDING, top, name, line)
    figure.rectangle(core, radius=3, weight=HEAVY)
    _head(figure, core.left + PADDING, core.top + 2, llms, llms_are)
    _head(figure, area[0] + PADDING, ends[-2] + 2, generative, generative_is)
    return figure


def _head(figure: Figure, x: float, y: float, name: str, line: str) -> None:
    """Write the name of a field and what it is; `x` and `y` are the corner of its box."""
    figure.text((x, y + PADDING + TEXT - 2), name, "heading")
    figure.text((x, y + PADDING + TEXT - 2 + LEADING), line, "quiet")
