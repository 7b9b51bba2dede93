"""What is counted."""

import json
from pathlib import Path

import pytest

from tests.verdict.command.conftest import Run


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


def test_stats_prints_an_object_for_each_file_and_for_all(run: Run, trained: Path) -> None:
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
