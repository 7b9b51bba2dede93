"""Figures as code: shapes and measures that all drawings of the site share.

A figure is a function `draw() -> Figure` in a folder `figures`, its picture beside it. The file has
the figure's name: nothing else needs it.
`python -m drawing docs` draws them all again.
"""

from drawing.figure import Figure, FigureError
from drawing.geometry import Box, Point
from drawing.stages import stages_of_building

__all__ = ["Box", "Figure", "FigureError", "Point", "stages_of_building"]
