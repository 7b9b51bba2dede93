import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verdict.model.arrays import lengths, random, seeds, widths
from tests.verdict.training.nudging import check_gradients, nudged
from tests.verdict.training.pytorch_gpt import RECORDED, TEXT, small_gpt
from verdict import (
    GPT,
    CausalAttention,
    GPTConfig,
    MultiHeadAttention,
    Tensor,
    cross_entropy,
    feed_forward,
    gelu,
    loss_and_gradients,
    normalize,
    random_windows,
)
from verdict.model.parameters import Parameters

numbers = json.loads(RECORDED.read_text(encoding="utf-8"))
"""Of PyTorch, in float64 on the CPU: pytorch_gpt.py records them, and says how."""

tied_or_not = pytest.mark.parametrize("kind", ["tied", "with a head"])


@given(lengths, widths, seeds)
def test_normalize_has_the_gradients_that_nudging_finds(length: int, width: int, seed: int) -> None:
    # Nudging is not exact enough where all numbers of a vector are nearly the same.
    vectors, scale = random(seed, length, width) / 4 + np.arange(width), random(seed + 1, width)
    check_gradients(normalize, vectors, scale, random(seed + 2, width))
    check_gradients(lambda given: normalize(given, scale, scale), vectors)


@pytest.mark.parametrize("exact", [False, True])
@given(seed=seeds)
def test_gelu_has_the_gradients_that_nudging_finds(exact: bool, seed: int) -> None:
    check_gradients(lambda given: gelu(given, exact=exact), random(seed, 3, 4) * 2)


@given(lengths, seeds)
def test_feed_forward_has_the_gradients_that_nudging_finds(length: int, seed: int) -> None:
    def operation(vectors: Any, widen: Any, narrow: Any) -> Any:
        parameters = Parameters({"widen": (3, 5), "narrow": (5, 3)})
        parameters.update({"widen": widen, "narrow": narrow})
        return feed_forward(vectors, parameters)

    check_gradients(
        operation, random(seed, length, 3), random(seed + 1, 3, 5), random(seed + 2, 5, 3)
    )


@given(lengths, seeds)
def test_attention_has_the_gradients_that_nudging_finds(length: int, seed: int) -> None:
    attention = CausalAttention(3, 4, length, spread=1, seed=seed)
    heads = MultiHeadAttention(3, 4, length, 2, bias=True, spread=1, seed=seed)
    for each in (attention, heads):
        names = list(each.parameters)

        def operation(vectors: Any, *arrays: Any, each: Any = each, names: Any = names) -> Any:
            each.parameters.update(dict(zip(names, arrays, strict=True)))
            return each(vectors)

        arrays = [random(seed + 1, *array.shape) for array in each.parameters.values()]
        check_gradients(operation, random(seed, 2, length, 3), *arrays)


@settings(max_examples=15)
@given(st.booleans(), st.booleans(), st.integers(1, 2), lengths, seeds)
def test_the_whole_model_has_the_gradients_that_nudging_finds(
    tied: bool, bias: bool, layers: int, length: int, seed: int
) -> None:
    config = GPTConfig(
        5, context_length=7, width=4, heads=2, layers=layers, dropout=0.2, bias=bias, tied=tied
    )
    model = GPT(config, spread=0.5, seed=seed)
    draws = np.random.default_rng(seed)
    inputs, targets = draws.integers(0, 5, (2, 2, length))
    targets[0, 0] = -100 if length > 1 else targets[0, 0]
    chosen = {name: draws.integers(array.size) for name, array in model.parameters.items()}

    def loss_of(*nudges: Any) -> float:
        before = dict(model.parameters)
        for (name, place), nudge in zip(chosen.items(), nudges, strict=True):
            array = before[name].copy()
            array.flat[place] += nudge[0]
            model.parameters[name] = array
        try:
            scores = model(inputs, np.random.default_rng(seed))
            return float(cross_entropy(scores, targets))
        finally:
            model.parameters.update(before)

    loss, gradients = loss_and_gradients(model, inputs, targets, np.random.default_rng(seed))
    assert loss == pytest.approx(loss_of(*[np.zeros(1)] * len(chosen)), abs=1e-13)
    expected = nudged(loss_of, *[np.zeros(1) for _ in chosen])
    for (name, place), by_nudging in zip(chosen.items(), expected, strict=True):
        assert gradients[name].shape == model.parameters[name].shape
        assert gradients[name].flat[place] == pytest.approx(by_nudging[0], rel=1e-6, abs=1e-7)


