"""What the assistant's figure says, by the package's own results."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import asking
from verdict import format_instruction, toy_instructions, toy_world
from verdict.tuning.toy_tasks import TASKS

TEXTS = st.text(st.characters(categories=["L", "N", "P", "Z", "M", "S", "Cs", "Cc"]), max_size=30)


def places(shown: str) -> list[tuple[str, str]]:
    """The tokens of an answer, with their probabilities."""
    return re.findall(r"<summary><bdi>(.*?)</bdi> <span>(.*?)</span>", shown)


def test_it_answers_before_tuning_and_after() -> None:
    look = asking.show("count the words", "sun moon river")
    assert look["error"] == ""
    assert look["says"] == "Before tuning: “.”\nAfter tuning: “three”"
    assert look["before"].startswith('<p class="answered"><bdi>.</bdi></p>')
    assert look["after"].startswith('<p class="answered"><bdi>three</bdi></p>')
    assert look["prompt"] == (
        "### instruction : count the words ### input : sun moon river ### response :"
    )


def test_each_token_has_its_probability_and_the_likeliest_in_its_place() -> None:
    look = asking.show("what is the first word of anna?", "sun")
    for name, stage in asking.STAGES.items():
        model, tokenizer = asking.load(stage)
        ids = tokenizer.encode(format_instruction("what is the first word of anna?", "sun"))
        answer = asking.answered(stage, ids)
        assert answer.shares.sum(axis=-1) == pytest.approx(1)
        for place, token in enumerate(answer.tokens):
            scores = model([*ids, *answer.tokens[:place]])[-1]
            assert token == scores.argmax() == answer.shares[place].argmax()
        words = [tokenizer.decode([token]).replace("<|", "&lt;|") for token in answer.tokens]
        shares = [f"{row.max():.3f}" for row in answer.shares]
        assert places(look[name].replace("|&gt;", "|>")) == list(zip(words, shares, strict=True))
        assert look[name].count("<tr>") == asking.BARS * len(answer.tokens)


def test_an_answer_that_finds_no_end_has_none() -> None:
    _, tokenizer = asking.load("tuned")
    end = tokenizer.encode("<|endoftext|>")
    full = tokenizer.encode("sun " * 23)  # one place is left
    assert len(asking.answered("tuned", full).tokens) == 1
    long = tokenizer.encode("anna said sun moon red sun moon.")
    answer = asking.answered("pretrained", long)
    assert (answer.tokens[-1:] == end) == (len(answer.tokens) <= asking.MAX_TOKENS)


@pytest.mark.parametrize("side", ["seen", "unseen"])
def test_each_task_has_a_button_and_draws_an_example_of_the_side_that_is_chosen(side: str) -> None:
    assert list(asking.TASKS) == re.findall('value="(.*?)"', asking.buttons()["tasks"])
    assert asking.TASKS.keys() == TASKS.keys()
    world = toy_world(1)
    for task in TASKS:
        other = toy_instructions(world, 300, seed=1, held_out=side == "seen", tasks=[task])
        drawn = [asking.fill(task, side) for _ in range(5)]
        assert len(set(drawn)) > 1
        assert not {(each.instruction, each.input) for each in other} & set(drawn)


def test_of_an_example_it_says_whether_the_answer_is_right() -> None:
    right = wrong = 0
    for _ in range(30):
        says = asking.show(*asking.fill("plural", "unseen"))["says"].split("\n")
        after = says[1].removeprefix("After tuning: ")
        right += says[2] == "Now it is right."
        wrong += says[2].startswith("Right would be “") and after not in says[2]
    assert right + wrong == 30
    assert right
    assert wrong


def test_of_anything_else_it_does_not() -> None:
    for name in asking.NOT_TAUGHT:
        assert "ight" not in asking.show(*asking.fill(name, "unseen"))["says"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("zebra", "“zebra”: it is not among the 210 tokens that it knows. In its place it gets"),
        ("tea zebra tea", "“tea”, “zebra”: they are not among the 210 tokens that it knows."),
    ],
)
def test_words_that_it_does_not_know_are_named_with_what_stands_for_them(
    typed: str, words: str
) -> None:
    look = asking.show("say", typed)
    assert look["says"].startswith(words)
    assert look["prompt"].count("<mark>&lt;|unk|&gt;</mark>") == len(typed.split())
    assert "&lt;|unk|&gt;" not in asking.show("say", "sun")["prompt"]


def test_capitals_are_small_letters_to_it() -> None:
    assert asking.show("Say", "Sun MOON") == asking.show("say", "sun moon")


@pytest.mark.parametrize("instruction", ["", " \n"])
def test_without_an_instruction_it_says_what_to_do(instruction: str) -> None:
    assert asking.show(instruction, "sun")["error"].startswith("There is no instruction. Type one")


def test_a_prompt_that_leaves_no_place_for_an_answer_is_refused_with_what_to_take_away() -> None:
    assert asking.show("say", "sun " * 13)["error"] == ""
    error = asking.show("say", "sun " * 15)["error"]
    assert error == (
        "With its form, the prompt has 25 tokens. The model reads 24 at once, its answer among "
        "them: take away 2 or more."
    )


@given(TEXTS, TEXTS)
def test_whatever_is_typed_gets_words_and_is_never_markup(instruction: str, about: str) -> None:
    look = json.loads(json.dumps(asking.show(instruction, about)))
    assert bool(look["error"]) != bool(look["says"])
    shown = " ".join(look.get(part, "") for part in ("prompt", "before", "after"))
    allowed = "p bdi ol li details summary span svg rect table caption tbody tr th td mark"
    assert set(re.findall(r"<(\w+)", shown)) <= set(allowed.split())
