import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import PATIENCE
from tests.verdict.model.arrays import seeds
from tests.verdict.training.pytorch_gpt import RECORDED, STEPS, TEXT, small_gpt
from tests.verdict.training.recorded_run import DIGEST
from verdict import (
    GPT,
    AdamW,
    GPTConfig,
    cross_entropy,
    evaluate,
    learning_rate,
    perplexity,
    random_windows,
    train,
)

ROOT = Path(__file__).parents[3]


def dropping_gpt(dtype: type[np.floating] = np.float64) -> GPT:
    config = GPTConfig(7, context_length=5, width=8, heads=2, layers=1, dropout=0.2)
    return GPT(config, seed=1, dtype=dtype)


def weights(model: GPT) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in model.parameters.items()}


def digest_of(machine: str, caches: Path, threads: int = 1) -> str:
    """Train on another machine, see recorded_run.py."""
    options = ["-X", f"pycache_prefix={caches}", "-m", "tests.verdict.training.recorded_run"]
    return subprocess.run(
        [sys.executable, *options, *machine.split()],
        cwd=ROOT,
        env=os.environ | dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), str(threads)),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE,
    ).stdout.strip()


@pytest.mark.parametrize("kind", ["tied", "with a head"])
def test_the_losses_of_a_training_equal_pytorchs(kind: str) -> None:
    model = small_gpt(tied=kind == "tied")
    steps = train(
        model,
        TEXT,
        STEPS,
        optimizer=AdamW(model.parameters, digits=None),
        seed=3,
        batch_size=4,
        peak=0.05,
        warm_up=5,
    )
    losses = [step.training_loss for step in steps]
    there = json.loads(RECORDED.read_text(encoding="utf-8"))[kind]["losses"]
    assert losses == pytest.approx(there, abs=1e-8)
    assert losses[-1] < losses[0] - 0.5


@pytest.mark.parametrize("machine", ["", "einsum", "jitter"])
def test_a_recorded_training_ends_with_the_very_same_weights_on_other_machines(
    machine: str, tmp_path: Path
) -> None:
    assert digest_of(machine, tmp_path) == DIGEST


def test_a_recorded_training_ends_with_the_very_same_weights_on_two_threads(tmp_path: Path) -> None:
    assert digest_of("", tmp_path, threads=2) == DIGEST


def test_without_rounding_the_weights_differ_between_these_machines(tmp_path: Path) -> None:
    there, here = (digest_of(machine, tmp_path) for machine in ("plain jitter", "plain"))
    assert there != here


@given(st.integers(0, 6))
def test_stopping_after_any_step_and_going_on_equals_not_stopping(first: int) -> None:
    def options(model: GPT) -> dict[str, Any]:
        return {"optimizer": AdamW(model.parameters), "seed": np.random.default_rng(2)}

    whole, parts = dropping_gpt(), dropping_gpt()
    told = list(train(whole, TEXT, 6, **options(whole)))
    same = options(parts)
    in_parts = list(islice(train(parts, TEXT, 6, **same), first))
    in_parts += train(parts, TEXT, 6, **same)
    assert in_parts == told
    assert weights(parts) == weights(whole)
    assert list(train(parts, TEXT, 6, **same)) == []  # there is nothing left to do


def test_the_same_seed_gives_the_same_training_and_another_one_does_not() -> None:
    def trained(seed: int) -> Any:
        model = dropping_gpt()
        return list(train(model, TEXT, 3, seed=seed)), weights(model)

    assert trained(1) == trained(1)
    assert trained(1) != trained(2)


def test_each_step_tells_its_number_rate_and_losses() -> None:
    model = dropping_gpt()
    told = list(
        train(model, TEXT, 7, validation_ids=[0, 1, 2, 3], seed=1, evaluate_every=3, warm_up=2)
    )
    assert [step.step for step in told] == [1, 2, 3, 4, 5, 6, 7]
    assert [step.rate for step in told] == [
        learning_rate(step, 7, warm_up=2) for step in range(1, 8)
    ]
    measured = [step.validation_loss is not None for step in told]
    assert measured == [False, False, True, False, False, True, True]
    assert told[-1].validation_loss == evaluate(model, [0, 1, 2, 3])


