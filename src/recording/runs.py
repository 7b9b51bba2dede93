"""What is recorded: the texts, the sizes, the seeds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from verdict import animal_tales, read_story


@dataclass(frozen=True)
class Run:
    """A training that is recorded.

    Args:
        about: What it is, for a reader of the file.
        text: Gives the text to learn.
        sizes: The arguments of `GPTConfig` but the size of the vocabulary, which is the text's.
        steps: How many steps it has.
        peak: Its highest learning rate.
        batch_size: How many windows a step sees.
        evaluate_every: After how many steps the validation text is measured.
        sample_every: After how many steps the model writes a sample; 0 for never.
        prompt: What a sample begins with.
        seed: Of the weights, the windows and the samples.
        record_every: After how many steps the losses are recorded.
        keeps_weights: Whether the weights are a file of the site too.
        needs_story: Whether its text is the story, which is not everywhere.
    """

    about: str
    text: Callable[[], str]
    sizes: dict[str, Any]
    steps: int
    peak: float
    batch_size: int = 8
    evaluate_every: int = 10
    sample_every: int = 0
    prompt: str = ""
    seed: int = 123
    record_every: int = 1
    keeps_weights: bool = False
    needs_story: bool = False


RUNS = {
    "train-it-here": Run(
        "A thousand tales of animals: animal_tales(1_000, seed=1)",
        lambda: animal_tales(1_000, seed=1),
        {"context_length": 32, "width": 32, "heads": 4, "layers": 1},
        steps=400,
        peak=0.01,
        sample_every=50,
        prompt="Ada and Tom are",
        keeps_weights=True,
    ),
    "tales": Run(
        "Three thousand tales of animals: animal_tales(3_000, seed=1)",
        lambda: animal_tales(3_000, seed=1),
        {"context_length": 32, "width": 32, "heads": 4, "layers": 2},
        steps=1_500,
        peak=0.01,
        batch_size=16,
        evaluate_every=100,
        sample_every=300,
        prompt="Ada and Tom are",
        record_every=10,
        keeps_weights=True,
    ),
    "story": Run(
        "The whole story of the chapters: read_story()",
        read_story,
        {"context_length": 32, "width": 64, "heads": 4, "layers": 2},
        steps=1_000,
        peak=0.003,
        evaluate_every=50,
        record_every=10,
        needs_story=True,
    ),
}
"""The runs, by the name of their files. The home page's model is that of `tales`."""
