"""Where this part stands: the third of nine steps, in the first of three stages."""

from drawing import Figure, stages_of_building


def draw() -> Figure:
    """Draw the three stages with step 3 marked."""
    return stages_of_building(marked=3)
