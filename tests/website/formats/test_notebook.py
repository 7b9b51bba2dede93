import json
from typing import Any

import nbformat

from tests.install_lines import TRIALS
from website.formats import notebook
from website.formats.cells import install_line
from website.formats.markdown import MarkdownPage

SITE = "https://example.org/book/"
TEXT = f"""# A page

This page: <{SITE}a/>

Text, and [a link]({SITE}b.md).

```python
names = ["a"]
names.pop()
```

1. An exercise.

    > **Solution**
    >
    > ```python
    > print(names)
    > ```
    >
    > ```output
    > []
    > ```
    >
    > None is left.

2. Another.

```sh
ls
```
"""


def made(text: str = TEXT) -> Any:
    written = notebook.notebook(MarkdownPage("a.md", "A page", "", text))
    read = nbformat.reads(written, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(read)
    return read


def test_prose_and_code_are_cells_in_the_order_of_the_page() -> None:
    cells = [(cell.cell_type, cell.source) for cell in made().cells]
    about, install, *others = cells
    assert about == ("markdown", f"# A page\n\nThis page: <{SITE}a/>")
    assert install[0] == "code"
    assert others == [
        ("markdown", f"Text, and [a link]({SITE}b.md)."),
        ("code", 'names = ["a"]\nnames.pop();'),  # else a notebook would show what it is
        ("markdown", "1. An exercise.\n\n    > **Solution**"),
        ("code", "print(names)"),
        ("markdown", "> None is left.\n\n2. Another.\n\n```sh\nls\n```"),
    ]


def test_the_first_code_installs_what_the_page_imports_once_its_mark_is_away() -> None:
    *comment, line = made().cells[1].source.split("\n")
    assert all(row.startswith("# ") for row in comment)
    assert f"python -m {line.removeprefix('# %')}" == install_line("")


def test_the_install_lines_are_tried_with_those_of_the_pages() -> None:
    assert install_line("import numpy") in TRIALS
    assert install_line("import matplotlib.pyplot as plt") in TRIALS


def test_a_notebook_stands_alone() -> None:
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# A\n\nSee [b](b.md)."},
        {
            "cell_type": "code",
            "id": "b",
            "metadata": {},
            "execution_count": 1,
            "outputs": [],
            "source": "import matplotlib",
        },
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    written = notebook.with_install(text, "part/a.ipynb", SITE)
    read = nbformat.reads(written, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(read)
    head, install, code = read.cells
    assert head.source == f"# A\n\nSee [b]({SITE}part/b.md)."
    assert "matplotlib" in install.source
    assert code.source == "import matplotlib"
