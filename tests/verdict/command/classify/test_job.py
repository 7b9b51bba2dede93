"""A tuned model that gives texts their labels."""

import json
from pathlib import Path

import pytest

from tests.verdict.command.conftest import Run
from tests.verdict.command.finetune.test_job import FEW_STEPS, LABELLED, as_csv, base  # noqa: F401
from verdict import (
    END_OF_TEXT,
    GPT,
    BytePairTokenizer,
    Classifier,
    GPTConfig,
    load_weights,
    save_weights,
    softmax,
)
from verdict.command.finetune.confusion import Confusion
from verdict.command.finetune.rows import ROWS_AT_ONCE

MODEL = "m.safetensors"


@pytest.fixture
def tuned(run: Run, base: str) -> str:  # noqa: F811
    """A classifier that is right about some texts."""
    asked = ("finetune", "labelled.csv", "--model", base, "-o", MODEL, *FEW_STEPS)
    assert run(*asked)[0] == 0
    return MODEL


def expected(texts: list[str]) -> list[list[float]]:
    """The probabilities that the package itself computes, each text alone."""
    gpt = GPT(GPTConfig(260, 80, width=8, heads=2, layers=2), seed=1)
    tokenizer = BytePairTokenizer.load("m.bpe")
    (end,) = tokenizer.encode(END_OF_TEXT, allowed_special="all")
    classifier = Classifier(gpt, padding=end, seed=2)
    load_weights(MODEL, classifier)
    return [softmax(classifier(tokenizer.encode(text)[:80])).tolist() for text in texts]


def test_each_text_has_the_label_and_probability_of_the_package(run: Run, tuned: str) -> None:
    texts = ["slow low", "lest", "x" * 99]
    code, out, err = run("classify", "--model", tuned, *texts, "--json")
    assert (code, err) == (0, "")
    for line, text, shares in zip(out.splitlines(), texts, expected(texts), strict=True):
        found = json.loads(line)
        best = max(range(2), key=shares.__getitem__)
        assert found["text"] == text
        assert found["label"] == ["lest", "slow"][best]
        assert found["probability"] == pytest.approx(shares[best], abs=1e-6)
        assert list(found["probabilities"].values()) == pytest.approx(shares, abs=1e-6)


