"""Two small models that come with the package, pretrained on texts of its own grammars."""

from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from verdict.model.gpt import GPT
from verdict.model.gpt_config import GPTConfig
from verdict.text.special_tokens import END_OF_TEXT, UNKNOWN, SimpleTokenizerV2
from verdict.text.vocabulary import build_vocabulary
from verdict.text.words import split_words
from verdict.training.weights import load_weights
from verdict.tuning import messages, orders
from verdict.tuning.slots import all_filled

Pretrained: TypeAlias = Literal["messages", "orders"]
"""The names of the two models: those of the grammars whose texts they have read."""

SIZES: dict[str, dict[str, Any]] = {
    "messages": {"context_length": 56, "width": 32, "heads": 4, "layers": 1},
    "orders": {"context_length": 24, "width": 32, "heads": 4, "layers": 1},
}
"""The sizes of each model. That of its vocabulary follows from the words of its grammar."""

ALL_PHRASES = {"messages": messages.all_phrases, "orders": orders.all_phrases}
"""For each grammar, the function that lists all that its texts are made of."""


def vocabulary(name: Pretrained) -> dict[str, int]:
    """Number all words of a grammar, in lower case, special tokens last.

    Args:
        name: "messages" or "orders".
    """
    words = split_words(" ".join(map(all_filled, ALL_PHRASES[name]())).lower())
    return build_vocabulary(words, [END_OF_TEXT, UNKNOWN])


def new_model(name: Pretrained, seed: int) -> tuple[GPT, SimpleTokenizerV2]:
    """Make a model of the size of a pretrained one, which has learned nothing, and its tokenizer.

    Args:
        name: "messages" or "orders".
        seed: For the weights.
    """
    tokenizer = SimpleTokenizerV2(vocabulary(name))
    config = GPTConfig(len(tokenizer.str_to_int), **SIZES[name])
    return GPT(config, seed=seed), tokenizer


def load_pretrained(name: Pretrained) -> tuple[GPT, SimpleTokenizerV2]:
    """Load a small model that has read 3,000 unlabelled texts, and the tokenizer of its words.

    It was trained to predict the next word of "messages", as `make_messages` makes them with the
    seed 0, or of "orders", as `make_orders` does. All words are in lower case: encode
    `text.lower()`. `make runs`, in the source, trains them again.

    Args:
        name: Which of the two.

    Returns:
        The model, and its tokenizer. Both know `<|endoftext|>`, which stood behind each text.

    Raises:
        ValueError: If there is no such model.

    Examples:
        >>> model, tokenizer = load_pretrained("messages")
        >>> ids = tokenizer.encode("the printer at home")
        >>> tokenizer.decode([model(ids)[-1].argmax()])
        'works'
    """
    if name not in get_args(Pretrained):
        raise ValueError(f'name must be "messages" or "orders", not {name!r}')
    model, tokenizer = new_model(name, seed=0)
    load_weights(Path(__file__).with_name(f"{name}.safetensors"), model)
    return model, tokenizer
