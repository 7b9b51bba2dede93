"""What is wrong with a page on which something has changed since axe has seen all of it."""

from playwright.sync_api import Page

from tests.site.axe import CONTRAST, findings
from tests.site.test_every_page import is_legible
from tests.site.visits import INKS, Ink


def findings_again(page: Page, *, within: str | None = None) -> list[str]:
    """What axe finds with all rules but that of contrast, and text that is too faint.

    That rule takes three quarters of axe's time. The colours of all texts of the page are computed
    instead, as for every page of the site. Axe alone sees those of what stands in a field.

    Args:
        page: a page to which axe was brought.
        within: a selector, for one part of it alone.
    """
    found = findings(page, within=within, without=[CONTRAST])
    inks = [Ink(*way) for way in page.evaluate(INKS, "")]
    return found + [f"{CONTRAST}: {ink}" for ink in inks if not is_legible(ink)]
