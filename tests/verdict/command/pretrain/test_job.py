"""A model that learns a text, in a file that can go on learning."""

import errno
import json
import os
import shlex
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests import PATIENCE
from tests.verdict.command.conftest import Run, digest, steps_in
from verdict import END_OF_TEXT, GPT, BytePairTokenizer, read_safetensors
from verdict.command.pretrain.record import PretrainRecord
from verdict.command.training.file import Training
from verdict.command.training.record import read_record

TEXT = "low lower lowest, slow slower slowest. " * 20
SMALL_MODEL = [
    "--vocab-size", "262", "--context-length", "8", "--width", "8", "--heads", "2", "--layers",
    "1", "--batch-size", "2", "--steps", "6", "--rate", "0.01", "--evaluate-every", "2",
]  # fmt: skip
PARAMETERS = 262 * 8 + 8 * 8 + (4 * 8 * 8 + 4 * 8) + (8 * 8 * 8 + 5 * 8) + 4 * 8 + 2 * 8


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A text, in the folder in which the command runs."""
    monkeypatch.chdir(tmp_path)
    path = Path("low.txt")
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_model_is_trained_and_can_be_asked_at_once(run: Run, story: Path) -> None:
    code, out, err = run("pretrain", story, "-o", "a.safetensors", *SMALL_MODEL)
    assert code == 0
    losses = read_record("a.safetensors", PretrainRecord).curve.noted
    assert [row.step for row in losses] == [1, 2, 4, 6]
    assert losses[-1].training < losses[0].training
    *chart, told = out.splitlines()
    assert chart[-1].endswith("* training  o validation")
    assert told == (
        f"a.safetensors: {PARAMETERS:,} parameters, 6 steps, loss {losses[-1].training:.4f}, "
        f"validation {losses[-1].validation:.4f}"
    )
    assert BytePairTokenizer.load("a.bpe") == BytePairTokenizer.train(
        [END_OF_TEXT, TEXT], 262, special_tokens=[END_OF_TEXT]
    )
    asked = ["low", "--max-tokens", "5", "--temperature", "0", "--json"]
    code, out, err = run("generate", "--model", "a.safetensors", *asked)
    assert (code, err) == (0, "")
    # What it finds out by itself is what can be said: the heads and the tokenizer.
    said = ["--heads", "2", "--tokenizer", "a.bpe"]
    assert run("generate", "--model", "a.safetensors", *said, *asked)[1] == out
    assert GPT.from_pretrained("a.safetensors").config.heads == 2


def test_equal_calls_give_equal_files(run: Run, story: Path) -> None:
    for name in "ab":
        assert run("pretrain", story, "-o", f"{name}/m.safetensors", *SMALL_MODEL)[0] == 0
    assert digest("a/m.safetensors") == digest("b/m.safetensors")
    assert run("pretrain", story, "-o", "c/m.safetensors", *SMALL_MODEL, "--seed", 2)[0] == 0
    assert digest("a/m.safetensors") != digest("c/m.safetensors")


@pytest.mark.parametrize("stop", [1, 3, 4])
def test_going_on_after_ctrl_c_equals_not_stopping(
    run: Run, story: Path, at_step: Any, ctrl_c: Any, stop: int
) -> None:
    assert (
        run("pretrain", story, "-o", "whole/m.safetensors", *SMALL_MODEL, "--dropout", "0.1")[0]
        == 0
    )
    at_step(stop, ctrl_c)
    asked = ("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL, "--dropout", "0.1")
    code, out, err = run(*asked)
    assert (code, out) == (130, "")
    told = err.splitlines()[-1]
    said = "verdict: stopped after step {} of 6, which m.safetensors has. To go on: "
    assert told.startswith(said.format(stop))
    command = shlex.split(told.partition("To go on: ")[2])
    assert command == ["verdict", "pretrain", "low.txt", "-o", "m.safetensors", "--resume"]
    assert read_record("m.safetensors", PretrainRecord).curve.noted[0].step == 1
    assert run(*command[1:])[0] == 0
    assert digest("m.safetensors") == digest("whole/m.safetensors")


def test_the_second_ctrl_c_stops_at_once_and_the_checkpoint_stays(
    run: Run, story: Path, at_step: Any, ctrl_c: Any
) -> None:
    at_step(5, lambda: (ctrl_c(), ctrl_c()))
    asked = ("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL, "--checkpoint-every", "2")
    code, out, _ = run(*asked)
    assert (code, out) == (130, "")
    assert steps_in("m.safetensors") == 4
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to a whole console")
def test_a_process_saves_on_ctrl_c(story: Path) -> None:
    # It would take years: so it cannot end by itself before it is interrupted.
    asked = [*SMALL_MODEL, "--steps", "1000000000", "--evaluate-every", "10000000"]
    command = [sys.executable, "-m", "verdict", "pretrain", str(story), "-o", "m.safetensors"]
    # A background job ignores Ctrl+C, and what it starts does too, unless told otherwise.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen([*command, *asked], stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    assert process.stderr
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    try:
        assert process.stderr.readline().startswith(b"step 1 of 1,000,000,000: ")
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
        assert process.wait(PATIENCE) == 128 + signal.SIGINT
    finally:
        timer.cancel()
        process.kill()
        process.wait(PATIENCE)
        process.stderr.close()
    steps = steps_in("m.safetensors")
    assert steps >= 1
    assert told.startswith(f"verdict: stopped after step {steps:,} of 1,000,000,000".encode())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_progress_that_nobody_can_read_stops_nothing(story: Path) -> None:
    command = [sys.executable, "-m", "verdict", "pretrain", str(story), "-o", "m.safetensors"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*command, *SMALL_MODEL],
            stdout=subprocess.DEVNULL,
            stderr=full,
            check=False,
            timeout=PATIENCE,
        )
    assert done.returncode == 0
    assert steps_in("m.safetensors") == 6


def test_ctrl_c_at_the_last_step_is_an_end_like_any_other(
    run: Run, story: Path, at_step: Any, ctrl_c: Any
) -> None:
    at_step(6, ctrl_c)
    assert run("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL)[0] == 0


def test_what_is_told_to_go_on_has_all_that_the_text_needs(
    run: Run, story: Path, at_step: Any, ctrl_c: Any
) -> None:
    at_step(2, ctrl_c)
    object_ = json.dumps({"file": "a b", "text": f"{TEXT}{END_OF_TEXT}"}) + "\n"
    Path("two words.json").write_text(object_, encoding="utf-8")
    asked = ["--from-json", "--special", "token", "--json", "--chart", "losses.svg"]
    code, out, err = run("pretrain", "two words.json", "-o", "m.safetensors", *SMALL_MODEL, *asked)
    assert (code, json.loads(out)["step"]) == (130, 2)
    command = shlex.split(err.partition("To go on: ")[2])
    assert command[2] == "two words.json"
    code, out, _ = run(*command[1:])
    assert (code, json.loads(out)["step"]) == (0, 6)
    assert "<svg" in Path("losses.svg").read_text(encoding="utf-8")


def test_more_steps_than_at_first_go_on_from_the_end(run: Run, story: Path) -> None:
    assert run("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL)[0] == 0
    before = digest("m.safetensors")
    code, out, _ = run("pretrain", story, "-o", "m.safetensors", "--resume")
    assert (code, out.count("6 steps"), digest("m.safetensors")) == (0, 1, before)
    assert run("pretrain", story, "-o", "m.safetensors", "--resume", "--steps", "9")[0] == 0
    assert steps_in("m.safetensors") == 9
    assert [row.step for row in read_record("m.safetensors", PretrainRecord).curve.noted] == [
        1,
        2,
        4,
        6,
        8,
        9,
    ]
    code, _, err = run("pretrain", story, "-o", "m.safetensors", "--resume", "--steps", "7")
    assert code == 2
    assert "argument --steps: the training in m.safetensors has made 9 already" in err


def test_an_object_says_how_it_went(run: Run, story: Path) -> None:
    code, out, _ = run("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL, "--json")
    assert code == 0
    found = json.loads(out)
    losses = found.pop("losses")
    assert found == {
        "output": "m.safetensors",
        "tokenizer": "m.bpe",
        "parameters": PARAMETERS,
        "step": 6,
        "steps": 6,
    }
    assert [row["step"] for row in losses] == [1, 2, 4, 6]
    assert losses[0].keys() == {"step", "training", "validation"}
    assert losses[0]["validation"] is None
    assert losses[1]["validation"] > 0


def test_standard_input_and_many_files_are_read(run: Run, story: Path) -> None:
    Path("more.txt").write_text(TEXT * 2, encoding="utf-8")
    assert run("pretrain", "-o", "a/m.safetensors", *SMALL_MODEL, given=TEXT.encode())[0] == 0
    assert run("pretrain", story, "-o", "b/m.safetensors", *SMALL_MODEL)[0] == 0
    assert digest("a/m.safetensors") == digest("b/m.safetensors")
    assert run("pretrain", story, "more.txt", "-o", "c/m.safetensors", *SMALL_MODEL)[0] == 0
    assert digest("a/m.safetensors") != digest("c/m.safetensors")


def test_a_tokenizer_that_is_given_is_used_and_lies_beside_the_model(
    run: Run, story: Path, trained: Path
) -> None:
    given = [*SMALL_MODEL[2:], "--tokenizer", trained]
    assert run("pretrain", story, "-o", "m.safetensors", *given)[0] == 0
    assert Path("m.bpe").read_bytes() == trained.read_bytes()
    assert read_safetensors("m.safetensors")["tokens"].shape == (260, 8)
    assert run("pretrain", story, "-o", "small.safetensors", *given)[0] == 0  # it is beside it
    asked = ("generate", "low", "--model", "small.safetensors", "--max-tokens", "1", "--json")
    assert run(*asked)[0] == 0


@pytest.mark.usefixtures("story_text")
def test_a_tokenizer_with_a_name_is_noted_by_it(run: Run, story: Path) -> None:
    Path("words.txt").write_text("I had always thought it all. " * 20, encoding="utf-8")
    given = [*SMALL_MODEL[2:], "--tokenizer", "words"]
    assert run("pretrain", "words.txt", "-o", "m.safetensors", *given)[0] == 0
    assert not Path("m.bpe").exists()
    asked = ("generate", "I had", "--model", "m.safetensors", "--json", "--seed", "1")
    assert run(*asked) == run(*asked, "--tokenizer", "words")
    assert json.loads(run(*asked)[1])["text"].startswith(" ")  # a word behind a word


@pytest.fixture
def story_text(story: Path) -> None:
    from verdict import StoryUnavailableError, read_story

    try:
        read_story()
    except StoryUnavailableError:
        pytest.skip("the story is not here")


def test_32_bits_are_kept_and_go_on(run: Run, story: Path, at_step: Any, ctrl_c: Any) -> None:
    small = [*SMALL_MODEL, "--float32"]
    assert run("pretrain", story, "-o", "whole/m.safetensors", *small)[0] == 0
    assert str(read_safetensors("whole/m.safetensors")["tokens"].dtype) == "float32"
    at_step(3, ctrl_c)
    assert run("pretrain", story, "-o", "m.safetensors", *small)[0] == 130
    assert run("pretrain", story, "-o", "m.safetensors", "--resume")[0] == 0
    assert digest("m.safetensors") == digest("whole/m.safetensors")


def test_nothing_held_out_is_nothing_measured(run: Run, story: Path) -> None:
    code, out, err = run(
        "pretrain", story, "-o", "m.safetensors", *SMALL_MODEL, "--validation", "0"
    )
    assert code == 0
    assert "validation" not in out + err
    assert run("pretrain", story, "-o", "m.safetensors", "--resume")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--heads", "3"], 2, "argument --heads: 3 heads cannot share a width of 8 evenly"),
        (["--rate", "0"], 2, "argument --rate: must be above 0, such as 0.003, not '0'"),
        (["--rate", "inf"], 2, "argument --rate: must be above 0"),
        (["--dropout", "1"], 2, "argument --dropout: must be 0 or more and below 1, not '1'"),
        (["--validation", "x"], 2, "argument --validation: must be 0 or more and below 1, not 'x'"),
        (["--layers", "0"], 2, "argument --layers: must be 1 or more, not 0"),
        (["--steps", "5000"], 2, "more than 1,000 measurements in 5,000 steps are too many"),
        (["--tokenizer", "gpt2"], 2, "argument --vocab-size: it is for a tokenizer that is learn"),
        (["--resume", "--overwrite"], 2, "argument --overwrite: --resume goes on with what is"),
        (["--resume"], 1, "new.safetensors cannot be read: No such file"),
        (["--chart", "low.txt"], 2, "argument --chart: low.txt is one of the files to learn from"),
        (["--chart", "new.bpe"], 2, "argument --chart: new.bpe is another file of this training"),
        (["-o", "low.txt"], 2, "argument -o/--output: low.txt is one of the files to learn from"),
        (["-o", "x.bpe"], 2, "argument -o/--output: x.bpe would be the tokenizer's file"),
        (["-o", "."], 1, ". cannot be written: it is a folder"),
        (["--chart", "low.txt/c.svg"], 1, "low.txt/c.svg cannot be written: Not a directory"),
        (
            ["--context-length", "1000"],
            1,
            "tokens to learn from, 36 beside those to measure, and a context of 1,000 needs 1,001: "
            "give a longer text, or a smaller --context-length",
        ),
        (["--validation", "0.001"], 1, "at least 2 must be held out to measure the loss: a longer"),
        (["--width", "100000000000"], 1, "there is not enough memory for this training. A small"),
        (["--rate", "1e300"], 1, "new.safetensors has the training up to step 0: --resume goes"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    run: Run, story: Path, arguments: list[str], code: int, message: str
) -> None:
    asked = run("pretrain", story, "-o", "new.safetensors", *SMALL_MODEL, *arguments)
    assert asked[0] == code
    assert message in asked[2]
    assert (asked[1], "Traceback" in asked[2]) == ("", False)


def test_a_file_that_is_not_there_is_named(run: Run, story: Path) -> None:
    code, _, err = run("pretrain", story, "gone.txt", "-o", "m.safetensors", *SMALL_MODEL)
    assert (code, err) == (1, "verdict: gone.txt cannot be read: No such file or directory\n")
    assert not Path("m.safetensors").exists()


def test_a_text_that_is_too_short_leaves_no_file(run: Run, story: Path) -> None:
    code, _, err = run("pretrain", "-o", "m.safetensors", *SMALL_MODEL, given=b"")
    assert code == 1
    assert "verdict: the text has 1 tokens, and at least 2 must be held out" in err
    assert [path.name for path in Path().iterdir()] == ["low.txt"]


def test_nothing_is_overwritten_unless_it_is_asked_for(run: Run, story: Path) -> None:
    assert run("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL)[0] == 0
    before = digest("m.safetensors"), digest("m.bpe")
    code, _, err = run("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL, "--seed", "2")
    assert code == 1
    assert "m.safetensors is there already: --resume goes on with the training in it" in err
    Path("m.safetensors").rename("other.safetensors")
    code, _, err = run("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL, "--seed", "2")
    assert code == 1
    assert "m.bpe is there already, and the tokenizer would be written there: --tokenizer m" in err
    assert (digest("other.safetensors"), digest("m.bpe")) == before
    asked = ("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL, "--seed", "2", "--overwrite")
    assert run(*asked)[0] == 0
    assert run(*asked)[0] == 0
    assert digest("m.safetensors") != before[0]


def test_a_training_goes_on_only_with_what_it_began_with(
    run: Run, story: Path, trained: Path
) -> None:
    assert run("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL)[0] == 0
    before = digest("m.safetensors")
    resume = ("pretrain", story, "-o", "m.safetensors", "--resume")
    code, _, err = run(*resume, "--width", "16")
    assert code == 2
    assert "argument --width: a training that goes on keeps what it began with, and m.safe" in err
    code, _, err = run(*resume, "--tokenizer", trained)
    assert code == 1
    assert "has 260 tokens, and the model in m.safetensors knows 262: it needs the one" in err
    story.write_text(TEXT.replace("slow", "now "), encoding="utf-8")
    code, _, err = run(*resume)
    assert code == 1
    assert "the text, or its tokenizer, is not the one that the training in m.safetensors" in err
    assert digest("m.safetensors") == before


def test_a_file_of_something_else_has_no_training(run: Run, story: Path) -> None:
    from verdict import GPTConfig, write_gpt2

    write_gpt2("m.safetensors", GPT(GPTConfig(9, 4, 8, heads=2, layers=1), seed=1).parameters)
    resume = ("pretrain", story, "-o", "m.safetensors", "--resume")
    told = "verdict: m.safetensors has no training to go on with: pretrain did not write it\n"
    assert run(*resume) == (1, "", told)
    Path("m.safetensors").write_bytes(b"abc")
    assert "m.safetensors is no file of arrays that can be used" in run(*resume)[2]


@pytest.mark.parametrize("full_at", [0, 2, 6])
def test_a_full_disk_loses_nothing_that_was_written(
    run: Run, story: Path, monkeypatch: pytest.MonkeyPatch, full_at: int
) -> None:
    save = Training.save

    def until_it_is_full(training: Training[Any, Any], path: Any) -> None:
        if training.optimizer.steps >= full_at:
            raise OSError(errno.ENOSPC, "No space left on device")
        save(training, path)

    asked = ("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL, "--checkpoint-every", "2")
    with monkeypatch.context() as patch:
        patch.setattr(Training, "save", until_it_is_full)
        code, out, err = run(*asked)
    assert (code, out) == (1, "")
    told = err.splitlines()[-1]
    assert told.startswith("verdict: m.safetensors cannot be written: No space left on device")
    assert Path("m.safetensors").exists() == (full_at > 0)
    if not full_at:
        return
    assert told.endswith(
        f". m.safetensors has the training up to step {full_at - 2}: --resume goes on there"
    )
    assert run("pretrain", story, "-o", "m.safetensors", "--resume")[0] == 0
    assert run("pretrain", story, "-o", "whole/m.safetensors", *SMALL_MODEL)[0] == 0
    assert digest("m.safetensors") == digest("whole/m.safetensors")


def test_memory_that_runs_out_leaves_the_checkpoint(run: Run, story: Path, at_step: Any) -> None:
    def runs_out() -> None:
        raise MemoryError

    at_step(5, runs_out)
    asked = ("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL, "--checkpoint-every", "2")
    code, out, err = run(*asked)
    assert (code, out) == (1, "")
    assert err.splitlines()[-1] == (
        "verdict: there is not enough memory for this training. A smaller --batch-size, "
        "--context-length, --width, --layers or --vocab-size needs less. m.safetensors has the "
        "training up to step 4: --resume goes on there"
    )


def test_a_terminal_has_a_bar_and_no_lines(run: Run, story: Path) -> None:
    code, _, err = run("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL, terminals="stderr")
    assert code == 0
    assert "step 1 of" not in err
    assert "/6 steps" in err
    assert err.endswith("\r")  # it is gone in the end


def test_elsewhere_there_are_lines_with_losses_speed_and_time(run: Run, story: Path) -> None:
    lines = run("pretrain", story, "-o", "m.safetensors", *SMALL_MODEL)[2].splitlines()
    assert [line.split(":")[0] for line in lines] == [f"step {n} of 6" for n in (1, 2, 4, 6)]
    assert all(" tokens a second, " in line for line in lines)
    assert lines[-1].endswith(" 0:00 left")
    assert "validation" not in lines[0]
    assert "validation" in lines[1]


def test_a_foreign_file_cannot_lead_to_another_folder(run: Run, story: Path) -> None:
    from verdict import GPTConfig, save_weights
    from verdict.command.tokenizers.choosing import noted_tokenizer

    model = GPT(GPTConfig(9, 4, 8, heads=2, layers=1), seed=1)
    Path("in").mkdir()
    save_weights("in/m.safetensors", model, remarks={"tokenizer": "../../secret.bpe"})
    assert noted_tokenizer("in/m.safetensors") == str(Path("in/secret.bpe"))
    save_weights("in/m.safetensors", model)
    assert [noted_tokenizer(name) for name in ("in/m.safetensors", "gone", "gpt2")] == ["gpt2"] * 3
