"""Put right what the theme leaves wrong in a page, and shut out third parties.

Each rule here answers a finding of a validator, of axe, or of the test of the copy button.
"""

import base64
import hashlib
import html
import re

from proof import session
from proof.fences import is_session
from proof.markup import Attributes
from website.editor import Editor, classes, edit

POLICY = {
    "default-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # the theme's tables carry style attributes
    "img-src": "'self' data:",  # its icons stand in its style sheet
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""What a page may load: its own site's files. Scripts within the page are named by their sums."""

_ANNOTATION = re.compile(r"[ \t]*# \(\d+\)!?[ \t]*$", re.MULTILINE)
_NAME = re.compile(r' (?:(?:id|aria-labelledby)="__nav_\w+_label"|for="__toc")')
_NO_SCRIPT = ("application/json", "application/ld+json")


def clean(page: str, *, trust_scripts: bool = False) -> str:
    """Clean up one page.

    Args:
        page: its HTML, as MkDocs and the theme wrote it.
        trust_scripts: let any script within the page run, for the server that puts one
            there to load the page again.

    Examples:
        >>> clean('<input type="checkbox" autocomplete="off">')
        '<input type="checkbox">'
    """
    return edit(page, Cleaner(trust_scripts=trust_scripts))


def code_alone(text: str, language: str) -> str:
    r"""What the copy button takes from a block: its code, without what only explains it.

    Examples:
        >>> code_alone("a = 1  # (1)!\nb = 2\n", "python")
        'a = 1\nb = 2\n'
        >>> code_alone(">>> 1 + 1\n2\n", "pycon")
        '1 + 1\n'
    """
    if is_session(language, text):
        text = "".join(example.source for example in session.examples(text))
    return _ANNOTATION.sub("", text)


class Cleaner(Editor):
    """Cleans up the page that it reads, as `clean` does."""

    def __init__(self, *, trust_scripts: bool = False) -> None:
        super().__init__()
        self.sources = ["'self'", "'unsafe-inline'"] if trust_scripts else ["'self'"]
        self.trust_scripts = trust_scripts
        self.has_steps = False
        self.head = 0  # where the policy goes: before anything that loads
        self.script: tuple[str, int, int] | None = None  # what to do with it, start, start of text
        self.block = 0  # where the block of code being read begins, after `<div`
        self.language = ""
        self.code: list[str] | None = None
        self.link = 0  # where the last link of this list item begins, after `<a`
        self.labels: set[str] = set()  # the ids of the labels of the navigation
        self.has_contents = False  # whether the navigation can show the page's table of contents

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Clean a tag."""
        names = classes(attributes)
        self.has_steps |= "data-step" in attributes
        self.has_contents |= attributes.get("id") == "__toc"
        if tag == "meta" and "charset" in attributes:
            self.head = self.after
        elif tag == "script":
            kind = _kind_of_script(attributes, has_steps=self.has_steps)
            self.script = (kind, self.position, self.after)
        elif tag == "div" and "language-output" in names:
            self.replace_in_tag("language-output", "language-output no-copy")
        elif tag == "div" and "doc-signature" in names:  # names a function, is no code to run
            self.replace_in_tag("language-python", "language-signature no-copy")
        elif tag == "div" and "highlight" in names:
            self.block = self.position + len("<div")
            named = (name for name in names if name.startswith("language-"))
            self.language = next(named, "").removeprefix("language-")
        elif tag == "code" and self.block:
            self.code = []
        elif tag == "div" and attributes.get("data-md-component") == "search":
            self.replace_in_tag(">$", ' aria-label="Search">')
        elif tag == "li":
            self.link = 0
        elif tag == "a":
            self.link = self.position + len("<a")
        elif tag in ("label", "nav") and _NAME.search(self.html, self.position, self.after):
            self.name_navigation(tag, attributes)
        elif attributes.get("tabindex") == "":
            self.replace_in_tag(r'\s+tabindex=""', "")
        elif tag == "input" and attributes.get("type") == "checkbox":
            self.replace_in_tag(r'\s+autocomplete="\w*"', "")

    def name_navigation(self, tag: str, attributes: Attributes) -> None:
        """Name a part's navigation by the link to the part, if there is one.

        The label beside such a link has no text, and a part with a single page has no label.
        A page of which the navigation has no contents has no box that shows them.
        """
        if attributes.get("for") == "__toc":
            if not self.has_contents:
                self.replace_in_tag(r'\s+for="__toc"', "")
            return
        name = attributes.get("id" if tag == "label" else "aria-labelledby") or ""
        if tag == "nav" and self.link and name not in self.labels:
            self.replace(self.link, self.link, f' id="{name}"')
        elif tag == "label" and self.link:
            self.replace_in_tag(rf'\s+id="{name}"(?:\s+tabindex="")?', "")
        elif tag == "label":
            self.labels.add(name)
            self.replace_in_tag(r'\s+tabindex=""', "")

    def handle_data(self, data: str) -> None:
        """Gather the code of a block."""
        if self.code is not None:
            self.code.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End a script or a block of code."""
        if tag == "script" and self.script:
            self.end_script(*self.script)
            self.script = None
        elif tag == "code" and self.code is not None:
            text = "".join(self.code)
            copied = code_alone(text, self.language)
            if copied != text:
                self.replace(self.block, self.block, f' data-copy="{html.escape(copied)}"')
            self.block, self.code = 0, None

    def end_script(self, kind: str, start: int, text: int) -> None:
        """Drop a script, or name it in the policy."""
        if kind == "unwanted":
            self.replace(start, self.position + len("</script>"), "")
        elif kind == "inline" and not self.trust_scripts:
            digest = hashlib.sha256(self.html[text : self.position].encode()).digest()
            source = f"'sha256-{base64.b64encode(digest).decode()}'"
            if source not in self.sources:
                self.sources.append(source)

    def close(self) -> None:
        """Write the policy."""
        if self.head:
            policy = POLICY | {"script-src": " ".join(self.sources)}
            rules = "; ".join(f"{name} {value}" for name, value in policy.items())
            meta = f'\n<meta http-equiv="Content-Security-Policy" content="{rules}">'
            self.replace(self.head, self.head, meta)


def _kind_of_script(attributes: Attributes, *, has_steps: bool) -> str:
    if "data-mkdocs-jupyter-mathjax" in attributes:
        return "unwanted"  # loads MathJax from elsewhere, on every page of the site
    if (attributes.get("src") or "").endswith("assets/steps.js") and not has_steps:
        return "unwanted"  # there is nothing to step through
    if "src" in attributes or attributes.get("type") in _NO_SCRIPT:
        return "harmless"
    return "inline"
