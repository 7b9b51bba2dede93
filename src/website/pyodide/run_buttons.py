"""Let a reader run the blocks of the pages, where they stand.

A machine without Node.js builds the same site, without the buttons. A notebook has none: it
can be taken along, and its plots need what no browser's Python brings.
"""

import functools
import json
import os
import re
from collections.abc import Iterable, Sequence
from textwrap import indent

from proof.files import write_whole
from proof.gate import PUBLISHED
from website.assets import wheels
from website.pyodide import runtime
from website.pyodide.packages import GIVEN, WheelError
from website.pyodide.second_proof import Block, Result, Results, proven_blocks
from website.site import Site

WITHOUT_NUMPY = "VERDICT_WITHOUT_NUMPY"
"""The environment variable that lets a site be published whose readers get no NumPy."""

_SCRIPT_WANTED = re.compile(r'data-live="(\w+)"')
_HEADING = re.compile(r"<h1\b.*?</h1>\n?", re.DOTALL)
_MARKDOWN = re.compile(r'data-markdown="([^"]+)"')
_SPELLINGS = {"numpy": "NumPy"}


def build(site: Site, *, is_preview: bool = False, is_published: bool = False) -> list[str]:
    """Let the pages of a built site run Python, if this machine can; the site has the wheel.

    Buttons come only to blocks that the gate has marked, and of these only to such as have
    also run in the very Python that the site serves, and printed the same. A preview does not
    wait for that: it takes what is known, and trusts the rest.

    Args:
        site: the site.
        is_preview: whether only its writer sees it.
        is_published: whether others will read it. Then it must have the packages that its
            blocks need, unless the environment asks for a site without them.

    Returns:
        What is wrong: blocks that print something else there, or have no package to run with.
    """
    if not runtime.is_possible():
        _say_once("The pages have no Run buttons: those need Node.js and npm, then `make` again.")
        return []
    blocks = {
        page.file: [] if (page.source or "").endswith(".ipynb") else proven_blocks(page.html)
        for page in site.pages
    }
    built = wheels.course_wheel(site.folder)
    if not built or not any(
        blocks[page.file] or _SCRIPT_WANTED.search(page.html) for page in site.pages
    ):
        return []
    try:
        installed = runtime.install(site.folder, built, is_published=is_published)
    except WheelError as error:
        return [str(error)]
    for name, file in installed.runtime.missing.items():
        _say_once(
            f"{_SPELLINGS[name]} for the browser is not to be had: blocks that need it have no "
            "Run button, and their page says so. "
            f"A folder with {file} may be named by {GIVEN}."
        )
    results = Results(installed, blocks.values())
    if not is_preview:
        results.prove()
    problems = []
    missing = installed.runtime.missing
    running = lacking = 0
    for page in site.pages:
        found = blocks[page.file]
        outcome = results.of(found)
        running += sum(result.same for result in outcome or ())
        problems += [f"{page.file}: {fault}" for fault in faults(found, outcome)]
        lacks = [result.lacks in missing for result in outcome or ()]
        lacking += sum(lacks)
        version = installed.runtime.version
        # The mark of a single block says it once by itself.
        is_said_above = any(lacks) and sum(not result.same for result in outcome or ()) > 1
        page.html = with_buttons(page.html, found, outcome, version, is_said_above=is_said_above)
        if is_said_above:
            page.html = with_note(page.html, lacks, missing, page.up + built.name)
        page.html = with_scripts(page.html, installed.scripts, page.up)
    if lacking and is_published and not os.environ.get(WITHOUT_NUMPY):
        problems += [_asked_for(name, file, lacking) for name, file in missing.items()]
    site.record["browser"] = f"{running}, on WebAssembly Python {installed.runtime.version}"
    write_whole(site.folder / PUBLISHED, json.dumps(site.record, indent=1) + "\n")
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
    page: str,
    blocks: Sequence[Block],
    results: Sequence[Result] | None,
    version: str,
    *,
    is_said_above: bool = False,
) -> str:
    """Give each block that can run a place for its buttons, and say so in its mark.

    Args:
        page: its HTML.
        blocks: those of its blocks that are proven.
        results: how they went in the browser's Python; None if they have not run.
        version: of that Python.
        is_said_above: whether the page says at its top what some blocks lack. Then the marks
            of these do not repeat it, nor those of the blocks that build on them.
    """
    known: Sequence[Result | None] = results or [None] * len(blocks)
    for block, result in reversed(list(zip(blocks, known, strict=True))):
        end = page.index("</p>", block.mark)
        mark = page[block.mark : end]
        if result and not result.same:
            reason = "" if result.lacks and is_said_above else result.reason
            if not reason and not is_said_above:
                reason = "it builds on a block that does not"
            said = f'. <span class="not-live">No Run button: {reason}.</span>' if reason else ""
            new = f"{mark}{said}"
        else:
            needs = f' data-needs="{" ".join(result.needs)}"' if result and result.needs else ""
            proof = f" and on WebAssembly Python {version}" if result else ""
            prompts = " data-session" if block.is_session else ""
            what = f' data-live="page" data-block="{block.number}"{prompts}{needs}'
            new = f'<div class="live"{what}></div>{mark}{proof}'
        page = page[: block.mark] + new + page[end:]
    return page


