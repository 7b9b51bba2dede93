"""A notebook and a script print what their page shows, whatever kind of code it has."""

from pathlib import Path

import pytest

from tests.downloads import fault
from website.formats import markdown, notebook, script

SITE = "https://example.org/book/"
PAGE = '''# A page

It has code of every kind. A value that no page shows, and a text of several lines:

```python
numbers = [1, 2, 3]
numbers.pop()  # of no use
text = """one
    two"""
print(text)
```

```output
one
    two
```

An error, after something was printed, and with a text of several lines:

```python
print("before")
text = """three
    four"""
raise LookupError(text)
```

```output
before
Traceback (most recent call last):
  ...
LookupError: three
    four
```

Code that is none:

```python
print("never"
```

```output
Traceback (most recent call last):
  ...
SyntaxError: '(' was never closed
```

An error of a module, with a note:

```python
import json

try:
    json.loads("")
except ValueError as error:
    error.add_note("It is cut off.")
    raise
```

```output
Traceback (most recent call last):
  ...
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)
It is cut off.
```

A session:

```pycon
>>> number = len(text)
>>> number + 1, number  # a pair
(15, 14)
>>> number + 1
15
>>> print(number)
14
```

1. An exercise.

    ??? success "Solution"

        ```python
        print(sum(numbers))
        ```

        ```output
        3
        ```

        So it is.
'''


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A page, and its two forms in a site."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "site").mkdir()
    path = tmp_path / "docs" / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    page = markdown.page(path, path.name, path.parent, SITE)
    (tmp_path / "site" / "page.py").write_text(script.script(page), encoding="utf-8")
    (tmp_path / "site" / "page.ipynb").write_text(notebook.notebook(page), encoding="utf-8")
    return path


def test_notebook_and_script_print_what_the_page_shows(source: Path) -> None:
    assert fault(source, source.parent.parent / "site", source.parent) == ""


@pytest.mark.parametrize("form", ["page.py", "page.ipynb"])
def test_what_prints_something_else_is_found(source: Path, form: str) -> None:
    path = source.parent.parent / "site" / form
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("sum(numbers)", "max(numbers)"), encoding="utf-8")
    found = fault(source, path.parent, source.parent)
    assert found.startswith(form)
    assert "2\n" in found
    assert "instead of" in found
