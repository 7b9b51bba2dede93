import re

import pytest

from website.pages.plot import COLOURS, inline_plot

PLOT = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="216pt" viewBox="0 0 216 144"
 xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata><a href="http://purl.org/"/></metadata>
 <defs><style type="text/css">*{stroke-linejoin: round}</style><clipPath id="c1"/></defs>
 <g id="title"><text style="font: 12px 'DejaVu Sans'">A &amp; B</text></g>
 <path id="m1" d="M 0 1
L 2 3
" style="fill: #1f77b4; stroke: #000000" clip-path="url(#c1)"/>
 <use xlink:href="#m1"/>
</svg>"""


def test_a_plot_stands_in_the_page_and_has_a_name() -> None:
    plot = inline_plot(PLOT, "plot-1")
    assert plot.startswith("<svg ")
    assert 'role="img" aria-labelledby="plot-1-title"' in plot
    assert '<g id="plot-1-title"><text' in plot
    assert "A &amp; B" in plot
    assert "metadata" not in plot
    assert "<style" not in plot
    assert "\n" not in plot


def test_its_ids_do_not_meet_those_of_another_plot() -> None:
    plot = inline_plot(PLOT, "plot-2")
    assert 'clip-path="url(#plot-2-c1)"' in plot
    assert '<use href="#plot-2-m1"' in plot
    assert all(name.startswith("plot-2-") for name in re.findall(r' id="([^"]+)"', plot))


def test_its_colours_follow_light_and_dark() -> None:
    plot = inline_plot(PLOT, "plot-1")
    assert f"fill: {COLOURS['#1f77b4']}; stroke: {COLOURS['#000000']}" in plot
    assert not re.search("#[0-9a-f]{6}", plot)


def test_a_colour_that_cannot_follow_is_refused() -> None:
    with pytest.raises(ValueError, match=r"the colour #123456.*use one of #000000"):
        inline_plot(PLOT.replace("#1f77b4", "#123456"), "plot-1")


def test_a_plot_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match=r'set_title\("...", gid="title"\)'):
        inline_plot(PLOT.replace('id="title"', 'id="text_1"'), "plot-1")
