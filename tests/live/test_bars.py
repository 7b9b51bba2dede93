"""Numbers as bars: tables that say in numbers what they draw."""

import re

from live import bars


def test_a_bar_is_as_long_as_its_share() -> None:
    table = bars.shares("The likeliest", [("tea", 0.75), ("<b>", 0.0)])
    assert "<caption>The likeliest</caption>" in table
    assert re.findall(r"<bdi>(.*?)</bdi></th><td>(.*?)</td>", table) == [
        ("tea", "0.750"),
        ("&lt;b&gt;", "0.000"),
    ]
    assert re.findall('rect width="(.*?)"', table) == ["75.0", "0.0"]


def test_changes_go_to_both_sides_of_a_middle_and_the_largest_fills_its_side() -> None:
    table = bars.changes("Changes", [("more", 2.0), ("less", -4.0), ("none", 0.0)])
    assert re.findall(r"<td>(.*?)</td>", table) == ["+2.00", "-4.00", "+0.00"]
    assert re.findall('class="(more|less)" x="(.*?)" width="(.*?)"', table) == [
        ("more", "50.0", "25.0"),
        ("less", "0.0", "50.0"),
        ("more", "50.0", "0.0"),
    ]


def test_changes_that_are_all_nothing_have_no_bar() -> None:
    table = bars.changes("Changes", [("so", 0.0)])
    assert re.findall('width="(.*?)"', table) == ["0.0"]
