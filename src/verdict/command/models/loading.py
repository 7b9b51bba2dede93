"""The models that the command knows by name, and those in files."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from verdict.command.errors import CommandError
from verdict.command.tokenizers.names import OF_PACKAGED

if TYPE_CHECKING:
    from verdict.model.gpt import GPT

CHOICES = (
    f"gpt2, gpt2-medium, gpt2-large, gpt2-xl, {', '.join(OF_PACKAGED)}, or a file of weights in "
    "the layout of GPT-2's, or of pretrain or finetune"
)
"""What a model can be, in words."""


def load_model(name: str, heads: int | None = None) -> "GPT":
    """Load a model: a GPT-2 by its name, one of the package by its name, or one in a file.

    Args:
        name: The name, or the path of the file.
        heads: How many heads a file's model has; without it, as many as the file says.

    Raises:
        CommandError: If there is none, or it is of another kind.
    """
    from verdict.model.gpt import GPT
    from verdict.model.gpt2_weights import WeightsUnavailableError

    if name in OF_PACKAGED:
        return _packaged(name)
    try:
        return GPT.from_pretrained(name, heads=heads)
    except OSError as error:
        raise CommandError(
            f"{name} cannot be read: {error.strerror}. A model is {CHOICES}"
        ) from error
    except (WeightsUnavailableError, ValueError) as error:
        hint = ": it is a classifier, which classify uses" if "'class_head" in str(error) else ""
        raise CommandError(f"{error}{hint}") from error


def _packaged(name: str) -> "GPT":
    from verdict.tuning.assistant import load_assistant
    from verdict.tuning.pretrained import load_pretrained

    loading: dict[str, Callable[[], tuple[GPT, Any]]] = {
        "messages": lambda: load_pretrained("messages"),
        "orders": lambda: load_pretrained("orders"),
        "assistant": load_assistant,
        "assistant-pretrained": lambda: load_assistant("pretrained"),
    }
    model, _ = loading[name]()
    return model


def check_fit(size: int, ids: list[int], model: str) -> None:
    """Make sure that a model knows all tokens of a text.

    Args:
        size: How many tokens the model knows.
        ids: The text.
        model: What messages call the model.

    Raises:
        CommandError: If it does not.
    """
    if max(ids, default=0) >= size:
        raise CommandError(
            f"the text has token {max(ids)}, and {model} knows {size:,} tokens: it needs the "
            "--tokenizer that it was trained with"
        )
