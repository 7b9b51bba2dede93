"""The settings of a training: each with its option, its usual value, and its form in a file."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import Field, asdict, dataclass, field, fields, replace
from typing import Any, ClassVar, Self

from verdict.command.errors import CommandError
from verdict.command.numbers import above_zero, below_one, count, positive

CHANGEABLE = {"steps", "evaluate_every"}
"""What may be another number when a training goes on."""

MOST_MEASUREMENTS = 1_000
"""How often the losses of a training are noted, for its chart."""


def setting(default: Any, kind: Callable[[str], Any] | None, does: str, metavar: str = "N") -> Any:
    """Describe a setting.

    Args:
        default: Its usual value; None where it follows from something else.
        kind: What reads its option; None makes it a switch.
        does: What the help says of it.
        metavar: What stands for its value in the help.
    """
    return field(default=default, metadata={"kind": kind, "help": does, "metavar": metavar})


@dataclass(frozen=True)
class TrainingSettings:
    """What all trainings can be asked, with the values that they have unless told otherwise."""

    NEEDS_LESS: ClassVar[str] = "--batch-size"
    """The options that a training needs less memory with."""

    steps: int = setting(300, positive, "how many steps of training in all")
    batch_size: int = setting(8, positive, "how many windows of the text a step takes")
    rate: float | None = setting(None, above_zero, "the highest learning rate")
    dropout: float = setting(0.0, below_one, "the share of numbers to drop in training")
    seed: int = setting(1, count, "for the weights at the start and the places of the windows")
    validation: float = setting(
        0.1, below_one, "the share at the text's end that is not learned but measured"
    )
    evaluate_every: int | None = setting(
        None, positive, "after how many steps the losses are measured; a twentieth of all"
    )
    float32: bool = setting(
        False,
        None,
        "compute in 32 bits: faster, but machines then differ in the last digits",
    )

    @classmethod
    def of(cls, options: Namespace, begun: Self | None) -> Self:
        """Take the settings that were asked for, and all others as they are, or were.

        Args:
            options: What was asked for; None is what was not.
            begun: The settings of the training that goes on, if there is one.

        Raises:
            SystemExit: If one is asked for that does not fit the others, or what has begun.
        """
        asked = {each.name: getattr(options, each.name) for each in fields(cls)}
        asked = {name: value for name, value in asked.items() if value is not None}
        for name, value in asked.items() if begun else ():
            if name not in CHANGEABLE and value != getattr(begun, name):
                options.usage(
                    f"argument {_option(name)}: a training that goes on keeps what it began "
                    f"with, and {options.output} has {getattr(begun, name)} there"
                )
        settings = replace(begun or cls(), **asked)
        settings.check(options)
        return settings

    def check(self, options: Namespace) -> None:
        """Make sure that the settings fit each other.

        Raises:
            SystemExit: If they do not.
        """
        if self.steps / self.measured_every > MOST_MEASUREMENTS:
            options.usage(
                f"argument --evaluate-every: more than {MOST_MEASUREMENTS:,} measurements in "
                f"{self.steps:,} steps are too many"
            )

    @property
    def measured_every(self) -> int:
        """After how many steps the losses are measured."""
        return self.evaluate_every or max(1, self.steps // 20)

    def is_measured(self, step: int) -> bool:
        """Tell whether the losses are measured after a step."""
        return step % self.measured_every == 0 or step in {1, self.steps}

    def noted(self) -> dict[str, Any]:
        """Give all settings by name, for a file."""
        return asdict(self)

    @classmethod
    def from_noted(cls, noted: Any) -> Self:
        """Take the settings from a file.

        Raises:
            CommandError: If they are not what a training has noted.
        """
        known = {each.name: each for each in fields(cls)}
        if not isinstance(noted, dict) or noted.keys() != known.keys():
            raise CommandError("its settings are not those of a training")
        for name, value in noted.items():
            if not _fits(known[name], value):
                raise CommandError(f"its {name} is {value!r:.40}")
        return cls(**noted)


def add_settings(command: ArgumentParser, settings: type[TrainingSettings]) -> None:
    """Ask for each setting: first what only this training has, then what all have."""
    common = {each.name for each in fields(TrainingSettings)}
    for each in sorted(fields(settings), key=lambda each: each.name in common):
        option, told = _option(each.name), each.metadata
        if told["kind"] is None:
            command.add_argument(option, action="store_true", default=None, help=told["help"])
            continue
        usual = "" if each.default is None else f"; {each.default}"
        command.add_argument(
            option,
            type=told["kind"],
            metavar=told["metavar"],
            help=f"{told['help']}{usual} without it",
        )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _fits(setting: "Field[Any]", value: Any) -> bool:
    """Tell whether a value is one that the setting's option would take."""
    if setting.metadata["kind"] is None or value is None:
        return type(value) is type(setting.default)
    if type(value) not in {int, float, str}:
        return False
    try:
        return bool(setting.metadata["kind"](str(value)) == value)
    except (ArgumentTypeError, ValueError):
        return False
