"""Bind the finished site as a book: one EPUB and one PDF, to which each of its pages then links."""

import shutil
import tempfile
import tomllib
from datetime import date
from pathlib import Path

from website.build import configuration
from website.finish import BuildError
from website.formats import book, epub, pdf
from website.links import internal_links
from website.pages import take_along
from website.pages.facts import PROJECT
from website.site import Site

THEME = Path("src/website/theme/assets")
NO_SITE = "There is no built site to bind: run `make site` first."


def bind(folder: Path) -> list[str]:
    """Make the EPUB and the PDF of a finished site, and link to them; on an error it is as it was.

    Args:
        folder: the site's folder, as `website.build` left it.

    Returns:
        What was made: of each its name and its size.

    Raises:
        BuildError: there is no site, or the book cannot be made, or is not as it must be.
    """
    if not (folder / "index.html").is_file():
        raise BuildError(NO_SITE)
    config = configuration(folder)
    site = Site(folder.resolve(), Path(config.docs_dir), config.site_url or "/")
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8")).get("project", {})
    about = book.About(
        config.site_name,
        config.site_description or "",
        config.copyright or config.site_name,
        site.address,
        str(project.get("version", "")),
        (site.record.get("commit") or {}).get("date") or date.today().isoformat(),
    )
    with tempfile.TemporaryDirectory() as name:
        made = Path(name)
        epub.write(made / epub.NAME, about, book.read(site, config.nav or ()), THEME)
        if faults := epub.faults(made / epub.NAME):
            raise BuildError("\n".join(faults))
        try:
            pdf.write(made / pdf.NAME, about, book.read(site, config.nav or ()), site)
        except pdf.PrintError as error:
            raise BuildError(str(error)) from error
        for each in (epub.NAME, pdf.NAME):
            shutil.copyfile(made / each, site.folder / each)
    forms = [take_along.Form("EPUB", epub.NAME), take_along.Form("PDF", pdf.NAME)]
    files = [c.file for part in book.read(site, config.nav or ()) for c in part.chapters]
    for page in filter(None, map(site.page, files)):
        take_along.add(site, page, "the whole course as", forms)
    if problems := internal_links.check(site):
        raise BuildError("\n".join(problems))
    site.write()
    return [f"{each.file}, {take_along.size_of(site, each)}" for each in forms]


def main(folder: Path) -> int:
    """Bind the site, and say how it went: 0 if all is well, else 1."""
    try:
        made = bind(folder)
    except BuildError as error:
        print(f"{error}\n\nThe book was not made.")
        return 1
    print("\n".join(f"{folder.as_posix()}/{each}" for each in made))
    return 0
