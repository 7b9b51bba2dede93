"""Let a reader run the blocks of the pages, where they stand.

A machine without Node.js builds the same site, without the buttons. A notebook has none: it
can be taken along, and its plots need what no browser's Python brings.
"""

import functools
import json
import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent

from proof.files import write_whole
from proof.gate import PUBLISHED
from website import runtime, wheel
from website.markdown import html_of
from website.packages import GIVEN, WheelError
from website.second_proof import Block, Result, Results, proven_blocks

_WANTS = re.compile(r'\bdata-live="(\w+)"')


def build(site: Path, *, is_preview: bool = False) -> list[str]:
    """Let the pages of a built site run Python, if this machine can; the site has the wheel.

    Buttons come only to blocks that the gate has marked, and of these only to such as have
    also run in the very Python that the site serves, and printed the same. A preview does not
    wait for that: it takes what is known, and trusts the rest.

    Returns:
        What is wrong: blocks that print something else there.
    """
    if not runtime.is_possible():
        _say_once("The pages have no Run buttons: those need Node.js and npm, then `make` again.")
        return []
    pages = {path: path.read_bytes().decode("utf-8") for path in sorted(site.rglob("*.html"))}
    record = json.loads((site / PUBLISHED).read_bytes())
    notebooks = {site / html_of(name) for name in record["pages"] if name.endswith(".ipynb")}
    blocks = {
        path: proven_blocks(page) if path not in notebooks else [] for path, page in pages.items()
    }
    built = wheel.of_the_pages(site)
    if is_preview and not any(blocks.values()):
        _say_once("No block has a Run button yet: `make prove` runs them first.")
    if not built or not (any(blocks.values()) or any(map(_WANTS.search, pages.values()))):
        return []
    try:
        installed = runtime.install(site, built)
    except WheelError as error:
        return [str(error)]
    for name, file in installed.runtime.missing.items():
        _say_once(
            f"{name} for the browser is not to be had: blocks that need it have no Run button. "
            f"A folder with {file} may be named by {GIVEN}."
        )
    results = Results(installed)
    if not is_preview:
        results.prove(blocks.values())
    problems = []
    running = 0
    for path, page in pages.items():
        name, found = path.relative_to(site).as_posix(), blocks[path]
        outcome = results.of(found)
        running += sum(result.same for result in outcome or ())
        problems += [f"{name}: {fault}" for fault in faults(found, outcome)]
        changed = with_buttons(page, found, outcome, installed.runtime.version)
        changed = with_scripts(changed, installed.scripts, name)
        if changed != page:
            path.write_bytes(changed.encode("utf-8"))
    record["browser"] = f"{running}, on WebAssembly Python {installed.runtime.version}"
    write_whole(site / PUBLISHED, json.dumps(record, indent=1) + "\n")
    return problems


def faults(blocks: Sequence[Block], results: Sequence[Result] | None) -> list[str]:
    """What is wrong on a page: blocks that went another way, for no reason that we know."""
    wrong, is_excused = [], False
    for block, result in zip(blocks, results or (), strict=False):
        is_excused |= bool(result.reason)  # those below may build on it
        if not (result.same or is_excused):
            code, printed = (indent(text, "    ") for text in (block.code, result.printed))
            wrong.append(f"in the browser's Python, this block\n{code}\n  printed\n{printed}")
    return wrong


def with_buttons(
    page: str, blocks: Sequence[Block], results: Sequence[Result] | None, version: str
) -> str:
    """Give each block that can run a place for its buttons, and say so in its mark.

    Args:
        page: its HTML.
        blocks: those of its blocks that are proven.
        results: how they went in the browser's Python; None if they have not run.
        version: of that Python.
    """
    known: Sequence[Result | None] = results or [None] * len(blocks)
    for block, result in reversed(list(zip(blocks, known, strict=True))):
        end = page.index("</p>", block.mark)
        mark = page[block.mark : end]
        if result and not result.same:
            reason = result.reason or "it builds on a block that does not"
            new = f'{mark}. <span class="not-live">No Run button: {reason}.</span>'
        else:
            needs = f' data-needs="{" ".join(result.needs)}"' if result and result.needs else ""
            proof = f" and on WebAssembly Python {version}" if result else ""
            new = f'<div class="live" data-live="page"{needs}></div>{mark}{proof}'
        page = page[: block.mark] + new + page[end:]
    return page


def with_scripts(page: str, scripts: dict[str, str], name: str) -> str:
    r"""Let a page load the scripts that its elements ask for.

    Args:
        page: its HTML.
        scripts: the addresses of all scripts, below the site's, by their names.
        name: the page's file, below the site's folder.

    Examples:
        >>> with_scripts('<p data-live="page"></p></body>', {"page": "page.js"}, "a/index.html")
        '<p data-live="page"></p><script type="module" src="../page.js"></script>\n</body>'
    """
    wanted = dict.fromkeys(found for found in _WANTS.findall(page) if found in scripts)
    up = "../" * name.count("/")
    tags = [f'<script type="module" src="{up}{scripts[each]}"></script>\n' for each in wanted]
    at = page.rfind("</body>")
    return page[:at] + "".join(tags) + page[at:] if tags else page


@functools.cache
def _say_once(words: str) -> None:
    print(words, flush=True)
