"""The report of `proof.mutants`: which kinds of mutants it counts, and of which pages.

It stands apart for who only reads a report: what makes one takes all of pytest.
"""

from pathlib import Path

from proof.record import digest

KINDS = ("output changed", "code removed")


def fingerprint(docs: Path) -> str:
    """A short name for all pages below a folder, to tell whether a report is still of them."""
    pages = [path.read_text(encoding="utf-8") for path in sorted(docs.rglob("*.md"))]
    return digest("\0".join(pages))
