"""Words: our splitter and tokenizer against the textbook's forms."""

from collections.abc import Iterator
from functools import partial

from tests import textbook
from tests.bench.comparison import Comparison
from verdict import (
    END_OF_TEXT,
    UNKNOWN,
    SimpleTokenizerV1,
    SimpleTokenizerV2,
    build_vocabulary,
    read_story,
    split_words,
)


def comparisons() -> Iterator[Comparison]:
    story = read_story()
    vocab = build_vocabulary(split_words(story))
    tokenizer = SimpleTokenizerV1(vocab)
    extended = build_vocabulary(split_words(story), [END_OF_TEXT, UNKNOWN])
    # The textbook's class keeps plain dicts.
    str_to_int = dict(vocab)
    int_to_str = {token_id: token for token, token_id in vocab.items()}
    for text in (story, story * 100):
        size = f"{len(text):,} characters"
        ids = tokenizer.encode(text)
        yield Comparison(
            f"text to tokens, {size}",
            {
                "textbook": partial(textbook.split_words, text),
                "split_words": partial(split_words, text),
            },
        )
        yield Comparison(
            f"text to token IDs, {size}",
            {
                "textbook": partial(textbook.encode, text, str_to_int),
                "SimpleTokenizerV1.encode": partial(tokenizer.encode, text),
            },
        )
        yield Comparison(
            f"text with no unknown word to token IDs, {size}",
            {
                "textbook": partial(textbook.encode_any, text, extended),
                "SimpleTokenizerV2.encode": partial(SimpleTokenizerV2(extended).encode, text),
                "SimpleTokenizerV1.encode": partial(tokenizer.encode, text),
            },
        )
        yield Comparison(
            f"token IDs to text, {len(ids):,} token IDs",
            {
                "textbook": partial(textbook.decode, ids, int_to_str),
                "SimpleTokenizerV1.decode": partial(tokenizer.decode, ids),
            },
        )
