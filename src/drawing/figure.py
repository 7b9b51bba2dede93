"""A figure: a canvas that refuses what a reader could not read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from math import hypot
from typing import Literal

import drawsvg

from drawing.geometry import Box, Point, steady, tenths
from drawing.style import HEADING, LINE, MARGIN, TEXT, THIN, WIDTH, text_width

Heat = Literal["heat-0", "heat-1", "heat-2", "heat-3", "heat-4", "heat-5", "heat-6"]
"""How large a number is, from pale to strong."""

Kind = Literal["plain", "bare", "quiet", "area", "added", "token", "mark", "id", "vector"] | Heat
"""What a shape stands for. The style sheet gives each kind its colours."""

Style = Literal["heading", "bold", "code", "quiet"]
"""How a text is written: larger, in bold, in the font of code, or less strongly."""

Anchor = Literal["start", "middle", "end"]
"""Which part of a text stands at its point."""


class FigureError(ValueError):
    """What a figure is asked to show cannot be shown so; the message says what to do."""


_HEAD = 7  # length of an arrow's head, and its width
_NOTE = 8  # from a text to the note behind it


class Figure:
    """A drawing as wide as all others and as high as what is in it.

    Args:
        title: What the figure is, in a few words.
        description: What it shows, for those who do not see it.
        summary: What it comes to, in a line, for a reader who has asked for other values.

    >>> figure = Figure("A greeting", "The word hello.")
    >>> figure.text((4, 20), "hello")
    Box(left=4, top=6, width=38.1, height=18)
    >>> print(figure.svg("greeting"))  # doctest: +ELLIPSIS
    <svg xmlns="http://www.w3.org/2000/svg" id="greeting" viewBox="0 0 380 28" class="fig" ...>
    <title id="greeting-title">A greeting</title>
    <desc id="greeting-desc">The word hello.</desc>
    <text x="4" y="20" font-size="14" class="fig-text">hello</text>
    </svg>
    <BLANKLINE>
    """

    def __init__(self, title: str, description: str, summary: str = "") -> None:
        self.title = title
        self.description = description
        self.summary = summary
        self._elements: list[drawsvg.DrawingElement] = []
        self._texts: list[tuple[str, Box]] = []
        self._bottom: float = 0
        self._steps = 0

    def svg(self, name: str) -> str:
        """Return the text of the figure's file: an `<svg>` to stand inside a page.

        Args:
            name: The name of its program's file, without the ending. It becomes the figure's
                id, with hyphens, and the other ids begin with that.
        """
        name = name.replace("_", "-")
        height = tenths(self._bottom + MARGIN)
        description = drawsvg.Title(self.description, id=f"{name}-desc")
        description.TAG_NAME = "desc"  # drawsvg itself knows only the title
        canvas = drawsvg.Drawing(WIDTH, height)
        canvas.append(drawsvg.Title(self.title, id=f"{name}-title"))
        canvas.append(description)
        canvas.extend(self._elements)
        # Its opening names a size, a namespace and definitions, which we have no use for.
        _, _, body = canvas.as_svg(header="").partition("</defs>\n")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" viewBox="0 0 {WIDTH} {height}" '
            f'class="fig" role="img" aria-labelledby="{name}-title {name}-desc">\n{body}\n'
        )

    @contextmanager
    def next_step(self, says: str) -> Iterator[None]:
        """Make what is drawn inside the next of the steps that a reader can go through.

        The drawing is whole as it is; src/live/steps.js dims what a step has not reached.

        Args:
            says: What happens in this step: one short sentence, shown while it is the last.
        """
        self._steps += 1
        before, self._elements = self._elements, []
        yield
        group = drawsvg.Group(**{"data-step": self._steps, "data-says": escape(says)})
        group.extend(self._elements)
        self._elements = [*before, group]

    def text(
        self,
        at: Point,
        content: str,
        *styles: Style,
        note: str = "",
        anchor: Anchor = "start",
        within: Box | None = None,
    ) -> Box:
        """Write one line of text; `at` is on its base line.

        Args:
            at: Where it begins, has its middle or ends, as `anchor` says.
            content: The text.
            *styles: How it is written.
            note: What follows it on the same line, less strongly.
            anchor: Which part of it stands at `at`.
            within: What it must not leave.

        Raises:
            FigureError: It does not fit into the figure or `within`, or lies on other text.
        """
        size = HEADING if "heading" in styles else TEXT
        code, bold = "code" in styles, "bold" in styles or "heading" in styles
        width = text_width(content, size=size, code=code, bold=bold)
        if note:
            width = tenths(width + _NOTE + text_width(note))
        left = at[0] - {"start": 0, "middle": width / 2, "end": width}[anchor]
        extent = Box(tenths(left), tenths(at[1] - size), width, size + 4)
        self._place(content, extent, within or Box(0, 0, WIDTH, 10_000))
        classes = ["fig-code" if code else "fig-text"]
        classes += ["fig-bold"] * bold + ["fig-muted"] * ("quiet" in styles)
        attributes: dict[str, object] = {"class": " ".join(classes)}
        if code:  # takes the same room in every font
            attributes["textLength"] = width
        if anchor != "start":
            attributes["text_anchor"] = anchor
        line = drawsvg.Text(content, size, tenths(at[0]), tenths(at[1]), **attributes)
        if note:
            line.append(drawsvg.TSpan(note, dx=_NOTE, font_size=TEXT, **{"class": "fig-note"}))
        self._elements.append(line)
        return extent

    def rectangle(
        self,
        box: Box,
        kind: Kind = "plain",
        *,
        radius: float = 0,
        weight: float = LINE,
        dashed: bool = False,
    ) -> Box:
        """Draw the outline of `box`, filled as its kind is."""
        self._elements.append(
            drawsvg.Rectangle(
                *map(tenths, (box.left, box.top, box.width, box.height)),
                **({"rx": radius} if radius else {}),
                **_outline(kind, weight, dashed),
            )
        )
        self._reach(box.bottom)
        return box

    def circle(
        self, centre: Point, radius: float, kind: Kind = "plain", *, weight: float = LINE
    ) -> Box:
        """Draw a circle."""
        x, y = centre
        self._elements.append(
            drawsvg.Circle(tenths(x), tenths(y), tenths(radius), **_outline(kind, weight))
        )
        self._reach(y + radius)
        return Box(x - radius, y - radius, 2 * radius, 2 * radius)

    def dot(self, at: Point) -> None:
        """Draw a dot, where a line ends at a point."""
        dot = drawsvg.Circle(tenths(at[0]), tenths(at[1]), 1.5, **{"class": "fig-head"})
        self._elements.append(dot)
        self._reach(at[1])

    def shape(
        self,
        points: Sequence[Point],
        kind: Kind = "plain",
        *,
        weight: float = LINE,
        dashed: bool = False,
    ) -> None:
        """Draw a closed shape with straight edges."""
        path = drawsvg.Lines(*_flat(points), close=True, **_outline(kind, weight, dashed))
        self._elements.append(path)
        self._reach(max(y for _, y in points))

    def line(self, *points: Point, weight: float = LINE) -> None:
        """Draw a line through the points."""
        attributes: dict[str, object] = {"class": "fig-line", "stroke_width": weight}
        self._elements.append(drawsvg.Lines(*_flat(points), **attributes))
        self._reach(max(y for _, y in points))

    def arrow(self, *points: Point) -> None:
        """Draw a line through the points, with a head at the last.

        It begins at the edge of what it comes from and ends at the edge of what it leads to;
        a row that it stands for as a whole has a bracket (see `shapes.bracket`).
        """
        (x0, y0), (x, y) = points[-2:]
        length = hypot(x - x0, y - y0)
        across, down = (x - x0) / length, (y - y0) / length
        neck = (x - across * _HEAD, y - down * _HEAD)
        self.line(*points[:-1], neck)
        half = _HEAD / 2 + 0.5
        wings = [
            (neck[0] - down * half, neck[1] + across * half),
            (neck[0] + down * half, neck[1] - across * half),
        ]
        head = drawsvg.Lines(*_flat([(x, y), *wings]), close=True, **{"class": "fig-head"})
        self._elements.append(head)
        self._reach(y)

    def _place(self, content: str, extent: Box, limits: Box) -> None:
        left, right = steady(extent.left), steady(extent.right)
        if left < steady(limits.left) or right > steady(limits.right):
            raise FigureError(
                f"{content!r} needs {extent.width} units from {extent.left} on, but has room "
                f"from {limits.left} to {limits.right}. "
                "Say it in fewer words, or give it a wider box."
            )
        for other, taken in self._texts:
            if extent.overlaps(taken):
                raise FigureError(f"{content!r} lies on {other!r}. Move one of them.")
        self._texts.append((content, extent))
        self._reach(extent.bottom)

    def _reach(self, bottom: float) -> None:
        self._bottom = max(self._bottom, bottom)


def _outline(kind: Kind, weight: float = THIN, dashed: bool = False) -> dict[str, object]:
    attributes: dict[str, object] = {"class": f"fig-{kind}", "stroke_width": weight}
    if dashed:
        attributes["stroke_dasharray"] = "4 3"
    return attributes


def _flat(points: Sequence[Point]) -> list[float]:
    return [tenths(number) for point in points for number in point]
