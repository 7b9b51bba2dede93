"""`python -m website build` makes the site to publish; `serve` shows it, `book` binds it."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from website import bind, build
from website.preview.server import serve


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the commands, in the project's root folder."""
    parser = argparse.ArgumentParser(prog="python -m website", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build", help="build the site into build/site, and check it")
    commands.add_parser("book", help="bind the site in build/site as one EPUB and one PDF")
    server = commands.add_parser("serve", help="build a preview, show it, and follow edits")
    server.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args(arguments)
    if chosen.command == "serve":
        return serve(Path("build/preview"), chosen.port)
    run = bind.main if chosen.command == "book" else build.main
    return run(Path("build/site"))


if __name__ == "__main__":
    sys.exit(main())
