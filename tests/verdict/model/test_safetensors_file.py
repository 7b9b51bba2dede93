import json
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdict.model.arrays import random
from verdict import WeightsError, read_safetensors, write_safetensors
from verdict.model.safetensors_header import LARGEST_HEADER

ONE: dict[str, Any] = {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}


def file_of(header: Any, data: bytes = b"\0" * 8, length: int | None = None) -> bytes:
    """A file with a list, which may be anything, and numbers."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return (len(text) if length is None else length).to_bytes(8, "little") + text + data


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("weights") / "some.safetensors"


@given(
    st.dictionaries(
        st.text(max_size=9).filter(lambda name: name != "__metadata__"),
        st.tuples(st.lists(st.integers(0, 4), max_size=4), st.sampled_from("efd")),
        max_size=5,
    )
)
def test_what_is_written_is_read(place: Path, shapes: dict[str, tuple[list[int], str]]) -> None:
    arrays: Any = {name: random(1, *shape).astype(kind) for name, (shape, kind) in shapes.items()}
    write_safetensors(place, arrays)
    found = read_safetensors(place)
    assert list(found) == list(arrays)
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        assert found[name].shape == array.shape
        assert found[name].tobytes() == array.tobytes()


def test_a_file_is_laid_out_as_the_format_says(place: Path) -> None:
    write_safetensors(place, {"a": np.array([1, 2], np.float32)})
    content = place.read_bytes()
    length = int.from_bytes(content[:8], "little")
    assert length % 8 == 0
    assert json.loads(content[8 : 8 + length]) == ONE
    assert np.frombuffer(content[8 + length :], "<f4").tolist() == [1, 2]


def test_what_stands_beside_the_arrays_is_left_out(place: Path) -> None:
    place.write_bytes(file_of({"__metadata__": {"format": "pt"}, **ONE}))
    assert list(read_safetensors(place)) == ["a"]


def test_arrays_stay_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "large.safetensors"
    write_safetensors(path, {"a": np.ones(1_000_000), "b": np.ones((2, 3))})
    tracemalloc.start()
    try:
        found = read_safetensors(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 100_000
    assert found["a"].sum() == 1_000_000
    assert not found["a"].flags.writeable


def entry(**changes: Any) -> dict[str, Any]:
    return {"a": {**ONE["a"], **changes}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "too short for the list"),
        (b"\0" * 7, "too short for the list"),
        (file_of(ONE, length=2**63), "too short for the list"),
        (file_of(ONE, length=10**6), "too short for the list"),
        (file_of(b" " * (LARGEST_HEADER + 1)), "its list has 2,000,001 bytes, more than 2,000,000"),
        (file_of(b""), "no JSON"),
        (file_of(b"{"), "no JSON"),
        (file_of(b"[" * 100_000), "no JSON"),
        (file_of(b"\xff{}"), "no JSON"),
        (file_of(b'{"a": ' + b"9" * 5_000 + b"}"), "no JSON"),
        (file_of(b'{"a": NaN}'), "NaN is no number of JSON"),
        (file_of([1]), "no object of JSON"),
        (file_of(b'{"a": 1, "a": 2}'), "a name stands in it twice"),
        (file_of({"a": 1}), "'a' needs a dtype, a shape and data_offsets, and no more"),
        (file_of({"a": {"dtype": "F32"}}), "'a' needs a dtype"),
        (file_of(entry(more=1)), "and no more"),
        (file_of(entry(dtype="BF16")), "'a' has the type 'BF16', not F64, F32, F16"),
        (file_of(entry(dtype=["F32"])), "has the type"),
        (file_of(entry(shape=[-2])), "no whole numbers"),
        (file_of(entry(shape=[2.0])), "no whole numbers"),
        (file_of(entry(shape=[True, 2])), "no whole numbers"),
        (file_of(entry(shape=2)), "no whole numbers"),
        (file_of(entry(data_offsets=[0, 8, 8])), "1 axes and 3 offsets"),
        (file_of(entry(shape=[2] + [1] * 8)), "9 axes and 2 offsets"),
        (file_of(entry(data_offsets=[8, 0])), "another number of bytes than its shape needs"),
        (file_of(entry(shape=[2**62])), "'a' has a shape that is too large"),
        (file_of(entry(shape=[0, 2**64], data_offsets=[0, 0]), b""), "shape that is too large"),
        (file_of(entry(shape=[3])), "another number of bytes than its shape needs"),
        (file_of(entry(data_offsets=[8, 16])), "'a' begins at byte 8, and should at byte 0"),
        (file_of(ONE, b"\0" * 4), "its arrays need 8 bytes, and it has 4 for them"),
        (file_of(ONE, b"\0" * 9), "its arrays need 8 bytes, and it has 9 for them"),
        (file_of({**ONE, "b": ONE["a"]}), "'b' begins at byte 0, and should at byte 8"),
        (
            file_of({**ONE, "b": entry(data_offsets=[4, 12])["a"]}, b"\0" * 12),
            "'b' begins at byte 4, and should at byte 8",
        ),
    ],
)
def test_a_list_that_deceives_is_refused_with_a_sentence(
    place: Path, content: bytes, message: str
) -> None:
    place.write_bytes(content)
    with pytest.raises(WeightsError, match=message) as caught:
        read_safetensors(place)
    assert str(caught.value).startswith(f"{place} is no file of arrays that can be used: ")


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_safetensors(tmp_path / "none")


def test_other_types_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="a has numbers of the type int64: only float64, float32"):
        write_safetensors(tmp_path / "ints", {"b": np.ones(2), "a": np.ones(2, np.int64)})
    assert not list(tmp_path.iterdir())


def test_thousands_of_damaged_files_are_read_or_refused_and_nothing_else(place: Path) -> None:
    from tests.bench.hostile_files import damaged

    outcomes = {"read": 0, "refused": 0}
    for content in damaged(seed=1, count=3_000):
        place.write_bytes(content)
        try:
            found = read_safetensors(place)
        except WeightsError:
            outcomes["refused"] += 1
        else:
            assert sum(array.nbytes for array in found.values()) <= len(content)
            outcomes["read"] += 1
            del found  # Windows does not write over a file that is mapped
    assert min(outcomes.values()) > 100
