"""A pretrained model that learns a user's own examples, in a file that can go on learning."""

import csv
import io
import json
import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.verdict.command.conftest import Run, digest, steps_in
from verdict import (
    END_OF_TEXT,
    GPT,
    BytePairTokenizer,
    GPTConfig,
    evaluate,
    read_safetensors,
    save_weights,
)
from verdict.command.finetune.record import FinetuneRecord
from verdict.command.training.record import read_record

LABELLED = [(f"{word} lo{'w' * count}", word) for count in range(6) for word in ("slow", "lest")]
INSTRUCTIONS = [(f"say {word}", "", word) for word in ("low", "lower", "lowest", "slow", "owl")]
INSTRUCTIONS += [
    (ask, about, about) for ask, about, _ in (("again", "low", ""), ("again", "wow", ""))
]
BASE_MODEL = "base.safetensors"
FEW_STEPS = ["--steps", "6", "--batch-size", "2", "--rate", "0.01", "--evaluate-every", "2"]


def as_csv(header: list[str], rows: list[Any], delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([header, *rows])
    return text.getvalue()


def as_objects(names: list[str], rows: list[Any]) -> list[dict[str, str]]:
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A model with its tokenizer, in the folder in which the command runs, and examples."""
    monkeypatch.chdir(tmp_path)
    tokenizer = BytePairTokenizer.train("low lower lowest", 260, special_tokens=[END_OF_TEXT])
    tokenizer.save("base.bpe")
    model = GPT(GPTConfig(260, 80, width=8, heads=2, layers=2), spread=0.2, seed=1)
    save_weights(BASE_MODEL, model, remarks={"heads": "2", "tokenizer": "base.bpe"})
    labelled = as_csv(["text", "label"], LABELLED)
    Path("labelled.csv").write_text(labelled, encoding="utf-8", newline="")
    asked = as_objects(["instruction", "input", "response"], INSTRUCTIONS)
    lines = "".join(f"{json.dumps(each)}\n" for each in asked)
    Path("asked.jsonl").write_text(lines, encoding="utf-8")
    Path("low.txt").write_text("low lower lowest, slow slower slowest. " * 20, encoding="utf-8")
    return BASE_MODEL


def noted(path: str) -> FinetuneRecord:
    return read_record(path, FinetuneRecord)


def test_a_classifier_is_trained_and_can_be_asked_at_once(run: Run, base: str) -> None:
    asked = ("finetune", "labelled.csv", "--model", base, "-o", "m.safetensors")
    code, out, err = run(*asked, "--steps", "60", "--batch-size", "4", "--rate", "0.02")
    assert code == 0
    assert "step 60 of 60: " in err
    assert " examples a second, " in err
    lines = out.splitlines()
    assert "* training  o validation" in out
    parameters = 260 * 8 + 80 * 8 + 2 * (12 * 64 + 13 * 8) + 2 * 8 + 2 * 8 + 2
    last = noted("m.safetensors").curve.noted[-1]
    at = lines.index(
        f"m.safetensors: {parameters:,} parameters, 60 steps, loss {last.training:.4f}, "
        f"validation {last.validation:.4f}"
    )
    moved = (12 * 64 + 13 * 8) + 2 * 8 + 2 * 8 + 2
    assert lines[at + 1] == f"10 examples to learn from, 2 held out; {moved:,} numbers trained"
    assert lines[at + 2].endswith("of 2 texts right, and each label was taken for")
    assert noted("m.safetensors").labels == ["lest", "slow"]
    code, out, _ = run("classify", "--model", "m.safetensors", "slow lowww", "lest loww")
    assert (code, [line.split()[0] for line in out.splitlines()]) == (0, ["slow", "lest"])


def test_an_assistant_is_trained_and_can_be_asked_at_once(run: Run, base: str) -> None:
    asked = ("finetune", "asked.jsonl", "--model", base, "-o", "m.safetensors")
    settings = ("--steps", "50", "--batch-size", "7", "--rate", "0.04", "--validation", "0")
    code, out, err = run(*asked, *settings)
    assert code == 0
    assert "validation" not in out + err
    assert "7 examples to learn from; " in out
    answers = [run("ask", text, "--model", "m.safetensors")[1] for text, _, _ in INSTRUCTIONS[:5]]
    assert answers == [f"{word}\n" for _, _, word in INSTRUCTIONS[:5]]
    code, out, _ = run("ask", "again", "--input", "wow", "--model", "m.safetensors")
    assert (code, out) == (0, "wow\n")
    assert GPT.from_pretrained("m.safetensors").config.heads == 2


def test_what_pretrain_wrote_is_tuned_and_used(run: Run, base: str) -> None:
    small = ["--vocab-size", "262", "--context-length", "16", "--width", "8", "--heads", "2"]
    small += ["--layers", "1", "--steps", "3"]
    assert run("pretrain", "low.txt", "-o", "pre.safetensors", *small)[0] == 0
    asked = ("finetune", "labelled.csv", "--model", "pre.safetensors", *FEW_STEPS)
    assert run(*asked, "-o", "in/m.safetensors")[0] == 0
    assert Path("in/m.bpe").read_bytes() == Path("pre.bpe").read_bytes()
    assert run("classify", "--model", "in/m.safetensors", "slow low")[0] == 0


def test_what_is_rehearsed_is_not_forgotten(run: Run, base: str) -> None:
    settings = ("--model", base, "--steps", "25", "--batch-size", "4", "--rate", "0.03")
    rehearse = ("--rehearse", "low.txt", "--rehearsed", "0.5")
    text = BytePairTokenizer.load("base.bpe").encode(Path("low.txt").read_text(encoding="utf-8"))
    losses = []
    for name, more in (("without", ()), ("with", rehearse)):
        output = f"{name}.safetensors"
        assert run("finetune", "asked.jsonl", *settings, *more, "-o", output)[0] == 0
        losses.append(evaluate(GPT.from_pretrained(output), text))
    assert losses[1] < losses[0] / 2


KINDS = {
    "classifier": ["labelled.csv", "--dropout", "0.1"],
    "head": ["labelled.csv", "--train", "head"],
    "classifier with LoRA": ["labelled.csv", "--lora", "2"],
    "assistant": ["asked.jsonl", "--dropout", "0.1"],
    "assistant with LoRA": ["asked.jsonl", "--lora", "2"],
    "assistant that rehearses": ["asked.jsonl", "--rehearse", "low.txt", "--rehearsed", "0.5"],
    "32 bits": ["asked.jsonl", "--float32"],
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stop", [1, 4])
@pytest.mark.usefixtures("base")
def test_going_on_after_ctrl_c_equals_not_stopping(
    run: Run, at_step: Any, ctrl_c: Any, kind: str, stop: int
) -> None:
    asked = ("finetune", *KINDS[kind], "--model", BASE_MODEL, *FEW_STEPS)
    assert run(*asked, "-o", "whole/m.safetensors")[0] == 0
    at_step(stop, ctrl_c)
    code, out, err = run(*asked, "-o", "m.safetensors")
    assert (code, out) == (130, "")
    told = err.splitlines()[-1]
    assert told.startswith(f"verdict: stopped after step {stop} of 6, which m.safetensors has. ")
    command = shlex.split(told.partition("To go on: ")[2])
    examples = KINDS[kind][0]
    expected = ["verdict", "finetune", examples, "-o", "m.safetensors", "--resume"]
    assert command == expected + ["--rehearse", "low.txt"] * ("--rehearse" in KINDS[kind])
    Path(BASE_MODEL).unlink()  # all that it needs is in the file
    assert run(*command[1:])[0] == 0
    assert digest("m.safetensors") == digest("whole/m.safetensors")


def test_equal_calls_give_equal_files(run: Run, base: str) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        asked = ("finetune", "asked.jsonl", "--model", base, *FEW_STEPS, "--seed", seed)
        assert run(*asked, "-o", f"{name}/m.safetensors")[0] == 0
    assert digest("a/m.safetensors") == digest("b/m.safetensors")
    assert digest("a/m.safetensors") != digest("c/m.safetensors")


@pytest.mark.parametrize(
    ("examples", "part", "moves"),
    [
        ("labelled.csv", "head", ("class_head",)),
        ("labelled.csv", "last-block", ("class_head", "norm_", "blocks.1.")),
        ("labelled.csv", "everything", ("",)),
        ("asked.jsonl", "last-block", ("norm_", "blocks.1.")),
        ("asked.jsonl", "everything", ("",)),
    ],
)
def test_what_is_frozen_stays_as_it_is_to_the_bit(
    run: Run, base: str, examples: str, part: str, moves: tuple[str, ...]
) -> None:
    asked = ("finetune", examples, "--model", base, *FEW_STEPS, "--train", part)
    assert run(*asked, "-o", "m.safetensors")[0] == 0
    before, after = read_safetensors(base), read_safetensors("m.safetensors")
    for name, array in before.items():
        assert (array.tobytes() == after[name].tobytes()) != name.startswith(moves), name


@pytest.mark.parametrize("examples", ["labelled.csv", "asked.jsonl"])
def test_with_lora_the_file_has_a_whole_model_and_what_was_beside(
    run: Run, base: str, examples: str
) -> None:
    asked = ("finetune", examples, "--model", base, *FEW_STEPS, "--lora", "2")
    assert run(*asked, "-o", "m.safetensors")[0] == 0
    before, after = read_safetensors(base), read_safetensors("m.safetensors")
    name = "blocks.1.widen"
    thin = [after[f"optimizer.thin.{name}.{letter}"] for letter in "AB"]
    np.testing.assert_array_equal(after[f"optimizer.beside.{name}"], before[name])
    np.testing.assert_array_equal(after[name], before[name] + thin[0] @ thin[1])
    assert np.abs(thin[1]).max() > 0
    np.testing.assert_array_equal(after["tokens"], before["tokens"])


def test_every_form_of_the_same_examples_gives_the_same_model(run: Run, base: str) -> None:
    names = ["text", "label"]
    rows = as_objects(names, LABELLED)
    forms = {
        "a.csv": as_csv(names, LABELLED),
        "b.csv": f"\ufeff{as_csv(['Label ', 'id', 'TEXT'], [(b, 7, a) for a, b in LABELLED], ';')}",
        "c.tsv": as_csv(names, LABELLED, "\t"),
        "d.jsonl": "".join(f"{json.dumps(row)}\n\n" for row in rows),
        "e.json": json.dumps(rows),
        "f.json": json.dumps(rows, indent=2),
        "g.txt": as_csv(names, LABELLED).replace("\r\n", "\n\n"),
    }
    digests = set()
    for file, text in forms.items():
        Path(file).write_text(text, encoding="utf-8", newline="")
        asked = ("finetune", file, "--model", base, *FEW_STEPS, "-o", f"{file}.d/m.safetensors")
        assert run(*asked)[0] == 0
        digests.add(digest(f"{file}.d/m.safetensors"))
    given = forms["e.json"].encode()
    assert run("finetune", "--model", base, *FEW_STEPS, "-o", "m.safetensors", given=given)[0] == 0
    assert digests == {digest("m.safetensors")}


def test_an_object_says_how_it_went(run: Run, base: str) -> None:
    asked = (
        "finetune",
        "labelled.csv",
        "--model",
        base,
        *FEW_STEPS,
        "-o",
        "m.safetensors",
        "--json",
    )
    code, out, _ = run(*asked)
    found = json.loads(out)
    assert code == 0
    assert [row["step"] for row in found.pop("losses")] == [1, 2, 4, 6]
    measured = found.pop("validation")
    assert measured["texts"] == 2
    assert measured["confusion"].keys() == {"lest", "slow"}
    del found["parameters"], found["trained"]
    assert found == {
        "output": "m.safetensors",
        "tokenizer": "m.bpe",
        "step": 6,
        "steps": 6,
        "labels": ["lest", "slow"],
        "learned": 10,
        "held_out": 2,
        "cut": 0,
        "unknown_words": 0.0,
    }


def test_what_is_longer_than_the_context_is_cut_and_counted(run: Run, base: str) -> None:
    rows = [*LABELLED, ("x" * 90, "slow"), (f"{'x' * 90} and more", "lest")]
    Path("long.csv").write_text(as_csv(["text", "label"], rows), encoding="utf-8", newline="")
    code, out, _ = run("finetune", "long.csv", "--model", base, *FEW_STEPS, "-o", "m.safetensors")
    assert code == 0
    assert "2 examples cut to the 80 tokens of the context" in out


def test_words_that_the_model_does_not_know_are_told(run: Run, base: str) -> None:
    settings = ("--steps", "1", "--train", "head", "-o", "m.safetensors")
    code, _, err = run("finetune", "labelled.csv", *settings)
    assert code == 0
    assert "verdict: messages does not know 100% of the words of these examples. A model " in err
    assert noted("m.safetensors").tokenizer == "messages"
    assert not Path("m.bpe").exists()


def test_another_text_model_or_setting_cannot_go_on(run: Run, base: str) -> None:
    output = ("-o", "m.safetensors")
    assert run("finetune", "labelled.csv", "--model", base, *FEW_STEPS, *output)[0] == 0
    before = digest("m.safetensors")
    rows = as_csv(["text", "label"], [*LABELLED, ("slow", "lest")])
    Path("more.csv").write_text(rows, encoding="utf-8", newline="")
    for files, arguments, code, message in (
        (["more.csv"], [], 1, "the text, or its tokenizer, is not the one that the training in m."),
        (["asked.jsonl"], [], 1, "the text, or its tokenizer, is not the one"),
        (["labelled.csv"], ["--rehearse", "low.txt"], 1, "the text, or its tokenizer, is not the"),
        (["labelled.csv"], ["--model", base], 2, "the training goes on with the model that the fi"),
        (["labelled.csv"], ["--lora", "2"], 2, "argument --lora: a training that goes on keeps"),
        (["labelled.csv"], ["--steps", "5"], 2, "the training in m.safetensors has made 6 already"),
    ):
        asked = run("finetune", *files, *output, "--resume", *arguments)
        assert (asked[0], message in asked[2]) == (code, True), asked
    assert run("finetune", "labelled.csv", *output, "--resume", "--steps", "7")[0] == 0
    assert digest("m.safetensors") != before
    assert steps_in("m.safetensors") == 7
    code, _, err = run("finetune", "labelled.csv", "-o", base, "--resume")
    assert code == 1
    assert "has no training to go on with: finetune did not write it" in err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--train", "tail"], 2, "argument --train: must be head or last-block or everything, n"),
        (
            ["--train", "head", "--lora", "2"],
            2,
            "argument --lora: it stands in the place of --trai",
        ),
        (["--lora", "99"], 1, "rank 99 is more than blocks.0.attention"),
        (["-o", "labelled.csv"], 2, "labelled.csv is one of the files to learn from"),
        (["-o", "base.safetensors", "--overwrite"], 2, "base.safetensors is the model to begin wi"),
        (["--model", "gone"], 1, "gone cannot be read: No such file or directory. A model is gpt2"),
        (["--tokenizer", "messages"], 1, "the text has token"),
        (["--rehearse", "low.txt"], 2, "argument --rehearse: a classifier writes no text"),
        (["--rehearse", "low.txt", "-o", "low.txt"], 2, "low.txt is a text to rehearse"),
        (["--rate", "1e300"], 1, "new.safetensors has the training up to step"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    run: Run, base: str, arguments: list[str], code: int, message: str
) -> None:
    asked = ("finetune", "labelled.csv", "--model", base, "-o", "new.safetensors", *FEW_STEPS)
    found = run(*asked, *arguments)
    assert found[0] == code
    assert message in found[2]
    assert (found[1], "Traceback" in found[2]) == ("", False)


def test_what_only_a_classifier_has_is_not_for_instructions(run: Run, base: str) -> None:
    asked = ("finetune", "asked.jsonl", "--model", base, "-o", "new.safetensors", *FEW_STEPS)
    for arguments, message in (
        (["--train", "head"], "argument --train: only a classifier has a head"),
        (["--pooling", "last"], "argument --pooling: it is for a classifier"),
        (["--rehearsed", "0.5"], "argument --rehearsed: --rehearse names no text"),
    ):
        code, _, err = run(*asked, *arguments)
        assert (code, message in err) == (2, True)
    assert not Path("new.safetensors").exists()
