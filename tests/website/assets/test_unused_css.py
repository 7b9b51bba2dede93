import pytest

from website.assets.unused_css import names, purge

KNOWN = frozenset({"a", "b", "ltr", "--used-by-script"})


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{x:1}.gone{x:2}", ".a{x:1}"),
        (".gone,.a .b,#gone{x:1}", ".a .b{x:1}"),
        (".a.gone>p{x:1}", ""),
        ("p,::after,:root{x:1}", "p,::after,:root{x:1}"),
        (".a:not(.gone),.b:is(.gone,p){x:1}", ".a:not(.gone),.b:is(.gone,p){x:1}"),
        ("[dir=rtl] .a,[dir=ltr] .a,[hidden]{x:1}", "[dir=ltr] .a,[hidden]{x:1}"),
        ('[src$="x.gone,y"]{x:1}', '[src$="x.gone,y"]{x:1}'),
        (".a{content:'}'}.gone{content:\"{\"}.b{x:url(a;b)}", ".a{content:'}'}.b{x:url(a;b)}"),
        ("@media print{.gone{x:1}}@media screen{.gone{x:1}.a{x:1}}", "@media screen{.a{x:1}}"),
        ("@supports (x:1){@media print{.a{x:1}}}", "@supports (x:1){@media print{.a{x:1}}}"),
        (
            "@font-face{src:url(a)}@keyframes gone{0%{x:1}}",
            "@font-face{src:url(a)}@keyframes gone{0%{x:1}}",
        ),
        ('@charset "UTF-8";.gone{x:1}@page{margin:0}', '@charset "UTF-8";@page{margin:0}'),
        (".\\31 a,.a\\:b{x:1}", ""),
        (
            ":root{--c:1;--d:var(--c);--used-by-script:2}.gone{x:var(--d)}",
            ":root{--used-by-script:2}",
        ),
        (
            ":root{--c:1;--d:var(--c, 3)}.a{x:var(--d)}",
            ":root{--c:1;--d:var(--c,3)}.a{x:var(--d)}",
        ),
        (".a {\n  x: 1 , 2;\n}\n", ".a{x:1,2;}"),
        (".a{content:' ; '}", ".a{content:' ; '}"),
        (":root{--c:url('a;}b')}.a{x:1}", ".a{x:1}"),
    ],
)
def test_what_no_page_can_use_is_left_out(css: str, kept: str) -> None:
    assert purge(css, KNOWN) == kept


def test_names_of_pages_and_scripts_are_known() -> None:
    page = '<p class="md-nav term" id=\'a-b\' dir=ltr style="color: var(--c)">Warning: gone</p>'
    script = 'h("div",{class:"md-search-result__item"});e.classList.add("x");s="md-tag--"+t'
    known = names([page], [script])
    assert known >= {"md-nav", "term", "a-b", "ltr", "--c"}
    assert known >= {"md-search-result__item", "x"}
    assert not known & {"gone", "Warning"}


def test_only_a_page_says_which_way_its_text_runs() -> None:
    script = 'e.dir === "rtl" || e.dir === "ltr"'
    assert names(["<html dir=ltr>"], [script]) & {"ltr", "rtl"} == {"ltr"}
    assert names(['<html dir="rtl">'], [script]) & {"ltr", "rtl"} == {"rtl"}
