"""Put the first example of live figures into the pages: what a reader sees before they touch one.

Such a figure is an element whose `data-live` names its kind, and which has a text, `data-text`.
In its place that of a training has the address of a recorded run, below the site's, and one that
is drawn again its program, below docs and without its ending; one that asks has an instruction
and its input, with a bar between them, and one that writes the address of a trained model, without
its ending, and a beginning. `data-needs` names what it needs
beside Python, if that is not the same for all of its kind: packages, and the `story`.
Empty elements in it that have `data-example` get what the package makes of that text, a playground
by the tokenizer that its `data-tokenizer` names, `v2` if it names none. GPT-2's needs two files:
where this machine has not installed them, `v2` takes its place. Elements with `data-of` are about
one tokenizer, and are left out with another. Those
with `data-python` need Python in the browser, with the packages of that kind: where the site
does not have these, they are left out, and those with `data-without` say so. Pages with such
a figure, and no others, get the style sheet of its kind.
"""

import functools
import hashlib
import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from live import asking, attention, spam_filter, training, writing
from proof.markup import Attributes
from website.editor import Editor
from website.pyodide import playground, runtime
from website.site import Site


@dataclass(frozen=True)
class Kind:
    """What figures of a kind need."""

    styles: tuple[str, ...]  # style sheets below assets/, which become one
    example: Callable[[Site, str, str], dict[str, str]]
    """Gives the HTML for the places of an example of a text and a tokenizer, by their names."""
    needs: str = ""  # packages, and the story
    files: Callable[[Site, str], Mapping[str, str]] = lambda *_: {}
    """Gives the names of the attributes that tell the figure's script where its files are; it puts
    them into the site, if they are not there."""


def of_tokens(_: Site, text: str, tokenizer: str) -> dict[str, str]:
    """What a playground shows of a text."""
    return playground.example(text, tokenizer)


def of_sentence(_: Site, text: str, __: str) -> dict[str, str]:
    """What the figure of a sentence shows of it, whose tokens are its words."""
    return {"text": html.escape(text, quote=False), "steps": attention.show(text)["steps"]}


def of_instruction(_: Site, text: str, __: str) -> dict[str, str]:
    """What the assistant answers to an instruction; its input follows behind a bar."""
    instruction, about = text.split(" | ")
    typed = {"instruction": html.escape(instruction, quote=False)}
    typed["about"] = html.escape(about, quote=False)
    return typed | asking.buttons() | asking.show(instruction, about)


def of_message(_: Site, text: str, __: str) -> dict[str, str]:
    """What the spam filter makes of a message, and of the four of the first page."""
    typed = {"text": html.escape(text, quote=False)}
    return typed | {"four": spam_filter.first_page_messages()} | spam_filter.show(text)


def of_drawing(_: Site, __: str, ___: str) -> dict[str, str]:
    """What a figure that is drawn again says before it is touched."""
    return {"state": _STATE}


def drawn_by(site: Site, program: str) -> dict[str, str]:
    """Put the program of a figure into the site, with all that it imports beside the package."""
    path = (site.docs or Path()) / f"{program}.py"
    files = {path.name: path.read_text(encoding="utf-8"), **modules("drawing", "drawsvg")}
    data = json.dumps(files, ensure_ascii=False).encode()
    target = site.folder / runtime.FOLDER / f"{path.stem}.{_digest(data)}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return {"sources": target.relative_to(site.folder).as_posix()}


@functools.cache
def modules(*names: str) -> dict[str, str]:
    """The sources of whole packages, by their paths."""
    found = {}
    for name in names:
        spec = find_spec(name)
        for place in (spec and spec.submodule_search_locations) or ():
            for path in sorted(Path(place).rglob("*.py")):
                file = path.relative_to(Path(place).parent).as_posix()
                found[file] = path.read_text(encoding="utf-8")
    return found


def of_beginning(site: Site, text: str, _: str) -> dict[str, str]:
    """What a trained model writes on from a text; before a bar stands which model."""
    files, beginning = _beginning(text)
    weights, words = (site.folder / address for address in files.values())
    writing.take(weights, json.loads(words.read_bytes())["words"])
    typed = html.escape(beginning, quote=False)
    return {"text": typed, "written": writing.write(beginning)["written"]}


def trained_in(_: Site, text: str) -> dict[str, str]:
    """Where the files of a trained model are."""
    return _beginning(text)[0]


def _beginning(text: str) -> tuple[dict[str, str], str]:
    run, beginning = text.split(" | ")
    return {"model": f"{run}.safetensors", "words": f"{run}.json"}, beginning


def of_run(site: Site, address: str, _: str) -> dict[str, str]:
    """What the figure of a training shows of a recorded run, a file of the site."""
    return training.shown(json.loads((site.folder / address).read_bytes()))


