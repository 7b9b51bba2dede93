import argparse
import copy
import inspect
import os
import pickle
import pydoc_data.topics
import random
import string
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests import textbook
from tests.verdict.gpt2 import (
    TRICKY_PIECES,
    generated,
    hugging_face_merges,
    known,
    oracle,
    written_out,
)
from tests.verdict.texts import texts
from verdict import BytePairTokenizer, read_pieces, split_gpt2
from verdict.checks import merges as merge_checks
from verdict.text.byte_pair_words import MergedWords
from verdict.text.gpt2_files import gpt2_merges

END = "<|endoftext|>"
TEXTS = int(os.environ.get("VERDICT_FUZZ", "3000"))
"""How many generated texts are compared with tiktoken. For a longer look:

    VERDICT_FUZZ=100000 pytest tests/verdict/text/test_byte_pair_tokenizer.py -k scripts
"""


@pytest.fixture(scope="module")
def gpt2() -> BytePairTokenizer:
    return BytePairTokenizer.gpt2()


@pytest.fixture(scope="module")
def trained(story: str) -> BytePairTokenizer:
    return BytePairTokenizer.train(story, 1000, special_tokens=[END])


@pytest.fixture(scope="module")
def small() -> BytePairTokenizer:
    return BytePairTokenizer([(97, 98), (256, 99)], special_tokens=["<a>", "<a>b"])


# Encoding and decoding


@given(texts)
@example("".join(TRICKY_PIECES))
@example("\ud800\udc00 \udfff")
@example(END)
def test_every_text_comes_back(
    gpt2: BytePairTokenizer, trained: BytePairTokenizer, text: str
) -> None:
    for tokenizer in (gpt2, trained, BytePairTokenizer()):
        ids = tokenizer.encode(text, disallowed_special=())
        assert tokenizer.decode(ids) == text
        assert tokenizer.decode_bytes(ids) == text.encode("utf-8", "surrogatepass")
        marked = tokenizer.encode(text, allowed_special="all")
        assert tokenizer.decode(marked) == text


@given(st.text(alphabet="ab c<>", max_size=20))
def test_the_ids_are_the_textbooks(small: BytePairTokenizer, text: str) -> None:
    expected = [
        token for word in split_gpt2(text) for token in textbook.apply(word.encode(), small.merges)
    ]
    assert small.encode(text, disallowed_special=()) == expected


def test_gpt2_has_tiktokens_ids_on_the_story(gpt2: BytePairTokenizer, story: str) -> None:
    ids = gpt2.encode(story)
    assert len(ids) == 5145
    assert ids == oracle().encode(story)
    assert gpt2.decode(ids) == story


def test_gpt2_has_tiktokens_ids_in_all_scripts(gpt2: BytePairTokenizer) -> None:
    different = [
        text
        for text in generated(TEXTS, seed=TEXTS)
        if gpt2.encode(text, disallowed_special=()) != oracle().encode_ordinary(text)
    ]
    assert different == []


@given(texts.map(known))
def test_gpt2_has_tiktokens_ids_on_any_text(gpt2: BytePairTokenizer, text: str) -> None:
    for parts in ([text], [text, END, text]):
        joined = "".join(parts)
        assert gpt2.encode(joined, allowed_special="all") == oracle().encode(
            joined, allowed_special="all"
        )


def test_gpt2_has_the_bytes_of_tiktoken(gpt2: BytePairTokenizer) -> None:
    assert gpt2.vocab_size == oracle().n_vocab == 50_257
    for number, token in gpt2.int_to_bytes.items():
        assert token == oracle().decode_bytes([number])


def test_a_lone_surrogate_comes_back_where_tiktoken_loses_it(gpt2: BytePairTokenizer) -> None:
    text = "a\ud800b"
    assert gpt2.decode(gpt2.encode(text)) == text
    assert oracle().decode(oracle().encode(text)) == "a\ufffdb"


def test_what_is_not_utf_8_is_marked(gpt2: BytePairTokenizer) -> None:
    first, *_ = gpt2.encode("é世")
    half = gpt2.encode("世")[:1]
    assert gpt2.decode([first, *half]) == "é\ufffd"
    assert gpt2.decode_bytes(half) == "世".encode()[: len(gpt2.decode_bytes(half))]


@pytest.mark.parametrize("module", [argparse, inspect, random, pydoc_data.topics])
def test_gpt2_has_tiktokens_ids_on_natural_text(gpt2: BytePairTokenizer, module: Any) -> None:
    text = inspect.getsource(module)
    ids = gpt2.encode(text, disallowed_special=())
    assert ids == oracle().encode_ordinary(text)
    assert gpt2.decode(ids) == text


