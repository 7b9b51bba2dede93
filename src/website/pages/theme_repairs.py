"""Put right what the theme and its plugins leave wrong in a page.

Each rule here answers a finding of a validator, of axe, or of the test of the copy button.
"""

import re

from proof.markup import Attributes
from website.editor import Editor, classes

_NAME = re.compile(r' (?:(?:id|aria-labelledby)="__nav_\w+_label"|for="__toc")')


class ThemeRepairs(Editor):
    """Mends the page that it reads.

    Examples:
        >>> from website.editor import edit
        >>> edit('<input type="checkbox" autocomplete="off">', ThemeRepairs())
        '<input type="checkbox">'
    """

    def __init__(self) -> None:
        super().__init__()
        self.has_steps = False
        self.unwanted: int | None = None  # where the script begins that is being left out
        self.link = 0  # where the last link of this list item begins, after `<a`
        self.labels: set[str] = set()  # the ids of the labels of the navigation
        self.has_contents = False  # whether the navigation can show the page's table of contents

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Mend a tag."""
        self.has_steps |= "data-step" in attributes
        self.has_contents |= attributes.get("id") == "__toc"
        if tag == "script" and is_unwanted_script(attributes, has_steps=self.has_steps):
            self.unwanted = self.position
        elif tag == "div":
            self.mend_division(attributes)
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

    def mend_division(self, attributes: Attributes) -> None:
        """Say that an output, and what only looks like code, is not to be copied."""
        names = classes(attributes)
        if "language-output" in names:
            self.replace_in_tag("language-output", "language-output no-copy")
        elif "doc-signature" in names:  # names a function, is no code to run
            self.replace_in_tag("language-python", "language-signature no-copy")
        elif attributes.get("data-md-component") == "search":
            self.replace_in_tag(">$", ' aria-label="Search">')
        elif attributes.get("tabindex") == "":
            self.replace_in_tag(r'\s+tabindex=""', "")

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

    def handle_endtag(self, tag: str) -> None:
        """Leave out a script."""
        if tag == "script" and self.unwanted is not None:
            self.replace(self.unwanted, self.position + len("</script>"), "")
            self.unwanted = None


def is_unwanted_script(attributes: Attributes, *, has_steps: bool = True) -> bool:
    """Whether a script is left out of a page.

    Args:
        attributes: those of its tag.
        has_steps: whether the page has a figure to step through.
    """
    if "data-mkdocs-jupyter-mathjax" in attributes:
        return True  # loads MathJax from elsewhere, on every page of the site
    return not has_steps and (attributes.get("src") or "").endswith("assets/steps.js")
