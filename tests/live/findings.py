"""What is wrong with a page on which something has changed since axe has seen all of it."""

from playwright.sync_api import Page

from tests.site.axe import CONTRAST, findings
from tests.site.test_every_page import is_legible
from tests.site.visits import INKS, Ink

FIELDS = ":is(textarea, input:is(:not([type]), [type=text], [type=search]))"
"""Where a reader's text stands."""


def findings_again(page: Page, *, within: str | None = None) -> list[str]:
    """What axe finds with all rules but that of contrast, and text that is too faint.

    That rule takes three quarters of axe's time. The colours of all texts of the page are computed
    instead, as for every page of the site. What stands in a field axe alone sees: there it looks.

    Args:
        page: a page to which axe was brought.
        within: a selector, for one part of it alone.
    """
    found = findings(page, within=within, without=[CONTRAST])
    found += findings(page, within=f"{within or 'body'} {FIELDS}", rules=[CONTRAST])
    inks = [Ink(*way) for way in page.evaluate(INKS, "")]
    return found + [f"{CONTRAST}: {ink}" for ink in inks if not is_legible(ink)]
