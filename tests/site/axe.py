"""axe, asked about a page as it is at the moment."""

from collections.abc import Sequence

from playwright.sync_api import Page

from tests.site.visits import AXE, SETTLE

# Code has hundreds of coloured pieces, and axe looks at each of them as at a text of its own, which
# takes half of its time. Of those that have one colour in one block it is enough to see the first.
ONE_OF_EACH_COLOUR = """document.querySelectorAll("pre > code").forEach(code => {
  const pieces = [...code.querySelectorAll("*")]
  const isColour = ({nodeName, attributes}) =>
    nodeName === "SPAN" && [...attributes].every(({name}) => name === "class")
  if (!pieces.every(isColour)) return
  const seen = new Set()
  for (const piece of pieces) {
    let colour = piece.className
    for (let above = piece.parentElement; above !== code; above = above.parentElement) {
      colour = `${above.className}/${colour}`
    }
    if (piece.firstElementChild || !seen.has(colour)) seen.add(colour)
    else piece.replaceWith(piece.textContent)
  }
  code.normalize()
})"""
START = f"""([within, rules]) => {{
  document.querySelectorAll("details").forEach(folded => folded.open = true)
  {SETTLE}
  {ONE_OF_EACH_COLOUR}
  axe.configure({{noHtml: true}})
  const options = {{resultTypes: ["violations"], preload: false}}
  window.found = axe.run(within ?? document, rules ? {{...options, runOnly: rules}} : options)
}}"""
FOUND = """async () => (await found).violations.flatMap(
  ({id, nodes}) => nodes.map(({target}) => `${id}: ${target}`))"""


def bring_axe(page: Page) -> None:
    """Bring axe to a page, once, before it is asked."""
    page.evaluate(AXE)


def findings(
    page: Page, *, within: str | None = None, rules: Sequence[str] | None = None
) -> list[str]:
    """What axe finds on a page to which it was brought, with all folds unfolded.

    Args:
        page: the page.
        within: a selector, for one part of it alone.
        rules: the names of some rules, instead of all.
    """
    page.evaluate(START, [within, rules])
    found: list[str] = page.evaluate(FOUND)
    return found
