"""Classifiers: what is frozen stays, padding changes nothing, and what is new is learned."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import seeds
from verdict import (
    GPT,
    AdamW,
    Classifier,
    GPTConfig,
    Trainable,
    cross_entropy,
    fine_tune,
    loss_and_gradients,
    pad_rows,
)

PADDING = 0
ROWS = pad_rows([[1, 2, 3], [4], [5, 6, 7, 1, 2], [3, 3, 1], [6, 5], [2, 7, 4, 4]], PADDING)
LABELS = [1, 0, 2, 1, 0, 2]
POOLINGS = ["mean", "last", "first"]
PARTS = ["head", "last block", "everything"]


def small_gpt(seed: int = 1, **changes: Any) -> GPT:
    sizes = {"context_length": 8, "width": 12, "heads": 3, "layers": 2}
    return GPT(GPTConfig(8, **sizes | changes), spread=0.3, seed=seed)


def classifier(seed: int = 1, **options: Any) -> Classifier:
    return Classifier(
        small_gpt(seed), 3, **{"padding": PADDING, "spread": 0.3, "seed": 2} | options
    )


def weights(model: Any) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in model.parameters.items()}


@pytest.mark.parametrize("part", PARTS)
def test_frozen_weights_are_the_same_to_the_bit_after_tuning_and_all_others_move(part: Any) -> None:
    model = classifier()
    before = weights(model)
    list(fine_tune(Trainable(model, model.part(part)), ROWS, LABELS, 4, seed=1, batch_size=6))
    after = weights(model)
    moved = {name for name in before if before[name] != after[name]}
    assert moved == set(model.part(part))


def test_each_part_names_its_own_weights() -> None:
    model = classifier()
    assert model.part("head") == ["class_head", "class_head_bias"]
    last = set(model.part("last block"))
    assert {"norm_scale", "norm_shift", "class_head", "blocks.1.widen"} <= last
    assert {"tokens", "positions"}.isdisjoint(last)
    assert not [name for name in last if name.startswith("blocks.0")]
    assert model.part("everything") == list(model.parameters)


@pytest.mark.parametrize("pooling", POOLINGS)
@given(
    lengths=st.lists(st.integers(1, 5), min_size=1, max_size=4), pads=st.integers(0, 3), seed=seeds
)
def test_padding_behind_a_text_changes_nothing(
    pooling: Any, lengths: list[int], pads: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    texts = [random.integers(1, 8, length).tolist() for length in lengths]
    model = classifier(pooling=pooling)
    alone = np.stack([model(text) for text in texts])
    padded = pad_rows([*texts, [1] * (max(lengths) + pads)], PADDING)
    np.testing.assert_allclose(model(padded)[:-1], alone, rtol=0, atol=1e-12)


@pytest.mark.parametrize("pooling", ["mean", "last"])
def test_padding_that_is_taken_for_text_changes_the_scores(pooling: Any) -> None:
    model = classifier(pooling=pooling, padding=None)
    assert np.abs(model(ROWS)[1] - model(ROWS[1, :1])).max() > 0.01


def test_a_token_like_padding_inside_a_text_counts() -> None:
    model = classifier()
    assert np.abs(model([1, PADDING, 2]) - model([1, 2])).max() > 0.01
    np.testing.assert_allclose(model([1, PADDING, 2, PADDING]), model([1, PADDING, 2]), atol=1e-12)


@pytest.mark.parametrize("pooling", POOLINGS)
def test_the_scores_are_those_of_the_vector_that_pooling_names(pooling: Any) -> None:
    model = classifier(pooling=pooling)
    for row, scores in zip(ROWS, model(ROWS), strict=True):
        vectors = model.model.vectors(row[row != PADDING])
        vector = {"mean": vectors.mean(axis=0), "last": vectors[-1], "first": vectors[0]}[pooling]
        expected = vector @ model.head["class_head"] + model.head["class_head_bias"]
        np.testing.assert_allclose(scores, expected, rtol=0, atol=1e-12)


def test_the_first_vector_sees_nothing_of_what_follows() -> None:
    model = classifier(pooling="first")
    np.testing.assert_array_equal(model([1, 2, 3]), model([1, 7, 5]))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("pooling", POOLINGS)
def test_gradients_agree_with_nudging(part: Any, pooling: Any) -> None:
    model = classifier(pooling=pooling)
    trainable = Trainable(model, model.part(part))
    _, gradients = loss_and_gradients(trainable, ROWS, LABELS)
    assert list(gradients) == model.part(part)
    random = np.random.default_rng(1)
    for name, gradient in gradients.items():
        place = tuple(random.integers(size) for size in gradient.shape)
        array = model.parameters[name]

        def loss(number: float, place: Any = place, name: str = name, array: Any = array) -> float:
            changed = array.copy()
            changed[place] = number
            model.parameters[name] = changed
            return float(cross_entropy(model(ROWS), LABELS))

        step = 1e-5
        slope = (loss(array[place] + step) - loss(array[place] - step)) / (2 * step)
        model.parameters[name] = array
        assert gradient[place] == pytest.approx(slope, abs=1e-7), name


def test_the_model_that_it_is_made_of_stays_as_it_is() -> None:
    gpt = small_gpt()
    before = weights(gpt)
    list(fine_tune(Classifier(gpt, 3, padding=PADDING, seed=1), ROWS, LABELS, 3, seed=1))
    assert weights(gpt) == before


def test_the_head_of_the_model_is_no_part_of_it() -> None:
    assert "head" not in Classifier(small_gpt(tied=False)).parameters


def test_it_learns_its_examples() -> None:
    model = classifier()
    steps = list(fine_tune(model, ROWS, LABELS, 60, seed=1, peak=0.01, batch_size=6))
    assert steps[0].training_loss > 5 * steps[-1].training_loss
    assert model(ROWS).argmax(axis=-1).tolist() == LABELS


def test_weights_in_32_bits_stay_so() -> None:
    gpt = GPT(GPTConfig(8, 8, 12, 3, 1), seed=1, dtype=np.float32)
    model = Classifier(gpt, 3, padding=PADDING, seed=1)
    list(fine_tune(model, ROWS, LABELS, 2, seed=1))
    assert {array.dtype for array in model.parameters.values()} == {np.dtype(np.float32)}
    assert model(ROWS).dtype == np.float32


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: classifier(pooling="median"), ValueError, '"mean", "last" or "first"'),
        (lambda: Classifier(small_gpt(), 1), ValueError, "classes must be 2 or more"),
        (
            lambda: classifier().part("middle"),  # type: ignore[arg-type]
            ValueError,
            '"last block" or "everything"',
        ),
        (lambda: classifier()([[1, 2], [0, 0]]), ValueError, r"the text at \[1\] has no token"),
        (lambda: classifier()([1] * 9), ValueError, "9"),
        (lambda: classifier()([9]), IndexError, "9"),
        (lambda: fine_tune(classifier(), [], [], 3), ValueError, "one example at least"),
        (lambda: fine_tune(classifier(), ROWS, [1], 3), ValueError, "6 and 1"),
        (lambda: fine_tune(classifier(), ROWS, LABELS, 0), ValueError, "steps must be 1"),
        (lambda: fine_tune(classifier(), ROWS, LABELS, 3, peak=-1), ValueError, "peak must be"),
        (lambda: fine_tune(classifier(), ROWS, LABELS, 3, limit=0), ValueError, "limit must be"),
        (
            lambda: fine_tune(classifier(), ROWS, LABELS, 3, optimizer=AdamW({})),
            ValueError,
            "moves other weights",
        ),
        (lambda: next(fine_tune(classifier(), ROWS, [3] * 6, 3)), IndexError, "target 3"),
    ],
)
def test_what_cannot_be_is_refused(make: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()


def test_no_weight_can_be_taken_away() -> None:
    with pytest.raises(KeyError, match="cannot be taken away"):
        del classifier().parameters["tokens"]
