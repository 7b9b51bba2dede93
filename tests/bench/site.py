"""The site: our build against bare MkDocs, and our chapter in a browser against stock Material.

The build may cost at most 3 times as much as the bare one, a figure of 0.33 or more beside
it; a chapter at most as much as in Material with the same features, a figure of 1 or more.
Material's own faces come from a third party, and cost nothing where that is not to be had: so
it is shown with ours too.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config import load_config
from playwright.sync_api import Browser

from tests import PATIENCE
from tests.bench.comparison import Comparison
from tests.website.conftest import launched, served
from website.mkdocs_patches.speedups import TEMPLATES

ROOT = Path(__file__).parents[2]
BUILD = "import sys, website.build as b, pathlib; sys.exit(b.main(pathlib.Path(sys.argv[1])))"
CHAPTER = "working-with-text-data/tokenizing-text/"
MADE_FROM = ("docs", "src", "build/proof", "build/templates", "build/cards")
"""The folders that a build takes from: those of `build` hold what is kept from earlier ones."""
PLAIN = """
site_name: Plain
theme: %s
docs_dir: docs
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.snippets: {base_path: [docs, "%s"]}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
"""
WITH_FACES = """
site_dir: faces
extra_css: [assets/faces.css]
"""
FACES = """:root {
  --md-text-font-family: "Source Serif", serif;
  --md-code-font-family: "JetBrains Mono", monospace;
}"""


def comparisons() -> Iterator[Comparison]:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        pages = write_plain(folder)
        yield Comparison(
            f"site build, {pages} pages",
            {
                "bare MkDocs": partial(mkdocs, "mkdocs", folder),
                "our build": partial(build, folder / "ours"),
                "our first build, with all templates to compile": partial(_first, folder / "ours"),
            },
            rounds=3,
            comparable=None,
        )
        many = folder / "many"
        write_plain(many)
        write_ours(many / "project")
        for project in (many, many / "project"):
            add_copies(project, pages)
        yield Comparison(
            f"site build, {2 * pages} pages, half of them copies of a chapter",
            {
                "bare MkDocs": partial(mkdocs, "mkdocs", many),
                "our build": partial(build, many / "ours", many / "project"),
            },
            rounds=3,
            comparable=None,
        )
        mkdocs("material", folder)
        mkdocs("faces", folder)
        with ExitStack() as stack:
            ways = {
                "stock Material": stack.enter_context(served(folder / "site")),
                "Material, our faces": stack.enter_context(served(folder / "faces")),
                "our chapter": stack.enter_context(served(folder / "ours")),
            }
            browser = stack.enter_context(launched())
            yield Comparison(
                f"main thread of a browser 390 pixels wide, {CHAPTER}",
                {way: partial(shown, browser, site.address) for way, site in ways.items()},
                comparable=None,
                cost=lambda seconds: seconds,
            )


def write_plain(folder: Path) -> int:
    """Write the same Markdown for bare MkDocs and for stock Material; return how many pages."""
    ignored = shutil.ignore_patterns("*.ipynb", "*.py", "*.css", "*.js", "__pycache__")
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=ignored)
    ours = load_config(str(ROOT / "mkdocs.yml")).theme
    same = {"name": "material", "features": ours["features"], "palette": ours["palette"]}
    assets = ROOT / "src/website/theme/assets"
    shutil.copytree(assets / "fonts", folder / "docs/assets/fonts")
    declared = (assets / "faces.css").read_text(encoding="utf-8")
    faces = "\n".join([FACES, *re.findall(r"@font-face \{[^}]*\}", declared)])
    (folder / "docs/assets/faces.css").write_text(faces, encoding="utf-8")
    themes = {
        "mkdocs": "mkdocs",
        "material": json.dumps(same),
        "faces": json.dumps(same | {"font": False}),
    }
    for name, theme in themes.items():
        settings = PLAIN % (theme, ROOT.as_posix()) + (WITH_FACES if name == "faces" else "")
        (folder / f"{name}.yml").write_text(settings, encoding="utf-8")
    return len(list((folder / "docs").rglob("*.md")))


def write_ours(folder: Path) -> None:
    """Copy all that our site is made from, and the record of its proof, if there is one."""
    ignored = shutil.ignore_patterns("node_modules", "__pycache__")
    for name in filter(lambda name: (ROOT / name).is_dir(), MADE_FROM):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    if (second_proof := ROOT / "build/live.json").is_file():
        (folder / "build").mkdir(exist_ok=True)
        shutil.copy(second_proof, folder / "build")
    for file in ROOT.iterdir():
        if file.is_file():
            shutil.copy(file, folder)


def add_copies(folder: Path, copies: int) -> None:
    """Add copies of a chapter to a project, which are as proven as the chapter."""
    chapter = f"{CHAPTER.rstrip('/')}.md"
    text = (folder / "docs" / chapter).read_text(encoding="utf-8")
    names = [chapter.replace(".md", f"-{number}.md") for number in range(copies)]
    for name in names:
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    settings = folder / "mkdocs.yml"
    entry = re.compile(rf"^( +- ){re.escape(chapter)}\n", re.MULTILINE)
    more = entry.sub(
        lambda found: "".join(f"{found[1]}{name}\n" for name in [chapter, *names]),
        settings.read_text(encoding="utf-8"),
    )
    settings.write_text(more, encoding="utf-8")
    for path in folder.glob("build/proof/*.json"):
        record = json.loads(path.read_bytes())
        record["pages"] |= dict.fromkeys(names, record["pages"][chapter])
        path.write_text(json.dumps(record), encoding="utf-8")


def mkdocs(theme: str, folder: Path) -> None:
    """Build the plain site with a theme, into `site` in its folder."""
    _run(["-m", "mkdocs", "build", "--quiet", "--config-file", f"{theme}.yml"], folder)


def build(site: Path, project: Path = ROOT) -> None:
    """Build our site, or another project's, into a folder."""
    _run(["-c", BUILD, str(site)], project)


def _first(site: Path) -> None:
    shutil.rmtree(ROOT / TEMPLATES, ignore_errors=True)
    build(site)


def _run(arguments: list[str], folder: Path) -> None:
    subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=PATIENCE,
    )


def shown(browser: Browser, address: str, without: str = "") -> float:
    """The CPU seconds that the main thread needs to load a chapter, or some of it, and settle."""
    with browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True) as context:
        page = context.new_page()
        if without:
            page.route(without, lambda route: route.abort())
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(address + CHAPTER)
        page.wait_for_timeout(1000)
        metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))
