"""The form of a page: what the pages of a part have, in which order."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from markdown.extensions.toc import slugify

from proof.fences import CHECK, Fence, fences
from website.new_page.skeletons import CAN, COMES, NEXT, TO_WRITE, looks_back
from website.sources import INDEX, Part

_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
_ENTRY = re.compile(r"^- \[[^\]]+\]\(([^)#]+)\)", re.MULTILINE)
_SOLUTION = '    ??? success "Solution"'
_IN_WORDS = '    ??? success "Solution, in words"'
PARTS_THAT_CHECK_THEMSELVES = [
    "understanding-large-language-models",
    "working-with-text-data",
    "coding-attention-mechanisms",
    "implementing-a-gpt-model-to-generate-text",
    "pretraining-on-unlabeled-data",
    "fine-tuning-for-classification",
    "fine-tuning-to-follow-instructions",
]
"""The folders of the parts whose exercises check themselves."""


def faults(docs: Path, parts: list[Part]) -> Iterator[str]:
    """What the pages of these parts lack, each with the page's name."""
    pages = [page for part in parts for page in part.pages]
    for part in parts:
        for page in part.pages:
            follows = dict(pairwise(pages)).get(page)
            for fault in _faults(docs, part, page, follows):
                yield f"{page}: {fault}"


def _faults(docs: Path, part: Part, page: str, follows: str | None) -> Iterator[str]:
    if not (docs / page).is_file():
        yield "nav names it, and there is no such file"
        return
    text = (docs / page).read_text(encoding="utf-8")
    yield from (
        f"it still says {line!r}, as its skeleton does" for line in TO_WRITE if line in text
    )
    is_notebook, is_index = page.endswith(".ipynb"), Path(page).name == INDEX
    if is_notebook:
        cells: list[dict[str, Any]] = json.loads(text)["cells"]
        text = "\n\n".join(
            "".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"
        )
    elif not _described(text):
        yield 'its front matter has no description: "..."'
    prose = _without_code(_FRONT_MATTER.sub("", text, count=1))
    headings = re.findall(r"^# (.+)$", prose, re.MULTILINE)
    blocks = re.split(r"\n{2,}", prose.strip())
    if blocks[0] != f"# {'|'.join(headings)}":
        yield "it does not begin with its heading, the only one of its rank"
    elif is_index and headings != [part.name]:
        yield f"its heading is not the part's name, {part.name!r}"
    elif not is_index and slugify(headings[0], "-") != Path(page).stem:
        yield f"its file is not named after its heading: {slugify(headings[0], '-')}"
    opening = f"After this {'part' if is_index else 'section'} you can "
    if not is_notebook and not blocks[1].startswith(opening):
        yield f"below the heading it does not say {opening!r}"
    if is_index:
        yield from _list_faults(part, prose)
    else:
        yield from _next_faults(part, page, blocks[-1], follows)
    if looks_back(prose):
        yield from _looking_back_faults(part, prose)
    elif not is_index and not is_notebook:
        yield from _ending_faults(prose)
        if part.folder in PARTS_THAT_CHECK_THEMSELVES:
            yield from _unchecked(text)


def _described(text: str) -> bool:
    matter = _FRONT_MATTER.match(text)
    return bool(matter and (yaml.safe_load(matter[1]) or {}).get("description"))


def _list_faults(part: Part, prose: str) -> Iterator[str]:
    """Whether a part's first page lists the others."""
    names = [Path(each).name for each in part.pages[1:]]
    listed = [name for name in _ENTRY.findall(prose) if name in names]
    if listed != names:
        yield f"its list has {', '.join(listed) or 'nothing'}, and nav has {', '.join(names)}"


def _next_faults(part: Part, page: str, last: str, follows: str | None) -> Iterator[str]:
    """Whether the last line leads on; at the end of a part the foot of the page can do that."""
    is_last = page == part.pages[-1]
    link = _LINK.search(last) if last.startswith(NEXT) else None
    if not link:
        if not is_last:
            yield f"its last line is not {NEXT!r} with a link to {follows}"
        return
    leads = (Path(part.folder) / link[1]).as_posix().replace(f"{part.folder}/../", "")
    if leads != follows:
        yield f"its {NEXT!r} leads to {leads}, and nav goes on with {follows}"


def _ending_faults(prose: str) -> Iterator[str]:
    """Whether a chapter ends with what was learned, and with exercises that have solutions."""
    sections = re.split(r"^## (.+)$", prose, flags=re.MULTILINE)
    titles, texts = sections[1::2], sections[2::2]
    if titles[-2:] != ["What you learned", "Exercises"]:
        yield "its last two sections are not 'What you learned' and 'Exercises'"
        return
    if not re.search(r"^- \S", texts[-2], re.MULTILINE):
        yield "there is no list of what you learned"
    exercises = re.split(r"^(\d+)\. ", texts[-1], flags=re.MULTILINE)[1:]
    numbers, tasks = exercises[::2], exercises[1::2]
    if not numbers or numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        yield "its exercises are not numbered from 1 on"
    for number, task in zip(numbers, tasks, strict=True):
        lines = task.split("\n")
        if lines.count(_SOLUTION) + lines.count(_IN_WORDS) != 1:
            yield f"exercise {number} has no folded solution, {_SOLUTION.strip()}"


def _looking_back_faults(part: Part, prose: str) -> Iterator[str]:
    """Whether a page that looks back says what a reader can do now, then what comes next.

    Each thing that they can do has a link to where it was taught. Together the links name all
    pages of the part.
    """
    pieces = re.split(r"^## (.+)$", prose, flags=re.MULTILINE)
    titles, texts = pieces[1::2], pieces[2::2]
    if [title for title in titles if title in (CAN, COMES)] != [CAN, COMES]:
        yield f"below {CAN!r} it does not say {COMES!r}"
    claims = re.findall(r"^- .+$", texts[titles.index(CAN)], re.MULTILINE)
    yield from (f"this was taught nowhere: {claim}" for claim in claims if "](" not in claim)
    named = {Path(link).name for claim in claims for link in _LINK.findall(claim)}
    forgotten = [page for page in part.pages[1:-1] if Path(page).name not in named]
    if forgotten and not _names_all_parts(claims):
        yield f"{CAN!r} leaves out {', '.join(forgotten)}"


def _names_all_parts(claims: list[str]) -> bool:
    """Whether it is the end of the whole course: there the parts are named, and not their pages."""
    return sum(f"/{INDEX})" in claim for claim in claims) > 1


def _unchecked(text: str) -> Iterator[str]:
    """Whether each solution in code has checks, and no solution in words."""
    checks = [
        fence.first
        for fence in fences(text)
        if isinstance(fence, Fence) and fence.language == CHECK
    ]
    lines = text.split("\n")
    starts = [at for at, line in enumerate(lines) if line in (_SOLUTION, _IN_WORDS)]
    for number, (start, end) in enumerate(pairwise([*starts, len(lines)]), 1):
        has_checks = any(start < check < end for check in checks)
        if has_checks and lines[start] == _IN_WORDS:
            yield f"exercise {number} has checks, and its solution is called 'in words'"
        elif not has_checks and lines[start] == _SOLUTION:
            yield f"exercise {number} does not check itself, and its solution is not in words"


def _without_code(text: str) -> str:
    """The text without its fences: what looks like a heading in there is none."""
    lines = text.split("\n")
    for fence in fences(text):
        if isinstance(fence, Fence):
            lines[fence.first : fence.last + 1] = [""] * (fence.last + 1 - fence.first)
    return "\n".join(lines)
