"""Colours as a style sheet writes them, and how well two can be told apart."""

from collections.abc import Sequence

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 255."""


def from_hex(colour: str) -> Colour:
    """Read a colour such as `#0a4b8f`."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def linear(colour: Sequence[float]) -> list[float]:
    """Red, green and blue as amounts of light (sRGB, IEC 61966-2-1)."""
    shares = [each / 255 for each in colour]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Contrast by WCAG 2.2, from 1 to 21."""
    weights = (0.2126, 0.7152, 0.0722)
    lights = [
        sum(w * c for w, c in zip(weights, linear(colour), strict=True)) for colour in (one, other)
    ]
    return (max(lights) + 0.05) / (min(lights) + 0.05)
