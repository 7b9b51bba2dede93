"""What `make test` costs, part by part, and what a page more costs: `make cost`.

CPU seconds over all processes, of a copy of the project in which nothing is kept from earlier
runs, as in a fresh clone. Wanted: at most 300 for a site of 31 pages, which is what Parts 1 and 2
had, and at most 5 for each page more, its proof aside. The page is a chapter, twenty times over.
Other work on the machine makes all of it dearer, so give it a quiet one.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import PATIENCE
from tests.bench.cpu import Spent, spent
from website.new_page.begin import begin
from website.new_page.skeletons import TO_WRITE

ROOT = Path(__file__).parents[2]
PART = "working-with-text-data"
CHAPTER = f"{PART}/converting-tokens-into-token-ids.md"
COPIES = 20
SHARED = (
    f".venv/{sys.version_info[0]}.{sys.version_info[1]}",
    "src/live/node_modules",
    "tests/site/node_modules",
)
GOAL, OF_PAGES, GOAL_OF_A_PAGE = 300, 31, 5
PROOF = "prove"


def parts(folder: Path) -> dict[str, list[str]]:
    """The parts of `make test`, in its order, and the command of each."""
    make = ["make", f"PYTHON={sys.executable}"]
    pytest = [sys.executable, "-m", "pytest"]
    scripts = sorted(str(path) for path in (folder / "tests" / "live").glob("*.test.js"))
    others = sorted(str(folder / "tests" / path) for path in tested(folder) if not path.parts[1:])
    found = {name: [*make, name] for name in ("lint", "types", PROOF, "site")}
    found["scripts"] = ["node", "--test", *scripts]
    folders = sorted({path.parts[0] for path in tested(folder) if len(path.parts) > 1})
    found |= {f"tests/{name}": [*pytest, f"tests/{name}"] for name in folders}
    found["tests/*.py"] = [*pytest, *others]
    return found


def tested(folder: Path) -> list[Path]:
    """The files of the tests, as their folder has them."""
    tests = folder / "tests"
    installed = tests / "site" / "node_modules"
    found = (path for path in tests.rglob("test_*.py") if not path.is_relative_to(installed))
    return [path.relative_to(tests) for path in found]


def pages_of(folder: Path) -> int:
    """How many pages the site of a project has."""
    docs = folder / "docs"
    return sum(len(list(docs.rglob(kind))) for kind in ("*.md", "*.ipynb"))


def copy(folder: Path) -> None:
    """Copy the project's files; what is installed is shared, and what was built is left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for name in SHARED:
        if (ROOT / name).is_dir():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).symlink_to(ROOT / name)
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "All"]):
        subprocess.run(
            ["git", "-c", "user.name=Bench", "-c", "user.email=bench@localhost", *arguments],
            cwd=folder,
            check=True,
            timeout=PATIENCE,
        )


def add_copies(folder: Path) -> None:
    """Put copies of a chapter at the end of its part: in `nav`, in the part's list, one by one."""
    chapter = (folder / "docs" / CHAPTER).read_text(encoding="utf-8").rstrip().rpartition("\n")[0]
    (heading,) = re.findall(r"^# (.+)$", chapter, re.MULTILINE)[:1]
    for number in range(1, COPIES + 1):
        name = f"{Path(CHAPTER).stem}-{number}"
        page, *_ = begin(folder, PART, name, f"{heading} {number}")
        last = page.read_text(encoding="utf-8").rstrip().rpartition("\n")[2]
        text = chapter.replace(f"# {heading}\n", f"# {heading} {number}\n", 1)
        leads = f"\n{last}\n" if last.startswith("Next: ") else ""
        page.write_text(f"{text.rstrip()}\n{leads}", encoding="utf-8")
    for path in (folder / "docs" / PART).glob("*.md"):  # what asks for words gets some
        text = path.read_text(encoding="utf-8")
        for asked in TO_WRITE:
            text = text.replace(asked, "the same")
        path.write_text(text, encoding="utf-8")


def measure(folder: Path, wanted: Sequence[str] = ()) -> dict[str, Spent]:
    """Run the parts in a copy of the project, one after the other; print what each has cost."""
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "PYTHONUTF8": "1"}
    found = {}
    for name, command in parts(folder).items():
        if not wanted or name in wanted:
            found[name] = spent(command, folder, environment)
            row = f"  {name:16} {found[name].seconds:7.1f} s"
            if found[name].code:
                last = found[name].printed.strip().rpartition("\n")[2]
                row += f"   ended with code {found[name].code}: {last}"
            print(row, flush=True)
    return found


def main(wanted: Sequence[str]) -> int:
    """Measure all parts, or those that are named; 1 if a part failed or a goal is missed."""
    tables, pages = [], pages_of(ROOT)
    for title, grown in (
        (f"the site as it is, {pages} pages", False),
        (f"{COPIES} pages more", True),
    ):
        with TemporaryDirectory() as temporary:
            folder = Path(temporary).resolve()
            copy(folder)
            if grown:
                add_copies(folder)
            print(f"{title}, CPU seconds of all processes", flush=True)
            tables.append(measure(folder, wanted))
    now, then = tables
    total = sum(each.seconds for name, each in now.items() if name != PROOF)
    goal = GOAL + GOAL_OF_A_PAGE * (pages - OF_PAGES)
    page = sum(then[name].seconds - now[name].seconds for name in now if name != PROOF) / COPIES
    for what, found, most in (
        ("all parts but the proof", total, goal),
        ("a page more", page, GOAL_OF_A_PAGE),
    ):
        word = "reached" if found <= most else "NOT REACHED"
        print(f"{what}: {found:.1f} s, wanted at most {most}: {word}")
    failed = any(each.code for table in tables for each in table.values())
    return int(failed or total > goal or page > GOAL_OF_A_PAGE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
