"""The Python for browsers, run in Node.js."""

import json
import zipfile
from pathlib import Path

from website.pyodide.runtime import run_node, runner_in_one_file, runtime


def run_pages_in_wasm(
    folder: Path, *pages: list[dict[str, object]], story: bytes | None = None
) -> list[list[dict[str, object]]]:
    """Run the blocks of pages, and return how each of them went.

    Args:
        folder: where files can be written.
        pages: the blocks of each page, as `src/live/prove.js` takes them.
        story: what blocks read as the story; without it, there is none.
    """
    python = runtime()
    runner, wheel, text = (folder / name for name in ("runner.py", "nothing.whl", "story.txt"))
    runner.write_bytes(runner_in_one_file())
    zipfile.ZipFile(wheel, "w").close()
    if story is not None:
        text.write_bytes(story)
    plan = {
        "folder": f"{python.folder}/",
        "packages": f"{python.packages}/",
        "lock": python.lock,
        "wheel": str(wheel),
        "runner": str(runner),
        "story": None if story is None else str(text),
        "pages": {f"page {number}": blocks for number, blocks in enumerate(pages)},
    }
    results: dict[str, list[dict[str, object]]] = json.loads(
        run_node("prove.js", given=json.dumps(plan))
    )
    return list(results.values())
