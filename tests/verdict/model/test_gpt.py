from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import seeds
from tests.verdict.model.gradient_array import GradientArray
from tests.verdict.model.small_gpt import IDS, SMALL, TRANSFORMERS_SCORES, small_model
from verdict import GPT, Cache, GPTConfig, count_parameters
from verdict.model.gpt_config import GPT2_SIZES

configs = st.builds(
    lambda vocabulary, context, heads, each, layers, bias, tied: GPTConfig(
        vocabulary, context, heads * each, heads, layers, bias=bias, tied=tied
    ),
    *(st.integers(1, most) for most in (9, 9, 3, 3, 3)),
    st.booleans(),
    st.booleans(),
)


def size(model: GPT) -> int:
    return sum(array.size for array in model.parameters.values())


def counted(config: GPTConfig) -> int:
    parts = count_parameters(
        config.vocabulary_size,
        config.context_length,
        config.width,
        config.layers,
        bias=config.bias,
        tied=config.tied,
    )
    return sum(parts.values())


def test_scores_equal_those_of_transformers() -> None:
    scores = small_model()(IDS)
    assert scores == pytest.approx(np.array(TRANSFORMERS_SCORES), abs=1e-10)
    for text, expected in zip(IDS, TRANSFORMERS_SCORES, strict=True):
        found = small_model().next_token_scores(text)
        assert found == pytest.approx(np.array(expected[-1]), abs=1e-10)


@given(configs, seeds, st.data())
def test_the_arrays_have_as_many_numbers_as_count_parameters_says(
    config: GPTConfig, seed: int, data: st.DataObject
) -> None:
    model = GPT(config, seed=seed)
    assert size(model) == counted(config)
    tokens = data.draw(st.integers(1, config.context_length))
    ids = np.random.default_rng(seed).integers(config.vocabulary_size, size=(2, tokens))
    assert model(ids).shape == (2, tokens, config.vocabulary_size)
    assert model(ids[0]).shape == (tokens, config.vocabulary_size)
    assert model.next_token_scores(ids).shape == (2, config.vocabulary_size)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("gpt2", 124_439_808),
        ("gpt2-medium", 354_823_168),
        ("gpt2-large", 774_030_080),
        ("gpt2-xl", 1_557_611_200),
    ],
)
def test_gpt2_has_as_many_parameters_as_published(name: str, count: int) -> None:
    config = GPTConfig.gpt2(name)
    assert counted(config) == count
    # Numbers that are 0 take no memory as long as nobody looks at them.
    assert size(GPT(config, spread=0, dtype=np.float32)) == count
    assert list(GPT2_SIZES) == ["gpt2", "gpt2-medium", "gpt2-large", "gpt2-xl"]


def test_without_biases_and_with_a_table_of_its_own_for_the_output() -> None:
    plain = replace(GPTConfig.gpt2(), bias=False, tied=False)
    assert counted(plain) == 163_009_536
    assert counted(replace(plain, bias=True)) == 163_037_184
    assert counted(replace(plain, tied=True)) == 124_412_160


@given(seeds)
def test_a_batch_of_two_gives_what_two_give_alone(seed: int) -> None:
    model = GPT(SMALL, spread=1, seed=seed)
    ids = np.random.default_rng(seed).integers(10, size=(2, 8))
    alone = np.stack([model(ids[0]), model(ids[1])])
    assert model(ids) == pytest.approx(alone, rel=1e-12, abs=1e-12)


@given(seeds, st.integers(1, 8))
def test_the_scores_of_a_beginning_are_the_first_rows_of_the_whole(seed: int, length: int) -> None:
    model = GPT(SMALL, spread=1, seed=seed)
    ids = np.random.default_rng(seed).integers(10, size=8)
    assert model(ids[:length]) == pytest.approx(model(ids)[:length], rel=1e-12, abs=1e-12)
    last = model.next_token_scores(ids[:length])
    assert last == pytest.approx(model(ids)[length - 1], rel=1e-12, abs=1e-12)


def test_the_numbers_are_of_the_type_that_was_asked_for() -> None:
    whole, half = GPT(SMALL, seed=1), GPT(SMALL, seed=1, dtype=np.float32)
    assert whole(IDS).dtype == np.float64
    assert half(IDS).dtype == np.float32
    assert half(IDS) == pytest.approx(whole(IDS), abs=1e-6)
    assert half.next_token_scores(IDS, Cache()).dtype == np.float32


