"""The vocabulary of the figures: one shape for each thing that data is or goes through.

| thing | shape |
| --- | --- |
| text | a box with a folded corner, in the font of code |
| token | a rounded box, filled for a word, not filled for a punctuation mark |
| special token | a grey rounded box |
| token ID | a small box with square corners |
| vector | a row of cells, with its numbers or without |
| many numbers | a map of cells, from pale for -1 to strong for 1 |
| step | an outlined box with the name of what is done |
| model | a box with a heavy outline |
| where a step comes in an order | its number in a circle |
| several things taken as one | a bracket, at which an arrow begins or ends |
| what is not there, or not yet | a dashed outline |
"""

from drawing.layout import FULL, LEFT, RIGHT, balanced_rows, bottom, rows, spread
from drawing.shapes.labels import bracket, caption, label, side_label
from drawing.shapes.numbers import CELL, heat_map, numbers, vector
from drawing.shapes.steps import model, numbered, step
from drawing.shapes.texts import (
    added_space,
    expected_text,
    page,
    text_box,
    text_height,
    text_to_come,
)
from drawing.shapes.tokens import State, entries, key, token, token_id, token_width, tokens

__all__ = [
    "CELL",
    "FULL",
    "LEFT",
    "RIGHT",
    "State",
    "added_space",
    "balanced_rows",
    "bottom",
    "bracket",
    "caption",
    "entries",
    "expected_text",
    "heat_map",
    "key",
    "label",
    "model",
    "numbered",
    "numbers",
    "page",
    "rows",
    "side_label",
    "spread",
    "step",
    "text_box",
    "text_height",
    "text_to_come",
    "token",
    "token_id",
    "token_width",
    "tokens",
    "vector",
]
