"""Blocks run where they stand, like the cells of a notebook."""

import gzip
import itertools
import re

from playwright.sync_api import Browser, Page, expect

from tests.live.conftest import CHAPTER, PYTHON_STARTS, SITE, Block, Chapter, Host, megabytes
from tests.website.conftest import ROOT

SESSION = "for-maintainers/use-the-same-proof-in-your-own-docs/"
ERRORS = "working-with-text-data/converting-tokens-into-token-ids/"


def test_nothing_comes_before_the_first_click(page: Page, host: Host) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host.address + CHAPTER, wait_until="networkidle")
    page.wait_for_load_state("load")  # a busy machine may be idle on the network before it
    live = [url for url in asked if "/live/" in url]
    assert len(live) == 1, live  # the script of the buttons
    (script,) = SITE.glob("assets/live/page.*.js")
    assert live[0].endswith(script.name)
    style = ROOT / "src" / "website" / "theme" / "assets" / "live.css"
    assert sum(len(gzip.compress(path.read_bytes(), 6)) for path in (script, style)) <= 6000

    block = Block(page, 3)
    cost = page.locator(".bar", has_text=re.compile(r"\d MB"))
    expect(cost).to_have_count(1)  # once a page
    expect(cost).to_contain_text(f"{megabytes()}, once")
    block.run()
    block.says("The same, ")
    expect(cost).to_have_count(0)
    expect(block.result).to_be_hidden()  # nothing is printed twice
    expect(block.output).to_have_attribute("data-is", "same")
    block.button("Edit").click()
    block.editor.wait_for()
    assert all(url.startswith((host.address, f"blob:{host.address}")) for url in asked)


def test_a_block_runs_after_those_above_it(chapter: Chapter) -> None:
    last = chapter(9)
    last.run()
    last.says("The same, ")
    for number in (1, 2, 5):
        expect(chapter(number).status).to_contain_text(re.compile(r"\d m?s$"))
    chapter(2).write("raw_text = 'Only these words'\nlen(raw_text)")
    chapter(2).run()
    chapter(2).prints("16")
    chapter(3).write("raw_text.split()[0]")
    chapter(3).run()  # nothing above runs again: what is defined stays
    chapter(3).prints("'Only'")
    chapter(3).says("Your version, ")
    chapter(3).button("Restart").click()
    expect(chapter(2).result).to_be_hidden()
    chapter(3).run()  # from the top again, with the edits
    chapter(3).prints("'Only'")


def test_packages_come_with_the_first_block_that_needs_them(page: Page, host: Host) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{host.address}working-with-text-data/the-tokens-of-gpt-2/")
    first = Block(page, 1)
    number = page.evaluate(
        "[...document.querySelectorAll('[data-live=page]')].findIndex(bar => bar.dataset.needs) + 1"
    )
    block = Block(page, number)
    expect(first.bar).to_contain_text(f"{megabytes()}, once")
    first.run()
    first.says("The same, ")
    assert not [url for url in asked if "packages." in url]
    block.run()
    block.says("The same, ")
    assert len([url for url in asked if "packages." in url]) == 1


def test_an_error_is_shown_with_its_traceback(chapter: Chapter) -> None:
    block = chapter(1)
    block.write("def first(words):\n    return words[0]\n\nprint('before')\nfirst([])")
    block.run()
    block.says("Your version ended with an error: IndexError.")
    block.prints(
        "before\n"
        "Traceback (most recent call last):\n"
        '  File "block 1", line 5, in <module>\n'
        "    first([])\n"
        "    ~~~~~^^^^\n"
        '  File "block 1", line 2, in first\n'
        "    return words[0]\n"
        "           ~~~~~^^^\n"
        "IndexError: list index out of range"
    )
    block.write("from verdict import build_vocabulary\nbuild_vocabulary(1)")
    block.run()
    block.says("Your version ended with an error: TypeError.")
    expect(block.result).not_to_contain_text("site-packages")  # none but the reader's own code
    block.write("name = input('Who? ')")
    block.run()
    expect(block.result).to_contain_text(
        "input() cannot ask you anything here", timeout=PYTHON_STARTS
    )
    block.write("print('a'\nprint('b')")
    block.run()
    block.says("Your version ended with an error: SyntaxError.")
    expect(block.result).to_contain_text('File "block 1", line 1')


def test_an_error_that_the_page_shows_is_what_it_should_be(page: Page, host: Host) -> None:
    page.goto(host.address + ERRORS)
    raising = page.locator(".language-output", has_text="Traceback")
    number = page.evaluate(
        "output => [...document.querySelectorAll('[data-live=page]')]"
        ".indexOf(output.nextElementSibling) + 1",
        raising.element_handle(),
    )
    block = Block(page, number)
    block.run()
    block.says("The same, ")
    below = Block(page, number + 1)
    below.run()
    below.says("The same, ")


def test_what_differs_is_shown_as_a_difference(chapter: Chapter) -> None:
    """A block that builds on one that was changed prints something else than on the page."""
    chapter(3).write("import re\n\ntext = 'Hello, and so on.'")
    block = chapter(4)
    block.run()
    block.says("Not the same as on the page")
    expect(block.result.locator("del")).not_to_have_count(0)
    expect(block.result.locator("ins")).not_to_have_count(0)


