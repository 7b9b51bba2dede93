import os
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.verdict.model import large_gpt
from tests.verdict.model.small_gpt import IDS, TRANSFORMERS_SCORES, small_model
from verdict import (
    GPT,
    Cache,
    GPTConfig,
    WeightsError,
    WeightsUnavailableError,
    read_safetensors,
    write_gpt2,
    write_safetensors,
)
from verdict.model import gpt2_weights
from verdict.model.gpt2_names import BLOCK_NAMES, NAMES
from verdict.model.gpt2_weights import PUBLISHED, weights_path

THEIRS = {ours: theirs for theirs, ours in (NAMES | BLOCK_NAMES).items()}


def published(prefix: str = "", kind: type = np.float64) -> dict[str, Any]:
    """The small model's arrays under the names that published files have."""
    found: dict[str, Any] = {}
    for name, array in small_model().parameters.items():
        block = re.fullmatch(r"blocks\.(\d)\.(.*)", name)
        theirs = f"h.{block[1]}.{THEIRS[block[2]]}" if block else THEIRS[name]
        found[prefix + theirs] = array.astype(kind)
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "model.safetensors"


@pytest.mark.parametrize("prefix", ["", "transformer."])
@pytest.mark.parametrize(("kind", "close"), [(np.float64, 1e-10), (np.float32, 2e-6)])
def test_scores_equal_those_of_transformers(
    file: Path, prefix: str, kind: type, close: float
) -> None:
    write_safetensors(file, published(prefix, kind))
    model = GPT.from_pretrained(file, heads=3)
    assert model.config == small_model().config
    assert model(IDS).dtype == kind
    assert model(IDS) == pytest.approx(np.array(TRANSFORMERS_SCORES), abs=close)


def test_what_is_written_has_the_names_of_published_files(file: Path) -> None:
    write_gpt2(file, small_model().parameters)
    found, expected = read_safetensors(file), published()
    assert found.keys() == expected.keys()
    assert all((found[name] == array).all() for name, array in expected.items())


def test_a_model_that_published_files_have_no_room_for_is_not_written(file: Path) -> None:
    model = GPT(GPTConfig(5, 4, width=4, heads=2, layers=1, tied=False), seed=1)
    with pytest.raises(KeyError, match="no GPT-2 has the parameter 'head'"):
        write_gpt2(file, model.parameters)
    assert not file.exists()


def test_stored_masks_and_a_tied_head_are_left_out(file: Path) -> None:
    arrays = published("transformer.")
    arrays["lm_head.weight"] = arrays["transformer.wte.weight"]
    arrays["transformer.h.0.attn.bias"] = np.tri(8)[None, None]
    arrays["transformer.h.1.attn.masked_bias"] = np.array(-1e4)
    write_safetensors(file, arrays)
    scores = GPT.from_pretrained(file, heads=3)(IDS)
    assert scores == pytest.approx(np.array(TRANSFORMERS_SCORES), abs=1e-10)


def test_numbers_of_16_bits_become_32(file: Path) -> None:
    write_safetensors(file, published(kind=np.float16))
    model = GPT.from_pretrained(file, heads=3)
    assert model(IDS).dtype == np.float32
    assert model(IDS) == pytest.approx(np.array(TRANSFORMERS_SCORES), abs=0.05)


def test_arrays_stay_in_the_file(file: Path) -> None:
    write_safetensors(file, published())
    model = GPT.from_pretrained(file, heads=3)
    assert all(not array.flags.owndata for array in model.parameters.values())


def test_a_head_has_64_numbers_unless_it_is_said(file: Path) -> None:
    config = GPTConfig(5, 4, width=128, heads=2, layers=1)
    arrays = {}
    for name, array in GPT(config, seed=1).parameters.items():
        theirs = THEIRS.get(name.removeprefix("blocks.0."), "")
        arrays[f"h.0.{theirs}" if name.startswith("blocks") else theirs] = array
    write_safetensors(file, arrays)
    assert GPT.from_pretrained(file).config == config
    assert GPT.from_pretrained(file, heads=4).config.heads == 4


