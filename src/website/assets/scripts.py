"""Put the scripts into the site that every machine can: plain files, which need no Node.js.

All scripts stand in `src/live/`. A page loads those that `mkdocs.yml` names; those of the search
run in its worker.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "live"
"""The home of all scripts."""


def publish(site: Path, named: Iterable[str]) -> None:
    """Put the scripts that the pages load into a built site.

    Args:
        site: its folder.
        named: their addresses below the site's, as `extra_javascript` has them. What is not in
            the home of the scripts is left alone: it may stand beside the pages.
    """
    for address in named:
        script = SCRIPTS / Path(address).name
        if script.is_file():
            (site / address).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(script, site / address)
