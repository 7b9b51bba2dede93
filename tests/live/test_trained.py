"""What can be done with a model that was trained here, by the package's own results."""

import re
from typing import Any

import numpy as np
import pytest

from live import trained, training
from tests.live.test_training import OWN_TEXT, SHORT_TRAINING
from verdict import next_token_shares
from verdict.model import multi_head_attention

WORDS = "the cat sat"


@pytest.fixture(autouse=True)
def _model() -> None:
    training.begin(SHORT_TRAINING | {"steps": 60}, OWN_TEXT)
    training.advance(10_000)


def numbers(shown: str) -> list[float]:
    return [float(number) for number in re.findall(r"<td[^>]*>(-?[\d.]+)</td>", shown)]


def test_the_bars_are_the_probabilities_of_the_package() -> None:
    run = training.current()
    shown = trained.write(WORDS, 0.8, 3, 1.0)
    scores = run.model.next_token_scores(run.tokenizer.encode(WORDS))
    shares = next_token_shares(scores, temperature=0.8, top_k=3)
    assert numbers(shown["bars"]) == sorted(shares.round(3), reverse=True)[:3]
    assert shown["says"] == f"3 of {len(shares)} tokens can come next."
    assert shown["text"] == ""


def test_it_writes_on_from_the_readers_words() -> None:
    first, again, other = (trained.write(WORDS, 1.5, 0, 1.0, seed)["text"] for seed in (1, 1, 2))
    assert first.startswith("<bdi>the cat sat<mark> ")
    assert first == again != other


@pytest.mark.parametrize(
    ("text", "words"),
    [("the zebra", "has never seen 'zebra'"), (" ", "Type a word"), ("<b>", "never seen '<b>'")],
)
def test_words_that_it_does_not_know_are_named(text: str, words: str) -> None:
    for answer in (trained.write(text, 1, 0, 1), trained.attention(text)):
        assert words in answer["error"]


def test_attention_is_that_of_each_head_and_its_rows_add_up_to_1() -> None:
    before = vars(multi_head_attention)["attention_weights"]
    shown = trained.attention(WORDS)
    assert shown["says"] == "2 heads, 3 tokens. Each row adds up to 1."
    squares = [numbers(square) for square in shown["squares"]]
    for square in squares:
        assert np.allclose(np.array(square).reshape(3, 3).sum(axis=-1), 1, atol=0.02)
        assert np.array(square).reshape(3, 3)[0].tolist() == [1, 0, 0]
    assert vars(multi_head_attention)["attention_weights"] is before
    assert "The first" not in "".join(trained.attention(f"{WORDS} " * 20)["squares"])
    assert trained.attention(f"{WORDS} " * 20)["says"].startswith("2 heads, 12 tokens")


@pytest.mark.parametrize("mistake", ["", "scale", "mask", "shortcuts"])
def test_a_nudge_confirms_the_gradient_and_leaves_the_model_as_it_was(mistake: str) -> None:
    training.begin(SHORT_TRAINING | {"mistake": mistake}, OWN_TEXT)
    training.advance(0)
    model = training.current().model
    before = {name: array.copy() for name, array in model.parameters.items()}
    for name, array in before.items():
        values = numbers(trained.nudge(name, array.size - 1)["html"])
        assert values[0] == round(array.reshape(-1)[-1], 6)
        assert values[3] == pytest.approx(values[4], abs=1e-7)
    assert all((model.parameters[name] == array).all() for name, array in before.items())
    assert "has the weights 0 to" in trained.nudge("norm_scale", 16)["error"]


def test_all_arrays_can_be_chosen() -> None:
    names = re.findall('value="([^"]+)"', trained.weights()["html"])
    assert names == list(training.current().model.parameters)


def test_without_a_model_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "_run", None)
    calls: list[Any] = [trained.weights, lambda: trained.write(WORDS, 1, 0, 1)]
    for call in calls:
        with pytest.raises(ValueError, match="There is no model yet"):
            call()
