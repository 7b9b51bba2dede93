"""What the figure of a sentence says, by the package's own results."""

import json
import re
from html import unescape

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import attention
from verdict import CausalAttention, split_words

SIX_WORDS = " ".join(attention.WORDS)
TEXTS = st.text(st.characters(categories=["L", "N", "P", "Z", "M", "S", "Cs", "Cc"]), max_size=40)


def tables(text: str) -> list[list[list[str]]]:
    """The numbers of all tables that are shown of a text, row by row."""
    return [
        [
            re.findall("<td[^>]*>([^<]*)</td>", row)
            for row in re.findall("<tr>(.*?)</tr>", table.partition("<tbody>")[2])
        ]
        for table in re.findall("<table.*?</table>", attention.show(text)["steps"])
    ]


def written(array: np.ndarray) -> list[list[str]]:
    return [[f"{round(x, 2) + 0.0:.2f}" for x in row] for row in array.tolist()]


def found(text: str) -> np.ndarray:
    """What the package's own class finds, the heads side by side."""
    vectors = attention.vectors(split_words(text)[: attention.MOST_TOKENS_SHOWN])
    heads = []
    for matrices in attention.HEADS:
        head = CausalAttention(3, 2, context_length=len(vectors))
        head.parameters.update(zip(("query", "key", "value"), matrices, strict=True))
        heads.append(head(vectors))
    return np.concatenate(heads, axis=-1)


def test_the_steps_end_with_what_the_page_prints() -> None:
    last = tables(SIX_WORDS)[-1]
    assert last[0] == ["-0.45", "0.22", "0.48", "0.11"]
    assert last[4] == ["-0.55", "-0.10", "0.53", "0.34"]


def test_the_future_is_hidden_in_both_heads() -> None:
    _, _, _, _, _, first, second, weights, others, _ = tables(SIX_WORDS)
    for scores in (first, second):
        hidden = [[x == "-∞" for x in row] for row in scores]
        assert (np.array(hidden) == ~np.tri(6, dtype=bool)).all()
    for squares in (weights, others):
        assert squares[0] == ["1.00", *["0.00"] * 5]
    assert attention.show(SIX_WORDS)["steps"].count('class="later"') == 4 * 15


@given(TEXTS)
def test_any_sentence_ends_with_what_the_package_finds(text: str) -> None:
    look = json.loads(json.dumps(attention.show(text)))
    words = split_words(text)[: attention.MOST_TOKENS_SHOWN]
    if not words:
        assert look == {"error": "There is no token in it. Type a word.", "says": "", "steps": ""}
        return
    assert tables(text)[-1] == written(found(text))
    names = re.findall('<th scope="row"><small>.*?</small> <bdi>(.*?)</bdi>', look["steps"])
    assert [unescape(name) for name in names[: len(words)]] == words


def test_a_word_has_the_same_vector_wherever_it_stands() -> None:
    tea, _, again = attention.vectors(["tea", "step", "tea"])
    assert (tea == again).all()
    assert not (tea == attention.vectors(["Tea"])[0]).all()
    assert (attention.vectors(["step"])[0] == attention.INPUTS[5]).all()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tea", "1 token."),
        ("so, tea", "3 tokens."),
        ("a " * 13, "13 tokens. The first 12 are shown."),
    ],
)
def test_it_says_how_many_tokens_there_are(text: str, says: str) -> None:
    assert attention.show(text)["says"] == says
    assert len(tables(text)[0]) == min(12, len(split_words(text)))


def test_what_is_typed_is_never_markup() -> None:
    shown = attention.show("<img src=x onerror=alert(1)> & so")["steps"]
    assert "<img" not in shown
    assert "&lt;" in shown
