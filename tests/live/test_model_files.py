"""Models as files: what leaves the page comes in again, as the package writes and reads it."""

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest

from live import model_files, trained, training
from tests.live.test_training import OWN_TEXT, SHORT_TRAINING
from tests.verdict.command.conftest import Run
from tests.verdict.command.conftest import run as command  # noqa: F401 (a fixture)
from tests.website.conftest import ROOT
from verdict import GPT, BytePairTokenizer, read_safetensors, save_weights

RUNS = ROOT / "docs" / "runs"
MANY_WORDS = " ".join(f"w{number}" for number in range(2000))


def saved_after_two_steps(text: str) -> dict[str, str]:
    training.begin(SHORT_TRAINING, text)
    training.advance(0)
    training.advance(0)
    files: dict[str, str] = model_files.saved()["files"]
    return files


@pytest.mark.parametrize(
    ("text", "names"),
    [(OWN_TEXT, ["model.safetensors"]), (MANY_WORDS, ["model.safetensors", "model.bpe"])],
)
def test_what_was_saved_can_be_loaded_again(text: str, names: list[str]) -> None:
    files = saved_after_two_steps(text)
    assert list(files) == names
    before = training.current()
    training.begin(SHORT_TRAINING, OWN_TEXT)
    answer = model_files.opened(files)
    assert "weights" in answer["says"]
    after = training.current()
    for name, array in before.model.parameters.items():
        assert (after.model.parameters[name] == array).all()
    assert after.tokenizer.encode("w1 w2" if text is MANY_WORDS else "the cat") == (
        before.tokenizer.encode("w1 w2" if text is MANY_WORDS else "the cat")
    )
    assert trained.write(answer["prompt"], 1, 0, 1, seed=1)["text"].startswith("<bdi>")


def write(folder: Path, files: dict[str, str]) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(b64decode(data))


def in_folder(folder: Path, *names: str) -> dict[str, str]:
    return {name: b64encode((folder / name).read_bytes()).decode() for name in names}


def trained_to_the_end() -> dict[str, Any]:
    run = training.current()
    while run.step < run.steps:
        look = training.advance(0)
        assert look["error"] == ""
    return look


def state(path: Path) -> dict[str, bytes]:
    """All numbers of a file, the optimizer's too."""
    return {name: array.tobytes() for name, array in read_safetensors(path).items()}