LETTERS = random.Random(1).choices(string.ascii_letters, k=20_000)


@pytest.mark.parametrize(
    "text",
    ["世界и" * 20_000, "a" * 50_001, "ab" * 25_000, " " * 5_000, "-=" * 5_000, "".join(LETTERS)],
    ids=["scripts", "one letter", "two letters in turns", "blanks", "marks", "random letters"],
)
def test_gpt2_has_tiktokens_ids_on_a_long_word_without_a_blank(
    gpt2: BytePairTokenizer, text: str
) -> None:
    ids = gpt2.encode(text)
    assert ids == oracle().encode(text)
    assert gpt2.decode(ids) == text


@given(st.binary(max_size=400), st.integers(1, 5))
def test_gpt2_has_tiktokens_ids_on_random_bytes(
    gpt2: BytePairTokenizer, data: bytes, times: int
) -> None:
    text = data.decode("latin-1") * times
    assert gpt2.encode(text, disallowed_special=()) == oracle().encode_ordinary(text)


@given(st.text(string.ascii_lowercase, min_size=100, max_size=300))
def test_gpt2_has_tiktokens_ids_on_words_of_any_length(gpt2: BytePairTokenizer, word: str) -> None:
    assert gpt2.encode(word) == oracle().encode(word)


def test_the_memory_for_words_stays_bounded(
    small: BytePairTokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MergedWords, "MOST_WORDS", 10)
    for number in range(100):
        text = f"{number} {'abc' * 100}"
        assert small.decode(small.encode(text)) == text
        assert 0 < len(small._words) <= 10
        assert all(len(word) <= 64 for word in small._words)


# Pieces


@given(st.lists(st.sampled_from([*TRICKY_PIECES, END]) | texts), st.sampled_from([2, 5, 2**16]))
def test_pieces_have_the_ids_of_the_whole(
    gpt2: BytePairTokenizer, parts: list[str], piece: int
) -> None:
    text = "".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("verdict.text.pieces.PIECE", piece)
        found = list(gpt2.encode_pieces(parts, allowed_special="all"))
    assert found == gpt2.encode(text, allowed_special="all")


def test_a_large_file_is_encoded_in_little_memory(
    gpt2: BytePairTokenizer, story: str, tmp_path: Path
) -> None:
    path = tmp_path / "large.txt"
    path.write_text(story * 50, encoding="utf-8")
    count = sum(1 for _ in gpt2.encode_pieces(read_pieces(path)))  # fills the table of words
    tracemalloc.start()
    assert sum(1 for _ in gpt2.encode_pieces(read_pieces(path))) == count
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000  # the IDs as a list would take 2 MB for each 20 copies
    assert count == len(gpt2.encode(story * 50))


def test_pieces_are_refused_as_texts_are(gpt2: BytePairTokenizer) -> None:
    with pytest.raises(ValueError, match="disallowed_special has"):
        gpt2.encode_pieces([], disallowed_special=["x"])
    with pytest.raises(ValueError, match="the text has the special token"):
        list(gpt2.encode_pieces(["<|endof", "text|>"]))
    with pytest.raises(TypeError, match="a piece of text must be a str, not int"):
        list(gpt2.encode_pieces(["a", 1]))  # type: ignore[list-item]


# Special tokens


@given(
    st.lists(st.sampled_from([END, "<|end", "oftext|>", "a", " "])).map("".join),
    st.sampled_from(["all", (), {END}]),
    st.sampled_from(["all", (), {END}]),
)
def test_special_tokens_are_allowed_and_refused_as_by_tiktoken(
    gpt2: BytePairTokenizer, text: str, allowed: Any, disallowed: Any
) -> None:
    def outcome(encode: Callable[..., list[int]], allowed: Any) -> list[int] | None:
        try:
            return encode(text, allowed_special=allowed, disallowed_special=disallowed)
        except ValueError:
            return None

    assert outcome(gpt2.encode, allowed) == outcome(
        oracle().encode, allowed if allowed == "all" else set(allowed)
    )


def test_a_special_token_in_a_text_is_refused_unless_it_is_allowed(gpt2: BytePairTokenizer) -> None:
    with pytest.raises(
        ValueError, match=r"the special token '<\|endoftext\|>'.\nTo make it one token, pass"
    ):
        gpt2.encode(f"a {END}")
    assert gpt2.encode(f"a {END}", allowed_special={END}) == [64, 220, 50256]
    assert gpt2.encode(END, disallowed_special=()) == [27, 91, 437, 1659, 5239, 91, 29]
    assert gpt2.special_tokens == {END: 50256}


