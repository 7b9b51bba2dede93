"""The command behind `make page`."""

import sys
from pathlib import Path

from website.new_page.begin import begin
from website.new_page.links import NewPageError

USAGE = (
    "Say which part the page belongs to, and its name: "
    "make page PART=working-with-text-data NAME=counting-tokens"
)


def main(part: str, name: str, title: str = "") -> None:
    """Begin a page in the project's root folder, and say what was written, or what is wrong."""
    if not part or not name:
        sys.exit(USAGE)
    try:
        written = begin(Path.cwd(), part, name, title)
    except NewPageError as error:
        sys.exit(str(error))
    names = [path.relative_to(Path.cwd()).as_posix() for path in written]
    for each in names:
        print(f"wrote {each}")
    if Path(names[0]).stem == "index":
        part = Path(names[0]).parent.name
        print(f"Now put them into words. To begin a section: make page PART={part} NAME=its-name")
    else:
        print(f"Now put it into words. Then: make outputs PAGE={names[0]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
