"""Leave out of a style sheet what no page of the site can use.

A rule stays if a page or a script of the site has all the names that its selector asks for.
What this cannot decide stays too: it looks at names, not at where they stand.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from website.editor import PAGES_KEPT

_QUOTED = r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\''
_PIECE = re.compile(rf"{_QUOTED}|url\([^)\"']*\)|[{{}};]", re.DOTALL)
_INSIDE = re.compile(r"\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]")
_SELECTOR = re.compile(rf"(?:[^,(\[]|{_INSIDE.pattern})+")
_NAME = re.compile(r"[.#]((?:[\w-]|\\.)+)")
_VALUE = re.compile(r'\[[\w-]+="?([\w-]+)"?\]')
_GROUPS = ("@media", "@supports", "@container", "@layer")

_ATTRIBUTE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_DIRECTION = re.compile(r"dir=[\"']?(\w+)")
_WORD = re.compile(r"[\w-]+")

_DECLARED = re.compile(rf"(?<=[{{;])\s*(--[\w-]+)\s*:((?:{_QUOTED}|[^;{{}}\"'])*)(?:;|(?=\}}))")
_USED = re.compile(r"var\(\s*(--[\w-]+)")
_EMPTY = re.compile(r"[^{};]+\{\s*\}")
_BLANK = re.compile(rf"({_QUOTED})|\s*([{{}};,])\s*|(:)\s+|\s+")


def names(pages: Collection[str], scripts: Iterable[str]) -> frozenset[str]:
    """What pages and scripts could ask of a style sheet: any attribute's value, any word of code.

    Which way a text runs is said by the pages alone: no script turns it around.

    >>> sorted(names(['<p class="a b" id=c>No.</p>'], ['x.classList.add("d-e")']))
    ['a', 'add', 'b', 'c', 'classList', 'd-e', 'x']
    """
    found = frozenset().union(*map(words, scripts), *map(_values, pages))
    ways = {way for page in pages for way in _DIRECTION.findall(page)}
    return frozenset(found - {"ltr", "rtl"} | ways)


@lru_cache(PAGES_KEPT)
def words(text: str) -> frozenset[str]:
    """All words of a script or a style sheet, those with hyphens too.

    >>> sorted(words(".a-b, #c { top: 0 }"))
    ['0', 'a-b', 'c', 'top']
    """
    return frozenset(_WORD.findall(text))


@lru_cache(PAGES_KEPT)
def _values(page: str) -> frozenset[str]:
    values = {value for found in _ATTRIBUTE.findall(page) for value in found}
    return frozenset(word for value in values for word in _WORD.findall(value))


@lru_cache(8)
def purge(css: str, known: frozenset[str]) -> str:
    """Drop the rules that ask for names that are not known, then the variables without a use.

    Args:
        css: a style sheet without comments.
        known: the names of classes, ids and values of attributes, and of variables that a
            page or a script uses.

    >>> css = ".a, .gone { color: var(--b) } .gone { top: 0 } :root { --b: 1; --c: 2 }"
    >>> purge(css, frozenset("a"))
    '.a{color:var(--b)}:root{--b:1;}'
    """
    css = "".join(_kept(css, known))
    while (fewer := _without_unused(css, known)) != css:  # one variable may use another
        css = fewer
    return _BLANK.sub(lambda found: found[1] or found[2] or found[3] or " ", css)


def _without_unused(css: str, known: frozenset[str]) -> str:
    used = known.union(_USED.findall(css))
    return _EMPTY.sub("", _DECLARED.sub(lambda found: found[0] if found[1] in used else "", css))


def _kept(css: str, known: frozenset[str]) -> Iterator[str]:
    for prelude, body in _rules(css):
        if body is None or (prelude.startswith("@") and not prelude.startswith(_GROUPS)):
            yield prelude + (f"{{{body}}}" if body is not None else "")
        elif prelude.startswith("@"):
            if inner := "".join(_kept(body, known)):
                yield f"{prelude}{{{inner}}}"
        elif selectors := [
            selector.strip() for selector in _SELECTOR.findall(prelude) if _fits(selector, known)
        ]:
            yield f"{','.join(selectors)}{{{body}}}"


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """The rules of a style sheet: what stands before the braces, and what stands within."""
    start = opened = depth = 0
    for piece in _PIECE.finditer(css):
        if piece[0] == "{":
            depth += 1
            opened = piece.end() if depth == 1 else opened
        elif piece[0] == "}":
            depth -= 1
            if depth == 0:
                yield css[start : opened - 1].strip(), css[opened : piece.start()]
                start = piece.end()
        elif piece[0] == ";" and depth == 0:
            yield css[start : piece.end()].strip(), None
            start = piece.end()


def _fits(selector: str, known: frozenset[str]) -> bool:
    values = _VALUE.findall(selector)
    outside = _INSIDE.sub("", selector)  # what :is() and :not() hold is not asked for
    wanted = {name.replace("\\", "") for name in _NAME.findall(outside)}
    return wanted <= known and known.issuperset(values)
