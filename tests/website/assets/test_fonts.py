import re
from pathlib import Path

import pytest

from website.assets.fonts import faces, preload, used
from website.site import Site

SHEET = """
@font-face { font-family: "Text"; src: url("fonts/text.woff2") format("woff2"); }
@font-face { font-family: "Text"; src: url("fonts/more.woff2"); unicode-range: U+E9, U+2190-2193; }
@font-face { font-family: "Text"; src: url("fonts/italic.woff2"); font-style: italic; }
@font-face { font-family: "Some Mono"; src: url("fonts/mono.woff2"); }
@font-face { font-family: "Stand-in"; src: local("Georgia"); }
"""


def names(body: str) -> list[str]:
    page = f"<html><head><title>é</title></head><body>{body}<script>'é'</script></body></html>"
    return [re.findall(r"/(\w+)\.", face.file)[0] for face in used(page, faces(SHEET))]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<p>a</p>", ["text"]),
        ("<p>café</p>", ["text", "more"]),
        ("<p>a <em>b</em></p>", ["text", "italic"]),
        ("<p>a <em> </em></p>", ["text"]),
        ("<p>a <code>→</code></p>", ["text", "mono"]),
        ("<p>a</p><svg><title>→</title><text class='fig-code'>→</text></svg>", ["text", "mono"]),
        ("<p>a <em>b <code>c</code></em></p>", ["text", "italic", "mono"]),
        ("<pre>c</pre>", ["mono"]),
    ],
)
def test_a_page_needs_the_faces_in_which_it_has_text(body: str, wanted: list[str]) -> None:
    assert names(body) == wanted


def test_the_faces_are_announced_before_the_styles(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "style.css").write_text(SHEET, encoding="utf-8")
    (tmp_path / "part").mkdir()
    link = '<link rel="stylesheet" href="../assets/style.css">'
    page = tmp_path / "part" / "index.html"
    page.write_text(f"<html><head>{link}</head><body>a</body></html>", encoding="utf-8")
    with Site(tmp_path) as site:
        preload(site)
    head = page.read_text(encoding="utf-8").partition("</head>")[0]
    assert re.findall('href="([^"]+)"', head) == [
        "../assets/fonts/text.woff2",
        "../assets/style.css",
    ]
