"""A reader writes an answer, hears in words what is right, and asks for hints."""

from playwright.sync_api import Browser, Page, expect

from tests.live.conftest import CHAPTER, PYTHON_STARTS, Host

RIGHT = r"""items = re.split(r'([,.:;?_!"()\']|--|\s)', raw_text)
raw_text = ""
len([item for item in items if item])"""


def test_an_answer_is_judged_in_words_and_leaves_the_page_as_it_was(page: Page, host: Host) -> None:
    page.goto(host.address + CHAPTER)
    place = page.locator(".exercise").nth(2)
    said = place.locator(".said li")
    box = page.get_by_role("textbox", name="Code of exercise 3.")
    place.get_by_role("button", name="Write your answer").click()
    place.get_by_role("button", name="Run").click()
    expect(place.get_by_text("Write your answer, then run it.")).to_be_visible()

    box.click()
    page.keyboard.insert_text("print(len(preprocessed))")
    place.get_by_role("button", name="Run").click()
    expect(said).to_have_text(
        ["Right: You print a number.", "Not yet: White space is still left out."],
        timeout=PYTHON_STARTS,
    )

    for number in (1, 2):
        place.get_by_role("button", name=f"Hint {number} of 2").click()
        expect(place.locator(".hints li")).to_have_count(number)
    solution = page.locator("details.success").nth(2)
    expect(solution).not_to_have_attribute("open", "")
    place.get_by_role("button", name="Solution").click()
    expect(solution).to_have_attribute("open", "")

    for _ in range(2):  # what the first run has changed is gone when the second begins
        box.click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(RIGHT)
        place.get_by_role("button", name="Run").click()
        expect(place.get_by_text("Right.", exact=True)).to_be_visible(timeout=PYTHON_STARTS)
        expect(said).to_have_count(3)

    page.reload()
    place.get_by_role("button", name="Write your answer").click()
    expect(box).to_contain_text("re.split(", timeout=PYTHON_STARTS)  # it is kept


def test_without_scripts_there_is_the_solution_alone(browser: Browser, host: Host) -> None:
    page = browser.new_page(java_script_enabled=False)
    try:
        page.goto(host.address + CHAPTER)
        expect(page.locator("details.success").nth(2)).to_be_visible()
        expect(page.locator(".exercise").nth(2)).to_be_hidden()
        expect(page.get_by_text("White space is still left out")).to_have_count(0)
    finally:
        page.close()
