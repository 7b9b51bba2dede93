"""Let the search come to a page when a reader first searches, and not before.

The theme loads its worker and the index of the whole site with every page. Here the index that it
loads is empty, and the worker is a small one of our own, which brings our index and our search.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from website.assets.scripts import SCRIPTS
from website.search.entries import Entry, as_json

INDEX = Path("search", "search_index.json")
"""Where the theme looks for the index."""
FULL = Path("search", "index.json")
ENGINE = Path("search", "engine.js")
WORKER = "assets/javascripts/workers/search.*.min.js"


def publish(site: Path, found: Iterable[Entry]) -> list[str]:
    """Give a built site the search in place of the theme's.

    Args:
        site: its folder.
        found: what the search finds.

    Returns:
        What is wrong; nothing if all is well.
    """
    workers = list(site.glob(WORKER))
    if len(workers) != 1:
        return [f"The search has no place: {len(workers)} files are like {WORKER}, not one."]
    shutil.copyfile(SCRIPTS / "search.js", workers[0])
    shutil.copyfile(SCRIPTS / "search_engine.js", site / ENGINE)
    (site / FULL).write_text(as_json(found), encoding="utf-8")
    theirs = json.loads((site / INDEX).read_bytes()) | {"docs": []}
    empty = json.dumps(theirs, separators=(",", ":"), ensure_ascii=False)
    (site / INDEX).write_text(empty, encoding="utf-8")
    return []
