import re
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig

from proof.fences import Fence, fences
from tests.website.conftest import Served, published_address
from website.formats import llms_txt, markdown
from website.site import Site
from website.sources import built_file

SITE = "https://example.org/book/"
FIGURE = """<figure id="f">
<svg><title>Two boxes</title><desc>One leads to two.</desc><text>1</text></svg>
<figcaption>First <em>one</em>, then <code>two</code>.</figcaption>
</figure>"""


@pytest.mark.parametrize(
    ("source", "published"),
    [
        ("[b](b.md#c)", f"[b]({SITE}part/b.md#c)"),
        ("[b](../index.md)", f"[b]({SITE}index.md)"),
        ("[n](n.ipynb)", f"[n]({SITE}part/n.md)"),
        ('[b](b.md "Title"){ .md-button }', f'[b]({SITE}part/b.md "Title")'),
        ("[e](https://elsewhere.org/b.md)", "[e](https://elsewhere.org/b.md)"),
        ("[here](#below)", "[here](#below)"),
        ('<a href="../proof.json">record</a>', f"[record]({SITE}part/proof.json)"),
        ("`[b](b.md)`", "`[b](b.md)`"),
        ("``a ` [b](b.md)``", "``a ` [b](b.md)``"),
        ("```text\n[b](b.md)\n!!! note\n```", "```text\n[b](b.md)\n!!! note\n```"),
        ("A.\n\n```check\n# So.\nassert x, 'No.'\n```\n\n```hint\nH\n```\n\nB.", "A.\n\nB."),
        ("term { #term }\n:   What.", "term\n:   What."),
        ('<div class="x" markdown>\n\nText `<div>`.\n\n</div>', "\n\nText `<div>`.\n\n"),
        ("## Head {: #head .x }", "## Head"),
        ("A set: `{1}` and {1}", "A set: `{1}` and {1}"),
        (
            FIGURE,
            "> **Figure: Two boxes.** One leads to two.\n>\n> First *one*, then `two`.",
        ),
        (
            '!!! note "So"\n\n    One.\n\n    Two.\n\nAfter.',
            "> **So**\n>\n> One.\n>\n> Two.\n\nAfter.",
        ),
        ("!!! tip\n    One.\n", "> **Tip**\n> One.\n"),
        (
            '1. A\n\n    ??? a "So"\n\n        ~~~\n        (\n            1)\n        ~~~\n\n2. B',
            "1. A\n\n    > **So**\n    >\n    > ~~~\n    > (\n    >     1)\n    > ~~~\n\n2. B",
        ),
    ],
)
def test_a_page_is_written_so_that_it_stands_alone(source: str, published: str) -> None:
    assert markdown.standalone(source, "part/a.md", SITE) == published


def test_what_the_build_fills_in_is_taken_from_the_page() -> None:
    source = (
        '<dl class="evidence">\n<div><dt>blocks</dt><dd data-proof="blocks"></dd></div>\n</dl>\n'
        'About <span data-minutes="a/"></span> minutes.'
    )
    built = '<dd data-proof="blocks">76</dd> <span class="x" data-minutes="a/" id="y">12</span>'
    published = markdown.standalone(source, "a.md", SITE, built)
    assert published == "\n- blocks: 76\n\nAbout 12 minutes."


def test_a_list_that_the_build_makes_is_one_with_links_to_markdown() -> None:
    text = '<div class="path" data-list="parts"></div>'
    made = "<li><p><a href='b/'>B &amp; C</a> <span>about 5 minutes</span></p><p>It is.</p></li>"
    built = f'<div class="path" data-list="parts"><ol>{made * 2}</ol></div>'
    item = "[B & C](https://h.org/b/index.md) about 5 minutes\n\n    It is."
    assert (
        markdown.standalone(text, "index.md", "https://h.org/", built) == f"1. {item}\n\n2. {item}"
    )


def test_a_list_of_what_is_in_no_part_leads_to_its_pages() -> None:
    made = '<div data-list="others"><ul><li><p><a href="b/">B</a></p><p>It is.</p></li></ul></div>'
    text = markdown.standalone('<div data-list="others"></div>', "index.md", "https://h.org/", made)
    assert text == "- [B](https://h.org/b/)\n\n    It is."


def test_a_list_in_a_list_is_one_in_markdown_too() -> None:
    made = '<ol class="pages"><li><a href="b/c/">C</a></li><li><a href="b/d/">D</a></li></ol>'
    made = (
        f'<div data-list="part 2"><ul><li><p>Part 2: <a href="b/">B</a></p>{made}</li></ul></div>'
    )
    text = markdown.standalone('<div data-list="part 2"></div>', "a.md", "https://h.org/", made)
    assert text.split("\n\n") == [
        "- Part 2: [B](https://h.org/a/b/)",
        "    - [C](https://h.org/a/b/c/)",
        "    - [D](https://h.org/a/b/d/)",
    ]


def test_a_figure_says_what_it_says_of_the_tokenizer_that_it_shows() -> None:
    figure = "<figure>\n<figcaption data-of={}>One.</figcaption>\n"
    source = figure.format('"gpt2"') + '<figcaption data-of="v2">Two.</figcaption>\n</figure>'
    built = '<figure><figcaption data-of="v2">Two.</figcaption></figure>'
    assert markdown.standalone(source, "a.md", SITE, built).strip() == "> Two."


def test_what_the_build_left_out_is_left_out() -> None:
    source = (
        '<p class="x" data-if="whole"><strong>All</strong>.</p>\n'
        '<p data-if="not-run">Not <b data-proof="not-run"></b>.</p>\n'
    )
    whole = '<p class="x" data-if="whole"><strong>All</strong>.</p>'
    assert markdown.standalone(source, "a.md", SITE, whole) == "**All**.\n"
    some = '<p data-if="not-run">Not <b data-proof="not-run">2</b>.</p>'
    assert markdown.standalone(source, "a.md", SITE, some) == "Not 2.\n"


