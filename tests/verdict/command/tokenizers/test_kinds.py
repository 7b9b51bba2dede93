"""The kinds of tokenizers: what is in pieces has the token IDs of the whole."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.command.conftest import Run
from verdict import (
    END_OF_TEXT,
    UNKNOWN,
    SimpleTokenizerV2,
    build_vocabulary,
    split_words,
)
from verdict.command.tokenizers.words import Words


@given(st.lists(st.sampled_from([*"a.,-' \n\u2003", "dog", "--"])).map("".join), st.data())
def test_words_in_pieces_have_the_ids_of_the_whole(text: str, data: st.DataObject) -> None:
    vocabulary = build_vocabulary(["dog", ",", "'", "--"], [END_OF_TEXT, UNKNOWN])
    words, whole = Words(vocabulary), SimpleTokenizerV2(vocabulary)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)))))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    ids = list(words.encode(pieces, "refuse"))
    assert ids == whole.encode(text)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(ids)))))
    some = [ids[a:b] for a, b in zip([0, *cuts], [*cuts, len(ids)], strict=True)]
    assert b"".join(words.decode(some)).decode() == whole.decode(ids)
    counts, unknown = words.count(pieces, "refuse")
    assert counts.total() == len(ids)
    assert all(counts[token_id] == ids.count(token_id) for token_id in {*ids, *counts})
    assert unknown.total() == ids.count(whole.str_to_int[UNKNOWN])
    assert set(unknown) == set(split_words(text)) - {"dog", ",", "'", "--"}


def test_a_special_token_is_what_you_say(run: Run, trained: Path) -> None:
    given = f"a{END_OF_TEXT}".encode()
    code, _, error = run("encode", "--tokenizer", trained, given=given)
    assert code == 1
    assert error == (
        "verdict: standard input: there is a special token, <|endoftext|>. Say what it is to be: "
        "--special token, or --special text for text like any other\n"
    )
    assert run("encode", "--tokenizer", trained, "--special", "token", given=given)[1] == "97 259\n"
    as_text = run("encode", "--tokenizer", trained, "--special", "text", given=given)[1]
    assert run("decode", "--tokenizer", trained, given=as_text.encode())[1] == given.decode()
