"""A small assistant that comes with the package: as it was pretrained, and as it was tuned."""

from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from verdict.model.gpt import GPT
from verdict.model.gpt_config import GPTConfig
from verdict.text.special_tokens import SimpleTokenizerV2
from verdict.training.weights import load_weights
from verdict.tuning.instructions import toy_vocabulary

Stage: TypeAlias = Literal["pretrained", "tuned"]

SIZES: dict[str, Any] = {"context_length": 24, "width": 32, "heads": 2, "layers": 2}
"""The sizes of the model. That of its vocabulary follows from the words of the toy world."""

WORLD_SEED = 1
"""The seed of the toy world that the assistant knows."""


def new_assistant(seed: int) -> tuple[GPT, SimpleTokenizerV2]:
    """Make a model of the assistant's sizes that has learned nothing, and its tokenizer.

    Args:
        seed: For the random weights.
    """
    tokenizer = SimpleTokenizerV2(toy_vocabulary())
    config = GPTConfig(len(tokenizer.str_to_int), **SIZES)
    return GPT(config, spread=0.12, seed=seed), tokenizer


def load_assistant(stage: Stage = "tuned") -> tuple[GPT, SimpleTokenizerV2]:
    """Load a small model of the toy world with the seed 1, and the tokenizer of its words.

    It has read 8,000 texts about that world; tuned, it also follows the thirteen kinds of
    instruction that `toy_instructions` makes. `make runs`, in the source, trains both again.

    Args:
        stage: "pretrained", or "tuned".

    Returns:
        The model, and its tokenizer.

    Raises:
        ValueError: If there is no such stage.

    Examples:
        >>> from verdict import END_OF_TEXT, format_instruction, greedy_answers
        >>> model, tokenizer = load_assistant()
        >>> prompt = tokenizer.encode(format_instruction("count the words", "sun moon river"))
        >>> (answer,) = greedy_answers(model, [prompt], tokenizer.str_to_int[END_OF_TEXT])
        >>> tokenizer.decode(answer)
        'three'
    """
    if stage not in get_args(Stage):
        raise ValueError(f'stage must be "pretrained" or "tuned", not {stage!r}')
    model, tokenizer = new_assistant(seed=0)
    load_weights(Path(__file__).with_name(f"assistant-{stage}.safetensors"), model)
    return model, tokenizer
