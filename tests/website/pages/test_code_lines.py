"""Lines that wrap show it, and what a page does not speak of is folded, but never lost."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from website.editor import edit
from website.pages.code_lines import CodeLines
from website.pages.folds import folds

FILE = """import os

A = 1


def f(x):
    \"\"\"Say what.

    At length.

    And more.
    \"\"\"
    return x


def g():
    return f(A)
"""


def block(code: str, title: str = "", language: str = "python") -> str:
    name = f'<span class="filename">{title}</span>' if title else ""
    pre = f"<pre><span></span><code>{code}</code></pre>"
    return f'<div class="language-{language} highlight">{name}{pre}</div>'


def shaped(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(edit(html, CodeLines()))


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    return [found.text() for found in page.css(selector)]


def test_long_lines_have_an_element_each() -> None:
    long = "a_name_of_some_length = <span>1</span> + 22222"
    page = shaped(block(f"x = 1\n\n{long}\n{long}\n"))
    plain = "a_name_of_some_length = 1 + 22222\n"
    assert texts(page, ".line") == [plain, plain]
    assert texts(page, "code") == [f"x = 1\n\n{plain}{plain}"]


def test_characters_of_double_width_count_twice() -> None:
    assert texts(shaped(block("茶" * 16 + "\n" + "t" * 16)), ".line") == ["茶" * 16 + "\n"]


def test_lines_that_share_an_element_stay_as_they_are() -> None:
    html = block("<span>a long line with a colour\nthat goes on in another</span>\n")
    assert edit(html, CodeLines()) == html


def test_a_listing_shows_what_its_title_names_and_can_be_unfolded() -> None:
    page = shaped(block(FILE, "f in src/a.py"))
    before, docstring, after = texts(page, ".folded")
    assert before == "import os\n\nA = 1\n\n\n"
    assert docstring.strip().startswith('"""Say what.')
    assert "def g():" in after
    assert texts(page, "code") == [FILE]  # the folded lines are there
    (switch,) = page.css("input")
    assert {label.attributes["for"] for label in page.css("label")} == {switch.attributes["id"]}
    assert texts(page, ".whole") == [f"The whole file, {FILE.count(chr(10))} lines"]


def test_each_folded_block_has_its_own_switch() -> None:
    html = block(FILE, "f in a.py") + block(FILE, "g in a.py") + block(FILE) + block("x = 1\n")
    page = shaped(html)
    assert [switch.attributes["id"] for switch in page.css("input")] == ["fold-1", "fold-2"]


def test_a_title_that_names_nothing_in_its_file_is_refused() -> None:
    with pytest.raises(ValueError, match="its file defines no h"):
        folds(FILE, "h in a.py")


def test_a_title_that_names_no_part_folds_nothing() -> None:
    assert folds(FILE, "src/a.py") == []


def test_how_a_plot_looks_is_folded_and_what_it_shows_is_not() -> None:
    lines = [
        "figure, axes = plt.subplots()",
        "axes.plot(x, y)",
        "axes.set_xticks(",
        "    [1, 2]",
        ")",
        "axes.spines[:].set_visible(False)",
        "figure.subplots_adjust(left=0.1)",
        "plt.show()",
    ]
    assert folds("\n".join(lines)) == [range(2, 7)]
    page = shaped(block("\n".join(lines)))
    assert [switch.attributes["aria-label"] for switch in page.css("input")] == ["All 8 lines"]
    assert [gap.attributes["data-lines"] for gap in page.css("label.fold")] == ["5 lines"]


def test_a_line_or_two_are_not_worth_a_fold() -> None:
    assert folds("x = 1\naxes.margins(1)\naxes.legend()\nplt.show()\n") == []


def test_a_session_and_an_output_are_not_folded() -> None:
    text = "axes.legend()\n" * 5
    assert not shaped(block(text, language="output")).css("input")
