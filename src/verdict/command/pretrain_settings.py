"""What a training is made of, its text aside: each setting, its option, and its usual value."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import Field, asdict, dataclass, field, fields, replace
from typing import Any, Self

from verdict.command.errors import CommandError
from verdict.command.numbers import above_zero, below_one, count, positive, vocab_size

CHANGEABLE = {"steps", "evaluate_every"}
"""What may be another number when a training goes on."""

MOST_MEASUREMENTS = 1_000
"""How often the losses of a training are noted, for its chart."""


def _setting(default: Any, kind: Callable[[str], Any] | None, does: str) -> Any:
    return field(default=default, metadata={"kind": kind, "help": does})


@dataclass(frozen=True)
class Settings:
    """The settings of a training, with the values that they have unless something else is asked."""

    vocab_size: int = _setting(
        1000, vocab_size, "how many tokens a tokenizer has that is learned on the way"
    )
    context_length: int = _setting(64, positive, "how many tokens the model sees at once")
    width: int = _setting(64, positive, "how many numbers stand for each token")
    heads: int = _setting(4, positive, "how many heads attention has; they divide the width")
    layers: int = _setting(2, positive, "how many transformer blocks")
    dropout: float = _setting(0.0, below_one, "the share of numbers to drop in training")
    steps: int = _setting(300, positive, "how many steps of training in all")
    batch_size: int = _setting(8, positive, "how many windows of the text a step takes")
    rate: float = _setting(0.003, above_zero, "the highest learning rate")
    seed: int = _setting(1, count, "for the weights at the start and the places of the windows")
    validation: float = _setting(
        0.1, below_one, "the share at the text's end that is not learned but measured"
    )
    evaluate_every: int | None = _setting(
        None, positive, "after how many steps the losses are measured; a twentieth of all"
    )
    float32: bool = _setting(
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
        if settings.width % settings.heads:
            options.usage(
                f"argument --heads: {settings.heads} heads cannot share a width of "
                f"{settings.width} evenly"
            )
        if settings.steps / settings.measured_every > MOST_MEASUREMENTS:
            options.usage(
                f"argument --evaluate-every: more than {MOST_MEASUREMENTS:,} measurements in "
                f"{settings.steps:,} steps are too many"
            )
        return settings

    @property
    def measured_every(self) -> int:
        """After how many steps the losses are measured."""
        return self.evaluate_every or max(1, self.steps // 20)

    @property
    def tokens_of_a_step(self) -> int:
        """How many tokens a step reads."""
        return self.batch_size * self.context_length

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


def add_settings(command: ArgumentParser) -> None:
    """Ask for each setting."""
    for each in fields(Settings):
        option, does = _option(each.name), each.metadata["help"]
        if each.metadata["kind"] is None:
            command.add_argument(option, action="store_true", default=None, help=does)
            continue
        usual = "" if each.default is None else f"; {each.default}"
        command.add_argument(
            option, type=each.metadata["kind"], metavar="N", help=f"{does}{usual} without it"
        )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _fits(setting: "Field[Any]", value: Any) -> bool:
    """Tell whether a value is one that the setting's option would take."""
    if setting.metadata["kind"] is None or value is None:
        return type(value) is type(setting.default)
    if type(value) not in {int, float}:
        return False
    try:
        return bool(setting.metadata["kind"](str(value)) == value)
    except (ArgumentTypeError, ValueError):
        return False
