"""What the playground shows of a text: its tokens, their IDs, what each is, and how many.

It runs in the reader's browser, beside the package, and once in the build of the site, for
what a page shows before anything runs. All tokenizing is the package's own.
"""

import re
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, groupby
from typing import Any, NamedTuple

from verdict import (
    END_OF_TEXT,
    UNKNOWN,
    BytePairTokenizer,
    SimpleTokenizerV1,
    SimpleTokenizerV2,
    build_vocabulary,
    read_story,
    split_gpt2,
    split_words,
)

MOST_SHOWN = 2000
"""How many tokens, and characters of the text they give back, are shown: more would be slow."""

KINDS = {
    "word": "whole words",
    "part": "pieces of words",
    "mark": "marks",
    "blank": "blanks",
    "bytes": "pieces of characters",
    "special": "special tokens",
    "unknown": "unknown words",
}
"""What each kind of token is called in the counts."""

WORDS = ("word", "mark", "special", "unknown")
PAIRS = ("word", "part", "mark", "blank", "bytes", "special")
"""The kinds that a tokenizer of words has, and those that one of byte pairs has."""


class Token(NamedTuple):
    """A token as the page shows it: bytes in hexadecimal, where they are no text by themselves."""

    piece: str
    id: int | None
    kind: str


_SPECIAL = (END_OF_TEXT, UNKNOWN)
_tokenizer: SimpleTokenizerV1 | BytePairTokenizer = SimpleTokenizerV1({})


def prepare(name: str, own: str | None = None, merges: int = 0) -> dict[str, Any]:
    """Make the tokenizer that the next texts are for.

    Args:
        name: `v1` and `v2` for words, `pairs` for byte pairs, `gpt2` for GPT-2's own.
        own: the text that it learns from; None for the story.
        merges: how many it learns at most, for `pairs`.

    Returns:
        What it has, in words, as `says`; or the `error`.
    """
    global _tokenizer  # noqa: PLW0603
    try:
        if name == "gpt2":
            _tokenizer = BytePairTokenizer.gpt2()
        else:
            text = read_story() if own is None else own
            if name == "pairs":
                size = 256 + merges + 1
                _tokenizer = BytePairTokenizer.train(text, size, special_tokens=[END_OF_TEXT])
            elif name == "v1":
                _tokenizer = SimpleTokenizerV1(build_vocabulary(split_words(text)))
            else:
                _tokenizer = SimpleTokenizerV2(build_vocabulary(split_words(text), _SPECIAL))
    except (RuntimeError, TypeError, ValueError) as error:
        return {"error": _said(error), "says": ""}
    if isinstance(_tokenizer, BytePairTokenizer):
        size, made = _tokenizer.vocab_size, len(_tokenizer.merges)
        return {"error": "", "says": f"{_many(size, 'token')}, {made:,} of them from merges"}
    return {"error": "", "says": _many(len(_tokenizer.str_to_int), "token")}


def encode(text: str) -> dict[str, Any]:
    """Show a text as tokens."""
    if isinstance(_tokenizer, BytePairTokenizer):
        ids = _tokenizer.encode(text, allowed_special="all")
        return _shown(text, _tokenizer.decode(ids), _of_bytes(ids))
    words = split_words(text)
    try:
        ids = _tokenizer.encode(text)
    except KeyError as error:
        return _shown(text, "", _of_words(words), _said(error))
    unknown = _tokenizer.str_to_int.get(UNKNOWN)
    return _shown(text, _tokenizer.decode(ids), _of_words(words, unknown))


def decode(written: str) -> dict[str, Any]:
    """Show token IDs, as a reader wrote them, as tokens; what is no number the package refuses."""
    ids: list[Any] = [
        int(part) if re.fullmatch(r"[+-]?[0-9]{1,4000}", part) else part
        for part in re.sub(r"[\[\](),;]", " ", written).split()
    ]
    try:
        text = _tokenizer.decode(ids)
    except (KeyError, TypeError) as error:
        return {"error": _said(error)}
    if isinstance(_tokenizer, BytePairTokenizer):
        return _shown(text, text, _of_bytes(ids)) | {"text": text}
    words = map(_tokenizer.int_to_str.__getitem__, ids)
    return _shown(text, text, _of_words(words)) | {"text": text}


