from website.formats.cells import Code, install_line
from website.formats.markdown import MarkdownPage
from website.formats.script import WIDTH, runnable, script

TEXT = """# A page

This page: <https://example.org/a/>

{long}

- {long}

| A | table |
|---|---|
| {long} | |

```python
print(1)
```

```output
1
```
"""
LONG = "a word and another word " * 5 + "end"


def test_a_page_is_comments_and_code_with_its_output_below() -> None:
    written = script(MarkdownPage("a.md", "A page", "", TEXT.format(long=LONG)))
    assert written.startswith("# # A page\n#\n# This page: <https://example.org/a/>\n\n")
    assert f"# {install_line('')}\n" in written
    assert written.endswith("# %%\nprint(1)\n# Output:\n#   1\n")
    compile(written, "a.py", "exec")


def test_long_lines_wrap_below_their_text_and_tables_do_not() -> None:
    rows = script(MarkdownPage("a.md", "A page", "", TEXT.format(long=LONG))).split("\n")
    first = next(row for row in rows if row.startswith("# - "))
    assert rows[rows.index(first) + 1].startswith("#   ")
    wide = [row for row in rows if len(row) > WIDTH + len("# ") and "pip install" not in row]
    assert wide == [f"# | {LONG} | |"]


def test_what_only_a_notebook_knows_is_a_comment() -> None:
    assert runnable(Code("%config A = 1\nprint(1)\n")) == "# %config A = 1\nprint(1)"
    assert runnable(Code('print("""\n%a""" % 1)\n')) == 'print("""\n%a""" % 1)'
