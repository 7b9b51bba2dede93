"""The text of a training, as one row of token IDs."""

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from verdict.command.errors import naming
from verdict.command.tokenizers.choosing import end_of_text
from verdict.command.tokenizers.kinds import Tokenizer

if TYPE_CHECKING:
    from verdict.checks.arrays import IdArray


def one_row(texts: list[tuple[str, str]], chosen: Tokenizer, options: Namespace) -> "IdArray":
    """Turn all texts into one row of token IDs, each text behind the token that ends one.

    Args:
        texts: The name of each text, for messages, and the text.
        chosen: The tokenizer.
        options: Says what a special token in a text is taken for.

    Raises:
        CommandError: If a special token is refused.
    """
    import numpy as np

    end = end_of_text(chosen)

    def ids() -> Iterator[int]:
        for name, text in texts:
            yield from end
            with naming(name):
                yield from chosen.encode([text], options.special)

    return np.fromiter(ids(), np.int32)
