import base64
import hashlib

from website.editor import edit
from website.pages.security_policy import SecurityPolicy
from website.pages.theme_repairs import ThemeRepairs

HEAD = '<head><meta charset="utf-8"><script>{}</script><script src="a.js"></script></head>'


def test_only_the_scripts_of_a_page_may_run_in_it() -> None:
    script = "let a = 1 < 2"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = edit(HEAD.format(script), SecurityPolicy())
    assert f"script-src 'self' 'sha256-{digest}'\"" in page
    assert "unsafe-inline" not in page.partition("script-src")[2]
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_a_preview_trusts_the_script_that_loads_it_again() -> None:
    page = edit(HEAD.format("let a"), SecurityPolicy(trust_scripts=True))
    assert "script-src 'self' 'unsafe-inline'\"" in page


def test_a_script_that_is_left_out_is_not_named() -> None:
    unwanted = "<script data-mkdocs-jupyter-mathjax>load()</script>"
    page = edit(f'<meta charset="utf-8">{unwanted}', SecurityPolicy(), ThemeRepairs())
    assert page.endswith("script-src 'self'\">")
