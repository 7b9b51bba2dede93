"""Figures as code: shapes and measures that all drawings of the site share.

A figure is a function `draw() -> Figure` in a folder `figures`, its picture beside it.
`python -m drawing docs` draws them all again.
"""

from drawing.figure import Figure
from drawing.geometry import Box, Point
from drawing.stages import stages_of_building

__all__ = ["Box", "Figure", "Point", "stages_of_building"]
