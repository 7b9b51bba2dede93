import pytest

from verdict import count_parameters

PUBLISHED = [
    ("GPT", (40_478, 512, 768, 12), 117),
    ("GPT-2 small", (50_257, 1_024, 768, 12), 124),
    ("GPT-2 medium", (50_257, 1_024, 1_024, 24), 355),
    ("GPT-2 large", (50_257, 1_024, 1_280, 36), 774),
    ("GPT-2 XL", (50_257, 1_024, 1_600, 48), 1_558),
    ("GPT-3 small", (50_257, 2_048, 768, 12), 125),
    ("GPT-3", (50_257, 2_048, 12_288, 96), 175_000),
]


@pytest.mark.parametrize(("name", "shape", "millions"), PUBLISHED)
def test_agrees_with_what_was_published(
    name: str, shape: tuple[int, int, int, int], millions: int
) -> None:
    counted = sum(count_parameters(*shape).values()) / 1e6
    # As published: rounded, and in one case to billions. The first GPT has no last norm.
    assert counted == pytest.approx(millions, rel=0.005), name


def test_parts_of_a_model_small_enough_to_count_by_hand() -> None:
    assert count_parameters(vocabulary_size=3, context_length=2, width=1, layers=1) == {
        "token embeddings": 3,
        "position embeddings": 2,
        "self-attention": 8,  # four maps of 1 by 1, each with a bias
        "feed-forward": 13,  # 1 to 4 and back, with biases of 4 and 1
        "normalization": 6,  # three, each with a scale and a shift
    }


@pytest.mark.parametrize("place", range(4))
def test_a_number_below_one_is_refused_by_name(place: int) -> None:
    shape = [10, 10, 10, 10]
    shape[place] = 0
    names = ["vocabulary_size", "context_length", "width", "layers"]
    with pytest.raises(ValueError, match=f"{names[place]} must be 1 or more, not 0"):
        count_parameters(*shape)


def test_what_is_no_whole_number_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="width must be an int, not float"):
        count_parameters(10, 10, 7.5, 10)  # type: ignore[arg-type]
