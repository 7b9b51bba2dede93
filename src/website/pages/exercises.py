"""Take the checks of exercises off the page, and put a place for the reader's answer there.

In the source they stand below the solution (`proof.exercises`). Nobody is to read them there:
where the solution can run in the browser, they go to a place above it, with the hints. It
is hidden until the page's script has come, so without it there is the solution alone.
"""

import html
import json
import re

from proof.fences import CHECK, EXERCISE, HINT

_FENCE = re.compile(rf'<pre class="({"|".join(EXERCISE)})"><code>(.*?)</code></pre>\n?', re.DOTALL)
_SOLUTION = '<details class="success">'
_LIVE = 'data-live="page"'
_BUTTONS = (
    '<button type="button" class="answer">Write your answer here</button>'
    '<div class="bar"><button type="button" class="live-run">Run</button>'
    '<button type="button" data-hint>Hint</button></div>'
)


def with_places(page: str) -> str:
    """Give each exercise of a page that has checks its place.

    Examples:
        >>> solution = '<details class="success"><p>So.</p><pre class="hint"><code>A</code></pre>'
        >>> with_places(f"{solution}</details>")
        '<details class="success"><p>So.</p></details>'
    """
    first, *rest = page.split(_SOLUTION)
    pieces, number = [first], 0
    for piece in rest:
        found = [(kind, html.unescape(text)) for kind, text in _FENCE.findall(piece)]
        checks = [text for kind, text in found if kind == CHECK]
        if checks and _LIVE in piece.partition("</details>")[0]:
            number += 1
            hints = [text.strip() for kind, text in found if kind == HINT]
            given = {"number": number, "checks": checks[0], "hints": hints}
            data = html.escape(json.dumps(given, ensure_ascii=False))
            pieces.append(f'<div class="exercise" hidden data-exercise="{data}">{_BUTTONS}</div>\n')
        pieces += [_SOLUTION, _FENCE.sub("", piece)]
    return "".join(pieces)
