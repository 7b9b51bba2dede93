"""What a reader can do with a page: copy it, open its Markdown, edit it, report a problem."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.website.conftest import Served, published_address, served
from website.build import build
from website.pages.take_along import size

CHAPTER = "working-with-text-data/tokenizing-text/"
COPY = "Copy this page as Markdown"
MARKDOWN = "This page as Markdown"
REPOSITORY = "https://example.org/a/book"


@pytest.fixture
def hosted(in_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """The small project's site, as built for a repository."""
    monkeypatch.setenv("REPO_URL", REPOSITORY)
    build(tmp_path / "site", preview="http://127.0.0.1:8000/book/")
    with served(tmp_path / "site", "/book/") as site:
        yield site


@pytest.mark.parametrize("name", [CHAPTER, "", "working-with-text-data/the-story-in-numbers/"])
def test_the_button_copies_the_page(page: Page, site: Served, name: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.origin)
    page.goto(site.address + name)
    button = page.get_by_role("button", name=COPY)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".page-actions [role=status]")).to_contain_text("Copied")
    file = f"{name.rstrip('/')}.md" if name else "index.md"
    wanted = (site.folder / file).read_text(encoding="utf-8")
    assert page.evaluate("navigator.clipboard.readText()") == wanted


def test_a_copy_that_fails_says_what_to_do(page: Page, site: Served) -> None:
    page.goto(site.address + CHAPTER)
    page.route("**/*.md", lambda route: route.abort())
    page.get_by_role("button", name=COPY).click()
    expect(page.locator(".page-actions [role=status]")).to_contain_text("could not be copied")


def test_without_scripts_the_link_remains(browser: Browser, site: Served) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.address + CHAPTER)
        expect(page.get_by_role("button", name=COPY)).to_be_hidden()
        link = page.get_by_role("link", name=MARKDOWN)
        expect(link).to_be_visible()
        assert link.get_attribute("href") == "../tokenizing-text.md"


def test_the_actions_fit_on_a_phone(page: Page, site: Served) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.address + CHAPTER)
    for found in (
        page.get_by_role("button", name=COPY),
        page.get_by_role("link", name=MARKDOWN),
    ):
        box = found.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["height"] >= 24  # what a finger can hit


def test_a_page_can_be_taken_along_and_says_how_large_it_is(page: Page, site: Served) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.address + CHAPTER)
    along = page.get_by_role("navigation", name="Take it along")
    links = along.get_by_role("link")
    assert links.all_inner_texts()[:2] == ["notebook", "script"]
    said = re.findall(r"\((\d+ kB|[\d.]+ MB)\)", along.inner_text())
    for link, large in zip(links.all(), said, strict=True):
        box = link.bounding_box()
        assert box
        assert box["height"] >= 24  # what a finger can hit
        file = site.file(urlsplit(link.evaluate("a => a.href")).path)
        assert large == size(file.stat().st_size)


def test_what_is_taken_along_is_installed_from_this_very_site(site: Served) -> None:
    stem = site.folder / CHAPTER.rstrip("/")
    for ending in (".ipynb", ".py"):
        text = stem.with_suffix(ending).read_text(encoding="utf-8")
        wheels = re.findall(r"(\S*/)(verdict_course-[\w.-]+whl)", text)
        assert [address.lstrip('\\"') for address, _ in wheels] == [published_address(site.folder)]
        assert (site.folder / wheels[0][1]).is_file()


def test_a_page_of_a_repository_can_be_edited_and_reported(page: Page, hosted: Served) -> None:
    page.goto(hosted.address)
    edit = page.get_by_role("link", name="Edit this page")
    assert edit.get_attribute("href") == f"{REPOSITORY}/edit/main/docs/index.md"
    report = page.get_by_role("link", name="Report a problem").get_attribute("href") or ""
    assert report.startswith(f"{REPOSITORY}/issues/new?")
    asked = parse_qs(urlsplit(report).query)
    assert asked["title"] == ["Problem on the page: Blocks of every kind"]
    assert "docs/index.md" in asked["body"][0]
    assert "http://127.0.0.1:8000/book/" in asked["body"][0]


def test_a_copy_that_nobody_hosts_has_nothing_to_edit(page: Page, sample: Served) -> None:
    page.goto(sample.address)
    expect(page.get_by_role("link", name=MARKDOWN)).to_be_visible()
    expect(page.get_by_role("link", name="Edit this page")).to_have_count(0)
    expect(page.get_by_role("link", name="Report a problem")).to_have_count(0)


def test_what_is_not_there_leads_on(page: Page, site: Served) -> None:
    page.goto(f"{site.address}nowhere/at/all/")
    article = page.get_by_role("article")
    expect(article.get_by_role("link", name="Part 2: Working with text data")).to_be_visible()
    expect(page.locator(".page-actions")).to_have_count(0)
    article.get_by_role("link", name="home page").click()
    expect(page).to_have_url(site.address)


def test_every_page_says_how_a_link_to_it_looks(site: Served) -> None:
    titles = set()
    for name in site.pages:
        found = metas(site.file(site.base + name).read_text(encoding="utf-8"))
        assert found["og:title"], name
        assert found["og:description"], name
        large = name != "404.html"  # it has no card
        assert found["twitter:card"] == ("summary_large_image" if large else "summary")
        if name != "404.html":
            assert found["og:url"].endswith(f"/{name}")
        titles.add(found["og:title"])
    assert len(titles) >= len(site.pages) - 1  # the page for what is not there has the site's


def test_the_title_of_a_tab_names_the_site_once(site: Served) -> None:
    found = {}
    for path in sorted(site.folder.rglob("*.html")):
        title = re.search(r"<title>(.*?)</title>", path.read_text(encoding="utf-8"))
        found[path] = title[1] if title else ""
    assert [title for title in found.values() if title.count("Verdict") != 1] == []


def metas(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', page))
