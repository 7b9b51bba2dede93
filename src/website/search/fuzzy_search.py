"""Let the search look within words, and forgive a typing error."""

from pathlib import Path

from website.assets.scripts import SCRIPTS

WORKERS = "assets/javascripts/workers/search.*.js"

_FORGIVING = SCRIPTS / "forgiving_search.js"


def forgive(site: Path) -> list[str]:
    """Let the theme's search look for similar words where it finds none.

    Returns:
        What is wrong; nothing if all is well.
    """
    workers = list(site.glob(WORKERS))
    for worker in workers:
        worker.write_bytes(b"\n".join([worker.read_bytes(), _FORGIVING.read_bytes()]))
    return [] if workers else [f"The theme has no search: there is no {WORKERS}."]
