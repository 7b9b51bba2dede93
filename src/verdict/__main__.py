"""The command of the package: `python -m verdict`."""

import sys

from verdict.command import main

if __name__ == "__main__":
    sys.exit(main(prog="python -m verdict"))
