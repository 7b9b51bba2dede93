"""Windows: views of the token IDs against the usual loop over slices."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from tests import textbook
from tests.bench.comparison import Comparison
from verdict import (
    SimpleTokenizerV1,
    build_vocabulary,
    read_story,
    sliding_windows,
    split_words,
)


def comparisons() -> Iterator[Comparison]:
    story = read_story()
    ids = SimpleTokenizerV1(build_vocabulary(split_words(story))).encode(story)
    array = np.array(ids)
    for shape in ((4, 1), (64, 1), (64, 64), (256, 1)):
        yield Comparison(
            f"{len(ids):,} token IDs to windows, context length {shape[0]}, stride {shape[1]}",
            {
                "usual loop over a list": partial(textbook.sliding_windows, ids, *shape),
                "sliding_windows of the list": partial(sliding_windows, ids, *shape),
                "sliding_windows of an array": partial(sliding_windows, array, *shape),
            },
            comparable=listed,
        )


def listed(examples: tuple[Any, Any]) -> tuple[Any, Any]:
    inputs, targets = examples
    return inputs.tolist(), targets.tolist()
