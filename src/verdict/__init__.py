"""How text becomes token IDs, step by step: the code that the chapters teach."""

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

__all__ = [
    "END_OF_TEXT",
    "UNKNOWN",
    "BigramModel",
    "BytePairTokenizer",
    "GPT2UnavailableError",
    "SimpleTokenizerV1",
    "SimpleTokenizerV2",
    "StoryUnavailableError",
    "build_vocabulary",
    "count_parameters",
    "read_pieces",
    "read_story",
    "split_gpt2",
    "split_words",
    "story_path",
]