def test_no_button_appears_where_another_was(chapter: Chapter) -> None:
    block = chapter(2)
    places: dict[str, tuple[float, float]] = {}

    def look() -> None:
        for name in ("Run", "Edit", "Close", "Restart", "Undo edits"):
            if box := block.button(name).is_visible() and block.button(name).bounding_box():
                place = (box["x"], box["x"] + box["width"])
                places.setdefault(name, place)
                assert places[name][0] == place[0], name

    look()
    block.run()
    block.says("The same, ")
    look()
    block.write("1 / 0")
    look()
    block.run()
    block.says("ended with an error")
    look()
    assert places["Close"][0] == places.pop("Edit")[0]
    ordered = sorted(places.values())
    assert len(ordered) == 4
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(ordered))


def test_a_session_runs_as_at_a_prompt_and_its_code_alone_is_edited(page: Page, host: Host) -> None:
    page.goto(host.address + SESSION)
    number = page.locator("[data-live=page][data-session]").first.get_attribute("data-block")
    block = Block(page, int(number or 0))
    block.run()
    block.says("The same, ")
    block.button("Edit").click()
    expect(block.editor).to_contain_text("words = ")
    expect(block.editor).not_to_contain_text(">>>")
    expect(block.editor).not_to_contain_text("['be',")
    block.write('words = "so"\n\nwords * 2\nwords[5]\nfor word in words:\n    word\n')
    block.run()
    block.says("Your version, ")
    expect(block.result).to_contain_text(">>> words * 2\n'soso'\n>>> words[5]\nTraceback")
    expect(block.result).to_contain_text(">>> for word in words:\n...     word\n's'\n'o'")
    block.button("Undo edits").click()
    block.run()
    block.says("The same, ")


def test_a_solution_that_was_folded_can_be_run(page: Page, host: Host) -> None:
    page.goto(host.address + CHAPTER)
    page.locator("summary").first.click()
    number = page.locator("[data-live=page]:not(details *)").count() + 1
    solution = Block(page, number)
    solution.run()
    solution.says("The same, ")


def test_code_can_be_edited_and_run_by_keys(chapter: Chapter) -> None:
    block = chapter(1)
    page = block.page
    block.button("Edit").click()
    expect(block.editor).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("for word in ('a', 'b'):\nprint(word)", delay=1)  # Enter indents
    expect(page.locator(".cm-line .k", has_text="for")).to_be_visible()
    page.keyboard.press("Control+Enter")
    block.prints("a\nb")
    page.keyboard.press("Control+Z")
    page.keyboard.press("Control+Y")
    expect(block.editor).to_contain_text("print(word)")
    page.keyboard.press("Tab")
    expect(block.editor).not_to_be_focused()
    expect(block.button("Run")).to_be_focused()
    block.editor.click()
    page.keyboard.press("Escape")
    expect(block.button("Edit")).to_be_focused()
    expect(block.editor).to_be_hidden()
    expect(block.code).to_contain_text("print(word)")
    block.run()
    block.prints("a\nb")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(block.editor).to_be_focused()
    page.keyboard.press("Control+Z")  # it still knows what was written


def test_edits_stay_until_they_are_undone(page: Page, host: Host) -> None:
    page.goto(host.address + CHAPTER)
    block = Block(page, 2)
    code, mark = block.code, block.bar.locator(".where")
    original = code.inner_text()
    struck = re.compile("line-through")
    expect(block.button("Undo edits")).to_be_hidden()
    expect(mark).not_to_have_css("text-decoration", struck)
    block.write("len('page')")
    page.reload()
    block.says("Your version, kept on this device")
    expect(code.locator(".s")).to_have_text("'page'")  # in its colours
    for _ in range(2):
        expect(mark).to_have_css("text-decoration", struck)
        expect(block.output).to_have_attribute("data-is", "original")
        block.run()
        block.prints("4")
    block.button("Undo edits").click()
    expect(mark).not_to_have_css("text-decoration", struck)
    expect(block.output).to_have_attribute("data-is", "")
    expect(block.button("Edit")).to_be_focused()
    assert code.inner_text() == original
    expect(code.locator(".k").first).to_be_visible()  # its colours are back
    page.reload()
    assert code.inner_text() == original


def test_all_buttons_can_be_used_by_keyboard_alone(browser: Browser, host: Host) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(host.address + CHAPTER)
        block = Block(page, 3)
        block.button("Run").focus()
        page.keyboard.press("Enter")
        expect(block.button("Stop")).to_be_focused()  # the same place: it can be stopped
        block.says("The same, ")
        expect(block.button("Run")).to_be_focused()
        page.keyboard.press("Tab")
        expect(block.button("Edit")).to_be_focused()
        page.keyboard.press("Enter")
        expect(block.editor).to_be_focused(timeout=PYTHON_STARTS)
        page.keyboard.press("Control+End")
        page.keyboard.type("\nlen(result)")
        page.keyboard.press("Control+Enter")
        block.says("Your version prints the same, ")
        page.keyboard.press("Tab")
        expect(block.editor).not_to_be_focused()
