"""The command as its users meet it: some of it in a process of its own, most of it called."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, entry_points, version
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verdict import (
    END_OF_TEXT,
    UNKNOWN,
    BytePairTokenizer,
    SimpleTokenizerV2,
    build_vocabulary,
    split_words,
)
from verdict.command import arguments, files, jobs, main
from verdict.command import tokenizers as chosen

COMMAND = [sys.executable, "-m", "verdict"]
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
TEXT = "Hello, do you like tea?\r\n\ufeff\x00 caf\u00e9 \U0001f375\n"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command in this process: its exit code, what it printed, what it complained of."""

    def call(
        *arguments: str | Path, given: bytes = b"", terminals: str = ""
    ) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(given)))
        for name in ("stderr", "stdout"):
            monkeypatch.setattr(getattr(sys, name), "isatty", partial(terminals.__contains__, name))
        try:
            code = main(list(map(str, arguments)))
        except SystemExit as end:
            code = int(str(end.code))
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    path = tmp_path / "small.bpe"
    BytePairTokenizer.train("low lower lowest", 260, special_tokens=[END_OF_TEXT]).save(path)
    return path


# In a process of its own


def test_what_is_encoded_comes_back_byte_for_byte_through_a_pipe(text: Path) -> None:
    encoded = subprocess.run(
        [*COMMAND, "encode", text], env=BUFFERED, capture_output=True, check=True
    )
    decoded = subprocess.run(
        [*COMMAND, "decode"], input=encoded.stdout, capture_output=True, check=True
    )
    assert decoded.stdout == TEXT.encode()
    assert encoded.stderr == decoded.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends no program this way")
def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path, trained: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("low " * 200_000)
    with subprocess.Popen(
        [*COMMAND, "encode", path, "--tokenizer", trained],
        env=BUFFERED,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 128 + signal.SIGPIPE


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to a whole console")
def test_ctrl_c_ends_it_quietly(trained: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "decode", "--tokenizer", trained],
        stdin=subprocess.PIPE,
        env=BUFFERED,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"256 " * 20_000)  # more than is read at once, so some comes out
        process.stdin.flush()
        assert process.stdout.read(2) == b"lo"
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.stderr.read() == b""
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
    assert process.returncode == 128 + signal.SIGINT


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_an_error(trained: Path, text: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "encode", text, "--tokenizer", trained],
            env=BUFFERED,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"verdict: the output cannot be written: No space left on device\n"


# Encoding and decoding


def test_encode_gives_gpt2s_ids_unless_told_otherwise(run: Run, text: Path) -> None:
    ids = BytePairTokenizer.gpt2().encode(TEXT)
    line = " ".join(map(str, ids)) + "\n"
    assert run("encode", text, "-", given=TEXT.encode()) == (0, line + line, "")
    assert run("encode", "--json", given=TEXT.encode()) == (
        0,
        json.dumps({"file": "-", "ids": ids}) + "\n",
        "",
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(data=st.text().map(str.encode), size=st.integers(1, 9))
def test_any_text_comes_back_whatever_the_size_of_the_pieces(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, size: int
) -> None:
    monkeypatch.setattr(files, "PIECE", size)
    monkeypatch.setattr(jobs, "SOME", size)
    code, ids, _ = run("encode", "--tokenizer", trained, given=data)
    assert code == 0
    assert run("decode", "--tokenizer", trained, given=ids.encode()) == (0, data.decode(), "")


def test_each_file_has_its_line_and_decode_joins_them(run: Run, trained: Path, text: Path) -> None:
    other = text.with_name("other.txt")
    other.write_bytes(b"lowest\n")
    code, ids, _ = run("encode", "--tokenizer", trained, text, other)
    assert (code, ids.count("\n")) == (0, 2)
    assert run("decode", "--tokenizer", trained, given=ids.encode())[1] == TEXT + "lowest\n"
    _, objects, _ = run("encode", "--tokenizer", trained, "--json", text, other)
    assert [json.loads(line)["file"] for line in objects.splitlines()] == [str(text), str(other)]


def test_nothing_is_encoded_as_an_empty_line(run: Run, trained: Path) -> None:
    assert run("encode", "--tokenizer", trained) == (0, "\n", "")
    assert run("encode", "--tokenizer", trained, "--json")[1] == '{"file": "-", "ids": []}\n'
    assert run("decode", "--tokenizer", trained, given=b"\n") == (0, "", "")


def test_decode_takes_lists_as_python_prints_them(run: Run, trained: Path) -> None:
    assert run("decode", "--tokenizer", trained, given=b"[256, 119,\n 32]") == (0, "low ", "")


def test_decode_shows_bytes_that_are_no_text(run: Run, trained: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "decode", "--tokenizer", trained], input=b"255", capture_output=True, check=True
    )
    assert done.stdout == b"\xff"
    shown = run("decode", "--tokenizer", trained, "--json", given=b"255 97")[1]
    assert json.loads(shown) == {"file": "-", "text": "\ufffda"}


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


