"""The sitemap, as MkDocs writes it, without the day of the build: two builds are alike."""

import re
from pathlib import Path

_DAY = re.compile(rb"\s*<lastmod>[^<]*</lastmod>")


def remove_days(site: Path) -> None:
    """Take the days out of the sitemap of a built site, and its compressed copy away."""
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
    sitemap = site / "sitemap.xml"
    sitemap.write_bytes(_DAY.sub(b"", sitemap.read_bytes()))