def test_of_special_tokens_the_longest_is_found(small: BytePairTokenizer) -> None:
    assert small.encode("<a>b<a>c", allowed_special="all") == [259, 258, 99]
    assert small.encode("<a>b", allowed_special=["<a>"], disallowed_special=()) == [258, 98]
    with pytest.raises(ValueError, match="the special token '<a>b'"):
        small.encode("<a>b", allowed_special=["<a>"])


@pytest.mark.parametrize("name", ["allowed_special", "disallowed_special"])
def test_names_of_special_tokens_are_checked(small: BytePairTokenizer, name: str) -> None:
    with pytest.raises(
        ValueError, match=f"{name} has {{'<b>'}}: the special tokens here are '<a>'"
    ):
        small.encode("a", **{name: ["<a>", "<b>"]})
    with pytest.raises(TypeError, match=f'{name} must be "all" or a set of special tokens, not'):
        small.encode("a", **{name: "<a>"})
    with pytest.raises(ValueError, match="the special tokens here are none"):
        BytePairTokenizer().encode("a", **{name: ["<a>"]})


# Training


@given(st.lists(texts, max_size=4), st.integers(0, 30))
def test_training_equals_the_textbooks(parts: list[str], merges: int) -> None:
    words = [word.encode("utf-8", "surrogatepass") for word in split_gpt2("".join(parts))]
    expected = textbook.train(words, merges)
    assert list(BytePairTokenizer.train("".join(parts), 256 + merges).merges) == expected
    assert list(BytePairTokenizer.train(iter(parts), 256 + merges).merges) == expected


def test_training_gives_the_merges_of_hugging_face(story: str) -> None:
    _, byte_order = gpt2_merges()
    trained = BytePairTokenizer.train(story, 2756, byte_order=byte_order)
    assert len(trained.merges) == 2500
    assert written_out(trained) == hugging_face_merges(story, 2756)
    assert trained.merge_steps(" the")[-1] == [b" the"]


def test_training_stops_where_no_pair_is_left(story: str) -> None:
    tokenizer = BytePairTokenizer.train(story, 50_000)
    assert tokenizer.vocab_size == 256 + 2517
    assert len(tokenizer.encode(story)) == len(split_gpt2(story))
    for text in ("", "a", " ", list[str]()):
        assert BytePairTokenizer.train(text, 300).vocab_size == 256


def test_special_tokens_are_not_learned_from() -> None:
    tokenizer = BytePairTokenizer.train(f"ab{END}ab{END}", 10_000, special_tokens=[END])
    assert list(tokenizer.merges) == [(97, 98)]
    assert tokenizer.vocab_size == 258
    assert tokenizer.encode(f"ab{END}", allowed_special="all") == [256, 257]


def test_the_size_counts_bytes_merges_and_special_tokens(trained: BytePairTokenizer) -> None:
    assert trained.vocab_size == 1000
    assert len(trained.merges) == 743
    assert trained.special_tokens == {END: 999}
    assert repr(trained) == "<BytePairTokenizer: 1,000 tokens = 256 bytes + 743 merges + 1 special>"
    assert repr(BytePairTokenizer()) == "<BytePairTokenizer: 256 tokens = 256 bytes + 0 merges>"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (
            ("a", 255),
            ValueError,
            r"from 256 \(the bytes and 0 special tokens\) to 1,114,112, not 255",
        ),
        (("a", 256, ["<a>"]), ValueError, "from 257 .the bytes and 1 special"),
        (("a", 10**9), ValueError, "to 1,114,112, not 1000000000"),
        (("a", "300"), TypeError, "vocab_size must be an int, not str"),
        (("a", True), TypeError, "vocab_size must be an int, not bool"),
        ((b"a", 300), TypeError, "text must be a str, or pieces of one, not bytes"),
        (([b"a"], 300), TypeError, "a piece of text must be a str, not bytes"),
        (("a", 300, "<a>"), TypeError, "must be a list of tokens, not '<a>'"),
        (("a", 300, [1]), TypeError, "a special token must be a str, not 1"),
        (("a", 300, [""]), ValueError, "the special token '' is empty"),
        (("a", 300, ["x", "x"]), ValueError, "the special token 'x' is there twice"),
        (
            ("a", 300, ["\ud800"]),
            ValueError,
            r"token '\\ud800' is no text: it has a lone surrogate",
        ),
    ],
)
def test_what_cannot_be_trained_is_refused(
    arguments: tuple[Any, ...], error: type[Exception], message: str
) -> None:
    text, size, *special = arguments
    with pytest.raises(error, match=message):
        BytePairTokenizer.train(text, size, special_tokens=special[0] if special else ())


