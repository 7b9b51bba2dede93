"""What the playground says of a text, by the package's own results."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import playground
from verdict import SimpleTokenizerV2, build_vocabulary, split_words

OWN_TEXT = "low lower lowest, the newest widest tea <|endoftext|> so."
TEXTS = st.text(st.characters(categories=["L", "N", "P", "Z", "M", "S", "Cs", "Cc"]), max_size=30)


def kinds(look: dict[str, object]) -> list[tuple[str, str]]:
    return [(token.piece, token.kind) for token in look["pieces"]]  # type: ignore[attr-defined]


def test_words_are_shown_with_their_ids_and_what_they_are() -> None:
    assert playground.prepare("v2", OWN_TEXT) == {"error": "", "says": "12 tokens"}
    look = playground.encode("Hello, the tea <|endoftext|>")
    tokenizer = SimpleTokenizerV2(
        build_vocabulary(split_words(OWN_TEXT), ["<|endoftext|>", "<|unk|>"])
    )
    ids = tokenizer.encode("Hello, the tea <|endoftext|>")
    assert [token.id for token in look["pieces"]] == ids
    assert look["ids"] == ", ".join(map(str, ids))
    assert [kind for _, kind in kinds(look)] == ["unknown", "mark", "word", "word", "special"]
    assert look["says"] == "5 tokens, 1 of them unknown."
    assert (look["again"], look["same"]) == (tokenizer.decode(ids), "not the same text")
    assert dict(look["counts"]) == {
        "characters": "28",
        "bytes": "28",
        "tokens": "5",
        "distinct tokens": "5",
        "whole words": "2",
        "marks": "1",
        "special tokens": "1",
        "unknown words": "1",
    }


def test_an_unknown_word_without_a_token_for_it_is_the_packages_error() -> None:
    playground.prepare("v1", OWN_TEXT)
    look = playground.encode("tea, Hello")
    assert look["error"].startswith("KeyError: 'Hello'\nThis word is not in the vocabulary")
    assert [token.id for token in look["pieces"]] == [8, 0, None]
    assert look["same"] == "there are no token IDs to decode"


def test_byte_pairs_are_words_and_pieces_of_them() -> None:
    made = playground.prepare("pairs", "low lower lowest", 3)
    assert made["says"] == "260 tokens, 3 of them from merges"
    look = playground.encode("low slower,\n<|endoftext|>é")
    assert kinds(look) == [
        ("low", "word"),
        (" ", "blank"),
        ("s", "part"),
        ("low", "part"),
        ("e", "part"),
        ("r", "part"),
        (",", "mark"),
        ("\n", "blank"),
        ("<|endoftext|>", "special"),
        ("C3", "bytes"),
        ("A9", "bytes"),
    ]
    assert look["same"] == "the same text"
    assert playground.prepare("pairs", "", 100)["says"] == "257 tokens, 0 of them from merges"


def test_gpt2_has_its_own_tokens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = playground.prepare("gpt2")
    assert made["says"] == "50,257 tokens, 50,000 of them from merges"
    assert playground.encode("Hello, tea")["ids"] == "15496, 11, 8887"
    monkeypatch.setenv("VERDICT_GPT2", str(tmp_path))
    assert "cannot be read" in playground.prepare("gpt2")["error"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1 abc", "TypeError: a token ID must be an integer, not str: 'abc'"),
        ("1.5", "TypeError: a token ID must be an integer, not str: '1.5'"),
        ("-1", "KeyError: 'token ID -1 is not in this vocabulary of 12 tokens"),
        ("99", "KeyError: 'token ID 99 is not in this vocabulary of 12 tokens"),
        ("9" * 9999, "TypeError: a token ID must be an integer, not str: '999"),
    ],
)
def test_broken_ids_are_the_packages_errors(written: str, said: str) -> None:
    playground.prepare("v2", OWN_TEXT)
    assert playground.decode(written)["error"].startswith(said)


def test_ids_become_text_however_they_are_parted() -> None:
    playground.prepare("v2", OWN_TEXT)
    for written in ("7, 0, 6", "[7, 0, 6]", " 7\n0\t6;", "(7,0,6,)"):
        assert playground.decode(written)["text"] == "tea, so"
    assert playground.decode(" ")["text"] == ""


def test_of_much_the_beginning_is_shown() -> None:
    playground.prepare("pairs", OWN_TEXT, 0)
    look = playground.encode("x" * 3000)
    assert look["says"] == "3,000 tokens for 3,000 characters. The first 2,000 are shown."
    assert len(look["pieces"]) == 2000
    assert look["again"] == "x" * 2000 + "…"
    assert look["same"] == "the same text"


@given(TEXTS, st.sampled_from(["v1", "v2", "pairs"]))
def test_any_text_can_be_shown(text: str, name: str) -> None:
    playground.prepare(name, OWN_TEXT, 20)
    look = json.loads(json.dumps(playground.encode(text)))
    found = Counter(kind for _, _, kind in look["pieces"])
    counts = dict(look["counts"])
    assert counts["tokens"] == str(len(look["pieces"]))
    assert {playground.KINDS[kind]: str(number) for kind, number in found.items()}.items() <= (
        counts.items()
    )
    if not look["error"]:
        again = playground.decode(look["ids"])
        assert again["text"] == look["again"]
    if name == "pairs":
        assert look["same"] == "the same text"


@given(st.lists(st.integers(0, 276), max_size=20))
def test_any_ids_can_be_shown(ids: list[int]) -> None:
    playground.prepare("pairs", OWN_TEXT, 20)
    look = playground.decode(str(ids))
    assert [token.id for token in look["pieces"]] == ids