def without(name: str) -> Any:
    return {key: array for key, array in published().items() if key != name}


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        (without("wte.weight"), "has not the arrays of a GPT-2: 'tokens'"),
        (without("wpe.weight"), "has not the arrays of a GPT-2: 'positions'"),
        (without("h.1.attn.c_attn.bias"), "lacks 'blocks.1.attention.query_key_value_bias'"),
        (published() | {"more": np.ones(1)}, "has 'more', which no GPT-2 has"),
        (published() | {"h.01.ln_1.bias": np.ones(6)}, "has 'h.01.ln_1.bias', which no GPT-2"),
        (published() | {"lm_head.weight": np.ones((10, 6))}, "has an output of its own"),
        (published() | {"wte.weight": np.ones(10)}, "has not the arrays of a GPT-2"),
        (published() | {"ln_f.bias": np.ones(7)}, r"norm_shift has the shape \(6,\), and not"),
        ({"wte.weight": np.ones((2, 6)), "wpe.weight": np.ones((2, 6))}, "has not the arrays"),
    ],
)
def test_other_arrays_are_refused(file: Path, arrays: Any, message: str) -> None:
    write_safetensors(file, arrays)
    with pytest.raises(ValueError, match=message):
        GPT.from_pretrained(file, heads=3)


def test_a_matrix_the_wrong_way_round_is_refused(file: Path) -> None:
    arrays = published()
    arrays["h.0.mlp.c_fc.weight"] = arrays["h.0.mlp.c_fc.weight"].T
    write_safetensors(file, arrays)
    with pytest.raises(ValueError, match=r"widen has the shape \(6, 24\), and not \(24, 6\)"):
        GPT.from_pretrained(file, heads=3)


def test_a_name_is_looked_for_where_the_environment_says(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERDICT_GPT2_WEIGHTS", str(file))
    assert weights_path("gpt2") == file
    monkeypatch.setenv("VERDICT_GPT2_WEIGHTS", str(file.parent))
    assert weights_path("gpt2-xl") == file.parent / "gpt2-xl.safetensors"
    monkeypatch.setenv("VERDICT_GPT2_WEIGHTS", str(file))
    write_safetensors(file, published())
    monkeypatch.setattr(gpt2_weights, "GPT2_SIZES", {"gpt2": (6, 3, 2)})
    with pytest.raises(WeightsError, match="is not gpt2: it has the sizes of GPTConfig"):
        GPT.from_pretrained("gpt2", heads=3)


def test_what_cannot_be_had_says_where_it_was_looked_for(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VERDICT_GPT2_WEIGHTS", raising=False)
    monkeypatch.setattr(gpt2_weights, "_ADDRESS", "http://127.0.0.1:9/{}/{}")
    with pytest.raises(WeightsUnavailableError) as caught:
        GPT.from_pretrained("gpt2")
    said = str(caught.value)
    assert said.startswith("The weights of gpt2 could not be had. Tried:\n")
    assert str(cache / "gpt2" / "gpt2.safetensors") in said
    assert said.endswith(
        "Set VERDICT_GPT2_WEIGHTS to a folder that has gpt2.safetensors, or give a path."
    )
    with pytest.raises(WeightsUnavailableError, match="gpt2-medium is not fetched: its checksum"):
        GPT.from_pretrained("gpt2-medium")


def test_checksums_and_revisions_are_whole() -> None:
    for revision, sha256 in PUBLISHED.values():
        assert re.fullmatch("[0-9a-f]{40}", revision)
        assert re.fullmatch("[0-9a-f]{64}", sha256)


@pytest.fixture
def real() -> GPT:
    if not os.environ.get("VERDICT_GPT2_WEIGHTS"):
        pytest.skip("GPT-2's weights are not on this machine: VERDICT_GPT2_WEIGHTS is not set")
    return GPT.from_pretrained("gpt2")


def test_the_published_model_knows_how_a_proverb_goes_on(real: GPT) -> None:
    assert real.config == GPTConfig.gpt2()
    scores = real.next_token_scores([6109, 3626, 6100, 345])  # "Every effort moves you"
    assert scores.argmax() in {2651, 284, 11, 13}  # forward, to, a comma, a stop


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file as large as GPT-2's, of 498 MB."""
    if not os.environ.get("VERDICT_LARGE_FILES"):
        pytest.skip("files of 500 MB are not written: VERDICT_LARGE_FILES is not set")
    write_safetensors(tmp_path / "large.safetensors", large_gpt.published())
    return tmp_path / "large.safetensors"


def test_at_gpt_2_s_size_the_scores_equal_those_of_transformers(large: Path) -> None:
    model = GPT.from_pretrained(large)
    assert model.config == GPTConfig.gpt2()
    scores = model(large_gpt.TEXTS)
    assert scores.dtype == np.float32
    chosen = scores[:, large_gpt.PLACES][..., large_gpt.TOKENS]
    assert chosen == pytest.approx(np.array(large_gpt.TRANSFORMERS_SCORES), rel=0, abs=2e-4)
    cache = Cache()
    for place in range(7, len(large_gpt.TEXTS[0]) + 1, 7):
        begun = [text[:place] for text in large_gpt.TEXTS]
        found = model.next_token_scores(begun, cache)
        assert found == pytest.approx(scores[:, place - 1], rel=0, abs=2e-4)
