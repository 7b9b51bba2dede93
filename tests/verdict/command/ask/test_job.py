"""A tuned model that answers instructions."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.verdict.command.conftest import Run
from verdict import (
    END_OF_TEXT,
    format_instruction,
    generate,
    load_assistant,
    toy_instructions,
    toy_world,
)

TASKS = toy_instructions(toy_world(1), 8, seed=3, tasks=["reverse", "count", "town", "opposite"])


def expected(instruction: str, about: str = "", **how: float) -> str:
    """What the package itself answers."""
    model, tokenizer = load_assistant()
    prompt = tokenizer.encode(format_instruction(instruction, about))
    end = [tokenizer.str_to_int[END_OF_TEXT]]
    return tokenizer.decode(generate(model, prompt, 50, stop=end, **how))  # type: ignore[arg-type]


def test_the_assistant_of_the_package_answers(run: Run) -> None:
    for each in TASKS:
        code, out, err = run("ask", each.instruction, "--input", each.input)
        assert (code, err) == (0, "")
        assert out == f"{expected(each.instruction, each.input)}\n"
    assert run("ask", "reverse the words", "--input", "sun moon river")[1] == "river moon sun\n"


def test_an_instruction_may_come_through_a_pipe(run: Run) -> None:
    asked = run("ask", "count the words", "--input", "sun moon")
    assert run("ask", "--input", "sun moon", given=b"count the words\n") == asked
    assert asked[1] == "two\n"


def test_draws_are_those_of_the_package_and_a_seed_repeats_them(run: Run) -> None:
    drawing = ["--temperature", "3", "--top-k", "40", "--seed", "5"]
    code, out, _ = run("ask", "what is the opposite of hot?", *drawing)
    how: dict[str, Any] = {"temperature": 3, "top_k": 40, "seed": 5}
    assert (code, out) == (0, f"{expected('what is the opposite of hot?', **how)}\n")
    assert out != run("ask", "what is the opposite of hot?", *drawing[:-1], "6")[1]


def test_each_token_is_shown_at_once_and_no_white_space_before_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[bytes] = []
    monkeypatch.setattr("verdict.command.ask.job.write_at_once", shown.append)
    assert run("ask", "reverse the words", "--input", "sun moon river")[0] == 0
    assert shown == [b"river", b" moon", b" sun", b"\n"]


def test_an_object_has_all_of_it(run: Run) -> None:
    code, out, err = run("ask", "count the words", "--input", "sun moon qqq", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found.pop("ids")
    assert found == {
        "instruction": "count the words",
        "input": "sun moon qqq",
        "response": "three",
        "unknown_words": ["qqq"],
    }


def test_words_that_it_does_not_know_are_told(run: Run) -> None:
    code, _, err = run("ask", "Count the words", "--input", "sun qqq")
    assert (code, err) == (0, 'verdict: assistant does not know "Count", "qqq"\n')


def test_answers_to_a_file_are_counted_where_the_right_ones_are_known(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [{"instruction": a, "input": b, "output": c} for a, b, c, _ in TASKS]
    rows[0]["output"] = "wrong"
    Path("tasks.json").write_text(json.dumps(rows), encoding="utf-8")
    answers = [expected(each.instruction, each.input) for each in TASKS]
    right = sum(row["output"] == answer for row, answer in zip(rows, answers, strict=True))
    code, out, _ = run("ask", "--file", "tasks.json")
    assert code == 0
    assert out.splitlines() == [*answers, "", f"{right} of 8 answers right to the letter"]
    code, out, _ = run("ask", "--file", "tasks.json", "--json")
    *each, total = map(json.loads, out.splitlines())
    assert (code, total) == (0, {"answers": 8, "right": right})
    assert each[0]["expected"] == "wrong"
    assert [row["response"] for row in each] == answers


def test_lines_of_a_file_are_instructions(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lines.txt").write_text(
        "what is the opposite of hot?\n\nwhere does anna live?\n", encoding="utf-8"
    )
    answers = [expected("what is the opposite of hot?"), expected("where does anna live?")]
    assert run("ask", "--file", "lines.txt") == (0, "".join(f"{each}\n" for each in answers), "")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["sun", "--file", "a"], 2, "argument --file: it has the instructions, so none stands"),
        (["--input", "sun", "--file", "a"], 2, "argument --file: it has the instructions"),
        (["sun", "--temperature", "-1"], 2, "argument --temperature: must be 0 or more"),
        ([" "], 1, "the instruction is empty: say what to do"),
        ([], 1, "standard input is empty: say what to do"),
        (["sun", "--input", "\udc80"], 1, "the instruction is not UTF-8"),
        (["sun " * 30], 1, "the instruction has 36 tokens in the form in which it is as"),
        (["sun", "--model", "gone"], 1, "gone cannot be read: No such file"),
        (["--file", "gone"], 1, "gone cannot be read: No such file"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(
    run: Run, arguments: list[str], code: int, message: str
) -> None:
    found = run("ask", *arguments)
    assert (found[0], found[1], message in found[2]) == (code, "", True), found
