import pytest

from website.formats.cells import Code, Prose, cells, has_code


def test_what_a_block_prints_is_its_own() -> None:
    text = "```python\na = 1\n```\n\n```python\nprint(a)\n```\n\n```output\n1\n```\n"
    assert cells(text) == (Code("a = 1\n"), Code("print(a)\n", "1\n"))


def test_a_session_is_a_piece_for_each_example() -> None:
    text = "```pycon\n>>> a = 1\n>>> a\n1\n```\n"
    first, second = Code("a = 1\n", shows_value=True), Code("a\n", "1\n", shows_value=True)
    assert cells(text) == (first, second)
    assert not first.is_value
    assert second.is_value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("    > So it is.\n\n2. Next.", "> So it is.\n\n2. Next."),  # else it would be code
        ("    > So.\n    >\n    > It is.", "> So.\n>\n> It is."),
        ("\n>\n> A\n>\n", "> A"),
        ("1. A\n\n    B", "1. A\n\n    B"),
    ],
)
def test_prose_has_its_form_where_it_stands_alone(text: str, found: str) -> None:
    assert cells(text) == (Prose(found),)


def test_other_languages_are_prose() -> None:
    assert not has_code("# A\n\n```sh\nls\n```\n")