_BARS = ("playground.css", "attention.css", "bars.css")
KINDS = {
    "playground": Kind(("playground.css",), of_tokens),
    "attention": Kind(("playground.css", "attention.css"), of_sentence, needs="numpy"),
    "drawing": Kind(("drawing.css",), of_drawing, files=drawn_by),
    "writing": Kind(("playground.css",), of_beginning, needs="numpy", files=trained_in),
    "training": Kind((*_BARS, "training.css"), of_run, needs="numpy"),
    "asking": Kind((*_BARS, "answers.css"), of_instruction, needs="numpy"),
    "spam_filter": Kind((*_BARS, "answers.css"), of_message, needs="numpy"),
}
"""The kinds, by the names that `data-live` has."""

_STATE = (
    '<span role="status" data-part="status">A key loads Python into this page: '
    "<span data-megabytes>0.0 MB</span>, once. What you type stays on this device.</span>"
    '<button type="button" data-part="stop" hidden>Stop</button>'
    '<progress max="1" aria-label="Loading Python" data-part="progress" hidden></progress>'
)
_PADDING = re.compile(r"/\*.*?\*/|\s+", re.DOTALL)
_FIGURE = re.compile(rf'data-live="({"|".join(KINDS)})"')


def style_sheets() -> set[str]:
    """The style sheets that are for pages with such figures only, below the theme's folder."""
    return {f"assets/{name}" for kind in KINDS.values() for name in kind.styles}


def fill(site: Site) -> None:
    """Fill in the figures of all pages of a site, whose style sheets are merged."""
    styles = {name: _style(site, kind) for name, kind in KINDS.items()}
    for sheet in style_sheets():
        (site.folder / sheet).unlink(missing_ok=True)
    for page in site.pages:
        if figure := _FIGURE.search(page.html):
            style = styles[figure[1]]
            link = f'<link rel="stylesheet" href="{page.up}{style}">\n' if style else ""
            page.edit(_Filler(site, page.up, link))


def _style(site: Site, kind: Kind) -> str:
    """Make one file of the style sheets of a kind, whose name tells its content."""
    sheets = [path for name in kind.styles if (path := site.folder / "assets" / name).is_file()]
    if not sheets:
        return ""
    text = "".join(path.read_text(encoding="utf-8") for path in sheets)
    data = _PADDING.sub(" ", text).encode()
    name = f"assets/{sheets[-1].stem}.{_digest(data)}.css"
    (site.folder / name).write_bytes(data)
    return name


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


def _is_there(needs: str) -> bool:
    """Whether readers get Python in the browser, with all that a figure needs."""
    names = needs.split()
    if "story" in names and not runtime.the_story():
        return False
    return runtime.has(*(name for name in names if name != "story"))


class _Filler(Editor):
    def __init__(self, site: Site, up: str, link: str) -> None:
        super().__init__()
        self.site, self.up, self.link = site, up, link
        self.example: dict[str, str] = {}
        self.tokenizer = "v2"
        self.has_python = True
        self.left_out: tuple[str, int] | None = None  # its tag, and where it begins
        self.depth = 0  # of elements of that tag within it

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        if kind := KINDS.get(attributes.get("data-live") or ""):
            self._begin(kind, attributes)
        is_of_other = attributes.get("data-of", self.tokenizer) != self.tokenizer
        lacks = "data-without" if self.has_python else "data-python"
        if self.left_out:
            self.depth += tag == self.left_out[0]
        elif is_of_other or lacks in attributes:
            if tag == "input":
                self.replace(self.position, self.after, "")
            else:
                self.left_out, self.depth = (tag, self.position), 1
        elif "data-example" in attributes:
            said = self.example[attributes["data-example"] or ""]
            if tag == "input":
                self.replace_in_tag(">$", f' value="{said.replace(chr(34), "&quot;")}">')
            else:
                self.replace(self.after, self.after, said)

    def _begin(self, kind: Kind, attributes: Attributes) -> None:
        text = attributes["data-text"] or ""
        self.tokenizer = playground.available(attributes.get("data-tokenizer") or "v2")
        self.example = kind.example(self.site, text, self.tokenizer)
        needs = attributes.get("data-needs") or kind.needs
        self.has_python = _is_there(needs)
        files = kind.files(self.site, text) if self.has_python else {}
        told = {name: self.up + file for name, file in files.items()}
        if "data-needs" not in attributes and needs:
            told["needs"] = needs
        if "data-tokenizer" in attributes:
            self.replace_in_tag('data-tokenizer="[^"]*"', f'data-tokenizer="{self.tokenizer}"')
        elif told:
            more = "".join(f' data-{name}="{value}"' for name, value in told.items())
            self.replace_in_tag(">$", f"{more}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self.replace(self.position, self.position, self.link)
        if self.left_out and tag == self.left_out[0]:
            self.depth -= 1
            if not self.depth:
                end = self.html.index(">", self.position) + 1
                self.replace(self.left_out[1], end, "")
                self.left_out = None
