"""axe, asked about a page as it is at the moment, and what spares it time."""

from collections.abc import Sequence
from importlib.resources import files

from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
CONTRAST = "color-contrast"
"""The rule that takes three quarters of axe's time: here the colours are computed instead."""
LAYOUT = ["target-size", "scrollable-region-focusable"]
"""The rules whose answer may depend on the width of the window."""

# What fades within something that fades begins when the outer one is done.
SETTLE = """for (let rounds = 0; document.getAnimations().length && rounds < 50; rounds++) {
  document.getAnimations().forEach(fading => fading.finish())
}"""
# But for the rule of contrast, to axe code is the same without its colours, and much shorter.
PLAIN_CODE = """document.querySelectorAll("pre > code").forEach(code => {
  const isColour = ({nodeName, attributes}) =>
    nodeName === "SPAN" && [...attributes].every(({name}) => name === "class")
  if ([...code.querySelectorAll("*")].every(isColour)) code.replaceChildren(code.textContent)
})"""
# What is closed cannot be pressed, though axe takes its time to lay it out and measure it.
CLOSED = (
    "[...document.body.querySelectorAll('*')].filter(box => "
    "getComputedStyle(box).contentVisibility === 'hidden')"
)
NOTHING_CLOSED = f"{CLOSED}.forEach(box => (box.style.display = 'none'))"
RUN_AXE = """async options => {
  axe.configure({noHtml: true})
  const {violations} = await axe.run({resultTypes: ["violations"], preload: false, ...options})
  return violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target}`))
}"""
# Code has hundreds of coloured pieces. To ask each text for its colours, as axe does, takes half of
# its time there. Of those that have one colour in one block it is enough to see the first.
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
START = f"""([within, rules, without]) => {{
  document.querySelectorAll("details").forEach(folded => folded.open = true)
  {SETTLE}
  {ONE_OF_EACH_COLOUR}
  axe.configure({{noHtml: true}})
  const left = Object.fromEntries(without.map(rule => [rule, {{enabled: false}}]))
  const options = {{resultTypes: ["violations"], preload: false, rules: left}}
  window.found = axe.run(within ?? document, rules ? {{...options, runOnly: rules}} : options)
}}"""
FOUND = """async () => (await found).violations.flatMap(
  ({id, nodes}) => nodes.map(({target}) => `${id}: ${target}`))"""


def bring_axe(page: Page) -> None:
    """Bring axe to a page, once, before it is asked."""
    page.evaluate(AXE)


def findings(
    page: Page,
    *,
    within: str | None = None,
    rules: Sequence[str] | None = None,
    without: Sequence[str] = (),
) -> list[str]:
    """What axe finds on a page to which it was brought, with all folds unfolded.

    Args:
        page: the page.
        within: a selector, for one part of it alone.
        rules: the names of some rules, instead of all.
        without: the names of those that are left out.
    """
    page.evaluate(START, [within, rules, list(without)])
    found: list[str] = page.evaluate(FOUND)
    return found
