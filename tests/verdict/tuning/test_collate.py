import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdict import collate, cross_entropy

END = 0
tokens = st.lists(st.integers(1, 9), min_size=1, max_size=6)
answers = st.lists(st.integers(1, 9), max_size=6)


def test_prompt_and_padding_do_not_count_and_the_first_end_does() -> None:
    inputs, targets = collate([([1, 2, 3], [4, 5]), ([6, 7], [8])], END)
    assert inputs.tolist() == [[1, 2, 3, 4, 5], [6, 7, 8, END, END]]
    # The prompt, the padding, and nothing else: the first end is a target.
    assert targets.tolist() == [[-100, -100, 4, 5, END], [-100, 8, END, -100, -100]]
    _, whole = collate([([1, 2, 3], [4, 5]), ([6, 7], [8])], END, answers_only=False)
    assert whole.tolist() == [[2, 3, 4, 5, END], [7, 8, END, -100, -100]]
    short, cut = collate([([1, 2, 3], [4, 5]), ([6, 7], [8])], END, longest=3)
    assert short.tolist() == [[1, 2, 3], [6, 7, 8]]
    assert cut.tolist() == [[-100, -100, 4], [-100, 8, END]]


@given(st.lists(st.tuples(tokens, answers), min_size=1, max_size=5), st.booleans())
def test_every_row_holds_its_example_and_counts_what_it_should(
    examples: list[tuple[list[int], list[int]]], answers_only: bool
) -> None:
    inputs, targets = collate(examples, END, answers_only=answers_only)
    assert inputs.shape == targets.shape
    assert inputs.shape[1] == max(len(prompt) + len(answer) for prompt, answer in examples)
    for (prompt, answer), row, wanted in zip(examples, inputs, targets, strict=True):
        whole = [*prompt, *answer]
        assert row.tolist() == whole + [END] * (len(row) - len(whole))
        counted = wanted[wanted != -100].tolist()
        assert counted == [*answer, END] if answers_only else counted == [*whole[1:], END]


def test_padding_changes_no_loss() -> None:
    scores = np.random.default_rng(1).standard_normal((1, 5, 10))
    _, alone = collate([([6, 7], [8])], END)
    _, padded = collate([([6, 7], [8]), ([1, 2, 3], [4, 5])], END)
    assert cross_entropy(scores[:, :3], alone) == cross_entropy(scores, padded[:1])


def test_a_batch_without_a_target_that_counts_is_refused_by_its_example() -> None:
    with pytest.raises(ValueError, match="example 1 has no target that counts: its prompt has 4"):
        collate([([1], [2]), ([1, 2, 3, 4], [5])], END, longest=3)
    with pytest.raises(ValueError, match="all 3 targets are ignored"):
        cross_entropy(np.zeros((1, 3, 4)), [[-100] * 3])


def test_what_is_no_batch_is_refused() -> None:
    with pytest.raises(ValueError, match="a batch needs one example at least"):
        collate([], END)
    with pytest.raises(ValueError, match="a prompt needs one token at least"):
        collate([([], [1])], END)
    with pytest.raises(TypeError, match="end must be an int"):
        collate([([1], [1])], "end")  # type: ignore[arg-type]
