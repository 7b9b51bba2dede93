"""Say on a page of a preview what is wrong with its blocks: the published site has no such page."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from proof.fences import PYTHON, kind
from proof.files import write_whole
from proof.rendered import rendered_blocks, with_outputs
from website.preview.page_proof import Fault, PageProof
from website.sources import built_file

_STYLE = """<style>
.proof-note { margin: 1em 0; border-inline-start: 4px solid #c62828; padding: .6em .8em;
  background: color-mix(in srgb, #c62828 9%, transparent); font-size: .7rem; }
.proof-note p { margin: 0 0 .5em; }
.md-typeset .proof-note pre { margin: 0; overflow-x: auto; white-space: pre; line-height: 1.5;
  font-family: var(--md-code-font-family, monospace); font-size: .65rem; }
.proof-note > :last-child { margin-bottom: 0; }
.proof-note ins, .proof-note del { display: inline-block; min-width: 100%; text-decoration: none; }
.proof-note ins { background: color-mix(in srgb, #2e7d32 22%, transparent); }
.proof-note del { background: color-mix(in srgb, #c62828 18%, transparent); }
</style>"""


def show(site: Path, proofs: Mapping[str, PageProof]) -> None:
    """Put notes into the pages of a built preview.

    Args:
        site: its folder.
        proofs: by source, those that found something wrong.
    """
    for name, proof in proofs.items():
        path = site / built_file(name)
        if path.is_file():
            html = path.read_bytes().decode("utf-8")
            write_whole(path, with_notes(html, f"docs/{name}", proof))


def with_notes(html: str, source: str, proof: PageProof) -> str:
    """The page with a note below each block that is wrong, and one on top that leads there.

    Args:
        html: the built page.
        source: the path of its source, for the writer.
        proof: what was found.
    """
    places = _ends(html)
    if len(places) != proof.blocks:
        places = []  # the page was built from another text than was proven
    below: list[Fault] = []
    links, above = [], []
    for fault in proof.faults:
        if fault.block is not None and places:
            below.append(fault)
            links.append(f'<a href="#proof-{fault.line}">line {fault.line}</a>')
        else:
            above.append(_note(source, fault))
    for fault in reversed(below):
        at = places[fault.block or 0]
        html = html[:at] + _note(source, fault) + html[at:]
    where = f": {', '.join(links)}" if links else ""
    summary = f"<p><strong>This page is not proven</strong>{where}.</p>"
    top = f'{_STYLE}\n<div class="proof-note" role="status">{summary}</div>\n{"".join(above)}'
    at = html.find("</h1>") + len("</h1>") if "</h1>" in html else html.find("<body") + 1
    return html[:at] + top + html[at:]


def _ends(html: str) -> list[int]:
    """Where each Python block of a page ends, with its output."""
    return [
        (output or block).end
        for block, output in with_outputs(rendered_blocks(html))
        if kind(block.language) == PYTHON
    ]


def _note(source: str, fault: Fault) -> str:
    place = f"{source}:{fault.line}"
    lines = fault.message.replace(f"{Path.cwd().resolve()}/", "").splitlines()
    text = "".join(map(_line, lines)) if _is_diff(lines) else escape("\n".join(lines))
    return (
        f'<div class="proof-note" id="proof-{fault.line}"><p><strong>{escape(place)}</strong></p>'
        f'<pre tabindex="0">{text}</pre></div>\n'
    )


def _is_diff(lines: Sequence[str]) -> bool:
    return any(line.startswith("@@ ") for line in lines)


def _line(line: str) -> str:
    tag = {"+": "ins", "-": "del"}.get(line[:1]) if line[:3] not in {"+++", "---"} else None
    return f"<{tag}>{escape(line)}</{tag}>" if tag else f"{escape(line)}\n"