# Words


def test_words_are_those_of_the_story(run: Run, story: str) -> None:
    tokenizer = SimpleTokenizerV2(build_vocabulary(split_words(story), [END_OF_TEXT, UNKNOWN]))
    text = f"Hello, do you like tea? {END_OF_TEXT} I do."
    ids = tokenizer.encode(text)
    code, out, _ = run("encode", "--tokenizer", "words", given=text.encode())
    assert (code, out) == (0, " ".join(map(str, ids)) + "\n")
    assert run("decode", "--tokenizer", "words", given=out.encode())[1] == tokenizer.decode(ids)


@given(st.lists(st.sampled_from([*"a.,-' \n\u2003", "dog", "--"])).map("".join), st.data())
def test_words_in_pieces_have_the_ids_of_the_whole(text: str, data: st.DataObject) -> None:
    words = chosen.Words(["dog", ",", "'", "--"])
    whole = SimpleTokenizerV2(build_vocabulary(["dog", ",", "'", "--"], [END_OF_TEXT, UNKNOWN]))
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


# Training


def test_train_learns_what_the_package_learns(run: Run, tmp_path: Path) -> None:
    one, other, output = (tmp_path / name for name in ("one.txt", "other.txt", "new.bpe"))
    one.write_bytes(b"low lo")
    other.write_bytes(b"west low")
    code, out, error = run("train", one, other, "--vocab-size", "262", "--output", output)
    assert (code, error) == (0, "")
    assert out == f"{output}: 262 tokens: 256 bytes, 5 merges, <|endoftext|>\n"
    # Nothing is learned from the place where one file ends and the next one begins.
    expected = BytePairTokenizer.train(
        f"low lo{END_OF_TEXT}west low", 262, special_tokens=[END_OF_TEXT]
    )
    assert BytePairTokenizer.load(output) == expected
    assert expected.merges != BytePairTokenizer.train("low lowest low", 261).merges


def test_train_says_when_no_pair_is_left(run: Run, tmp_path: Path, text: Path) -> None:
    text.write_bytes(b"ab ab")
    output = tmp_path / "new.bpe"
    _, out, _ = run("train", text, "--vocab-size", "1000", "--output", output)
    assert out.splitlines()[1] == "There are fewer than 1,000, because no pair was left to merge."
    _, out, _ = run("train", text, "--vocab-size", "1000", "--output", output, "--json")
    assert json.loads(out) == {"output": str(output), "tokens": 259, "merges": 2}


def test_train_writes_all_or_nothing(run: Run, tmp_path: Path, trained: Path) -> None:
    before = trained.read_bytes()
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff")
    assert run("train", bad, "--vocab-size", "300", "--output", trained)[0] == 1
    assert trained.read_bytes() == before
    code, _, error = run("train", bad, "--vocab-size", "300", "--output", tmp_path / "no" / "a.bpe")
    assert (code, error) == (
        1,
        f"verdict: {tmp_path / 'no' / 'a.bpe'} cannot be written: "
        f"there is no folder {tmp_path / 'no'}\n",
    )
    bad.write_bytes(b"ab")
    code, _, error = run("train", bad, "--vocab-size", "300", "--output", tmp_path)
    assert code == 1
    assert error.startswith(f"verdict: {tmp_path} cannot be written: ")


