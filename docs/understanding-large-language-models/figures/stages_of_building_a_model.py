"""The plan that the following parts carry out: three stages of nine steps."""

from drawing import Figure, stages_of_building


def draw() -> Figure:
    """Draw the three stages with no step marked."""
    return stages_of_building()