def test_no_step_is_made_before_it_is_asked_for() -> None:
    model = dropping_gpt()
    before = weights(model)
    steps = train(model, TEXT, 3, seed=1)
    assert weights(model) == before
    next(steps)
    after = weights(model)
    assert after != before
    assert np.isfinite(model([[1, 2]])).all()  # between two steps it is a model like any other
    assert weights(model) == after


def test_a_text_with_a_rule_is_learned() -> None:
    ids = np.arange(400) * 3 % 7
    model = GPT(GPTConfig(7, context_length=5, width=16, heads=2, layers=1), seed=1)
    assert perplexity(evaluate(model, ids)) == pytest.approx(7, rel=0.05)
    *_, last = train(model, ids, 120, validation_ids=ids, seed=1, peak=0.01)
    assert last.validation_loss is not None
    assert perplexity(last.validation_loss) < 1.1


def test_weights_in_32_bits_stay_so() -> None:
    model = dropping_gpt(np.float32)
    list(train(model, TEXT, 2, seed=1))
    assert {array.dtype for array in model.parameters.values()} == {np.dtype(np.float32)}


@given(st.integers(2, 30), st.integers(1, 4), seeds)
def test_evaluate_is_the_mean_over_all_tokens_but_the_first(
    length: int, batch_size: int, seed: int
) -> None:
    model, ids = small_gpt(tied=True), np.random.default_rng(seed).integers(0, 7, length)
    losses = []
    for start in range(0, length - 1, 5):
        window = ids[start : start + 6]
        scores = model(window[:-1])
        losses += [
            cross_entropy(scores[[place]], window[[place + 1]]) for place in range(len(scores))
        ]
    assert len(losses) == length - 1
    assert evaluate(model, ids, batch_size) == pytest.approx(np.mean(losses), abs=1e-12)


@given(st.integers(2, 30), st.integers(1, 29), st.integers(1, 5), seeds)
def test_windows_are_pieces_of_the_text_and_all_may_come(
    length: int, context_length: int, count: int, seed: int
) -> None:
    context_length = min(context_length, length - 1)
    inputs, targets = random_windows(range(length), context_length, count, seed)
    assert inputs.shape == targets.shape == (count, context_length)
    assert (targets == inputs + 1).all()
    assert (np.diff(inputs, axis=1) == 1).all()
    assert inputs.min() >= 0
    assert targets.max() < length
    many, _ = random_windows(range(length), context_length, 1000, seed)
    assert set(many[:, 0]) == set(range(length - context_length))


@pytest.mark.parametrize(
    ("ids", "options", "error", "message"),
    [
        (TEXT[:5], {}, ValueError, "ids has 5 tokens, and the model's context 5: .* 6 tokens"),
        ([[1] * 9], {}, ValueError, "one row of token IDs"),
        ([0.5] * 9, {}, TypeError, "a token ID must be an integer"),
        (TEXT, {"steps": 0}, ValueError, "steps must be 1 or more"),
        (TEXT, {"batch_size": 0}, ValueError, "batch_size must be 1 or more"),
        (TEXT, {"evaluate_every": 0}, ValueError, "evaluate_every must be 1 or more"),
        (TEXT, {"validation_ids": [1]}, ValueError, "needs two tokens or more"),
        (TEXT, {"peak": -1}, ValueError, "peak must be above 0"),
        (TEXT, {"warm_up": 10}, ValueError, "warm_up of 10 steps is longer"),
        (TEXT, {"least": 2}, ValueError, "least must be"),
        (TEXT, {"limit": 0}, ValueError, "limit must be above 0"),
        (TEXT, {"seed": -1}, ValueError, "seed must be 0 or more"),
        (TEXT, {"optimizer": AdamW({})}, ValueError, "the optimizer moves other weights"),
    ],
)
def test_a_training_that_cannot_be_is_refused_before_it_begins(
    ids: Any, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        train(dropping_gpt(), ids, **{"steps": 3} | options)


def test_a_token_that_the_model_does_not_know_changes_no_weight() -> None:
    model = dropping_gpt()
    before = weights(model)
    with pytest.raises(IndexError, match="9"):
        next(train(model, [9] * 9, 3, seed=1))
    assert weights(model) == before


def test_a_text_of_one_token_has_no_loss() -> None:
    with pytest.raises(ValueError, match="this one has 1"):
        evaluate(dropping_gpt(), [1])
