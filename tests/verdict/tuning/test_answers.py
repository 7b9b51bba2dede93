import pytest

from verdict import GPT, GPTConfig, exact_match, generate, greedy_answers

MODEL = GPT(GPTConfig(12, context_length=9, width=8, heads=2, layers=2), spread=0.5, seed=3)


def test_many_prompts_at_once_get_the_answers_that_each_gets_alone() -> None:
    prompts = [[1, 2, 3], [4], [5, 6, 7, 8, 9, 1], [2, 2], [11, 10, 9, 8], [7]]
    for end in range(12):
        alone = [
            list(generate(MODEL, prompt, min(5, 9 - len(prompt)), stop=[end])) for prompt in prompts
        ]
        assert greedy_answers(MODEL, prompts, end, 5) == alone


def test_no_prompts_have_no_answers() -> None:
    assert greedy_answers(MODEL, [], 0) == []


def test_prompts_that_cannot_be_answered_are_refused() -> None:
    with pytest.raises(ValueError, match="a prompt needs one token at least"):
        greedy_answers(MODEL, [[1], []], 0)
    with pytest.raises(ValueError, match="9 tokens leaves no place for an answer: the context has"):
        greedy_answers(MODEL, [[1] * 9], 0)


def test_an_answer_is_right_in_all_of_it_or_wrong() -> None:
    assert exact_match([[1, 2], [1]], [[1, 2], [1, 2]]) == 0.5
    with pytest.raises(ValueError, match="each answer needs a right one: got 1 and 2"):
        exact_match(["a"], ["a", "b"])
    with pytest.raises(ValueError, match="no answer to measure"):
        exact_match([], [])
