"""What a new page consists of, before it is put into words."""

import posixpath
from collections.abc import Sequence

from website.sources import Part

LIST = "The sections of this part:"
"""The line above the list of a part's pages, in its index."""
NEXT = "Next: "
"""How the last line of a page begins."""
CAN, WHOLE, COMES = "What you can do now", "The whole course", "What comes next"
"""The sections of the last page of a part, which looks back; the last part has all three."""

TO_WRITE = (
    "Say in one sentence what this page is about.",
    "say what the reader will be able to do.",
    "Say what it is for, before how it works.",
    "The first question",
    "Ask what the next block answers.",
    "Say what the output shows.",
    "Say in a sentence one thing to keep.",
    "Set a task that changes a block of this page.",
    "Say why, where the output alone does not.",
    "Give a hint that leads one step on.",
    "say in a few words what it shows.",
    "Say what the next block puts together from this part.",
    "Say in a sentence what a reader can do after",
    "Say what this part leaves open, and where to read on.",
)
"""What a skeleton asks its writer to put into words: none of it may be left on a finished page."""

(
    _DESCRIPTION,
    _ABLE,
    _PURPOSE,
    _HEADING,
    _QUESTION,
    _SHOWS,
    _LEARNED,
    _TASK,
    _WHY,
    _HINT,
    _ENTRY,
    _TOGETHER,
    _CLAIM,
    _ONWARD,
) = TO_WRITE

_OPENING = f"""\
---
description: "{_DESCRIPTION}"
---

# %s

After this %s you can {_ABLE}
"""
_BLOCK = """\
```python
tokens = "the cat saw the dog".split()
print(len(tokens))
```

```output
5
```
"""


def chapter(title: str) -> str:
    """Return the skeleton of a section's page.

    Args:
        title: its heading.
    """
    return f"""{_OPENING % (title, "section")}
{_PURPOSE}

## {_HEADING}

{_QUESTION}

{_BLOCK}
{_SHOWS}

## What you learned

- {_LEARNED}

## Exercises

1. {_TASK}

    ??? success "Solution"

        ```python
        print(len(set(tokens)))
        ```

        ```output
        4
        ```

        {_WHY}

        ```check
        # You print a number.
        assert numbers, "Print how many tokens there are."
        # It counts each token once.
        assert numbers == [4], "A token is counted more than once."
        ```

        ```hint
        {_HINT}
        ```

        ```wrong
        print(len(tokens))
        ```
"""


def part_index(title: str) -> str:
    """Return the skeleton of a part's first page.

    Args:
        title: the part's name.
    """
    return f"""{_OPENING % (title, "part")}
{_PURPOSE}

{LIST}
"""


def looking_back(parts: Sequence[Part]) -> str:
    """Return the skeleton of the last page of the last part, which looks back on the course.

    Args:
        parts: all parts of the course, with their pages.
    """
    last = parts[-1]
    title = looking_back_title(last)
    links = [posixpath.relpath(part.pages[0], last.folder) for part in parts]
    listed = "\n".join(
        f"- Part {part.number}: [{part.name}]({link})"
        for part, link in zip(parts, links, strict=True)
    )
    return f"""{_OPENING % (title, "section")}
{_TOGETHER}

{_BLOCK}
{_SHOWS}

## {CAN}

## {WHOLE}

{listed}

## {COMES}

{_ONWARD}
"""


def looks_back(text: str) -> bool:
    """Tell whether a page looks back on its part: then it is the last one, without exercises."""
    return f"\n## {CAN}\n" in text


def looking_back_title(part: Part) -> str:
    """Return the heading of the page that looks back on a part."""
    return f"What you can do after Part {part.number}"


def list_entry(title: str, file: str) -> str:
    """Return a page's line in the list on the first page of its part."""
    return f"- [{title}]({file}): {_ENTRY}"


def claim(title: str, file: str) -> str:
    """Return a page's line on the page that looks back: what a reader has learned from it."""
    return f"- {_CLAIM} [{title}]({file})."
