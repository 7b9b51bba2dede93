"""What counts as a fence: what the site renders as one, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data
from pymdownx.snippets import SnippetMissingError

from proof.fences import OTHER_PYTHON, OUTPUT, PYTHON, BrokenFence, Fence, fences, include, kind
from proof.rendered import rendered_blocks
from tests.proof.rendering import render

CODE = "x = 1\n\nif x:\n    y = 2\n"
SESSION = (
    ">>> x = 1\n\n>>> if x:  \n...     print('a\\n\\n<')\n... \n...\na\n\n<\n>>>\n>>> 1/0\n"
    'Traceback (most recent call last):\n  File "a", line 1, in f\n    1/0\nE: a\n\n>>> x\n'
)


def found(page: str) -> list[Fence]:
    return [fence for fence in fences(page) if isinstance(fence, Fence)]


def python(page: str) -> list[str]:
    return [fence.text.strip("\n") for fence in found(page) if fence.kind == PYTHON]


def shown(page: str) -> list[str]:
    """The Python blocks that a reader of the rendered page sees."""
    blocks = rendered_blocks(render(page))
    return [block.text.strip("\n") for block in blocks if kind(block.language) == PYTHON]


def within(opening: str, prefix: str, block: str = f"```python\n{CODE}```\n") -> str:
    """A block inside something: each line after `prefix`, below the line that opens it."""
    quoted = "".join((prefix + line).rstrip() + "\n" for line in block.split("\n")[:-1])
    return f"Text.\n\n{opening}{quoted}\nMore text.\n"


SHOWN_AS_CODE = {
    "plain": f"```python\n{CODE}```\n",
    "space": f"``` python\n{CODE}```\n",
    "title": f'```python title="a b.py"\n{CODE}```\n',
    "highlighted lines": f'```python hl_lines="1 3-4"\n{CODE}```\n',
    "line numbers": f'```python linenums="1"\n{CODE}```\n',
    "all options": f'``` py title="a.py" hl_lines="1" linenums="7"\n{CODE}```\n',
    "attribute": f"```{{.python}}\n{CODE}```\n",
    "attribute and class": f"```{{.python .no-copy}}\n{CODE}```\n",
    "attribute and title": f'``` {{ .python .a title="x" }}\n{CODE}```\n',
    "attribute and id": f"```{{.py #here}}\n{CODE}```\n",
    "language and attribute": f"```python {{ .a }}\n{CODE}```\n",
    "py": f"```py\n{CODE}```\n",
    "session": f"```pycon\n{SESSION}```\n",
    "session as python": f"```python\n{SESSION}```\n",
    "session with a title": f"```pycon title='a' hl_lines='1'\n{SESSION}```\n",
    "session in a list": within("1. item\n\n", "    ", f"```pycon\n{SESSION}```\n"),
    "session in a quote": within("", "> ", f"~~~{{.pycon}}\n{SESSION}~~~\n"),
    "py3": f"```py3\n{CODE}```\n",
    "python3": f"```python3\n{CODE}```\n",
    "pyi": f"```pyi\n{CODE}```\n",
    "capital": f"```Python\n{CODE}```\n",
    "tildes": f"~~~python\n{CODE}~~~\n",
    "four backticks": f"````python\n{CODE}````\n",
    "tildes around backticks": f"~~~py\n{CODE}'''\n```\n'''\n~~~\n",
    "blanks after the marks": f"```python  \n{CODE}```   \n",
    "tabs in code": "```python\nif x:\n\ty = 2\n\t\n```\n",
    "form feed": "```python\nx = 1\n\f\ny = 2\u2028\n```\n",
    "empty": "```python\n```\n",
    "blank lines around": "```python\n\n\nx = 1\n\n\n```\n",
    "no newline at the end": "```python\nx = 1\n```",
    "right below text": f"Text.\n```python\n{CODE}```\nText.\n",
    "below a line separator": f"a\u2028b\f\n\n```python\n{CODE}```\n",
    "admonition": within("!!! note\n\n", "    "),
    "details": within('??? note "x"\n\n', "    "),
    "open details": within("???+ note\n\n", "    "),
    "tab": within('=== "One"\n\n', "    "),
    "list": within("1. item\n\n", "    "),
    "list by three": within("1. item\n\n", "   "),
    "nested list": within("- item\n    - inner\n\n", "        "),
    "list by a tab": within("1. item\n\n", "\t"),
    "definition": within("Term\n:   meaning\n\n", "    "),
    "footnote": within("Claim.[^1]\n\n[^1]: note\n\n", "    "),
    "quote": within("", "> "),
    "quoted quote": within("", "> > "),
    "quoted tildes": within("", "> ", f"~~~ py\n{CODE}~~~\n"),
    "admonition in a list": within("- item\n\n    !!! note\n\n", "        "),
    "tab in a tab": within('=== "a"\n\n    === "b"\n\n', "        "),
    "Markdown in HTML": within('<div markdown="1">\n\n', "") + "\n</div>\n",
    "below inline code of a comment": f"Write `<!--` first.\n\n```python\n{CODE}```\n",
    "below double inline code": f"Write `` ` <!-- `` first.\n\n```python\n{CODE}```\n",
    "below inline code of two lines": f"Write `a\n<!-- b` first.\n\n```python\n{CODE}```\n",
    "below a fence with a comment": f"```html\n<!--\n```\n\n```python\n{CODE}```\n",
    "between comment marks as code": f"Both `<!--`\n```python\n{CODE}```\nand `-->`.\n",
    "below a comment of one line": f"<!-- a --> b\n\n```python\n{CODE}```\n",
    "below two comments": f"<!-- a --><!-- b --> c\n\n```python\n{CODE}```\n",
    "below a comment and code": f"<!-- a\n--> `<!--`\n\n```python\n{CODE}```\n",
    "below a comment that never ends": f"<!-- oops\n\n```python\n{CODE}```\n",
    "between the marks of no comment": f"a <!-- b\n\n```python\n{CODE}```\n\n-->\n",
    "below an indented comment": f"Code:\n\n    <!--\n\n```python\n{CODE}```\n",
}

NOT_SHOWN = {
    "comment": f"<!--\n```python\n{CODE}```\n-->\n",
    "comment with blank lines": f"<!--\n\n```python\n{CODE}```\n\n-->\n",
    "comment in a line": "<!-- ```python -->\n",
    "comment that ends in its last line": f"<!-- a\n```python\n{CODE}```\nb -->\n",
    "comment in a paragraph": f"a <!-- b\n```python\n{CODE}```\n-->\n",
    "second comment": f"<!-- a --><!-- b\n\n```python\n{CODE}```\n-->\n",
    "comment below another": f"<!--\n~~~html\n<!-- a -->\n~~~\n```python\n{CODE}```\n-->\n",
    "comment in an admonition": within("!!! note\n\n", "    ", "<!--\n```python\nx\n```\n-->\n"),
    "comment in a quote": within("", "> ", "<!--\n```python\nx\n```\n-->\n"),
    "comment in an element": "<div>\n<!--\n\n```python\nx\n```\n-->\n</div>\n",
    "fence": f"````markdown\n```python\n{CODE}```\n````\n",
    "fence of tildes": f"~~~\n```python\n{CODE}```\n~~~\n",
    "output": "```output\nx\n```\n",
    "Python 2": "```python2\nprint 1\n```\n",
    "bash": "```bash\nls\n```\n",
    "no language": "```\nx = 1\n```\n",
    "unknown language": "```nonesuch\nx = 1\n```\n",
    "inline": "A line with ```python x = 1``` in it.\n",
    "item of a list": "- ```python\n  x\n  ```\n",
}


@pytest.mark.parametrize("page", SHOWN_AS_CODE.values(), ids=SHOWN_AS_CODE.keys())
def test_finds_what_a_reader_sees(page: str) -> None:
    assert python(page) == shown(page)
    assert len(shown(page)) == 1


@pytest.mark.parametrize("page", NOT_SHOWN.values(), ids=NOT_SHOWN.keys())
def test_finds_nothing_that_no_reader_sees_as_python(page: str) -> None:
    assert python(page) == shown(page) == []


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("```python\nx\n```\n", 0),
        ("a\n\n<!--\n```python\nx\n```\n-->\n\n```py\nx\n```\n", 8),
        ("!!! note\n\n    ```python\n    x\n    ```\n", 2),
        ("a\u2028\f\n> ~~~py\n> x\n> ~~~\n", 1),
    ],
)
def test_says_where_a_fence_stands(page: str, line: int) -> None:
    lines = page.split("\n")
    (fence,) = (fence for fence in found(page) if fence.kind == PYTHON)
    assert (fence.first, fence.last) == (line, line + 2)
    assert lines[fence.first].startswith(fence.prefix + fence.mark)
    assert lines[fence.last] == fence.prefix + fence.mark
    assert fence.text == "x\n"


def test_finds_all_visible_fences_of_one_page_in_order() -> None:
    page = dedent("""\
        ```python
        1
        ```

        ````markdown
        ```python
        no
        ```
        ````

        === "Tab"

            ```py title="2"
            2
            ```

            ```output
            two
            ```

        <!--
        ```python
        no
        ```
        -->

        > ~~~ {.python .a}
        > 3
        > ~~~
        """)
    assert python(page) == shown(page) == ["1", "2", "3"]
    assert [fence.kind for fence in found(page)] == [PYTHON, "", PYTHON, OUTPUT, PYTHON]


@pytest.mark.parametrize(
    ("page", "line", "fault"),
    [
        ("a\n\n```python\nx\n", 2, "never closed"),
        ("!!! note\n\n    ```python\n    x\ny\n    ```\n", 2, "never closed"),
        ("> ```python\n> x\n\ny\n", 0, "never closed"),
        ("```python ignore\nx\n```\n", 0, "heading"),
        ("```python,ignore\nx\n```\n", 0, "heading"),
        ('```python title="a" foo="b"\nx\n```\n', 0, "heading"),
        ('```python hl_lines="a"\nx\n```\n', 0, "heading"),
    ],
)
def test_reports_a_fence_that_the_site_shows_as_text(page: str, line: int, fault: str) -> None:
    first = next(fence for fence in fences(page))
    assert isinstance(first, BrokenFence)
    assert first.first == line
    assert fault in first.fault
    assert shown(page) == []


@pytest.mark.parametrize(
    "page", ["<!--\n```python\nx\n\n-->\n", "<!--\n```python a b\nx\n```\n-->\n", "```x``` and y\n"]
)
def test_reports_no_broken_fence_where_there_is_none(page: str) -> None:
    assert [fence for fence in fences(page) if isinstance(fence, BrokenFence)] == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        *((name, PYTHON) for name in ("python", "py", "python3", "py3", "pyi", "Python", "sage")),
        *((name, PYTHON) for name in ("pycon", "python-console")),
        *((name, OTHER_PYTHON) for name in ("python2", "py2")),
        ("output", OUTPUT),
        *((name, "") for name in ("", "bash", "pytb", "text", "console", "nonesuch")),
    ],
)
def test_knows_python_under_any_name(language: str, expected: str) -> None:
    assert kind(language) == expected


# Any page: what is found is what the site shows.

WRAPS: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "admonition": lambda text: "\n!!! note\n\n" + indent(text, "    "),
    "details": lambda text: "\n??? note\n\n" + indent(text, "    "),
    "tab": lambda text: '\n=== "a"\n\n' + indent(text, "    "),
    "list": lambda text: "\n1. a\n\n" + indent(text, "    "),
    "quote": lambda text: indent(text, "> ", lambda _: True),
    "comment": lambda text: f"<!--\n{text}-->\n",
    "definition": lambda text: "\na\n:   b\n\n" + indent(text, "    "),
}
LINES = [
    "x = 1",
    "",
    "    y",
    "\tz",
    "> q",
    "```",
    "~~~",
    "````",
    "<!--",
    "-->",
    "`a",
    "a  ",
    "&lt;",
    ">>> x",
    "... y  ",
    "Traceback (most recent call last):",
    "E: a",
]
HEADINGS = [
    "python",
    "py title='a'",
    "pycon",
    "{.python .b}",
    "",
    "html",
    "output",
    "python hl_lines='1'",
    "a b",
]
PROSE = ["a\n", "`<!--`\n", "<!-- a -->\n", "a <!-- b\n", "-->\n", "- a\n", "# a\n", "<b>a</b>\n"]

fenced = st.builds(
    lambda mark, heading, lines: f"{mark}{heading}\n" + "".join(f"{x}\n" for x in [*lines, mark]),
    st.sampled_from(["```", "~~~", "````"]),
    st.sampled_from(HEADINGS),
    st.lists(st.sampled_from(LINES), max_size=4),
)
pieces = st.builds(
    lambda wrap, text: WRAPS[wrap](text),
    st.sampled_from(list(WRAPS)),
    st.one_of(fenced, st.sampled_from(PROSE)),
)
pages = st.lists(st.tuples(pieces, st.sampled_from(["", "\n"])), max_size=5).map(
    lambda parts: "".join(text + blank for text, blank in parts)
)


@given(pages)
def test_finds_on_any_page_what_a_reader_sees(page: str) -> None:
    assume(not any(isinstance(fence, BrokenFence) for fence in fences(page)))  # it fails anyway
    assert python(page) == shown(page)


# Included files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "code.py").write_text(
        "import re\n\n# --8<-- [start:f]\ndef f():\n    return 1\n# --8<-- [end:f]\n\nf()\n",
        encoding="utf-8",
    )
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "tabs.py").write_text("if 1:\n\tx = 'é'\n\n\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        '--8<-- "code.py"',
        '--8<-- "code.py:f"',
        '--8<-- "code.py:1:2"',
        '--8<-- "deep/tabs.py"',
        "--8<--\ncode.py:f\ndeep/tabs.py\n--8<--",
        'x = 1\n--8<-- "code.py"\ny = 2',
        ';--8<-- "code.py"',
        'if x:\n    --8<-- "code.py:f"',
    ],
)
@pytest.mark.parametrize("prefix", ["", "    "], ids=["plain", "in a list"])
def test_includes_files_as_the_site_does(folder: Path, line: str, prefix: str) -> None:
    page = within("1. a\n\n" if prefix else "", prefix, f"```python\n{line}\n```\n")
    (block,) = rendered_blocks(render(page, [folder]))
    (fence,) = found(page)
    assert include(fence.text, [folder]).strip("\n") == block.text.strip("\n")


def test_includes_nothing_where_nothing_is_named() -> None:
    assert include("x = 1 - 8 < -8\n", []) == "x = 1 - 8 < -8\n"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('--8<-- "nowhere.py"', "nowhere.py"),
        ('--8<-- "code.py:g"', "g"),
        ('--8<-- "../a.py"', "a.py"),
    ],
)
def test_names_an_included_file_that_is_missing(folder: Path, line: str, named: str) -> None:
    (folder.parent / "a.py").touch()
    with pytest.raises(SnippetMissingError, match=named):
        include(f"{line}\n", [folder])


# The first bytes of a file


@pytest.mark.parametrize(
    "beginning",
    [
        "\ufeff",
        "\ufeff\n",
        "\ufeff---\ntitle: a\n---\n",
        "---\ntitle: a\ntext: |\n  ```\n---\n",
        "\ufeff---\ntext: ~~~ python\n...\n\n",
        "---\ntext: <!--\n---\n",
        "---\ntitle: |\n  ```python\n  hidden\n---  \n",
        "---\n\nno settings\n\n---\n",
    ],
)
def test_sees_what_the_site_shows_whatever_a_file_begins_with(
    beginning: str, tmp_path: Path
) -> None:
    text = f"{beginning}```python\n{CODE}```\n"
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    body, _ = get_data(path.read_text(encoding="utf-8-sig"))  # as MkDocs reads a page
    assert python(text) == shown(body) == [CODE.strip("\n")]
    (fence,) = found(text)
    assert text.split("\n")[fence.first].removeprefix("\ufeff") == "```python"


def test_sees_code_between_lines_that_are_no_settings() -> None:
    text = f"---\n```python\n{CODE}```\n---\n"
    assert python(text) == shown(get_data(text)[0]) == [CODE.strip("\n")]
