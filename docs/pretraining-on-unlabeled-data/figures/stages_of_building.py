"""Where this part stands: the fifth of nine steps, in the second of three stages."""

from drawing import Figure, stages_of_building


def draw() -> Figure:
    """Draw the three stages with step 5 marked."""
    return stages_of_building(marked=5)
