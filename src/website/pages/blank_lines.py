"""Leave out the blank lines that the theme's templates leave between tags: nobody sees them."""

import re
from functools import lru_cache

from website.editor import PAGES_KEPT

_AS_IT_STANDS = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)
_BETWEEN_TAGS = re.compile(r"(?<![^>])\s*\n\s*(?![^<])")


@lru_cache(PAGES_KEPT)
def without_blank_lines(page: str) -> str:
    r"""Make one line end of all blanks between two tags that have a line end among them.

    A browser shows both alike. What is shown as it stands, such as code, stays so.

    Examples:
        >>> without_blank_lines("<p>a</p>\n\n    \n  <pre> <b>\n\n</b></pre>")
        '<p>a</p>\n<pre> <b>\n\n</b></pre>'
    """
    pieces = _AS_IT_STANDS.split(page)  # text, element, its name, text, ...
    pieces[0::3] = [_BETWEEN_TAGS.sub("\n", text) for text in pieces[0::3]]
    del pieces[2::3]
    return "".join(pieces)
