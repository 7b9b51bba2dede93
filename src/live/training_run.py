"""A training in the reader's browser: its model, its text, and what it has shown.

It runs beside the package, in the page's own Python, and in the build of the site. The model, its
gradients and its training are the package's own.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from verdict import (
    END_OF_TEXT,
    GPT,
    AdamW,
    BytePairTokenizer,
    GPTConfig,
    SimpleTokenizerV1,
    animal_tales,
    build_vocabulary,
    read_story,
    split_words,
    train,
)

LONGEST = 300_000
"""Characters of a reader's text that are used: more would not be read in so few steps."""
MOST_WORDS = 1500
"""A text with more different words than this is cut into byte pairs, of which it has as many."""
HELD_OUT, MOST_HELD_OUT, MEASURED = 0.1, 10_000, 5000
"""The share of the text for validation, how many tokens that is at most (as at the terminal), and
how many of them are measured at most."""
MEASUREMENTS = 20
"""How many times a training measures the validation loss."""
PROMPT = "Ada and Tom are"
"""What samples begin with, where the text is our own."""
SEED = 123

Tokenizer: TypeAlias = SimpleTokenizerV1 | BytePairTokenizer


@dataclass(frozen=True)
class Size:
    """A model to choose, and how much it reads in a step."""

    width: int
    heads: int
    layers: int
    context: int
    batch: int
    peak: float


SIZES = {
    "small": Size(16, 2, 1, context=32, batch=8, peak=0.02),
    "middle": Size(32, 4, 1, context=32, batch=8, peak=0.01),
    "large": Size(64, 4, 2, context=32, batch=8, peak=0.003),
}
HIGH_RATE = 30
"""How many times the usual rate the mistake of a high rate has."""


def no_ids() -> np.ndarray:
    """Make an array for a text that is not there: no token ID."""
    return np.array([], dtype=np.int64)


@dataclass
class Run:
    """A training: its model, and all that it has shown.

    A model from a file has no text until it trains on. What its file says of its training is
    `begun`, which only `live.model_files` looks into.
    """

    settings: dict[str, Any]
    size: Size
    tokenizer: Tokenizer
    model: GPT
    optimizer: AdamW
    random: np.random.Generator
    prompt: list[int] = field(default_factory=list)  # what its samples begin with
    training: np.ndarray = field(default_factory=no_ids)
    validation: np.ndarray = field(default_factory=no_ids)
    text: str = ""  # a digest of all its token IDs
    share: float = HELD_OUT
    begun: Any = None
    means: int = 0  # how many of its losses, the first ones, are means of several steps
    is_mixed: bool = False  # it has learned more than one text, or begun without its averages
    recorded: dict[str, Any] | None = None
    known: dict[int, list[Any]] = field(default_factory=dict)  # its losses, by their steps
    losses: list[list[Any]] = field(default_factory=list)
    samples: list[list[Any]] = field(default_factory=list)
    seconds: float = 0.0  # spent in steps
    timed_from: int = 0  # the steps that were made before
    first_difference: int = 0  # the first step whose loss is not the recorded one

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return int(self.settings["steps"])

    @property
    def step(self) -> int:
        """How many of them are made."""
        return self.optimizer.steps

    @property
    def vocabulary(self) -> int:
        """How many tokens the model knows."""
        return self.model.config.vocabulary_size

    @property
    def weights(self) -> int:
        """How many numbers the model has."""
        return sum(array.size for array in self.model.parameters.values())

    @property
    def kind(self) -> str:
        """What its tokens are."""
        return "words" if isinstance(self.tokenizer, SimpleTokenizerV1) else "byte pairs"

    def read(self, ids: np.ndarray) -> None:
        """Take the text that is learned from now on.

        Raises:
            ValueError: If it is too short for the model.
        """
        held_out = min(round(len(ids) * self.share), MOST_HELD_OUT)
        learned = len(ids) - held_out
        if learned <= self.size.context or (self.share and held_out < 2):
            raise ValueError(
                f"The text has {learned:,} tokens to learn, and {held_out:,} to measure. This "
                f"model needs {self.size.context + 1:,} of the first, and 2 of the others."
            )
        self.training, self.validation = ids[:learned], ids[learned:][:MEASURED]
        self.text = hashlib.sha256(ids.astype("<i4").tobytes()).hexdigest()
        is_ours = self.settings["source"] == "tales"
        first = self.validation if held_out else self.training
        self.prompt = self.tokenizer.encode(PROMPT) if is_ours else first[:4].tolist()

    def each_step(self) -> Iterator[Any]:
        """Go on, a step each time that one is asked for."""
        mistake = self.settings["mistake"]
        return train(
            self.model,
            self.training,
            self.steps,
            validation_ids=self.validation if len(self.validation) else None,
            optimizer=self.optimizer,
            seed=self.random,
            batch_size=self.size.batch,
            peak=self.peak,
            warm_up=0 if mistake == "warm-up" else None,
            evaluate_every=self.every,
        )

    @property
    def peak(self) -> float:
        """The highest rate."""
        return self.size.peak * (HIGH_RATE if self.settings["mistake"] == "rate" else 1)

    @property
    def every(self) -> int:
        """After how many steps the validation loss is measured."""
        return max(1, self.steps // MEASUREMENTS)


def new_run(settings: dict[str, Any], own: str | None = None) -> Run:
    """Make a training that begins: its text, its tokenizer and its model.

    Raises:
        ValueError: If the text is too short.
    """
    text, size = text_of(settings["source"], own), SIZES[settings["size"]]
    known = build_vocabulary(split_words(text))
    tokenizer: Tokenizer
    if len(known) <= MOST_WORDS:
        tokenizer, vocabulary = SimpleTokenizerV1(known), len(known)
    else:
        tokenizer = BytePairTokenizer.train(text, MOST_WORDS)
        vocabulary = tokenizer.vocab_size
    ids = ids_of(text, tokenizer)
    needed = 10 * (size.context + 1)
    if len(ids) < needed:
        raise ValueError(
            f"The text has {len(ids):,} tokens. A model of this size needs {needed:,} at least: "
            "it looks at some, and a tenth is held back."
        )
    config = GPTConfig(vocabulary, size.context, size.width, size.heads, size.layers)
    model = GPT(config, seed=SEED)
    optimizer, random = AdamW(model.parameters), np.random.default_rng(SEED)
    run = Run(settings, size, tokenizer, model, optimizer, random)
    run.read(ids)
    return run


def text_of(source: str, own: str | None) -> str:
    """Give the text that was chosen."""
    if source == "own":
        return (own or "")[:LONGEST]
    return read_story() if source == "story" else animal_tales(1_000, seed=1)


def ids_of(text: str, tokenizer: Tokenizer) -> np.ndarray:
    """Turn a text into token IDs, behind the token that ends a text, where there is one.

    Raises:
        KeyError: If the tokenizer has no token for a word.
    """
    if isinstance(tokenizer, BytePairTokenizer):
        special = tokenizer.special_tokens
    else:
        special = tokenizer.str_to_int
    end = [special[END_OF_TEXT]] if END_OF_TEXT in special else []
    return np.array([*end, *tokenizer.encode(text)], dtype=np.int64)