def test_people_see_label_probability_and_as_much_of_the_text_as_fits(
    run: Run, tuned: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = "slow\n low " * 9
    code, out, _ = run("classify", "--model", tuned, text)
    ((low, high),) = expected([text.strip()])
    share = max(low, high)
    label = "lest" if low == share else "slow"
    assert code == 0
    assert out == f"{label}  {share:.2f}  slow low slow low slow low …\n"
    assert len(out) == 41


def test_lines_of_files_and_of_standard_input_are_texts(run: Run, tuned: str) -> None:
    texts = [f"slow lo{'w' * count}" for count in range(ROWS_AT_ONCE + 3)]
    Path("texts.txt").write_text("\n\n".join(texts), encoding="utf-8")
    code, out, _ = run("classify", "--model", tuned, "--json", *texts)
    assert code == 0
    alone = [json.loads(line) for line in out.splitlines()]
    for arguments, given, file in (
        (["--file", "texts.txt"], b"", "texts.txt"),
        ([], "\r\n\n".join(texts).encode(), "-"),
    ):
        code, out, _ = run("classify", "--model", tuned, "--json", *arguments, given=given)
        assert code == 0
        found = [json.loads(line) for line in out.splitlines()]
        assert [each.pop("line") for each in found] == [2 * n + 1 for n in range(len(texts))]
        assert {each.pop("file") for each in found} == {file}
        assert found == alone


def test_objects_of_another_command_are_read(run: Run, tuned: str) -> None:
    Path("slow.txt").write_text("slow low", encoding="utf-8")
    ids = run("encode", "--tokenizer", "m.bpe", "slow.txt", "--json")[1]
    given = run("decode", "--tokenizer", "m.bpe", "--json", given=ids.encode())[1]
    code, out, _ = run("classify", "--model", tuned, given=given.encode())
    assert (code, out) == (0, run("classify", "--model", tuned, "slow low")[1])


@pytest.mark.parametrize("given", [True, False])
def test_with_labels_a_table_says_what_was_taken_for_what(
    run: Run, tuned: str, given: bool
) -> None:
    rows = as_csv(["text", "label"], LABELLED)
    Path("again.csv").write_text(rows, encoding="utf-8", newline="")
    arguments = [] if given else ["--file", "again.csv"]
    content = rows.encode() if given else b""
    code, out, _ = run("classify", "--model", tuned, "--json", *arguments, given=content)
    assert code == 0
    *each, total = map(json.loads, out.splitlines())
    pairs = [(row["expected"], row["label"]) for row in each]
    assert [label for label, _ in pairs] == [label for _, label in LABELLED]
    names = ("lest", "slow")
    assert total == {
        "texts": 12,
        "right": sum(a == b for a, b in pairs),
        "confusion": {a: {b: pairs.count((a, b)) for b in names} for a in names},
    }
    shown = run("classify", "--model", tuned, *arguments, given=content)[1].splitlines()
    assert [line[0] for line in shown[:12]] == ["x "[a == b] for a, b in pairs]
    assert shown[12:14] == ["", f"{total['right']} of 12 texts right, and each label was taken for"]
    assert [line.split() for line in shown[14:]] == [
        ["lest", "slow"],
        *([a, *map(str, total["confusion"][a].values())] for a in names),
    ]


def test_of_many_labels_the_commonest_mistakes_are_listed() -> None:
    labels = [f"label {number}" for number in range(9)]
    confusion = Confusion(labels, [0, 0, 0, 1, 1, 2], [1, 1, 0, 0, 1, 2])
    assert confusion.lines() == [
        "3 of 6 texts right",
        "     2  times 'label 0' was taken for 'label 1'",
        "     1  times 'label 1' was taken for 'label 0'",
    ]


def test_a_text_without_a_known_word_is_told(run: Run, base: str) -> None:  # noqa: F811
    rows = [("claim your prize", "a"), ("your prize", "a"), ("the soup", "b"), ("soup", "b")]
    Path("words.csv").write_text(as_csv(["text", "label"], rows), encoding="utf-8", newline="")
    assert run("finetune", "words.csv", "-o", MODEL, *FEW_STEPS)[0] == 0
    code, _, err = run("classify", "--model", MODEL, "Claim it", "qqq zzz")
    assert code == 0
    assert err == (
        "verdict: 1 text without any word that m.safetensors knows: such a label means nothing\n"
    )
    assert run("classify", "--model", MODEL, "CLAIM", "--json")[1] == run(
        "classify", "--model", MODEL, "claim", "--json"
    )[1].replace('"claim"', '"CLAIM"')


def test_what_cannot_be_classified_is_one_sentence(run: Run, tuned: str) -> None:
    Path("other.csv").write_text("text,label\nlow,owl\n", encoding="utf-8")
    Path("texts.csv").write_text("words\nlow\n", encoding="utf-8")
    gpt = GPT(GPTConfig(260, 8, width=8, heads=2, layers=1), seed=1)
    save_weights("gpt.safetensors", gpt)
    assert (
        run("finetune", "asked.jsonl", "--model", "base.safetensors", "-o", "a", *FEW_STEPS)[0] == 0
    )
    for arguments, message in (
        (
            [tuned, "--file", "other.csv"],
            "other.csv, line 2: m.safetensors does not know the label",
        ),
        ([tuned, "--file", "texts.csv"], 'texts.csv, line 1: there is no "text"'),
        ([tuned, "--file", "gone"], "gone cannot be read: No such file"),
        ([tuned, "low", " "], "text 2 is empty"),
        ([tuned, "low", "\udc80"], "text 2 is not UTF-8"),
        (["gone", "low"], "gone cannot be read: No such file"),
        (["gpt.safetensors", "low"], "gpt.safetensors is no classifier: finetune makes one"),
        (["a", "low"], "a is no classifier but an assistant, which ask uses"),
    ):
        code, _, err = run("classify", "--model", *arguments)
        assert (code, err.count("\n"), message in err) == (1, 1, True), err
    told = run("generate", "--model", tuned, "low")[2]
    assert told.endswith("which no GPT-2 has: it is a classifier, which classify uses\n")
