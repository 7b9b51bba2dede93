"""Arrays for the tests of attention, and PyTorch's results with them.

The numbers of PyTorch were computed once, in float64, with PyTorch 2.15.0 on the CPU:
`torch.softmax`, `torch.nn.functional.scaled_dot_product_attention` (which knows no parameters) and
`torch.nn.MultiheadAttention(6, 3, bias=True)` with a mask, all on what `pattern` makes.
"""

from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def pattern(*shape: int, start: int) -> Floats:
    """Numbers from -0.5 to 0.5 that come again after 11, the first chosen by `start`."""
    places = np.arange(start, start + int(np.prod(shape)))
    numbers: Floats = ((places * 7) % 11 - 5.0).reshape(shape) / 10
    return numbers


def random(seed: int, *shape: int) -> Floats:
    return np.random.default_rng(seed).standard_normal(shape)


seeds = st.integers(0, 10_000)
widths = st.integers(1, 7)
lengths = st.integers(1, 7)
batches: Any = st.sampled_from([(), (1,), (2,), (2, 3)])
"""What stands before the axes of tokens and width."""

TEXTS = pattern(2, 4, 6, start=0)
QUERY, KEY, VALUE = (pattern(6, 4, start=start) for start in (5, 6, 7))

PYTORCH_SOFTMAX = [
    [4.9088439016919216e-306, 1.6255858439919858e-304, 7.285370309915161e-304, 1.0],
    [0.33758453779871644, 0.25008877662170526, 0.41232668557957836, 0.0],
]
PYTORCH_PLAIN = [
    [-0.04560505892224176, 0.027134905565854277, -0.06150099906303792, -0.16411811458289072],
    [-0.053132658045186146, 0.039084360269078286, -0.07808523107310593, -0.1459600014993335],
    [-0.04532855451023488, 0.029617824617543396, -0.0688363958250674, -0.1570229680064305],
    [-0.04893931463787416, 0.03486340462710935, -0.07355176611586454, -0.15194842200255854],
]
"""Attention without a mask, the first text."""

PYTORCH_CAUSAL = [
    [-0.21, 0.31, -0.27, 0.03],
    [-0.12159958154061912, 0.0939100882104023, -0.19633298461718263, 0.015266596923436534],
    [-0.10085101243224373, 0.04735380103344216, -0.07914401491589082, -0.11306461723334979],
    [-0.04893931463787416, 0.03486340462710935, -0.07355176611586454, -0.15194842200255854],
]
"""The same with the causal mask."""

PYTORCH_HEADS = [
    [
        [0.494, -0.6, 0.33, 0.149, 0.001, -0.059],
        [
            0.5079453632808506,
            -0.5302371115084344,
            0.25666183202183657,
            0.05474732738973315,
            -0.03429982069248627,
            0.07638179257431421,
        ],
        [
            0.5106282374477633,
            -0.5098120372160029,
            0.2807882053621533,
            0.029730266511881737,
            -0.13695639501103485,
            0.15979205133054003,
        ],
        [
            0.5273945000784611,
            -0.524457759090444,
            0.31064775476627854,
            -0.009223527055805592,
            -0.16101715337663078,
            0.19813263205308168,
        ],
    ],
    [
        [0.44, -0.254, 0.009, -0.036, -0.015, 0.116],
        [
            0.4685055839543114,
            -0.29632456167657956,
            0.05062685496580599,
            -0.09921569119752854,
            0.050612987269752885,
            0.09656576374123524,
        ],
        [
            0.477721083728024,
            -0.3375630781189114,
            0.08622874603490194,
            -0.07162699524460131,
            -0.007655665341365303,
            0.14544929790748462,
        ],
        [
            0.48973483959413777,
            -0.42605395820462044,
            0.18566277094359845,
            -0.02482305883325578,
            -0.05658569340298247,
            0.14099152492063718,
        ],
    ],
]
"""Three heads with all biases and the causal mask, both texts."""