def test_train_never_writes_over_what_it_learns_from(run: Run, text: Path) -> None:
    code, _, error = run("train", text, "--vocab-size", "300", "--output", text)
    assert code == 2
    assert f"argument --output: {text} is one of the files to learn from" in error
    assert text.read_bytes() == TEXT.encode()


# Counting


def test_stats_counts_each_file_and_all(run: Run, trained: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_bytes("low, caf\u00e9".encode())
    other.write_bytes(b"")
    code, out, error = run("stats", "--tokenizer", trained, "--top", "1", one, other)
    assert (code, error) == (0, "")
    assert out == (
        f"{one}\n"
        "           9  characters\n"
        "          10  bytes\n"
        "           8  tokens\n"
        "           8  distinct tokens\n"
        "        1.12  characters per token\n"
        "           1  times 'low'\n"
        f"{other}\n"
        "           0  characters\n"
        "           0  bytes\n"
        "           0  tokens\n"
        "           0  distinct tokens\n"
        "        0.00  characters per token\n"
        "all files\n"
        "           9  characters\n"
        "          10  bytes\n"
        "           8  tokens\n"
        "           8  distinct tokens\n"
        "        1.12  characters per token\n"
        "           1  times 'low'\n"
    )


def test_stats_as_json(run: Run, trained: Path) -> None:
    code, out, _ = run("stats", "--tokenizer", trained, "--json", "-", "-", given="lowé".encode())
    one, other, both = map(json.loads, out.splitlines())
    assert code == 0
    assert one == {
        "file": "-",
        "characters": 4,
        "bytes": 5,
        "tokens": 3,
        "distinct_tokens": 3,
        "characters_per_token": 1.3333,
        "most_common": [
            {"id": 257, "token": "low", "count": 1},
            {"id": 195, "token": "\\xc3", "count": 1},
            {"id": 169, "token": "\\xa9", "count": 1},
        ],
    }
    assert (other["tokens"], other["characters_per_token"]) == (0, None)
    assert both == one | {"file": None}


@pytest.mark.usefixtures("story")
def test_stats_names_unknown_words(run: Run) -> None:
    given = b"Hello, do you like tea? Hello!"
    _, out, _ = run("stats", "--tokenizer", "words", given=given)
    assert out.splitlines()[-2:] == [
        "           2  unknown words, 22% of the tokens",
        "           2  times 'Hello'",
    ]
    _, out, _ = run("stats", "--tokenizer", "words", "--json", given=given)
    assert json.loads(out)["unknown_words"] == 2
    assert json.loads(out)["most_common_unknown"] == [{"word": "Hello", "count": 2}]


# What goes wrong


@pytest.mark.parametrize(
    ("asked", "given", "message"),
    [
        (["encode"], b"ab\nc\xff", "is not UTF-8: byte 0xff at position 4, in line 2, cannot be"),
        (["encode"], b"ab\n\n\xc3", "is not UTF-8: byte 0xc3 at position 4, in line 3, cannot be"),
        (["decode"], b"97\n98 x9", "standard input, line 2: 'x9' is not a token ID"),
        (["decode"], b"97 -1", "line 1: '-1' is not a token ID"),
        (["decode"], b"9_7", "line 1: '9_7' is not a token ID"),
        (["decode"], b"1" * 5000, f"line 1: '{'1' * 20}' is not a token ID"),
        (["decode"], b"\n" + b"1" * 40 + b" 1", f"line 2: '{'1' * 20}' is not a token ID"),
        (["decode"], b"\xff", r"line 1: '\xff' is not a token ID"),
        (["decode"], b"260", "token ID 260 is not in this vocabulary of 260 tokens, with IDs fr"),
        (["encode", "gone.txt"], b"", "gone.txt cannot be read: No such file or directory"),
    ],
)
def test_bad_data_is_named(
    run: Run, trained: Path, asked: list[str], given: bytes, message: str
) -> None:
    for size in (1, 2**16):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(files, "PIECE", size)
            code, _, error = run(*asked, "--tokenizer", trained, given=given)
        assert code == 1
        assert error.startswith("verdict: ")
        assert error.count("\n") == 1
        assert message in error


def test_what_can_be_no_token_id_is_not_read_to_its_end(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PIECE", 64)
    code, _, error = run("decode", "--tokenizer", trained, given=b"1" * 10_000)
    assert (code, error) == (
        1,
        "verdict: standard input, line 1: '11111111111111111111' is not a token ID\n",
    )
    assert sys.stdin.buffer.tell() == 64


def test_what_is_no_tokenizer_is_named(run: Run, text: Path, tmp_path: Path) -> None:
    code, _, error = run("encode", "--tokenizer", "gpt3")
    assert (code, error) == (
        1,
        "verdict: gpt3 cannot be read: No such file or directory. A tokenizer is gpt2, words, or "
        "a file that train wrote\n",
    )
    code, _, error = run("encode", "--tokenizer", text)
    assert code == 1
    assert error.startswith(f"verdict: {text} ")


@pytest.mark.parametrize(
    ("name", "variable"), [("gpt2", "VERDICT_GPT2"), ("words", "VERDICT_TEXT")]
)
def test_what_a_tokenizer_needs_and_lacks_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, variable: str
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "gone"))
    code, _, error = run("encode", "--tokenizer", name)
    assert code == 1
    assert str(tmp_path / "gone") in error
    assert variable in error  # it says what to set


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["enc"], "invalid choice: 'enc'"),
        (["encode", "--tok", "gpt2"], "unrecognized arguments: --tok"),
        (["train", "--output", "a", "b"], "the following arguments are required: --vocab-size"),
        (["train", "--vocab-size", "9", "--output", "a", "b"], "must be from 257 to 1,114,112, no"),
        (["train", "--vocab-size", "1e3", "--output", "a", "b"], "must be a whole number, not '1e"),
        (["stats", "--top", "-1"], "must be a whole number, not '-1'"),
    ],
)
def test_a_command_that_makes_no_sense_is_refused(run: Run, asked: list[str], message: str) -> None:
    code, out, error = run(*asked)
    assert (code, out) == (2, "")
    assert message in error
    assert "usage: verdict" in error


