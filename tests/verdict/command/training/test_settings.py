"""The settings of a training: on the command line, and in a file."""

from dataclasses import fields
from typing import Any

import pytest

from tests.verdict.command.conftest import Run
from verdict.command.errors import CommandError
from verdict.command.finetune.settings import FinetuneSettings
from verdict.command.pretrain.settings import PretrainSettings
from verdict.command.training.settings import TrainingSettings


def test_settings_come_back_from_a_file() -> None:
    settings = PretrainSettings(width=12, heads=3, rate=0.1, float32=True, evaluate_every=7)
    assert PretrainSettings.from_noted(settings.noted()) == settings
    assert PretrainSettings.from_noted(PretrainSettings().noted()) == PretrainSettings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("width", 0),
        ("width", "8"),
        ("width", 8.5),
        ("width", True),
        ("width", None),
        ("rate", float("nan")),
        ("rate", 0),
        ("dropout", 1),
        ("seed", -1),
        ("vocab_size", 3),
        ("evaluate_every", 0),
        ("float32", 1),
        ("float32", None),
        ("unknown", 1),
    ],
)
def test_settings_that_no_option_would_take_are_refused(name: str, value: Any) -> None:
    with pytest.raises(CommandError):
        PretrainSettings.from_noted(PretrainSettings().noted() | {name: value})


def test_a_file_that_lacks_a_setting_is_refused() -> None:
    noted = PretrainSettings().noted()
    del noted["seed"]
    found: tuple[Any, ...] = (noted, [], None)
    for each in found:
        with pytest.raises(CommandError, match="its settings are not those of a training"):
            PretrainSettings.from_noted(each)


@pytest.mark.parametrize(
    ("command", "settings"), [("pretrain", PretrainSettings), ("finetune", FinetuneSettings)]
)
def test_the_help_has_each_setting_and_its_usual_value(
    run: Run, command: str, settings: type[TrainingSettings]
) -> None:
    shown = " ".join(run(command, "--help")[1].split())
    for setting in fields(settings):
        assert f"--{setting.name.replace('_', '-')}" in shown
        if setting.metadata["kind"] and setting.default is not None:
            assert f"; {setting.default} without it" in shown


def test_settings_of_a_fine_tuning_come_back_from_a_file() -> None:
    settings = FinetuneSettings(train="head", pooling="last", rate=0.1, lora=None)
    assert FinetuneSettings.from_noted(settings.noted()) == settings
    for name, value in (("train", "tail"), ("train", 1), ("pooling", None), ("lora", 0)):
        with pytest.raises(CommandError, match=f"its {name} is"):
            FinetuneSettings.from_noted(settings.noted() | {name: value})


@pytest.mark.parametrize(("steps", "every"), [(1, 1), (19, 1), (300, 15), (100_000, 5_000)])
def test_losses_are_measured_some_twenty_times(steps: int, every: int) -> None:
    assert PretrainSettings(steps=steps).measured_every == every
    assert PretrainSettings(steps=steps, evaluate_every=3).measured_every == 3