def test_a_seed_gives_the_same_model_and_what_joins_shortcuts_begins_smaller() -> None:
    config = GPTConfig(vocabulary_size=10, context_length=8, width=96, heads=3, layers=8)
    model, same, other = (GPT(config, seed=seed) for seed in (1, 1, 2))
    for name, array in model.parameters.items():
        assert (array == same.parameters[name]).all()
        if array.ndim == 2:
            assert (array != other.parameters[name]).any()
            is_added = name.endswith(("attention.output", "narrow"))
            expected = 0.02 / 4 if is_added else 0.02
            assert array.std() == pytest.approx(expected, rel=0.1)
        else:
            assert (array == name.endswith("scale")).all()


def test_dropout_acts_in_training_only() -> None:
    config = replace(SMALL, dropout=0.5)
    model, without = GPT(config, spread=1, seed=1), GPT(SMALL, spread=1, seed=1)
    assert (model(IDS) == without(IDS)).all()
    first, same, other = (model(IDS, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (first == same).all()
    assert (first != other).any()


@pytest.mark.parametrize(("tied", "bias"), [*product([True, False], repeat=2)])
def test_runs_as_it_is_on_an_array_that_remembers_its_gradient(tied: bool, bias: bool) -> None:
    config = replace(SMALL, layers=1, dropout=0.25, tied=tied, bias=bias)
    model = GPT(config, spread=0.5, seed=1)
    towards = np.random.default_rng(1).standard_normal((2, 3, 10))
    ids = [[5, 3, 5], [9, 1, 0]]

    def loss() -> Any:
        return (model(ids, np.random.default_rng(2)) * towards).sum()

    arrays = dict(model.parameters)
    before = loss()
    traced: Any = {name: GradientArray(array) for name, array in arrays.items()}
    model.parameters.update(traced)
    out: Any = model(ids, np.random.default_rng(2))
    assert (out.value * towards).sum() == pytest.approx(before, abs=1e-12)
    out.send(towards)
    model.parameters.update(arrays)
    for name, array in arrays.items():
        for place in (0, array.size // 2, array.size - 1):
            losses = []
            for step in (1e-5, -1e-5):
                nudged = array.copy()
                nudged.flat[place] += step
                model.parameters[name] = nudged
                losses.append(loss())
            model.parameters[name] = array
            expected = (losses[0] - losses[1]) / 2e-5
            found = traced[name].gradient.flat[place]
            assert found == pytest.approx(expected, abs=1e-7), name


@pytest.mark.parametrize(
    ("ids", "error", "message"),
    [
        (list(range(9)), ValueError, "the text has 9 tokens, the context length is 8: cut"),
        ([10], IndexError, "token ID 10 has no row: this table has the rows 0 to 9"),
        ([-1], IndexError, "token ID -1 has no row"),
        ([], ValueError, r"the shape \(…, tokens\), and one token at least, not \(0,\)"),
        (np.empty((2, 0), int), ValueError, r"not \(2, 0\)"),
        (np.array(3), ValueError, r"not \(\)"),
        ([1.5], TypeError, "a token ID must be an integer, not float"),
        ("abc", TypeError, "ids must be an array or a list of token IDs, not str"),
    ],
)
def test_what_is_no_text_is_refused(ids: Any, error: type[Exception], message: str) -> None:
    model = small_model()
    for ask in (model, model.next_token_scores):
        with pytest.raises(error, match=message):
            ask(ids)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"width": 7}, ValueError, "width 7 cannot be shared by 3 heads"),
        ({"layers": 0}, ValueError, "layers must be 1 or more, not 0"),
        ({"vocabulary_size": 0}, ValueError, "vocabulary_size must be 1 or more"),
        ({"context_length": 2.0}, TypeError, "context_length must be an int, not float"),
        ({"dropout": 1}, ValueError, "dropout must be 0 or more and below 1"),
    ],
)
def test_sizes_that_make_no_model_are_refused(
    change: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        replace(SMALL, **change)


def test_a_name_that_is_no_size_of_gpt2_is_refused() -> None:
    with pytest.raises(ValueError, match="'gpt3' is no size of GPT-2: there are gpt2, gpt2-medium"):
        GPTConfig.gpt2("gpt3")


def test_parameters_keep_their_names_and_shapes() -> None:
    parameters = small_model().parameters
    assert len(parameters) == len(list(parameters)) == 28
    with pytest.raises(ValueError, match=r"widen has the shape \(6, 24\), and not \(24, 6\)"):
        parameters["blocks.1.widen"] = np.ones((24, 6))
    for name in ("blocks.2.widen", "widen", "blocks.0", "head", ""):
        with pytest.raises(KeyError, match=r"no parameter .*list\(parameters\) names all"):
            parameters[name] = np.ones((6, 24))
    with pytest.raises(KeyError, match="'tokens' cannot be taken away"):
        del parameters["tokens"]
