"""The recorded runs are what their code makes: the first steps, the weights, the samples."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recording.__main__ import main
from recording.recorded import (
    DIGITS,
    Training,
    compact,
    digest,
    first_steps,
    record,
    settings,
    unpacked,
)
from recording.runs import RUNS, Run
from verdict import (
    GPT,
    SimpleTokenizerV1,
    animal_tales,
    build_vocabulary,
    evaluate,
    generate,
    read_safetensors,
    split_words,
)

FOLDER = Path(__file__).parents[2] / "docs" / "runs"
STEPS = 25
"""How many steps of each run are made again."""

MODEL = "tales"
"""The run whose model the home page loads."""

MOST_BYTES, MOST_BYTES_OF_THE_MODEL = 200_000, 150_000
"""Bytes that all other runs may have together, and those of the model."""

SHORT = Run(
    "A short one", lambda: "the owl and the fox and the owl or the bear " * 9,
    {"context_length": 4, "width": 8, "heads": 2, "layers": 1},
    steps=4, peak=0.01, batch_size=2, evaluate_every=2, sample_every=2, prompt="the owl",
    keeps_weights=True,
)  # fmt: skip

PAGES = [
    page
    for page in FOLDER.parent.glob("*/*.md")
    if "../runs/" in page.read_text("utf-8")
    and "| Training | Validation |" in page.read_text("utf-8")
]
"""The pages with a table from a run; each names the run's file."""

every_run = pytest.mark.parametrize("name", RUNS)
every_model = pytest.mark.parametrize("name", [n for n, run in RUNS.items() if run.keeps_weights])


def recorded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_bytes())
    return found


def training(name: str, request: pytest.FixtureRequest) -> Training:
    """A run that has not begun; where it needs the story and there is none, the test is skipped."""
    if RUNS[name].needs_story:
        request.getfixturevalue("story")
    return Training(RUNS[name])


def trained(name: str, request: pytest.FixtureRequest) -> Training:
    """A run with the weights of its file."""
    run = training(name, request)
    run.model.parameters.update(unpacked(read_safetensors(FOLDER / f"{name}.safetensors")))
    return run


def test_each_run_has_its_files_and_each_file_its_run() -> None:
    wanted = {f"{name}.json" for name in RUNS}
    wanted |= {f"{name}.safetensors" for name, run in RUNS.items() if run.keeps_weights}
    assert {path.name for path in FOLDER.iterdir()} == wanted, "To make them: make runs"


def test_all_files_together_are_light() -> None:
    bytes_of = {path: path.stat().st_size for path in FOLDER.iterdir()}
    assert (
        sum(size for path, size in bytes_of.items() if path.stem == MODEL)
        <= MOST_BYTES_OF_THE_MODEL
    )
    assert sum(size for path, size in bytes_of.items() if path.stem != MODEL) <= MOST_BYTES


@every_run
def test_the_settings_are_those_of_the_table(name: str, request: pytest.FixtureRequest) -> None:
    assert recorded(name)["settings"] == settings(training(name, request))


@every_run
def test_the_first_steps_are_the_same_to_the_last_digit(
    name: str, request: pytest.FixtureRequest
) -> None:
    training(name, request)
    moments = first_steps(RUNS[name], STEPS)
    assert [list(moment.losses) for moment in moments] == recorded(name)["losses"][: len(moments)]
    assert moments[-1].losses[0] > STEPS - RUNS[name].record_every


@every_run
def test_the_curve_reaches_from_the_first_step_to_the_last_which_is_measured(name: str) -> None:
    losses, every = recorded(name)["losses"], RUNS[name].record_every
    due = [step for step in range(1, RUNS[name].steps + 1) if step == 1 or step % every == 0]
    assert [step for step, *_ in losses] == due
    assert losses[-1][0] == RUNS[name].steps
    assert losses[-1][3] is not None


@every_model
def test_the_weights_of_the_file_have_the_recorded_digest(name: str) -> None:
    weights = unpacked(read_safetensors(FOLDER / f"{name}.safetensors"))
    assert digest(weights) == recorded(name)["digest"]