@tied_or_not
def test_the_loss_and_gradients_of_the_whole_model_equal_pytorchs(kind: str) -> None:
    inputs, targets = random_windows(TEXT, 5, 3, seed=2)
    targets = targets.copy()
    targets[0, :2] = -100
    loss, gradients = loss_and_gradients(small_gpt(tied=kind == "tied"), inputs, targets)
    there = numbers[kind]
    assert loss == pytest.approx(there["loss"], abs=1e-12)
    assert gradients.keys() == there["gradients"].keys()
    for name, gradient in gradients.items():
        assert gradient == pytest.approx(np.array(there["gradients"][name]), abs=1e-10)
    assert max(np.abs(gradient).max() for gradient in gradients.values()) > 0.1


def test_the_weights_are_arrays_again_and_the_same_ones() -> None:
    model = small_gpt(tied=True)
    before = dict(model.parameters)
    loss_and_gradients(model, [[1, 2]], [[2, 3]])
    with pytest.raises(IndexError, match="target 7 is no token"):
        loss_and_gradients(model, [[1, 2]], [[2, 7]])
    with pytest.raises(IndexError, match="7"):
        loss_and_gradients(model, [[1, 7]], [[2, 3]])
    assert all(model.parameters[name] is array for name, array in before.items())
    assert isinstance(model([[1, 2]]), np.ndarray)


def test_what_a_model_does_not_use_has_a_gradient_of_0() -> None:
    class Half:
        def __init__(self) -> None:
            self.parameters: dict[str, Any] = {"used": np.ones((3, 3)), "not used": np.ones(2)}

        def __call__(self, ids: Any, generator: Any = None) -> Any:
            return self.parameters["used"][np.asarray(ids)]

    _, gradients = loss_and_gradients(Half(), [0, 1], [1, 2])
    assert gradients["not used"].tolist() == [0, 0]
    assert gradients["used"].any()


def test_a_token_that_is_not_in_the_batch_has_a_gradient_of_0() -> None:
    model = small_gpt(tied=False)
    _, gradients = loss_and_gradients(model, [[1, 2, 1]], [[2, 1, 4]])
    rows = gradients["tokens"].any(axis=1)
    assert rows.tolist() == [False, True, True, False, False, False, False]
    assert not gradients["positions"][3:].any()


def test_the_gradients_of_a_batch_are_the_mean_of_those_of_its_halves() -> None:
    model = small_gpt(tied=True)
    inputs, targets = random_windows(TEXT, 5, 4, seed=1)
    loss, whole = loss_and_gradients(model, inputs, targets)
    parts = [
        loss_and_gradients(model, inputs[some], targets[some])
        for some in (slice(2), slice(2, None))
    ]
    assert loss == pytest.approx(sum(part for part, _ in parts) / 2, abs=1e-14)
    for name, gradient in whole.items():
        assert gradient == pytest.approx(sum(part[name] for _, part in parts) / 2, abs=1e-14)


def test_a_model_of_tensors_is_called_as_one_of_arrays_is() -> None:
    model = small_gpt(tied=True)
    expected = model([[1, 2, 3]])
    tensors: dict[str, Any] = {name: Tensor(array) for name, array in model.parameters.items()}
    model.parameters.update(tensors)
    made = model([[1, 2, 3]])
    assert isinstance(made, Tensor)
    assert made.value == pytest.approx(expected, abs=1e-12)
