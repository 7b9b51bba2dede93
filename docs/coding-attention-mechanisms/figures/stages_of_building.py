"""Where this part stands: the second of nine steps, in the first of three stages."""

from drawing import Figure, stages_of_building


def draw() -> Figure:
    """Draw the three stages with step 2 marked."""
    return stages_of_building(marked=2)
