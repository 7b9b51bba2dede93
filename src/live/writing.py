"""A trained model of this site, and what it writes on from a reader's words.

It runs in the reader's browser, beside the package, and once in the build of the site, for what
the home page shows before anything runs.
"""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np

from live.bars import escaped
from verdict import GPT, GPTConfig, SimpleTokenizerV1, generate
from verdict.checks.arrays import Vectors
from verdict.model.gpt2_weights import read_weights

LENGTH = 60
"""How many tokens are written at most: the last whole sentence ends it before."""
SEED = 123
"""For what is written in the build of the site."""

_writer: tuple[GPT, SimpleTokenizerV1] | None = None


class Tokenizer(Protocol):
    """Text to token IDs and back."""

    def encode(self, text: str, /) -> list[int]:
        """Turn a text into token IDs."""

    def decode(self, ids: list[int], /) -> str:
        """Turn token IDs into a text."""


def model_of(config: GPTConfig, arrays: Mapping[str, Vectors]) -> GPT:
    """Make a model of weights that a file of this site holds in 32 bits.

    They were rounded to six decimals, and rounding them again makes them what they were.
    """
    model = GPT(config, spread=0)
    model.parameters.update(
        {name: np.round(array.astype(np.float64), 6) + 0.0 for name, array in arrays.items()}
    )
    return model


def take(path: Path, words: Sequence[str]) -> None:
    """Take a trained model, and the words that it knows, by their token IDs.

    Raises:
        WeightsError: The file is damaged.
    """
    global _writer  # noqa: PLW0603
    tokenizer = SimpleTokenizerV1({word: token for token, word in enumerate(words)})
    _writer = model_of(*read_weights(path)), tokenizer


def receive(data: str, words: Sequence[str]) -> None:
    """Take a trained model whose file comes as base64; see `take`."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "trained.safetensors")
        path.write_bytes(b64decode(data))
        take(path, words)


def write(text: str, seed: int = SEED) -> dict[str, str]:
    """Let the model write on.

    Args:
        text: The reader's words.
        seed: For the draws.

    Returns:
        What was `written`, behind the reader's words, as HTML, and what there is to say, as `says`;
        or the `error`, and the words that are `known`.

    Raises:
        ValueError: No model was taken.
    """
    if _writer is None:
        raise ValueError("There is no model yet.")
    model, tokenizer = _writer
    ids, error = known_ids(tokenizer, text)
    if error:
        known = ", ".join(word for word in tokenizer.str_to_int if word.isalpha())
        return {"error": error, "known": f"Its words: {known}."}
    new = list(generate(model, ids, LENGTH, temperature=1, seed=seed))
    end = tokenizer.str_to_int["."]
    if end in new:
        del new[len(new) - new[::-1].index(end) :]
    return {
        "error": "",
        "written": shown(tokenizer, ids, new),
        "says": f"It has written {len(new)} tokens, each drawn by its probability.",
    }


def known_ids(tokenizer: Tokenizer, text: str) -> tuple[list[int], str]:
    """Turn the reader's words into token IDs; or say what the model does not know."""
    try:
        ids = tokenizer.encode(text)
    except KeyError as error:
        word = str(error.args[0])
        return [], f"The model has never seen {word!r}.{_other(tokenizer, word)}"
    if not ids:
        return [], "Type a word or two to begin with."
    return ids, ""


def _other(tokenizer: Tokenizer, word: str) -> str:
    """Name the same word in other letters, large or small, if the model knows that."""
    for other in (word.lower(), word.capitalize()):
        try:
            tokenizer.encode(other)
        except KeyError:
            continue
        return f" It knows {other!r}."
    return " It knows the words of its text only."


def shown(tokenizer: Tokenizer, ids: list[int], new: list[int]) -> str:
    """Write token IDs as HTML, and mark the new ones behind them."""
    before, whole = tokenizer.decode(ids), tokenizer.decode([*ids, *new])
    # The token IDs of a part of a character become text only with those of its rest.
    rest = whole[len(before) :] if whole.startswith(before) else tokenizer.decode(new)
    return f"<bdi>{escaped(before)}<mark>{escaped(rest)}</mark></bdi>"