def test_what_is_not_installed_runs_from_its_source(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(arguments, "version", nowhere)
    assert run("--version") == (0, "verdict, run from its source and not installed\n", "")


def test_help_has_examples_and_the_version_is_the_packages(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert "verdict train notes.txt more.txt --vocab-size 1000 --output notes.bpe" in out
    for command in ("encode", "decode", "train", "stats"):
        assert run(command, "--help")[0] == 0
    assert "Turn text into token IDs, a line for each file." in run("encode", "--help")[1]
    assert run("--version") == (0, f"verdict {version('verdict')}\n", "")
    (script,) = entry_points(group="console_scripts", name="verdict")
    assert script.load() is main


# On a terminal


def test_long_work_shows_how_far_it_is(
    run: Run, trained: Path, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0)
    _, out, error = run("stats", "--tokenizer", trained, text, terminals="stderr stdout")
    assert "characters" in out
    assert f"{text}:   0%" in error
    assert f"0.00/{len(TEXT.encode())}.0" in error
    _, out, error = run("encode", "--tokenizer", trained, text, terminals="stderr")
    assert f"{text}:   0%" in error
    options = ("--vocab-size", "300", "--output", tmp_path / "a.bpe")
    _, out, error = run("train", text, *options, terminals="stderr")
    assert "Merges are being learned." in error


def test_no_bar_lies_between_the_lines_that_are_shown(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0)
    for command in ("encode", "decode"):
        asked = (command, "--tokenizer", trained)
        assert run(*asked, given=b"97", terminals="stderr stdout")[2] == ""
        assert "standard input: 0.00B" in run(*asked, given=b"97", terminals="stderr")[2]


def test_short_work_shows_no_bar(run: Run, trained: Path, text: Path) -> None:
    assert run("stats", "--tokenizer", trained, text, terminals="stderr")[2] == ""
