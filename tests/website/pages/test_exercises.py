"""Of an exercise, the page has a place for the answer; its checks are not to be read there."""

import html
import json
import re

from website.pages.exercises import with_places

SOLUTION = """<li><p>Count.</p>
<details class="success"><summary>Solution</summary>
<div class="language-python highlight"><pre><code>print(1 &lt; 2)</code></pre></div>
<div class="bar"{live}></div>
<pre class="check"><code># "So."
assert 1 &lt; numbers[0], &quot;More.&quot;
</code></pre>
<pre class="wrong"><code>print(1)
</code></pre>
<pre class="hint"><code>Add `1`.
</code></pre>
<p>That is why.</p></details></li>"""
LIVE = ' data-live="page"'


def test_the_checks_and_hints_go_to_a_place_above_the_solution() -> None:
    made = with_places(SOLUTION.format(live=LIVE))
    place, data = re.findall(r'(<div class="exercise" hidden data-exercise="([^"]*)">)', made)[0]
    assert made.index(place) < made.index("<details")
    assert json.loads(html.unescape(data)) == {
        "number": 1,
        "checks": '# "So."\nassert 1 < numbers[0], "More."\n',
        "hints": ["Add `1`."],
    }
    assert "print(1)" not in made
    assert '<pre class="' not in made
    assert "<p>That is why.</p></details></li>" in made


def test_what_cannot_run_in_the_browser_is_an_exercise_without_a_place() -> None:
    made = with_places(SOLUTION.format(live=""))
    assert "data-exercise" not in made
    assert '<pre class="' not in made


def test_places_are_numbered_in_the_order_of_the_page() -> None:
    made = with_places(SOLUTION.format(live=LIVE) + SOLUTION.format(live="") * 2)
    assert made.count("data-exercise") == 1
    made = with_places(SOLUTION.format(live=LIVE) * 2)
    assert re.findall(r"&quot;number&quot;: (\d)", made) == ["1", "2"]
