import numpy as np
import pytest

from verdict import (
    Instruction,
    SimpleTokenizerV1,
    format_instruction,
    split_words,
    toy_instructions,
    toy_vocabulary,
    toy_world,
)
from verdict.tuning.toy_tasks import TASKS
from verdict.tuning.toy_words import OPPOSITES, PLURALS

WORLD = toy_world(1)


def asked(count: int, *, held_out: bool, task: str) -> set[tuple[str, str]]:
    drawn = toy_instructions(WORLD, count, seed=1, held_out=held_out, tasks=[task])
    return {(each.instruction, each.input) for each in drawn}


@pytest.mark.parametrize("task", TASKS)
def test_no_instruction_is_both_held_out_and_not(task: str) -> None:
    learned = asked(1500, held_out=False, task=task)
    assert learned
    assert not learned & asked(1500, held_out=True, task=task)


def test_the_words_of_a_list_alone_decide_whether_it_is_held_out_and_some_of_each_length_are() -> (
    None
):
    sides: dict[frozenset[str], set[bool]] = {}
    for held_out in (False, True):
        names = ["repeat", "reverse", "first", "last", "count"]
        for each in toy_instructions(WORLD, 3000, seed=2, held_out=held_out, tasks=names):
            sides.setdefault(frozenset(each.input.split()), set()).add(held_out)
    assert all(len(found) == 1 for found in sides.values())
    for length in range(2, 6):
        found = {held_out for words, (held_out,) in sides.items() if len(words) == length}
        assert found == {True, False}


def test_every_answer_is_right() -> None:
    both = OPPOSITES | {other: one for one, other in OPPOSITES.items()}
    for held_out in (False, True):
        for each in toy_instructions(WORLD, 13 * 60, seed=3, held_out=held_out):
            words, last = each.input.split(), each.instruction.rstrip("?").split()[-1]
            person = next((word for word in split_words(each.instruction) if word in WORLD), "")
            right = {
                "say": each.input,
                "repeat": each.input,
                "reverse": " ".join(reversed(words)),
                "first": words[0] if words else "",
                "last": words[-1] if words else "",
                "count": dict(zip(range(2, 6), ["two", "three", "four", "five"], strict=True)).get(
                    len(words)
                ),
                "opposite": both.get(last),
                "plural": PLURALS.get(last),
                "bigger": str(max([int(word) for word in words if word.isdigit()], default=0)),
                "question": each.input.replace(" has", " have"),
                "town": WORLD[person].town if person else "",
                "pet": WORLD[person].pet if person else "",
                "job": WORLD[person].job if person else "",
            }[each.task]
            if each.task == "question":
                right = f"does {right}?"
            assert each.output == right


def test_tasks_come_in_turn_and_the_seed_decides_what_they_are_about() -> None:
    drawn = toy_instructions(WORLD, 26, seed=1)
    assert [each.task for each in drawn] == [*TASKS, *TASKS]
    assert drawn == toy_instructions(WORLD, 26, seed=1)
    assert drawn != toy_instructions(WORLD, 26, seed=2)


def test_the_vocabulary_has_every_word_of_prompts_and_answers() -> None:
    tokenizer = SimpleTokenizerV1(toy_vocabulary())
    for held_out in (False, True):
        for each in toy_instructions(WORLD, 1300, seed=4, held_out=held_out):
            ids = tokenizer.encode(each.output)
            assert tokenizer.decode(ids) == each.output
            assert tokenizer.encode(format_instruction(each.instruction, each.input))


def test_an_instruction_without_input_has_no_heading_for_it() -> None:
    assert format_instruction("go on") == "### instruction: go on ### response:"
    assert format_instruction("go on", " ") == "### instruction: go on ### response:"
    assert "### input: a b ###" in format_instruction("count", "a b")


def test_what_is_no_instruction_is_refused() -> None:
    with pytest.raises(ValueError, match="say what to do"):
        format_instruction("  ", "sun moon")
    with pytest.raises(TypeError, match="must be a str, not int"):
        format_instruction(3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'sing' is no task: there are say, repeat"):
        toy_instructions(WORLD, 1, tasks=["sing"])
    with pytest.raises(ValueError, match="tasks must name one at least: there are say, repeat"):
        toy_instructions(WORLD, 1, tasks=[])


def test_a_generator_goes_on_where_it_stands() -> None:
    random = np.random.default_rng(1)
    first = toy_instructions(WORLD, 5, seed=random)
    assert first != toy_instructions(WORLD, 5, seed=random)
    assert first == toy_instructions(WORLD, 5, seed=1)
    assert all(isinstance(each, Instruction) for each in first)