@pytest.mark.parametrize("text", [OWN_TEXT, MANY_WORDS])
@pytest.mark.parametrize("mistake", ["", "rate"])
def test_the_terminal_goes_on_with_what_began_here(
    command: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    mistake: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_text(text, encoding="utf-8")
    training.begin(SHORT_TRAINING | {"mistake": mistake}, text)
    training.advance(0)
    write(tmp_path, model_files.saved()["files"])
    prompt = text.split(maxsplit=1)[0]
    asked = ["generate", prompt, "--model", "model.safetensors", "--max-tokens", 5, "--json"]
    code, out, error = command(*asked)
    assert (code, error) == (0, "")
    assert json.loads(out)["prompt"] == prompt
    trained_to_the_end()
    (tmp_path / "whole").mkdir()
    write(tmp_path / "whole", model_files.saved()["files"])
    assert command("pretrain", "text.txt", "-o", "model.safetensors", "--resume")[0] == 0
    assert state(Path("model.safetensors")) == state(Path("whole/model.safetensors"))
    assert command(*asked)[0] == 0  # its tokenizer is still there
    anew = ["-o", "new.safetensors", "--tokenizer", "model.safetensors", "--steps", 1]
    if text is OWN_TEXT:  # words have no file of their own: the new model has them too
        assert command("pretrain", "text.txt", *anew)[0] == 0
        assert command(*asked[:3], "new.safetensors", *asked[4:])[0] == 0


@pytest.mark.parametrize("more", [[], ["--float32"], ["--validation", 0], ["--dropout", 0.1]])
def test_what_began_at_the_terminal_goes_on_here(
    command: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: list[Any],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_text(OWN_TEXT, encoding="utf-8")
    small = [
        "--vocab-size", 270, "--context-length", 8, "--width", 8, "--heads", 2, "--layers", 1,
        "--batch-size", 2, "--rate", 0.01,
    ]  # fmt: skip
    begun = command("pretrain", "text.txt", "-o", "a.safetensors", *small, "--steps", 5, *more)
    assert begun[0] == 0
    assert (
        "Choose its tokenizer, a.bpe, together with it."
        in (model_files.opened(in_folder(tmp_path, "a.safetensors"))["error"])
    )
    answer = model_files.opened(in_folder(tmp_path, "a.safetensors", "a.bpe"))
    assert answer["error"] == ""
    assert answer["look"]["says"] == "Step 5 of 5."
    assert answer["look"]["table"].count("<tr>") == (1 if "--validation" in more else 6)
    assert "<mark>" in trained.write(answer["prompt"], 1, 0, 1, seed=1)["text"]
    look = training.go_on(SHORT_TRAINING | {"steps": 4}, OWN_TEXT)
    assert (look["error"], look["steps"]) == ("", 9)  # 4 are made already: 4 more
    assert look["begun"] == "It goes on as if it had not stopped."
    trained_to_the_end()
    write(tmp_path, model_files.saved()["files"])
    assert command("pretrain", "text.txt", "-o", "a.safetensors", "--resume", "--steps", 9)[0] == 0
    assert state(Path("model.safetensors")) == state(Path("a.safetensors"))


def test_a_loaded_model_learns_another_text_if_it_knows_its_words() -> None:
    files = saved_after_two_steps(OWN_TEXT)
    model_files.opened(files)
    before = training.current()
    refused = training.go_on(SHORT_TRAINING, "the cat and the fox " * 200)
    assert refused["error"].startswith("The text has the word 'fox'. The model knows only")
    assert training.go_on(SHORT_TRAINING, "the cat")["error"].startswith(
        "The text has 2 tokens to learn"
    )
    assert training.current() is before
    look = training.go_on(SHORT_TRAINING, "the dog and the cat " * 200)
    assert look["begun"] == "It learns this text now."
    assert trained_to_the_end()["step"] == 20
    assert trained.nudge("norm_scale", 0)["error"] == ""


def test_our_trained_model_learns_more() -> None:
    data = in_folder(RUNS, "tales.safetensors")
    told = json.loads((RUNS / "tales.json").read_text(encoding="utf-8"))
    model_files.opened(data, told)
    look = training.go_on(SHORT_TRAINING | {"source": "tales", "steps": 3}, None)
    assert look["says"] == "Step 0 of 3."
    look = trained_to_the_end()
    assert float(look["words"].split()[5]) < 1  # it begins where it was, and not at 4.5


def test_a_mistake_comes_back_with_its_model(
    command: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    training.begin(SHORT_TRAINING | {"mistake": "shortcuts"}, OWN_TEXT)
    training.advance(0)
    answer = model_files.saved()
    assert answer["says"].endswith("the package does not make its mistake.")
    write(tmp_path, answer["files"])
    Path("text.txt").write_text(OWN_TEXT, encoding="utf-8")
    code, _, error = command("pretrain", "text.txt", "-o", "model.safetensors", "--resume")
    assert (code, error.count("no training to go on with")) == (1, 1)
    look = trained_to_the_end()
    opened = model_files.opened(answer["files"])
    assert (opened["mistake"], opened["steps"]) == ("shortcuts", 20)
    training.go_on(SHORT_TRAINING | {"mistake": "shortcuts"}, OWN_TEXT)
    assert trained_to_the_end()["table"] == look["table"]


@pytest.mark.usefixtures("story")
def test_the_words_of_the_story_are_known_by_their_name(
    command: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    story: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(story, encoding="utf-8")
    small = ["--context-length", 8, "--width", 4, "--heads", 1, "--layers", 1, "--steps", 1]
    options = ["-o", "a.safetensors", "--tokenizer", "words", *small]
    assert command("pretrain", "story.txt", *options)[0] == 0
    assert model_files.opened(in_folder(tmp_path, "a.safetensors"))["error"] == ""
    settings = SHORT_TRAINING | {"source": "story"}
    assert training.go_on(settings, None)["begun"] == "It goes on as if it had not stopped."


def test_the_package_reads_it_too(tmp_path: Path) -> None:
    for name, data in saved_after_two_steps(MANY_WORDS).items():
        (tmp_path / name).write_bytes(b64decode(data))
    run = training.current()
    model = GPT.from_pretrained(tmp_path / "model.safetensors")
    assert model.config == run.model.config
    tokenizer = BytePairTokenizer.load(tmp_path / "model.bpe")
    assert tokenizer.encode("w1 w2") == run.tokenizer.encode("w1 w2")


def test_our_trained_model_writes() -> None:
    data = b64encode((RUNS / "tales.safetensors").read_bytes()).decode()
    told = json.loads((RUNS / "tales.json").read_text(encoding="utf-8"))
    answer = model_files.opened({"trained.safetensors": data}, told)
    assert answer["prompt"] == "Ada and Tom are"
    assert answer["look"]["says"] == "The curve is that of its training, 1,500 steps."
    assert answer["look"]["samples"].count("<li>") == len(told["samples"])
    assert "<mark>" in trained.write(answer["prompt"], 1, 0, 1, seed=1)["text"]
    assert trained.nudge("norm_scale", 0)["error"].startswith("This model came from a file")


def test_what_is_no_model_is_refused_and_the_former_stays(tmp_path: Path) -> None:
    whole = saved_after_two_steps(MANY_WORDS)
    run = training.current()
    weights = whole["model.safetensors"]
    path = tmp_path / "bare.safetensors"
    save_weights(path, run.model)
    bare = b64encode(path.read_bytes()).decode()
    cases: list[tuple[dict[str, str], Any, str]] = [
        ({}, None, "Choose a file that ends in .safetensors."),
        ({"a.bpe": whole["model.bpe"]}, None, "Choose a file that ends in .safetensors."),
        ({"a.safetensors": b64encode(b"no model").decode()}, None, "a.safetensors is no file"),
        ({"a.safetensors": weights[:4000]}, None, "a.safetensors is no file"),
        ({"a.safetensors": bare}, None, "The file does not say what its tokens are."),
        ({"a.safetensors": weights}, {"words": ["tea"]}, "they do not belong together"),
    ]
    for files, words, said in cases:
        error = model_files.opened(files, words)["error"]
        assert said in error
        assert str(tmp_path.parent) not in error
        assert training.current() is run
