"""Give each proven block one bar: its buttons on the left, where it was proven on the right.

The gate's mark says it in a sentence. In the bar it is short, and the sentence, with the link
that reports the block, shows while the short one is pointed at, tapped, or has the focus.
"""

import re

_MARK = re.compile(
    r'<(?:div class="live"(?P<live>[^>]*)></div><)?p class="proven">(?P<words>.*?)</p>', re.DOTALL
)
_VERSION = re.compile(r"3\.(\d+)")
_BROWSER = " on WebAssembly Python"


def with_bars(page: str) -> str:
    """Put each mark of a page into a bar, with the place for its buttons, if it has one.

    Examples:
        >>> print(with_bars('<p class="proven">Runs as shown on Python 3.11, 3.12</p>'))
        <div class="bar"><p class="proven"><span class="where" tabindex="0">3.11 to 3.12</span>
        <span class="how">Runs as shown on Python 3.11, 3.12</span></p></div>
    """
    return _MARK.sub(_bar, page)


def _bar(mark: re.Match[str]) -> str:
    words = mark["words"]
    return (
        f'<div class="bar"{mark["live"] or ""}><p class="proven">'
        f'<span class="where" tabindex="0">{short(words)}</span>\n'
        f'<span class="how">{words}</span></p></div>'
    )


def short(words: str) -> str:
    """Where a block runs, in a few words.

    Examples:
        >>> short("Runs as shown on Python 3.11, 3.12, 3.13, 3.14 and on WebAssembly Python 3.14")
        '3.11 to 3.14, browser'
        >>> short("Runs as shown on Python 3.11, 3.13")
        '3.11, 3.13'
    """
    own, browser, _ = words.partition(_BROWSER)
    found = [int(minor) for minor in _VERSION.findall(own.partition(". ")[0])]
    if len(found) > 1 and found == list(range(found[0], found[-1] + 1)):
        versions = f"3.{found[0]} to 3.{found[-1]}"
    else:
        versions = ", ".join(f"3.{minor}" for minor in found)
    return versions + ", browser" * bool(browser)
