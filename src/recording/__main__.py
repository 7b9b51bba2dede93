"""`python -m recording FOLDER`: make all recorded runs again and write them there."""

import sys
from pathlib import Path

from recording.recorded import record
from recording.runs import RUNS


def main(folder: Path) -> None:
    """Make every run, and write its files."""
    for name, run in RUNS.items():
        print(f"{name}: {run.steps} steps", flush=True)
        for path in record(run, folder / name):
            print(f"  {path.as_posix()}: {path.stat().st_size / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
