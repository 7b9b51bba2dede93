"""Let the search come to a page when a reader first searches, and not before.

The theme loads its worker and the index of the whole site with every page. Here the index
that it loads is empty, and the worker is a small one of our own, which brings the others.
"""

import json
import shutil
from pathlib import Path

from website.assets.scripts import SCRIPTS

INDEX = Path("search", "search_index.json")
"""Where the theme looks for the index."""
FULL = Path("search", "index.json")
ENGINE = Path("search", "engine.js")
_WORKER = "assets/javascripts/workers/search.*.min.js"


def defer(site: Path) -> list[str]:
    """Change a built site so that its search loads late.

    Returns:
        What is wrong; nothing if all is well.
    """
    workers = list(site.glob(_WORKER))
    if len(workers) != 1:
        return [f"The search cannot load late: {len(workers)} files are like {_WORKER}, not one."]
    workers[0].rename(site / ENGINE)
    shutil.copyfile(SCRIPTS / "search.js", workers[0])
    index = json.loads((site / INDEX).read_bytes())
    (site / INDEX).rename(site / FULL)
    empty = json.dumps(index | {"docs": []}, separators=(",", ":"), ensure_ascii=False)
    (site / INDEX).write_bytes(empty.encode("utf-8"))
    return []
