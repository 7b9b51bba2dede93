"""Texts that are read: what begins a file and is no text, and texts in objects."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.verdict.command.conftest import Run
from verdict import BytePairTokenizer
from verdict.command.reading import files

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize("size", [1, 2, 2**16])
def test_a_mark_of_byte_order_is_no_text_where_a_person_is_told_about_one(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: int
) -> None:
    monkeypatch.setattr(files, "PIECE", size)
    asked = ("stats", "--tokenizer", trained)
    assert run(*asked, given=BYTE_ORDER_MARK + b"low") == run(*asked, given=b"low")
    assert "3  characters" in run(*asked, given=BYTE_ORDER_MARK + b"low")[1]
    assert "4  characters" in run(*asked, given=b"low" + BYTE_ORDER_MARK)[1]  # only at the start
    learned = []
    for mark in (BYTE_ORDER_MARK, b""):
        (tmp_path / "text.txt").write_bytes(mark + b"low low")
        run("train", tmp_path / "text.txt", "--vocab-size", "400", "-o", tmp_path / "a.bpe")
        learned.append(BytePairTokenizer.load(tmp_path / "a.bpe"))
    assert learned[0] == learned[1]


@pytest.mark.usefixtures("story")
def test_a_mark_of_byte_order_makes_no_word_unknown(run: Run) -> None:
    for command in ("encode", "stats"):
        asked = (command, "--tokenizer", "words")
        assert run(*asked, given=BYTE_ORDER_MARK + b"do you") == run(*asked, given=b"do you")


def test_encoding_keeps_a_mark_of_byte_order_for_decode_to_give_back(
    run: Run, trained: Path
) -> None:
    ids = run("encode", "--tokenizer", trained, given=BYTE_ORDER_MARK + b"low")[1]
    assert run("decode", "--tokenizer", trained, given=ids.encode())[1] == "\ufefflow"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(texts=st.lists(st.text(), min_size=1, max_size=3), data=st.data())
def test_each_command_takes_the_objects_of_the_one_before(
    run: Run, trained: Path, tmp_path: Path, texts: list[str], data: st.DataObject
) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_bytes(text.encode())
    chosen = ("--tokenizer", trained)
    layout = data.draw(st.sampled_from([None, 1]))

    def laid_out(objects: str) -> bytes:
        lines = map(json.loads, objects.splitlines())
        return "\n".join(json.dumps(each, indent=layout) for each in lines).encode()

    encoded = run("encode", *chosen, "--json", *paths)[1]
    code, decoded, _ = run("decode", *chosen, "--json", given=laid_out(encoded))
    assert code == 0
    assert list(map(json.loads, decoded.splitlines())) == [
        {"file": str(path), "text": text} for path, text in zip(paths, texts, strict=True)
    ]
    assert run("decode", *chosen, given=laid_out(encoded)) == (0, "".join(texts), "")
    given = laid_out(decoded)
    assert run("encode", *chosen, "--json", "--from-json", given=given)[1] == encoded
    counted = run("stats", *chosen, "--json", "--from-json", given=given)[1]
    whole = [path for path, text in zip(paths, texts, strict=True) if not text.startswith("\ufeff")]
    if len(whole) == len(paths):
        assert counted == run("stats", *chosen, "--json", *paths)[1]
    of = [tmp_path / "one.bpe", tmp_path / "other.bpe"]
    learning = ("train", "--vocab-size", "270")
    assert run(*learning, "-o", of[0], "--from-json", "-", given=given)[0] == 0
    if len(whole) == len(paths):
        assert run(*learning, "-o", of[1], *paths)[0] == 0
        assert of[0].read_bytes() == of[1].read_bytes()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (b'{"ids": [97]}', 'line 1: there is no object with "text"'),
        (b"plain text", "line 1: it is not JSON"),
        (b'{"text": 3}', 'line 1: "text" is no text'),
        (b'{"text": "\xff"}', "is not JSON in UTF-8"),
    ],
)
def test_what_has_no_text_is_named(run: Run, trained: Path, given: bytes, message: str) -> None:
    code, _, error = run("encode", "--tokenizer", trained, "--from-json", given=given)
    assert code == 1
    assert message in error
