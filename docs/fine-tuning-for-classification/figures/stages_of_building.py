"""Where this part stands: the eighth of nine steps, in the last of three stages."""

from drawing import Figure, stages_of_building


def draw() -> Figure:
    """Draw the three stages with step 8 marked."""
    return stages_of_building(marked=8)
