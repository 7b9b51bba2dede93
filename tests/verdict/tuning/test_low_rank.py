import numpy as np
import pytest

from tests.verdict.tuning.small_gpt import END, PAIRS, ROWS, small_gpt, weight_bytes
from verdict import GPT, Classifier, GPTConfig, LoRA, collate, fine_tune, loss_and_gradients


def test_lora_changes_nothing_at_first() -> None:
    model = small_gpt(layers=2)
    lora = LoRA(model, 2, seed=1)
    ids = np.arange(8).reshape(2, 4)
    np.testing.assert_array_equal(lora(ids), model(ids))


def test_lora_moves_its_own_numbers_and_none_of_the_model() -> None:
    model = small_gpt()
    before, lora = weight_bytes(model), LoRA(model, 2, seed=1)
    first = weight_bytes(lora)
    told = list(fine_tune(lora, *ROWS, 60, seed=1, peak=0.05))
    assert told[-1].training_loss < told[0].training_loss - 0.05
    assert weight_bytes(model) == before
    assert all(first[name] != array for name, array in weight_bytes(lora).items())


def test_lora_has_the_type_of_its_model_and_may_stand_over_a_classifier() -> None:
    model = GPT(GPTConfig(9, 10, width=8, heads=2, layers=1), seed=1, dtype=np.float32)
    classifier = Classifier(model, padding=END, seed=1)
    lora = LoRA(classifier, 2, seed=1)
    assert {array.dtype for array in lora.parameters.values()} == {np.dtype(np.float32)}
    np.testing.assert_array_equal(lora([[1, 2, 0]]), classifier([[1, 2, 0]]))
    before = weight_bytes(model)
    list(fine_tune(lora, [[1, 2], [3, 4]], [0, 1], 3, seed=1))
    assert lora([[1, 2]]).dtype == np.float32
    assert weight_bytes(model) == before


def test_lora_merged_equals_lora_beside_the_weights() -> None:
    model = small_gpt(layers=2)
    lora = LoRA(model, 3, seed=1)
    list(fine_tune(lora, *ROWS, 20, seed=1, peak=0.05))
    ids = np.arange(8).reshape(2, 4)
    beside = lora(ids)
    random = np.random.default_rng(1)
    for name, merged in lora.merged().items():
        x = random.standard_normal((5, len(merged)))
        a, b = lora.parameters[f"{name}.A"], lora.parameters[f"{name}.B"]
        apart = x @ model.parameters[name] + (x @ a) @ b
        np.testing.assert_allclose(x @ merged, apart, rtol=0, atol=1e-12)
    model.parameters.update(lora.merged())
    np.testing.assert_allclose(model(ids), beside, rtol=0, atol=1e-12)


def test_loras_gradients_are_those_of_the_products() -> None:
    model = small_gpt()
    lora = LoRA(model, 2, names=["blocks.0.widen"], seed=1)
    random = np.random.default_rng(2)
    b = lora.parameters["blocks.0.widen.B"]
    lora.parameters["blocks.0.widen.B"] = random.standard_normal(b.shape)
    batch = collate(PAIRS, END)
    _, gradients = loss_and_gradients(lora, *batch)
    model.parameters.update(merged := lora.merged())
    _, whole = loss_and_gradients(model, *batch)
    (g,) = (whole[name] for name in merged)
    a, b = lora.parameters["blocks.0.widen.A"], lora.parameters["blocks.0.widen.B"]
    np.testing.assert_allclose(gradients["blocks.0.widen.A"], g @ b.T, atol=1e-12)
    np.testing.assert_allclose(gradients["blocks.0.widen.B"], a.T @ g, atol=1e-12)


def test_a_rank_or_a_name_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match=r"rank 9 is more than blocks\.0\.attention"):
        LoRA(small_gpt(), 9)
    with pytest.raises(ValueError, match="rank must be 1 or more"):
        LoRA(small_gpt(), 0)
    with pytest.raises(ValueError, match="'norm_scale' is no matrix: there are tokens"):
        LoRA(small_gpt(), 1, names=["norm_scale"])
