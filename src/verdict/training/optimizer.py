"""AdamW: how each weight moves, given its gradient."""

from collections.abc import Mapping, MutableMapping
from typing import Any

import numpy as np

from verdict.checks.arrays import Vectors
from verdict.checks.numbers import check_rate, checked_size
from verdict.checks.training import check_gradients, check_positive

DIGITS = 6
"""To how many decimals numbers are rounded, so that all machines go on with the same ones."""


class AdamW:
    """Moves each weight by its average gradient, measured by how large its gradients usually are.

    This is Adam with the decay of weights apart from the gradient (Kingma and Ba, "Adam: A Method
    for Stochastic Optimization", 2015; Loshchilov and Hutter, "Decoupled Weight Decay
    Regularization", 2019). Only matrices decay: a bias or the scale of a normalization has no
    reason to be small.

    Machines differ in the last digit of a sum, and training can make that difference grow. So
    all weights are rounded after each step: every machine then takes the next step from the very
    same numbers.

    Args:
        parameters: The weights by name. Each step puts new arrays into it.
        decay: By how much of itself a weight of a matrix shrinks in each step, times the rate.
        betas: How much of the average gradient and of the average square each step keeps.
        epsilon: Keeps the division from being one by 0.
        digits: To how many decimals the weights are rounded; None leaves them as they are.

    Attributes:
        steps: How many steps have been made.
        averages: The average gradient of each weight, by name.
        squares: The average of its square, by name.
        beta_powers: Both betas to the power of `steps`: how much of the averages is still the
            zeros that they began with. Dividing by 1 minus this corrects the first steps.

    Raises:
        TypeError: If an argument is of another type.
        ValueError: If `decay`, a beta or `epsilon` is out of range.

    Examples:
        >>> weights = {"matrix": np.array([[1.0, -2.0]])}
        >>> optimizer = AdamW(weights, decay=0)
        >>> optimizer.step({"matrix": np.array([[0.5, 0.001]])}, rate=0.1)
        >>> weights["matrix"]
        array([[ 0.9     , -2.099999]])
    """

    def __init__(
        self,
        parameters: MutableMapping[str, Any],
        *,
        decay: float = 0.1,
        betas: tuple[float, float] = (0.9, 0.99),
        epsilon: float = 1e-8,
        digits: int | None = DIGITS,
    ) -> None:
        check_rate("decay", decay)
        check_rate("betas", betas[0])
        check_rate("betas", betas[1])
        check_positive("epsilon", epsilon)
        self.parameters, self.decay, self.betas, self.epsilon = parameters, decay, betas, epsilon
        self.digits = digits if digits is None else checked_size("digits", digits, 0)
        self.steps = 0
        self.averages = {name: np.zeros_like(weight) for name, weight in parameters.items()}
        self.squares = {name: np.zeros_like(weight) for name, weight in parameters.items()}
        self.beta_powers = (1.0, 1.0)

    def step(self, gradients: Mapping[str, Vectors], rate: float) -> None:
        """Move all weights once.

        Args:
            gradients: The gradient of each weight, by name.
            rate: How far: about this much each, in the first steps.

        Raises:
            KeyError: If there is no gradient for a weight, or no weight for a gradient.
            TypeError: If `rate` is no number.
            ValueError: If a gradient has another shape than its weight, or holds a number that
                is not finite, or if `rate` is below 0. Then no weight has moved.
        """
        check_positive("rate", rate, zero=True)
        check_gradients(gradients, self.parameters)
        first, second = self.betas
        self.steps += 1
        # A factor more in each step, in place of `**`: systems differ in its last digit.
        self.beta_powers = self.beta_powers[0] * first, self.beta_powers[1] * second
        for name, weight in self.parameters.items():
            g, average, square = gradients[name], self.averages[name], self.squares[name]
            # All arrays here have the shape of the weight. They are changed in place: a new one
            # for each operation would take half as long again.
            # average = first * average + (1 - first) * g
            change = g - average
            change *= 1 - first
            average += change
            # square = second * square + (1 - second) * g * g
            change = np.multiply(g, g, dtype=np.result_type(g, square))
            change -= square
            change *= 1 - second
            square += change
            # usual_size = sqrt(corrected square) + epsilon
            usual_size = square / (1 - self.beta_powers[1])
            np.sqrt(usual_size, out=usual_size)
            usual_size += self.epsilon
            # move = rate * corrected average / usual_size: about `rate`, if all gradients agree
            move = average * (rate / (1 - self.beta_powers[0]))
            move /= usual_size
            # moved = decayed weight - move
            moved = weight * (1 - rate * self.decay if weight.ndim > 1 else 1.0)
            moved -= move
            if self.digits is not None:
                np.round(moved, self.digits, out=moved)
                moved += 0.0  # there are two zeros, with a sign each: this makes them one
            self.parameters[name] = moved
