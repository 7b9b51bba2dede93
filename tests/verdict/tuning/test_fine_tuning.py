from itertools import islice
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.tuning.small_gpt import END, PAIRS, ROWS, small_gpt, weight_bytes
from verdict import (
    AdamW,
    Classifier,
    clip_gradients,
    collate,
    cross_entropy,
    exact_match,
    fine_tune,
    generate,
    greedy_answers,
    learning_rate,
    loss_and_gradients,
    pad_rows,
    train,
)

TEXTS = pad_rows([[1, 2, 3], [4], [5, 6, 7, 1, 2], [3, 3, 1], [6, 5], [2, 7, 4, 4]], END)
LABELS = [1, 0, 2, 1, 0, 2]


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
    assert weight_bytes(tuned) == weight_bytes(by_hand)


def test_the_seed_and_the_rounded_weights_make_a_training_repeatable() -> None:
    runs = []
    for _ in range(2):
        model = small_gpt()
        list(fine_tune(model, *ROWS, 4, seed=2, peak=0.01))
        runs.append(weight_bytes(model))
        for array in model.parameters.values():
            np.testing.assert_array_equal(array, np.round(array, 6) + 0.0)
    assert runs[0] == runs[1]


def test_going_on_with_the_unseen_examples_equals_not_stopping() -> None:
    whole, stopped = small_gpt(), small_gpt()
    list(fine_tune(whole, *ROWS, 7, seed=4, batch_size=2, peak=0.01))
    optimizer, generator = AdamW(stopped.parameters), np.random.default_rng(4)
    unseen: list[int] = []
    how: dict[str, Any] = {"optimizer": optimizer, "seed": generator, "unseen": unseen}
    for _ in islice(fine_tune(stopped, *ROWS, 7, batch_size=2, peak=0.01, **how), 4):
        pass
    assert len(unseen) == 1  # of 3 examples, 8 were taken
    list(fine_tune(stopped, *ROWS, 7, batch_size=2, peak=0.01, **how))
    assert weight_bytes(stopped) == weight_bytes(whole)
    with pytest.raises(IndexError, match="unseen has 3, and there are 3 examples"):
        fine_tune(small_gpt(), *ROWS, 1, unseen=[0, 3])


def test_rehearsal_keeps_what_was_read() -> None:
    text = [8, 7, 6, 5, 4, 3] * 10
    tuned, rehearsed = small_gpt(), small_gpt()
    for model in (tuned, rehearsed):
        list(train(model, text, 150, seed=1, peak=0.03))
    for model, rehearsal in ((tuned, None), (rehearsed, text)):
        list(fine_tune(model, *ROWS, 200, seed=1, rehearsal=rehearsal, rehearsed=0.5, peak=0.02))
    known = [list(generate(model, [8, 7], 3)) == [6, 5, 4] for model in (tuned, rehearsed)]
    assert known == [False, True]


def test_what_cannot_be_learned_is_refused_before_the_first_step() -> None:
    with pytest.raises(ValueError, match="training needs a text of 7 tokens or more"):
        fine_tune(small_gpt(), *ROWS, 1, rehearsal=[1, 2, 3])
    with pytest.raises(ValueError, match="rehearsed must be 0 or more and below 1"):
        fine_tune(small_gpt(), *ROWS, 1, rehearsal=[1, 2] * 9, rehearsed=1)
    with pytest.raises(ValueError, match="a batch of 1 has 1 examples and 0 windows"):
        fine_tune(small_gpt(), *ROWS, 1, rehearsal=[1, 2] * 9, batch_size=1)
    with pytest.raises(ValueError, match="a batch of 1 has 0 examples and 1 windows"):
        fine_tune(small_gpt(), *ROWS, 1, rehearsal=[1, 2] * 9, batch_size=1, rehearsed=0.6)
    classifier = Classifier(small_gpt(), padding=END)
    with pytest.raises(ValueError, match="rehearsal is for a GPT"):
        fine_tune(classifier, [[1, 2]], [0], 1, rehearsal=[1, 2] * 9)
    with pytest.raises(ValueError, match="the optimizer moves other weights"):
        fine_tune(small_gpt(), *ROWS, 1, optimizer=AdamW(small_gpt().parameters))


@given(st.integers(0, 5))
def test_stopping_after_any_step_and_going_on_in_one_optimizer_ends_at_the_last_step(
    n: int,
) -> None:
    model = Classifier(small_gpt(), 3, padding=END, seed=1)
    optimizer = AdamW(model.parameters)
    options: dict[str, Any] = {"optimizer": optimizer, "seed": np.random.default_rng(1)}
    assert len(list(islice(fine_tune(model, TEXTS, LABELS, 5, **options), n))) == n
    assert len(list(fine_tune(model, TEXTS, LABELS, 5, **options))) == 5 - n


def test_in_each_pass_all_examples_are_seen_once() -> None:
    seen: list[list[int]] = []

    class Watching(Classifier):
        def __call__(self, ids: Any, generator: Any = None) -> Any:
            seen.append(np.asarray(ids)[:, 0].tolist())
            return super().__call__(ids, generator)

    model = Watching(small_gpt(), 3, padding=END, seed=1)
    list(fine_tune(model, TEXTS, LABELS, 6, seed=1, batch_size=3))
    firsts = sorted(TEXTS[:, 0].tolist())
    assert [sorted(seen[n] + seen[n + 1]) for n in (0, 2, 4)] == [firsts] * 3
    assert seen[0] != seen[2] or seen[1] != seen[3]


def test_a_gpt_is_tuned_on_the_targets_that_count() -> None:
    inputs = np.array([[1, 2, 3, 0, 0], [4, 5, 0, 0, 0]])
    targets = np.array([[-100, 3, 6, -100, -100], [-100, 7, -100, -100, -100]])
    whole, short = small_gpt(), small_gpt()
    one = next(fine_tune(whole, inputs, targets, 1, seed=1, batch_size=2)).training_loss
    assert one == pytest.approx(cross_entropy(short(inputs), targets), abs=1e-12)
    two = next(fine_tune(short, inputs[:, :3], targets[:, :3], 1, seed=1, batch_size=2))
    assert one == pytest.approx(two.training_loss, abs=1e-12)