def _shown(text: str, decoded: str, tokens: Sequence[Token], error: str = "") -> dict[str, Any]:
    """Gather what the page shows of a text: tokens, counts, and what decoding gives back."""
    number = Counter(token.kind for token in tokens)
    counts = {
        "characters": len(text),
        "bytes": len(text.encode("utf-8", "surrogatepass")),
        "tokens": len(tokens),
        "distinct tokens": len({token.piece if error else token.id for token in tokens}),
    }
    has_unknown = not isinstance(_tokenizer, BytePairTokenizer)
    counts |= {KINDS[kind]: number[kind] for kind in (WORDS if has_unknown else PAIRS)}
    of_what = (
        f", {number['unknown']:,} of them unknown"
        if has_unknown
        else f" for {_many(len(text), 'character')}"
    )
    says = f"{_many(len(tokens), 'token')}{of_what}."
    if len(tokens) > MOST_SHOWN:
        says += f" The first {MOST_SHOWN:,} are shown."
    same = "the same text" if decoded == text else "not the same text"
    return {
        "error": error,
        "says": says,
        "pieces": tokens[:MOST_SHOWN],
        "ids": ", ".join(str(token.id) for token in tokens[:MOST_SHOWN] if token.id is not None),
        "counts": [(name, f"{count:,}") for name, count in counts.items()],
        "again": decoded if len(decoded) <= MOST_SHOWN else f"{decoded[:MOST_SHOWN]}…",
        "same": "there are no token IDs to decode" if error else same,
    }


def _of_words(words: Iterable[str], unknown: int | None = None) -> list[Token]:
    assert isinstance(_tokenizer, SimpleTokenizerV1)
    known = _tokenizer.str_to_int
    return [Token(word, known.get(word, unknown), _of_word(word, word in known)) for word in words]


def _of_word(word: str, is_known: bool) -> str:
    if not is_known:
        return "unknown"
    if word in _SPECIAL:
        return "special"
    return "word" if any(map(str.isalnum, word)) else "mark"


def _of_bytes(ids: Iterable[int]) -> list[Token]:
    assert isinstance(_tokenizer, BytePairTokenizer)
    known = _tokenizer.int_to_bytes
    found = list[Token]()
    special = set(_tokenizer.special_tokens.values())
    for is_special, group in groupby(ids, special.__contains__):
        if is_special:
            found += [Token(known[number].decode(), number, "special") for number in group]
            continue
        run = list(group)
        # Where the words end, in bytes; what is no UTF-8 counts as what it is.
        text = b"".join(map(known.__getitem__, run)).decode("utf-8", "surrogateescape")
        sizes = (len(word.encode("utf-8", "surrogateescape")) for word in split_gpt2(text))
        bounds = {0, *accumulate(sizes)}
        end = 0
        for number in run:
            start, end = end, end + len(known[number])
            found.append(_of_token(known[number], number, start in bounds and end in bounds))
    return found


@cache
def _of_token(token: bytes, number: int, is_whole: bool) -> Token:
    try:
        text = token.decode("utf-8")
    except UnicodeDecodeError:
        return Token(token.hex(" ").upper(), number, "bytes")
    if text.isspace():
        return Token(text, number, "blank")
    if not any(map(str.isalnum, text)):
        return Token(text, number, "mark")
    return Token(text, number, "word" if is_whole else "part")


def _said(error: Exception) -> str:
    """An error as Python shows it, with its notes."""
    return "".join(traceback.format_exception_only(error)).strip()


def _many(count: int, name: str) -> str:
    return f"{count:,} {name}{'s' * (count != 1)}"