# Making one


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"merges": [(97, 98), (97, 98)]}, ValueError, "merge of 97 and 98 is there twice"),
        (
            {"merges": [(97, 256)]},
            ValueError,
            "makes token 256, and can only join tokens from 0 to 255",
        ),
        ({"merges": [(-1, 97)]}, ValueError, "can only join"),
        ({"merges": [(97, 10**30)]}, ValueError, "can only join"),
        ({"merges": [(97,)]}, TypeError, r"a merge must be two token IDs, not \(97,\)"),
        ({"merges": ["ab"]}, TypeError, "a merge must be two token IDs, not 'ab'"),
        ({"merges": [(97, 1.5)]}, TypeError, "a token ID must be an integer, not float"),
        (
            {"byte_order": range(255)},
            ValueError,
            "byte_order must name each byte from 0 to 255 once",
        ),
        ({"byte_order": [0] * 256}, ValueError, "byte_order must name each byte"),
        ({"byte_order": range(257)}, ValueError, "byte_order must name each byte"),
        (
            {"merges": [(97, 97), *((number, number) for number in range(256, 300))]},
            ValueError,
            r"the tokens up to 283 have more than 268,435,456 bytes",
        ),
    ],
)
def test_what_makes_no_tokenizer_is_refused(
    arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        BytePairTokenizer(**arguments)


def test_a_vocabulary_of_too_many_tokens_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge_checks, "MOST_TOKENS", 257)
    BytePairTokenizer([(97, 98)])
    with pytest.raises(ValueError, match="there can be at most 257 tokens"):
        BytePairTokenizer([(97, 98)], special_tokens=["<a>"])


def test_token_ids_may_be_the_numbers_of_surrogates() -> None:
    pairs = [(left, right) for left in range(256) for right in range(256)][:60_000]
    tokenizer = BytePairTokenizer(pairs, special_tokens=["<a>"])
    for number in (0xD800, 0xDFFF, 0xE000):
        text = tokenizer.decode([number])
        if text.encode("utf-8", "surrogatepass") == tokenizer.int_to_bytes[number]:
            assert tokenizer.encode(text) == [number]
    assert tokenizer.encode("<a>", allowed_special="all") == [60_256]


def test_unknown_ids_are_refused(small: BytePairTokenizer) -> None:
    assert small.decode([257, 258]) == "abc<a>"
    with pytest.raises(
        KeyError, match="token ID 260 is not in this vocabulary of 260 tokens, with"
    ):
        small.decode([260])
    with pytest.raises(KeyError, match="token ID -1 is not"):
        small.decode_bytes([-1])
    with pytest.raises(TypeError, match="a token ID must be an integer, not str"):
        small.decode(["a"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="text must be a str, not bytes"):
        small.encode(b"a")  # type: ignore[arg-type]


def test_the_working_is_shown(small: BytePairTokenizer) -> None:
    assert small.merge_steps("abcab") == [
        [b"a", b"b", b"c", b"a", b"b"],
        [b"ab", b"c", b"ab"],
        [b"abc", b"ab"],
    ]
    assert small.merge_steps("") == [[]]
    with pytest.raises(ValueError, match=r"'a b' is 2: \['a', ' b'\]"):
        small.merge_steps("a b")


def test_the_last_step_is_what_encode_gives(gpt2: BytePairTokenizer, story: str) -> None:
    for word in random.Random(1).sample(sorted(Counter(split_gpt2(story))), 100):
        assert gpt2.merge_steps(word)[-1] == [gpt2.int_to_bytes[i] for i in gpt2.encode(word)]


def test_a_tokenizer_does_not_change(small: BytePairTokenizer) -> None:
    for table in (small.merges, small.special_tokens, small.int_to_bytes):
        with pytest.raises(TypeError, match="does not support item assignment"):
            table[0] = 0  # type: ignore[index]
    with pytest.raises(AttributeError):
        small.anything_new = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))]
)
def test_a_tokenizer_can_be_copied_and_pickled(
    small: BytePairTokenizer, again: Callable[[BytePairTokenizer], BytePairTokenizer]
) -> None:
    small.encode("abc ab")
    other = again(small)
    assert other == small
    assert hash(other) == hash(small)
    assert other.encode("abcd") == [257, 100]


def test_tokenizers_are_equal_that_do_the_same(small: BytePairTokenizer) -> None:
    assert small == BytePairTokenizer(small.merges, special_tokens=small.special_tokens)
    assert small != BytePairTokenizer(small.merges)
    assert small != BytePairTokenizer(special_tokens=small.special_tokens)
    assert small != BytePairTokenizer(
        small.merges, special_tokens=small.special_tokens, byte_order=range(255, -1, -1)
    )
    assert small != "abc"
