"""Fill in the figures of the proof, so that no page says a number that somebody typed.

The blocks are counted in the record that the gate publishes. How many mutants the proof
noticed is in the report of `make mutants`; it counts only as long as it is of these pages.
"""

import json
import re
from pathlib import Path

from proof import mutants
from proof.gate import PUBLISHED
from website import facts

REPORT = Path("build/mutants.json")

_PLACE = re.compile(r"<p data-measured>.*?</p>", re.DOTALL)
_WHAT = {
    "output changed": "Changed lines of output that the proof noticed",
    "code removed": "Removed lines of code that the proof noticed",
}


def fill(site: Path, docs: Path, report: Path = REPORT) -> None:
    """Put a table of the figures wherever a page of a built site has a place for it.

    Args:
        site: its folder, once the gate has published the record in it.
        docs: the folder of the pages' sources.
        report: what `make mutants` wrote, if it ran.
    """
    rows = None
    for path in sorted(site.rglob("index.html")):
        page = path.read_bytes()
        if b"<p data-measured>" in page:
            rows = rows or table(figures(site, docs, report))
            path.write_bytes(_PLACE.sub(rows, page.decode("utf-8")).encode("utf-8"))


def figures(site: Path, docs: Path, report: Path) -> dict[str, str]:
    """What was counted, by what it is."""
    proven = facts.proven(json.loads((site / PUBLISHED).read_bytes()))
    found = {
        "Pages with Python blocks": proven["pages"],
        "Blocks that ran": proven["blocks"],
        "Blocks with output": proven["outputs"],
        "Versions of Python": proven["pythons"],
    }
    counts = json.loads(report.read_bytes()) if report.is_file() else {}
    if not counts or counts["pages"] != mutants.fingerprint(docs):
        return found | {"Mutants": "not made for this build"}
    made, killed = counts["made"], counts["killed"]
    found |= {what: f"{killed[kind]:,} of {made[kind]:,}" for kind, what in _WHAT.items()}
    rate = sum(killed.values()) / max(1, sum(made.values()))
    return found | {"Kill rate": f"{rate:.1%}"}


def table(found: dict[str, str]) -> str:
    """Write figures as a table.

    >>> table({"Blocks": "7"})
    '<table><tbody><tr><th scope="row">Blocks</th><td>7</td></tr></tbody></table>'
    """
    rows = (
        f'<tr><th scope="row">{what}</th><td>{count}</td></tr>' for what, count in found.items()
    )
    return f"<table><tbody>{''.join(rows)}</tbody></table>"
