"""What a trained model of this site writes on, without a browser."""

import json
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from live import writing
from tests.website.conftest import ROOT
from verdict import WeightsError

RUN = ROOT / "docs" / "runs" / "tales"
WEIGHTS = RUN.with_suffix(".safetensors")
TOLD: dict[str, Any] = json.loads(RUN.with_suffix(".json").read_text(encoding="utf-8"))
BEGINNING = "Ada and Tom are"


def text_of(html: str) -> str:
    return re.sub("<[^>]+>", "", html)


@pytest.fixture
def _model() -> None:
    writing.take(WEIGHTS, TOLD["words"])


@pytest.mark.usefixtures("_model")
def test_it_writes_what_the_recorded_run_has_written() -> None:
    """The record was made before the weights were put into 32 bits: they are what they were."""
    (*_, (_, sample)) = TOLD["samples"]
    written = text_of(writing.write(BEGINNING)["written"])
    assert TOLD["settings"]["seed"] == writing.SEED
    assert written.startswith(sample)
    assert written.endswith(".")


@pytest.mark.usefixtures("_model")
def test_what_it_wrote_is_marked_and_another_seed_writes_something_else() -> None:
    first, again, other = (writing.write("One noon", seed)["written"] for seed in (1, 1, 2))
    assert re.fullmatch(r"<bdi>One noon<mark> [\w. ]+\.</mark></bdi>", first)
    assert first == again != other


@pytest.mark.usefixtures("_model")
def test_a_file_that_comes_as_base64_is_the_same_model() -> None:
    before = writing.write(BEGINNING)
    writing.receive(b64encode(WEIGHTS.read_bytes()).decode(), TOLD["words"])
    assert writing.write(BEGINNING) == before


@pytest.mark.usefixtures("_model")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the zebra", "never seen 'zebra'. It knows the words of its text only."),
        ("ada is", "never seen 'ada'. It knows 'Ada'."),
        ("THE fox", "never seen 'THE'. It knows 'the'."),
        ("<b>", "never seen '<b>'"),
        (" ", "Type a word or two"),
    ],
)
def test_words_that_it_does_not_know_are_named_and_those_that_it_knows(
    text: str, words: str
) -> None:
    answer = writing.write(text)
    assert words in answer["error"]
    assert answer["known"].startswith("Its words: Ada, Ben, ")
    assert "." not in answer["known"].removesuffix(".")


@pytest.mark.usefixtures("_model")
def test_a_damaged_file_is_refused_and_the_model_before_it_stays() -> None:
    before = writing.write(BEGINNING)
    with pytest.raises(WeightsError):
        writing.receive(b64encode(WEIGHTS.read_bytes()[:-8]).decode(), TOLD["words"])
    assert writing.write(BEGINNING) == before


def test_without_a_model_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_writer", None)
    with pytest.raises(ValueError, match="There is no model yet"):
        writing.write(BEGINNING)


def test_the_home_page_names_the_model_and_says_how_large_it_is() -> None:
    home = Path(ROOT, "docs", "index.md").read_text(encoding="utf-8")
    assert f'data-text="runs/tales | {BEGINNING}"' in home
    assert f"knows {len(TOLD['words'])} tokens" in home
    assert WEIGHTS.stat().st_size <= 150_000
