"""Boxes and points of a drawing, y growing downward."""

from dataclasses import dataclass

Point = tuple[float, float]


def tenths(number: float) -> float:
    """Round to one decimal, and to an int where nothing is lost.

    What is written to a file then has the same digits on every machine.

    >>> tenths(3.14159), tenths(2.0)
    (3.1, 2)
    """
    rounded = round(steady(number), 1)
    return int(rounded) if rounded.is_integer() else rounded


def steady(number: float) -> float:
    """Round off the last bits of a number, far below what anyone can see.

    They are not the same everywhere: since Python 3.12 `sum` adds more exactly, and every
    machine has its own library of mathematics. Without them a number that lies halfway, or
    just fits, does so on all of them.

    >>> 0.1 + 0.2 > 0.3, steady(0.1 + 0.2) > steady(0.3)
    (True, False)
    """
    return round(float(number), 6)


@dataclass(frozen=True)
class Box:
    """A rectangle: its left upper corner, its width and its height."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.top + self.height

    @property
    def centre(self) -> Point:
        """The point in the middle."""
        return self.left + self.width / 2, self.top + self.height / 2

    @property
    def above(self) -> Point:
        """The middle of the upper edge."""
        return self.centre[0], self.top

    @property
    def below(self) -> Point:
        """The middle of the lower edge."""
        return self.centre[0], self.bottom

    @property
    def before(self) -> Point:
        """The middle of the left edge."""
        return self.left, self.centre[1]

    @property
    def after(self) -> Point:
        """The middle of the right edge."""
        return self.right, self.centre[1]

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        return (
            steady(self.left) < steady(other.right)
            and steady(other.left) < steady(self.right)
            and steady(self.top) < steady(other.bottom)
            and steady(other.top) < steady(self.bottom)
        )
