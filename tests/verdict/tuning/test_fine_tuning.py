from itertools import islice
from typing import Any

import numpy as np
import pytest

from verdict import (
    GPT,
    AdamW,
    Classifier,
    GPTConfig,
    LoRA,
    clip_gradients,
    collate,
    exact_match,
    fine_tune,
    generate,
    greedy_answers,
    learning_rate,
    loss_and_gradients,
    train,
)

END = 0
PAIRS = [([1, 2], [3, 4]), ([1, 5], [6]), ([2, 2, 2], [7, 1, 2])]
ROWS = collate(PAIRS, END)


def small_gpt(layers: int = 1) -> GPT:
    return GPT(GPTConfig(9, context_length=10, width=8, heads=2, layers=layers), seed=1)


def bytes_of(model: GPT | LoRA) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in model.parameters.items()}


def test_a_model_learns_its_answers() -> None:
    model = small_gpt()
    *_, last = fine_tune(model, *ROWS, 150, seed=1, batch_size=6, peak=0.03)
    assert last.training_loss < 0.1
    answers = greedy_answers(model, [prompt for prompt, _ in PAIRS], END)
    assert exact_match(answers, [answer for _, answer in PAIRS]) == 1


def test_a_step_is_that_of_pretraining_on_another_batch() -> None:
    tuned, by_hand = small_gpt(), small_gpt()
    (told,) = islice(
        fine_tune(tuned, *collate(PAIRS[:1], END), 5, seed=3, batch_size=2, peak=0.01), 1
    )
    loss, gradients = loss_and_gradients(by_hand, *collate(PAIRS[:1] * 2, END))
    gradients, _ = clip_gradients(gradients)
    AdamW(by_hand.parameters).step(gradients, learning_rate(1, 5, peak=0.01, warm_up=0))
    assert told.training_loss == loss
    assert bytes_of(tuned) == bytes_of(by_hand)


def test_the_seed_and_the_rounded_weights_make_a_training_repeatable() -> None:
    runs = []
    for _ in range(2):
        model = small_gpt()
        list(fine_tune(model, *ROWS, 4, seed=2, peak=0.01))
        runs.append(bytes_of(model))
        for array in model.parameters.values():
            np.testing.assert_array_equal(array, np.round(array, 6) + 0.0)
    assert runs[0] == runs[1]


def test_going_on_with_what_is_left_equals_not_stopping() -> None:
    whole, stopped = small_gpt(), small_gpt()
    list(fine_tune(whole, *ROWS, 7, seed=4, batch_size=2, peak=0.01))
    optimizer, generator = AdamW(stopped.parameters), np.random.default_rng(4)
    left: list[int] = []
    how: dict[str, Any] = {"optimizer": optimizer, "seed": generator, "left": left}
    for _ in islice(fine_tune(stopped, *ROWS, 7, batch_size=2, peak=0.01, **how), 4):
        pass
    assert len(left) == 1  # of 3 examples, 8 were taken
    list(fine_tune(stopped, *ROWS, 7, batch_size=2, peak=0.01, **how))
    assert bytes_of(stopped) == bytes_of(whole)
    with pytest.raises(IndexError, match="left has 3, and there are 3 examples"):
        fine_tune(small_gpt(), *ROWS, 1, left=[0, 3])


def test_rehearsal_keeps_what_was_read() -> None:
    text = [8, 7, 6, 5, 4, 3] * 10
    tuned, rehearsed = small_gpt(), small_gpt()
    for model in (tuned, rehearsed):
        list(train(model, text, 150, seed=1, peak=0.03))
    for model, kept in ((tuned, None), (rehearsed, text)):
        list(fine_tune(model, *ROWS, 200, seed=1, rehearsal=kept, rehearsed=0.5, peak=0.02))
    known = [list(generate(model, [8, 7], 3)) == [6, 5, 4] for model in (tuned, rehearsed)]
    assert known == [False, True]


def test_what_cannot_be_learned_is_refused_before_the_first_step() -> None:
    with pytest.raises(ValueError, match="training needs a text of 7 tokens or more"):
        fine_tune(small_gpt(), *ROWS, 1, rehearsal=[1, 2, 3])
    with pytest.raises(ValueError, match="rehearsed must be 0 or more and below 1"):
        fine_tune(small_gpt(), *ROWS, 1, rehearsal=[1, 2] * 9, rehearsed=1)
    with pytest.raises(ValueError, match="the optimizer moves other weights"):
        fine_tune(small_gpt(), *ROWS, 1, optimizer=AdamW(small_gpt().parameters))


def test_lora_changes_nothing_at_first() -> None:
    model = small_gpt(layers=2)
    lora = LoRA(model, 2, seed=1)
    ids = np.arange(8).reshape(2, 4)
    np.testing.assert_array_equal(lora(ids), model(ids))


def test_lora_moves_its_own_numbers_and_none_of_the_model() -> None:
    model = small_gpt()
    before, lora = bytes_of(model), LoRA(model, 2, seed=1)
    first = bytes_of(lora)
    told = list(fine_tune(lora, *ROWS, 60, seed=1, peak=0.05))
    assert told[-1].training_loss < told[0].training_loss - 0.05
    assert bytes_of(model) == before
    assert all(first[name] != array for name, array in bytes_of(lora).items())


def test_lora_has_the_type_of_its_model_and_may_stand_over_a_classifier() -> None:
    model = GPT(GPTConfig(9, 10, width=8, heads=2, layers=1), seed=1, dtype=np.float32)
    classifier = Classifier(model, padding=END, seed=1)
    lora = LoRA(classifier, 2, seed=1)
    assert {array.dtype for array in lora.parameters.values()} == {np.dtype(np.float32)}
    np.testing.assert_array_equal(lora([[1, 2, 0]]), classifier([[1, 2, 0]]))
    before = bytes_of(model)
    list(fine_tune(lora, [[1, 2], [3, 4]], [0, 1], 3, seed=1))
    assert lora([[1, 2]]).dtype == np.float32
    assert bytes_of(model) == before


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
