"""Visits to the pages of the built site: what every test of all pages looks at.

Each page is opened twice, in a wide window and in a narrow one, and each time everything that
a test asks of every page is gathered: what it loads, what moves, what axe finds. A test then
only compares. A visit is kept in build/visits until the page, a file that it may load, or the
way of looking changes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Error, Page

from proof.files import write_whole
from tests.colours import Colour
from tests.conftest import LIMIT
from tests.site.axe import (
    AXE,
    CONTRAST,
    LAYOUT,
    NOTHING_CLOSED,
    ONE_OF_EACH_COLOUR,
    PLAIN_CODE,
    RUN_AXE,
    SETTLE,
)
from tests.website.conftest import ROOT, Served

KEPT = ROOT / "build" / "visits"
WIDE, NARROW, NARROWEST, ZOOMED = 1280, 390, 360, 640
"""Widths of windows, in px: 640 is what a window of 1280 has left at twice the size."""

SHIFTS = """
window.shifts = []
new PerformanceObserver(list => shifts.push(...list.getEntries().map(
  ({value, sources}) => [value.toFixed(4), ...sources.map(({node}) => {
    const text = node?.textContent.trim().replace(/\\s+/g, " ").slice(0, 40)
    return node ? `${node.nodeName.toLowerCase()} '${text}'` : "what is gone"
  })].join(" ")
))).observe({type: "layout-shift", buffered: true})
"""
"""Notes each shift of a page: how much, and of each element its tag and how its text begins."""
FORGET = "if (origin !== 'null') { localStorage.clear(); sessionStorage.clear() }\n"
"""Takes what other pages have stored from a page, before its own scripts begin."""
SEEN = """() => ({
  shifts,
  announced: [...document.querySelectorAll("link[rel=preload][as=font]")].map(link => link.href),
  title: document.title,
  headings: document.querySelectorAll("h1").length,
  has_figure: document.querySelector("figure") !== null,
})"""
ROOM = "document.documentElement.clientWidth - document.documentElement.scrollWidth"
UNFOLD = "document.querySelectorAll('details').forEach(folded => folded.open = true)"
SCROLLING = """[...document.querySelectorAll("article *")].filter(box =>
  box.scrollWidth > box.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(box).overflowX)
  && box.tabIndex < 0 && !box.querySelector("a, button, input")
).map(box => box.outerHTML.slice(0, 80))"""
# Blocks of code or output that are wider than their box, or have text below their own buttons.
CUT_OFF = """[...document.querySelectorAll("pre > code")].filter(code => {
  if (code.scrollWidth > code.clientWidth + 1) return true
  const buttons = code.parentElement.querySelector("nav")?.getBoundingClientRect()
  if (!buttons) return false
  const range = document.createRange()
  const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT)
  for (let text; (text = texts.nextNode());) {
    range.selectNodeContents(text)
    for (const {top, left, right} of range.getClientRects()) {
      if (top >= buttons.bottom - 2) return false
      if (left < buttons.right && right > buttons.left + 1) return true
    }
  }
}).map(code => code.textContent.slice(0, 80))"""
MOVING = """[...document.querySelectorAll("*")].filter(element => {
  const {animationName, animationDuration, transitionDuration} = getComputedStyle(element)
  return [...transitionDuration.split(","), ...(animationName === "none" ? [] :
    animationDuration.split(","))].some(duration => parseFloat(duration) > 0.01)
}).map(element => element.outerHTML.slice(0, 80)).slice(0, 5)"""
# What a browser hands to the clipboard: what a script gives it, else what is selected. To read it
# back from there takes three times as long; a test of the buttons does so, of each kind of block.
COPIED = """blocks => {
  let copied
  addEventListener("copy", ({defaultPrevented, clipboardData}) => {
    const {activeElement: field} = document
    copied = defaultPrevented ? clipboardData.getData("text/plain") :
      field.value?.slice(field.selectionStart, field.selectionEnd) ?? `${getSelection()}`
  })
  return [...document.querySelectorAll(blocks)].map(block => {
    copied = "nothing was copied"
    block.querySelector("button[data-md-type=copy]").click()
    return copied
  })
}"""
RUN_HERE = ":is(.language-python, .language-pycon:not(.doc-contents *)):has(button)"
"""Blocks and sessions of the page itself: examples of docstrings are proven with the package."""
# Each way in which text is set on a page: its colour, that of the ground behind it, its size
# and weight. Colours that let something shine through are mixed with what lies below them, and
# a ground that changes from one colour to another counts as each of them. All in one go: the theme
# sets its own scheme again at the next frame after the system's has changed.
INKS = r"""scheme => {
  const before = document.body.dataset.mdColorScheme
  if (scheme) document.body.dataset.mdColorScheme = scheme
  SETTLE
  const read = colour => {
    const parts = colour.match(/[\d.]+/g).map(Number)
    if (colour.startsWith("color(srgb")) parts.splice(0, 3, ...parts.slice(0, 3).map(c => c * 255))
    return parts.length < 4 ? [...parts, 1] : parts
  }
  const over = ([r, g, b, a], below) => [r, g, b].map((c, i) => c * a + below[i] * (1 - a))
  const known = new Map()
  const ground = element => {
    if (!element) return [[255, 255, 255]]
    if (known.has(element)) return known.get(element)
    const {backgroundColor, backgroundImage} = getComputedStyle(element)
    const colour = read(backgroundColor)
    const below = colour[3] === 1 ? [colour] : ground(element.parentElement)
    const plain = below.map(each => over(colour, each))
    const shades = backgroundImage.match(/rgba?\([^)]*\)|color\([^)]*\)/g) ?? []
    const found = plain.flatMap(each => [each, ...shades.map(shade => over(read(shade), each))])
    known.set(element, found)
    return found
  }
  const opacities = new Map()
  const faded = element => {
    if (!element) return 1
    if (!opacities.has(element)) {
      opacities.set(element, getComputedStyle(element).opacity * faded(element.parentElement))
    }
    return opacities.get(element)
  }
  const seen = new Map()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text; (text = texts.nextNode());) {
    const element = text.parentElement
    if (!text.data.trim() || element.closest("svg, script, style, noscript, :disabled")) continue
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue
    const {width, height} = element.getBoundingClientRect()
    if (width <= 1 || height <= 1) continue
    const {color, fontSize, fontWeight} = getComputedStyle(element)
    const [r, g, b, a] = read(color)
    for (const below of ground(element)) {
      const ink = over([r, g, b, a * faded(element)], below)
      const way = [ink, below, parseFloat(fontSize), Number(fontWeight)]
      const where = `${element.nodeName} ${element.className} ${text.data.trim()}`.slice(0, 70)
      const key = JSON.stringify(way)
      if (!seen.has(key)) seen.set(key, [...way, where])
    }
  }
  if (scheme) document.body.dataset.mdColorScheme = before
  return [...seen.values()]
}""".replace("SETTLE", SETTLE)


@dataclass(frozen=True)
class Ink:
    """One way in which text is set on a page: colours, size in px, weight, and where it stands."""

    ink: Colour
    ground: Colour
    size: float
    weight: float
    text: str


@dataclass(frozen=True)
class Visit:
    """What a page shows and does in a window of one width, before any click."""

    requests: list[str]  # the addresses of what it loads
    complaints: list[str]  # of the browser's console and of the network
    shifts: list[str]  # what moves once it is shown
    announced: list[str]  # the faces that its head names
    title: str
    headings: int  # of the first level
    has_figure: bool
    rooms: dict[int, float]  # px left beside the page, by the window's width; less than 0: none
    cut_off: list[str]  # blocks of code or output that do not show all of their text
    out_of_reach: list[str]  # what scrolls, and the keyboard cannot reach
    moving: list[str]  # what moves for a reader who wants no motion
    axe: list[str]  # what axe finds: the rule, the element; of both widths with the wide one
    copied: list[str]  # what the copy button takes from each block; with the narrow one
    inks: dict[str, list[Ink]]  # by scheme: light, dark, print


def visits(
    browser: Browser, site: Served, names: Iterable[str]
) -> Iterator[tuple[str, int, Visit]]:
    """Visit pages, each in both widths, or take the visits that are kept."""
    with ExitStack() as stack:

        @cache
        def window(width: int) -> Window:
            return stack.enter_context(window_of(browser, site, width))

        for name in names:
            for width in (WIDE, NARROW):
                path = KEPT / f"{_key(browser, site, name)}-{width}.json"
                if path.is_file():
                    visit = _load(json.loads(path.read_bytes()))
                else:
                    visit = (_wide if width == WIDE else _narrow)(window(width), name)
                    write_whole(path, json.dumps(asdict(visit)))
                yield name, width, visit


def forget_others(browser: Browser, site: Served) -> None:
    """Remove the visits that no page of the site can use any more."""
    current = {_key(browser, site, name) for name in site.pages}
    for path in KEPT.glob("*.json"):
        if path.stem.rpartition("-")[0] not in current:
            path.unlink(missing_ok=True)


class Window:
    """A window for one page after the other: each comes as it would to a new reader.

    Nothing that a page has loaded or stored is there for the next. What stays is the process that
    shows them: a new one, which begins by compiling all scripts, costs more than most pages.
    """

    def __init__(self, page: Page, site: Served, width: int) -> None:
        self.page, self._site, self._width = page, site, width
        self._requests: list[str] = []
        self._complaints: list[str] = []
        page.on("request", lambda request: self._requests.append(request.url))
        page.on("console", lambda m: self._complain(m.text) if m.type in _SERIOUS else None)
        page.on("pageerror", lambda error: self._complain(str(error)))
        page.on("requestfailed", lambda request: self._complain(f"failed: {request.url}"))
        page.on("response", lambda r: self._complain(f"{r.status}: {r.url}") if not r.ok else None)
        page.add_init_script(FORGET + SHIFTS)
        self._protocol = page.context.new_cdp_session(page)

    def _complain(self, complaint: str) -> None:
        self._complaints.append(complaint)

    def open(self, name: str, scheme: Literal["light", "dark"] = "light") -> dict[str, Any]:
        """Open a page for a reader who likes it light, or dark, and see what it does by itself."""
        page = self.page
        page.goto("about:blank")
        # The process keeps style sheets too, with all the faces that they have loaded.
        self._protocol.send("Network.clearBrowserCache")
        page.emulate_media(media="null", color_scheme=scheme, reduced_motion="no-preference")
        page.set_viewport_size({"width": self._width, "height": 844})
        self._requests, self._complaints = [], []
        page.goto(self._site.address + name, wait_until="networkidle")
        found: dict[str, Any] = page.evaluate(SEEN)
        seen = {
            "requests": [url for url in self._requests if url[:5] != "data:"],
            "complaints": self._complaints,
            "announced": found["announced"],
        }
        # Without the server's own address, which another day has another port.
        origin = self._site.origin
        bare = {kind: [each.replace(origin, "") for each in of] for kind, of in seen.items()}
        return {**found, **bare}


@contextmanager
def window_of(browser: Browser, site: Served, width: int) -> Iterator[Window]:
    """Open a window of a browser that shares nothing with another."""
    # axe comes from outside, which the pages' own policy forbids.
    with browser.new_context(bypass_csp=True) as context:
        context.set_default_timeout(LIMIT)
        yield Window(context.new_page(), site, width)


_SERIOUS = ("error", "warning")
_WAYS = (Path(__file__), Path(__file__).with_name("axe.py"))


def _wide(window: Window, name: str) -> Visit:
    seen, page = window.open(name), window.page
    page.evaluate(UNFOLD)
    page.emulate_media(reduced_motion="reduce")  # else a colour may be on its way to another
    cut_off = page.evaluate(CUT_OFF)
    page.evaluate(ONE_OF_EACH_COLOUR)  # a piece of code looks like the others of its colour
    moving = page.evaluate(MOVING)
    inks = {"light": _inks(page)}
    page.emulate_media(media="print")
    inks["print"] = _inks(page)
    page.emulate_media(media="null", color_scheme="dark")
    inks["dark"] = _inks(page, "slate")
    page.emulate_media(color_scheme="light")
    out_of_reach = _out_of_reach(page)
    rooms = {WIDE: _room(page)}
    page.evaluate(PLAIN_CODE)
    page.evaluate(AXE)
    axe = page.evaluate(RUN_AXE, {"rules": {CONTRAST: {"enabled": False}}})
    page.set_viewport_size({"width": ZOOMED, "height": 450})
    rooms[ZOOMED] = _room(page)
    page.set_viewport_size({"width": NARROWEST, "height": 740})
    page.evaluate(NOTHING_CLOSED)
    axe += page.evaluate(RUN_AXE, {"runOnly": LAYOUT})
    return Visit(
        **seen,
        rooms=rooms,
        cut_off=cut_off,
        out_of_reach=out_of_reach,
        moving=moving,
        axe=axe,
        copied=[],
        inks=inks,
    )


def _narrow(window: Window, name: str) -> Visit:
    seen, page = window.open(name), window.page
    page.evaluate(UNFOLD)
    cut_off = page.evaluate(CUT_OFF)
    rooms = {NARROW: _room(page)}
    page.set_viewport_size({"width": NARROWEST, "height": 740})
    rooms[NARROWEST] = _room(page)
    inks = {"light": _inks(page)}
    out_of_reach = _out_of_reach(page)
    copied = page.evaluate(COPIED, RUN_HERE)
    return Visit(
        **seen,
        rooms=rooms,
        cut_off=cut_off,
        out_of_reach=out_of_reach,
        moving=[],
        axe=[],
        copied=copied,
        inks=inks,
    )


def _inks(page: Page, scheme: str = "") -> list[Ink]:
    return [
        Ink(tuple(ink), tuple(ground), size, weight, text)
        for ink, ground, size, weight, text in page.evaluate(INKS, scheme)
    ]


def _room(page: Page) -> float:
    room: float = page.evaluate(ROOM)
    if room < 0:
        with suppress(Error):  # a page that has a new width needs a moment
            page.wait_for_function(f"{ROOM} >= 0", timeout=20_000)
        room = page.evaluate(ROOM)
    return room


def _out_of_reach(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SCROLLING)
    if found:
        with suppress(Error):  # the theme's script needs a moment
            page.wait_for_function(f"({SCROLLING}).length === 0", timeout=20_000)
        found = page.evaluate(SCROLLING)
    return found


def _load(data: Mapping[str, Any]) -> Visit:
    rooms = {int(width): room for width, room in data["rooms"].items()}
    inks = {
        scheme: [
            Ink(**way | {name: tuple(way[name]) for name in ("ink", "ground")}) for way in found
        ]
        for scheme, found in data["inks"].items()
    }
    return Visit(**{**data, "rooms": rooms, "inks": inks})


def _key(browser: Browser, site: Served, name: str) -> str:
    """A name for all that a visit depends on: the page, what it may load, how it is looked at."""
    page = site.file(site.base + name).read_bytes()
    ways = browser.version.encode() + AXE.encode() + b"".join(map(Path.read_bytes, _WAYS))
    return hashlib.sha256(page + _assets(site.folder) + ways).hexdigest()[:32]


@cache
def _assets(folder: Path) -> bytes:
    """A sum of all files that a page may load before a click."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".css", ".js", ".woff2", ".svg", ".png"):
            total.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return total.digest()