def with_note(page: str, lacks: Sequence[bool], names: Iterable[str], wheel: str) -> str:
    """Say below a page's heading what some of its blocks lack here, and how to run them.

    Args:
        page: its HTML.
        lacks: for each of its blocks, whether it needs a package that the site does not have.
        names: these packages.
        wheel: the address of the site's own package.
    """
    heading = _HEADING.search(page)
    if not heading:
        return page
    needed = " and ".join(_SPELLINGS[name] for name in names)
    number, (verb, they) = sum(lacks), ("needs", "it") if sum(lacks) == 1 else ("need", "them")
    own = f'<a href="{wheel}" download>the package of this site</a>'
    source = _MARKDOWN.search(page)
    take = f'<a href="{source[1]}" download>this page as Markdown</a> and {own}' if source else own
    note = (
        f'<div class="lacking" role="note"><p>{number} of the {len(lacks)} blocks on this page '
        f"{verb} {needed}, which this copy of the site does not have for the browser. So there "
        f"is no Run button below {they}, nor below what builds on {they}. All were run before "
        "the site was published, and print what you see. To run them on your own machine, "
        f"download {take}.</p></div>\n"
    )
    return page[: heading.end()] + note + page[heading.end() :]


def _asked_for(name: str, file: str, lacking: int) -> str:
    spelt = _SPELLINGS[name]
    blocks, them = ("block needs", "it") if lacking == 1 else ("blocks need", "them")
    return (
        f"{spelt} for the browser is not to be had, and {lacking} {blocks} it: readers could "
        f"not run {them}. Build again where it can be fetched, or name a folder that has {file} "
        f"by {GIVEN}. To publish without {spelt}, set {WITHOUT_NUMPY}=1."
    )


def with_scripts(page: str, scripts: dict[str, str], up: str) -> str:
    r"""Let a page load the scripts that its elements ask for.

    Args:
        page: its HTML.
        scripts: the addresses of all scripts, below the site's, by their names.
        up: what leads from the page to the site's folder.

    Examples:
        >>> with_scripts('<p data-live="page"></p></body>', {"page": "page.js"}, "../")
        '<p data-live="page"></p><script type="module" src="../page.js"></script>\n</body>'
    """
    found = _SCRIPT_WANTED.findall(page)
    wanted = dict.fromkeys(scripts[name] for name in found if name in scripts)
    tags = [f'<script type="module" src="{up}{address}"></script>\n' for address in wanted]
    at = page.rfind("</body>")
    return page[:at] + "".join(tags) + page[at:] if tags else page


@functools.cache
def _say_once(words: str) -> None:
    print(words, flush=True)