@every_model
def test_the_weights_write_the_last_sample_and_have_the_last_loss(
    name: str, request: pytest.FixtureRequest
) -> None:
    run, found = trained(name, request), recorded(name)
    assert [run.run.steps, run.sample()] == found["samples"][-1]
    assert round(evaluate(run.model, run.validation), DIGITS) == found["losses"][-1][3]
    assert list(run.tokenizer.str_to_int) == found["words"]


def test_the_model_of_the_home_page_tells_tales_that_keep_to_the_rules() -> None:
    model = GPT.from_pretrained(FOLDER / f"{MODEL}.safetensors")
    tokenizer = SimpleTokenizerV1(build_vocabulary(split_words(animal_tales(1_000, seed=1))))
    assert model.config.heads == RUNS[MODEL].sizes["heads"]
    prompt = tokenizer.encode("Ada is an owl. She lives")
    told = {
        tokenizer.decode([*prompt, *generate(model, prompt, 30, temperature=0.8, seed=seed)])
        for seed in range(8)
    }
    assert len(told) > 4
    rest = r" in the barn\. One \w+ she is (hungry|tired|lonely)\. She .+\. Then .+\."
    kept = [tale for tale in told if re.match(f"Ada is an owl. She lives{rest}", tale)]
    assert len(kept) >= len(told) - 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_table_that_quotes_a_run_has_its_numbers(page: Path) -> None:
    (name,) = re.findall(r"\(\.\./runs/([\w-]+)\.json\)", page.read_text(encoding="utf-8"))
    losses = {
        step: (training, held_out) for step, _, training, held_out in recorded(name)["losses"]
    }
    rows = re.findall(
        r"^\| (\d+) \| ([\d.]+) \| ([\d.]+) \|$", page.read_text("utf-8"), re.MULTILINE
    )
    assert rows
    for step, *numbers in rows:
        assert numbers == [f"{loss:.2f}" for loss in losses[int(step)]]


def test_a_run_is_recorded_as_it_was_made_and_twice_the_same(tmp_path: Path) -> None:
    files = record(SHORT, tmp_path / "short")
    assert [path.name for path in files] == ["short.json", "short.safetensors"]
    found = json.loads(files[0].read_bytes())
    made = Training(SHORT)
    moments = list(made.steps())
    assert found["losses"] == [list(moment.losses) for moment in moments]
    assert [step for step, _ in found["samples"]] == [0, 2, 4]
    assert found["digest"] == digest(made.model.parameters)
    texts = [path.read_bytes() for path in files]
    assert [path.read_bytes() for path in record(SHORT, tmp_path / "short")] == texts


def test_a_run_without_weights_and_samples_is_one_file(tmp_path: Path) -> None:
    (file,) = record(replace(SHORT, keeps_weights=False, sample_every=0), tmp_path / "short")
    assert json.loads(file.read_bytes())["samples"] == []


def test_a_sample_does_not_change_the_training() -> None:
    quiet = replace(SHORT, sample_every=0)
    one, other = Training(SHORT), Training(quiet)
    assert [m.losses for m in one.steps()] == [m.losses for m in other.steps()]


def test_the_command_makes_all_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("recording.__main__.RUNS", {"short": SHORT})
    main(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["short.json", "short.safetensors"]
    assert capsys.readouterr().out.startswith("short: 4 steps\n")


def test_one_weight_that_differs_in_its_last_decimal_gives_another_digest() -> None:
    weights = {"a": np.array([0.1, 0.2])}
    assert digest(weights) != digest({"a": np.array([0.1, 0.200001])})
    assert digest(weights) != digest({"b": np.array([0.1, 0.2])})


def test_six_decimals_survive_32_bits_up_to_8() -> None:
    random = np.random.default_rng(1)
    weights = {"a": np.round(random.uniform(-7.9, 7.9, 10_000), 6)}
    assert digest(unpacked(compact(weights))) == digest(weights)


@pytest.mark.parametrize("weight", [100.000001, 0.1234567])
def test_a_weight_that_would_not_survive_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="a weight is too large, or not rounded"):
        compact({"a": np.array([weight])})
