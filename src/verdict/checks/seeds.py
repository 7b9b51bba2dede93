"""Seeds for random numbers."""

import numpy as np

from verdict.checks.numbers import checked_size


def random_generator(seed: int | np.random.Generator | None) -> np.random.Generator:
    """Return what draws the random numbers that belong to a seed.

    Args:
        seed: The same number gives the same random numbers each time; a generator stays as it
            is, and goes on where it stands; without one, the numbers are new each time.

    Returns:
        The generator.

    Raises:
        TypeError: If `seed` is none of these.
        ValueError: If it is negative.

    Examples:
        >>> random_generator(1).integers(10, size=5).tolist()
        [4, 5, 7, 9, 0]
    """
    if seed is None or isinstance(seed, np.random.Generator):
        return np.random.default_rng(seed)
    return np.random.default_rng(checked_size("seed", seed, 0))


def check_generator(generator: object) -> None:
    """Make sure that something draws random numbers.

    A seed is refused: it would drop the same numbers each time.

    Raises:
        TypeError: If it is no generator of NumPy's.
    """
    if not isinstance(generator, np.random.Generator):
        raise TypeError(
            "generator must be one of NumPy's, such as np.random.default_rng(123), "
            f"not {type(generator).__name__}"
        )
