"""How text becomes token IDs and vectors, step by step: the code that the chapters teach."""

from typing import TYPE_CHECKING

from verdict.bigram_model import BigramModel
from verdict.byte_pair_tokenizer import BytePairTokenizer
from verdict.gpt2_files import GPT2UnavailableError
from verdict.gpt2_words import split_gpt2
from verdict.model_size import count_parameters
from verdict.pieces import read_pieces
from verdict.simple_tokenizer import SimpleTokenizerV1
from verdict.special_tokens import END_OF_TEXT, UNKNOWN, SimpleTokenizerV2
from verdict.story import StoryUnavailableError, read_story, story_path
from verdict.vocabulary import build_vocabulary
from verdict.words import split_words

# What needs NumPy is imported when it is first asked for (PEP 562): the rest stays quick to
# import, and works where there is no NumPy, as in a browser.
if TYPE_CHECKING:
    from verdict.embeddings import embed_tokens, embedding_gradient, embedding_table
    from verdict.positions import (
        input_vectors,
        learned_positions,
        rotate_by_position,
        sinusoidal_positions,
    )
    from verdict.windows import (
        batches,
        count_dropped,
        sliding_windows,
        split_ids,
        stream_windows,
    )
else:
    _NEED_NUMPY = {
        "batches": "verdict.windows",
        "count_dropped": "verdict.windows",
        "embed_tokens": "verdict.embeddings",
        "embedding_gradient": "verdict.embeddings",
        "embedding_table": "verdict.embeddings",
        "input_vectors": "verdict.positions",
        "learned_positions": "verdict.positions",
        "rotate_by_position": "verdict.positions",
        "sinusoidal_positions": "verdict.positions",
        "sliding_windows": "verdict.windows",
        "split_ids": "verdict.windows",
        "stream_windows": "verdict.windows",
    }

    def __getattr__(name):
        """Import a name of `_NEED_NUMPY`, and keep it."""
        if name not in _NEED_NUMPY:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = globals()[name] = getattr(import_module(_NEED_NUMPY[name]), name)
        return value

    def __dir__():
        """List all names, imported yet or not."""
        return sorted({*globals(), *_NEED_NUMPY})


__all__ = [
    "END_OF_TEXT",
    "UNKNOWN",
    "BigramModel",
    "BytePairTokenizer",
    "GPT2UnavailableError",
    "SimpleTokenizerV1",
    "SimpleTokenizerV2",
    "StoryUnavailableError",
    "batches",
    "build_vocabulary",
    "count_dropped",
    "count_parameters",
    "embed_tokens",
    "embedding_gradient",
    "embedding_table",
    "input_vectors",
    "learned_positions",
    "read_pieces",
    "read_story",
    "rotate_by_position",
    "sinusoidal_positions",
    "sliding_windows",
    "split_gpt2",
    "split_ids",
    "split_words",
    "story_path",
    "stream_windows",
]
