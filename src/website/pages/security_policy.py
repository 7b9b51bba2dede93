"""Write into a page what it may load: the files of its own site, and no third party's.

Browsers hold a page to such a Content Security Policy.
"""

import base64
import hashlib

from proof.markup import Attributes
from website.editor import Editor
from website.pages.theme_repairs import is_unwanted_script

POLICY = {
    "default-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # the theme's tables carry style attributes
    "img-src": "'self' data:",  # its icons stand in its style sheet
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""What a page may load: its own site's files. Scripts within the page are named by their sums."""

_NO_SCRIPT = ("application/json", "application/ld+json")


class SecurityPolicy(Editor):
    """Writes the policy of the page that it reads.

    Args:
        trust_scripts: let any script within the page run, for the server that puts one
            there to load the page again.

    Examples:
        >>> from website.editor import edit
        >>> page = edit('<meta charset="utf-8"><script>let a</script>', SecurityPolicy())
        >>> "script-src 'self' 'sha256-" in page
        True
    """

    def __init__(self, *, trust_scripts: bool = False) -> None:
        super().__init__()
        self.trust_scripts = trust_scripts
        self.sources = ["'self'", "'unsafe-inline'"] if trust_scripts else ["'self'"]
        self.head = 0  # where the policy goes: before anything that loads
        self.script = 0  # where the text of the script begins that is being read

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Find the head, and the scripts that stand in the page itself."""
        if tag == "meta" and "charset" in attributes:
            self.head = self.after
        elif tag == "script":
            is_inline = "src" not in attributes and attributes.get("type") not in _NO_SCRIPT
            self.script = self.after if is_inline and not is_unwanted_script(attributes) else 0

    def handle_endtag(self, tag: str) -> None:
        """Name a script by its sum."""
        if tag != "script" or not self.script:
            return
        if not self.trust_scripts:
            digest = hashlib.sha256(self.html[self.script : self.position].encode()).digest()
            source = f"'sha256-{base64.b64encode(digest).decode()}'"
            if source not in self.sources:
                self.sources.append(source)
        self.script = 0

    def close(self) -> None:
        """Write the policy."""
        if self.head:
            policy = POLICY | {"script-src": " ".join(self.sources)}
            rules = "; ".join(f"{name} {value}" for name, value in policy.items())
            meta = f'\n<meta http-equiv="Content-Security-Policy" content="{rules}">'
            self.replace(self.head, self.head, meta)
