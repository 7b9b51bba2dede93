"""A user's own examples: what is wrong with them is named by file and line."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.command.conftest import Run
from verdict.command.finetune.examples import LabelledText, split_examples
from verdict.command.reading.row import Place

FOUR_EXAMPLES = "text,label\na,x\nb,x\nc,y\nd,y\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            FOUR_EXAMPLES.replace("label", "lable"),
            'e.csv, line 1: there is no "label". What is needed is',
        ),
        ("text\na\n", 'e.csv, line 1: there is no "label". What is needed is text and label, or '),
        ("a,b\n1,2\n", 'or instruction and response, and there is "a", "b"'),
        ("text,label,text\na,x,b\n", 'e.csv, line 1: the name "text" is there twice'),
        ("", "e.csv is empty: its first line should name the columns"),
        ("text,label\n", "there are no examples: a training needs two"),
        (f"{FOUR_EXAMPLES}e,\n", "e.csv, line 6: the label is empty"),
        (f"{FOUR_EXAMPLES} ,x\n", "e.csv, line 6: the text is empty"),
        (f'{FOUR_EXAMPLES}"two\nlines",x\n,y\n', "e.csv, line 8: the text is empty"),
        (
            f"{FOUR_EXAMPLES}e,f,x\n",
            "e.csv, line 6: it has 3 values, and there are names for 2: a text wit",
        ),
        (f"{FOUR_EXAMPLES}e\n", "e.csv, line 6: it has 1 value, and there are names for 2"),
        (
            f'{FOUR_EXAMPLES}"e,x\nf,y\n',
            'e.csv, line 6: it is no CSV: a quotation mark (") is opened there',
        ),
        (f'{FOUR_EXAMPLES}"e"f,x\n', "e.csv, line 6: it is no CSV: ',' expected after '\"'"),
        (
            f"{FOUR_EXAMPLES}e,z\n",
            'e.csv, line 6: no other text has the label "z": a label needs two texts',
        ),
        (f"{FOUR_EXAMPLES}e,z\ne,z\n", 'e.csv, line 6: no other text has the label "z"'),
        (
            f"{FOUR_EXAMPLES}a,y\n",
            'e.csv, line 6: the same text has the label "x" in e.csv, line 2, and her',
        ),
        ("text,label\na,x\nb,x\n", 'all 2 texts have the label "x": a classifier needs two labels'),
    ],
)
def test_a_flaw_in_a_table_is_named_by_its_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("e.csv").write_text(content, encoding="utf-8")
    code, out, err = run("finetune", "e.csv", "-o", "m.safetensors")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert message in err
    assert not Path("m.safetensors").exists()


LINE = '{"instruction": "a", "input": "b", "response": "c"}\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f'{LINE}{{"instruction": "a"}}\n', 'line 2: there is no "response"'),
        (
            f'{LINE}{{"instruction": "a", "response": "c"\n{LINE}',
            "line 2: it is not JSON: Expecting",
        ),
        (
            f'{LINE}{{"instruction": "a", "response": "c\n{LINE}',
            "line 2: it is not JSON: Invalid c",
        ),
        (f"{LINE}nonsense\n{LINE}", "line 2: it is not JSON: Expecting value"),
        (f"{LINE}7\n", 'line 2: there is no object, such as {"text": "a", "label": "a"}'),
        (f'{LINE}{{"instruction": "", "response": "c"}}\n', "line 2: the instruction is empty"),
        (f'{LINE}{{"instruction": "a", "response": null}}\n', "line 2: the response is empty"),
        (f'{LINE}{{"instruction": ["a"], "response": "c"}}\n', 'line 2: "instruction" is no text'),
        (
            f'{LINE}{{"instruction": "\\ud800", "response": "c"}}\n',
            'line 2: "instruction" has half',
        ),
        (f'{LINE}{{"text": "a", "label": "b"}}\n', "line 2: here begin labels, and before there w"),
        (f'{LINE}{{"text": "a", "label": "b", "instruction": "c", "response": "d"}}\n', "give one"),
        (LINE * 3, "there is one instruction: a training needs two different ones at least"),
        (f"[{LINE},\n{LINE}", "line 3: it is not JSON: Expecting ',' delimiter"),
        (f"[{LINE},\n\n7]", "line 4: there is no object"),
    ],
)
def test_a_flaw_in_json_is_named_by_its_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("e.jsonl").write_text(content, encoding="utf-8")
    code, out, err = run("finetune", "e.jsonl", "-o", "m.safetensors")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert message in err


@pytest.mark.parametrize("name", ["e.csv", "e.jsonl"])
def test_a_byte_that_is_not_utf_8_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(b'{"text": "a",\n "label": "\xe9"}')
    code, _, err = run("finetune", name, "-o", "m.safetensors")
    assert code == 1
    assert f"{name} is not UTF-8: byte 0xe9 at position 25, in line 2, cannot be decoded" in err


def test_an_instruction_that_fills_the_context_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    long = json.dumps({"instruction": "repeat the words", "input": "sun " * 30, "response": "a"})
    Path("e.jsonl").write_text(f"{LINE}{long}\n", encoding="utf-8")
    code, _, err = run("finetune", "e.jsonl", "-o", "m.safetensors")
    assert code == 1
    assert (
        "e.jsonl, line 2: the instruction has 42 tokens in the form in which it is asked, and "
        in err
    )
    assert "assistant-pretrained sees 24 at once: no place is left for a response" in err


def test_a_special_token_is_what_you_say(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("e.csv").write_text(f"{FOUR_EXAMPLES}<|endoftext|>,x\n", encoding="utf-8")
    code, _, err = run("finetune", "e.csv", "-o", "m.safetensors")
    assert (code, "e.csv, line 6: the text has no token" in err) == (1, True)


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["x", "y"])), min_size=2),
    st.sampled_from([0, 0.1, 0.5, 0.9]),
    st.integers(0, 3),
)
def test_no_text_is_on_both_sides_and_each_label_is_on_each(
    drawn: list[tuple[str, str]], share: float, seed: int
) -> None:
    examples = [LabelledText(Place("e", 1), f"{text}{label}", label) for text, label in drawn]
    learned, held_out = split_examples(examples, share, seed)
    assert sorted(learned + held_out) == list(range(len(examples)))
    sides = [{examples[place].text for place in side} for side in (learned, held_out)]
    assert not sides[0] & sides[1]
    for label in {label for _, label in drawn}:
        texts = {each.text for each in examples if each.label == label}
        assert texts & sides[0]
        assert bool(texts & sides[1]) == bool(share and len(texts) > 1)
    assert split_examples(examples, share, seed) == (learned, held_out)