def test_a_page_says_which_blocks_could_not_be_run(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText.\n", encoding="utf-8")
    built = (
        '<h1>A</h1>\n<div class="not-run" role="note"><p><strong>One was not run.</strong> Why: '
        "a &amp; b.</p><p>To run it: <code>make &lt;b&gt;</code></p></div>\n<p>Text.</p>"
    )
    page = markdown.page(tmp_path / "a.md", "a.md", tmp_path, SITE, built)
    note = "> **One was not run.** Why: a & b.\n>\n> To run it: `make <b>`"
    assert page.text == f"# A\n\nThis page: <{SITE}a/>\n\n{note}\n\nText.\n"


def test_a_page_says_where_it_is_from_and_holds_what_it_includes(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    (tmp_path / "code.py").write_text("x = 1\n", encoding="utf-8")
    path = tmp_path / "part" / "index.md"
    path.write_text(
        '---\ndescription: "All of it."\n---\n\n# A part\n\n```python\n--8<-- "code.py"\n```\n',
        encoding="utf-8",
    )
    page = markdown.page(path, "part/index.md", tmp_path, SITE)
    assert (page.file, page.title, page.description) == ("part/index.md", "A part", "All of it.")
    assert page.text == f"# A part\n\nThis page: <{SITE}part/>\n\n```python\nx = 1\n```\n"


def test_the_list_has_the_sections_of_the_navigation(tmp_path: Path) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site"
    for name in ("index", "part/index", "part/b", "draft"):
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / f"{name}.md").write_text(
            f"---\ndescription: About {name}.\n---\n# The {name}\n", encoding="utf-8"
        )
        if name != "draft":
            built = site / built_file(f"{name}.md")
            built.parent.mkdir(parents=True, exist_ok=True)
            built.touch()
    config = MkDocsConfig()
    config.load_dict(
        {
            "site_name": "Book",
            "site_description": "All in one.",
            "site_url": SITE,
            "docs_dir": str(docs),
            "nav": ["index.md", {"A part": ["part/index.md", {"Bee": "part/b.md"}]}],
        }
    )
    built_site = Site(site, docs, SITE)
    llms_txt.publish(built_site, config, markdown.publish(built_site))
    assert (site / "llms.txt").read_text(encoding="utf-8") == (
        "# Book\n\n> All in one.\n\n"
        f"Each page is plain Markdown. All of them in one file: {SITE}llms-full.txt\n\n"
        "## A part\n\n"
        f"- [The part/index]({SITE}part/index.md): About part/index.\n"
        f"- [The part/b]({SITE}part/b.md): About part/b.\n\n"
        "## More pages\n\n"
        f"- [The index]({SITE}index.md): About index.\n"
    )
    whole = (site / "llms-full.txt").read_text(encoding="utf-8")
    assert re.findall("^# (.*)", whole, re.MULTILINE) == [
        "The part/index",
        "The part/b",
        "The index",
    ]
    assert not (site / "draft.md").exists()


def test_every_page_of_the_site_has_its_markdown_and_names_it(site: Served) -> None:
    whole = (site.folder / "llms-full.txt").read_text(encoding="utf-8")
    listed = (site.folder / "llms.txt").read_text(encoding="utf-8")
    for name in site.pages:
        if name == "404.html":
            continue
        html = (site.folder / name / "index.html").read_text(encoding="utf-8")
        link = re.search(r'<link rel="alternate " type="text/markdown"[^>]* href="([^"]+)"', html)
        assert link, name
        path = (site.folder / name / link[1]).resolve()
        file = path.relative_to(site.folder.resolve()).as_posix()
        assert file in (f"{name}index.md", f"{name.rstrip('/')}.md")
        assert path.read_text(encoding="utf-8") in whole
        assert listed.count(f"({published_address(site.folder)}{file})") == 1


def test_no_published_markdown_needs_this_site_s_generator(site: Served) -> None:
    files = sorted(site.folder.rglob("*.md"))
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        for fence in fences(text):
            assert isinstance(fence, Fence), (path, fence)
            lines[fence.first : fence.last + 1] = [""] * (fence.last + 1 - fence.first)
        prose = re.sub(r"(`+).*?\1", "", "\n".join(lines))
        assert re.findall(r"\]\((?!https?:|#|mailto:)[^)]*\)", prose) == [], path
        assert (
            re.findall(r"8<|<figure|<svg|^ *(?:!!!|\?\?\?) |^:::|\{ ?[#.]", prose, re.MULTILINE)
            == []
        )
        for target in re.findall(
            rf"\]\({re.escape(published_address(site.folder))}([^)#]*)", prose
        ):
            assert (site.folder / (target or "index.html")).exists(), (path, target)


def test_a_notebook_has_its_code_its_outputs_and_its_plots_in_words(site: Served) -> None:
    path = site.folder / "working-with-text-data" / "the-story-in-numbers.md"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# The story in numbers\n")
    assert "```python\nfrom verdict import" in text
    assert "```output\n20,479 characters\n" in text
    assert "> **Figure: The twelve commonest words of the story.** " in text


def test_the_reference_has_the_code_of_each_object(site: Served) -> None:
    text = (site.folder / "reference" / "text.md").read_text(encoding="utf-8")
    assert "## SimpleTokenizerV1\n\n```python\nclass SimpleTokenizerV1:" in text
    tokenizer = text.partition("## BytePairTokenizer\n\n```python\nclass BytePairVocabulary:")[2]
    code = tokenizer.partition("```\n")[0]
    assert [f"\n    def {name}(" in code for name in ("train", "encode", "decode")] == [True] * 3
