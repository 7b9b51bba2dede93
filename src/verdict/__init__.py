"""How text becomes token IDs, step by step: the code that the chapters teach."""

from verdict.bigram_model import BigramModel
from verdict.model_size import count_parameters
from verdict.simple_tokenizer import SimpleTokenizerV1
from verdict.special_tokens import END_OF_TEXT, UNKNOWN, SimpleTokenizerV2
from verdict.story import StoryUnavailableError, read_story, story_path
from verdict.vocabulary import build_vocabulary
from verdict.words import split_words

__all__ = [
    "END_OF_TEXT",
    "UNKNOWN",
    "BigramModel",
    "SimpleTokenizerV1",
    "SimpleTokenizerV2",
    "StoryUnavailableError",
    "build_vocabulary",
    "count_parameters",
    "read_story",
    "split_words",
    "story_path",
]
