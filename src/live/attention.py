"""What the figure of a reader's sentence shows: attention in two heads, step by step.

It runs in the reader's browser, beside the package, and once in the build of the site, for
what a page shows before anything runs. All attention is the package's own.
"""

import html
from collections.abc import Iterable, Sequence
from math import sqrt

import numpy as np

from verdict import attention_weights, causal_mask, hide, split_words
from verdict.checks.arrays import Vectors

WORDS = ("Your", "journey", "starts", "with", "one", "step")
INPUTS = np.array(
    [
        [0.43, 0.15, 0.89],
        [0.55, 0.87, 0.66],
        [0.57, 0.85, 0.64],
        [0.22, 0.58, 0.33],
        [0.77, 0.25, 0.10],
        [0.05, 0.80, 0.55],
    ]
)
"""The vector of each of the words: Part 3 works with them from its first example on."""
HEADS = tuple(
    tuple(np.array(matrix) for matrix in head)
    for head in (
        (
            [[-0.235430, 0.217727], [0.019124, -0.491934], [-0.286746, 0.423223]],
            [[-0.419641, 0.261478], [-0.459018, -0.213326], [-0.364820, 0.216052]],
            [[-0.490014, -0.113461], [-0.350292, -0.440439], [-0.211989, 0.378044]],
        ),
        (
            [[-0.136157, 0.107564], [0.185322, 0.157877], [0.408269, 0.557292]],
            [[-0.260390, 0.412603], [0.182876, 0.461105], [-0.256872, -0.532301]],
            [[0.492853, 0.237681], [0.275693, 0.479951], [0.251590, -0.076233]],
        ),
    )
)
"""Query, key and value matrix of each head: those of the page on several heads."""
MOST_TOKENS_SHOWN = 12
"""How many tokens the figure shows: the squares of weights of more would be hard to read."""


def show(text: str) -> dict[str, str]:
    """Take a sentence through the six steps from its tokens to their context vectors.

    Returns:
        The `steps` as HTML, and what there is to say of them, as `says`; or the `error`.
    """
    tokens = split_words(text)
    if not tokens:
        return {"error": "There is no token in it. Type a word.", "says": "", "steps": ""}
    words = tokens[:MOST_TOKENS_SHOWN]
    says = f"{len(tokens):,} token{'s' * (len(tokens) != 1)}."
    if len(tokens) > MOST_TOKENS_SHOWN:
        says += f" The first {MOST_TOKENS_SHOWN} are shown."
    return {"error": "", "says": says, "steps": "".join(_steps(words, vectors(words)))}


def vectors(words: Iterable[str]) -> Vectors:
    """Look up the vector of each word; one that is not known gets three numbers by chance.

    The word itself is the seed: wherever it stands, it has the same vector.
    """
    known = dict(zip(WORDS, INPUTS, strict=True))
    return np.stack([known[word] if word in known else _by_chance(word) for word in words])


def _by_chance(word: str) -> Vectors:
    seed = list(word.encode("utf-8", "surrogatepass"))
    return np.random.default_rng(seed).random(3).round(2)


def _steps(words: Sequence[str], inputs: Vectors) -> Iterable[str]:
    mask = causal_mask(len(words))
    projected = [[inputs @ matrix for matrix in head] for head in HEADS]
    scores = [query @ key.T for query, key, _ in projected]
    scaled = [hide(each / sqrt(HEADS[0][1].shape[-1]), mask) for each in scores]
    weights = [attention_weights(query, key, mask) for query, key, _ in projected]
    found = [each @ value for each, (_, _, value) in zip(weights, projected, strict=True)]
    yield _step(
        1,
        "Vectors: each token is three numbers.",
        [_rows("The vectors", words, {"vector": inputs})],
    )
    yield _step(
        2,
        "Queries, keys and values: each head has three matrices of its own.",
        [
            _rows(name, words, dict(zip(("query", "key", "value"), head, strict=True)))
            for name, head in zip(_names("queries, keys and values"), projected, strict=True)
        ],
    )
    yield _step(
        3,
        "Scores: the query of the row times the key of the column.",
        _squares("scores", words, scores),
    )
    yield _step(
        4,
        "The scores are divided by the root of 2, and those of later tokens are hidden.",
        _squares("scores, scaled and masked", words, scaled),
    )
    yield _step(
        5,
        "Weights: softmax makes each row add up to 1.",
        _squares("weights", words, weights, is_shaded=True),
    )
    yield _step(
        6,
        "Context vectors: each row of weights times the values, the heads side by side.",
        [
            _rows(
                "The context vectors",
                words,
                {f"head {number}": each for number, each in enumerate(found, 1)},
            )
        ],
    )


def _names(what: str) -> list[str]:
    return [f"Head {number}: {what}" for number, _ in enumerate(HEADS, 1)]


def _step(number: int, says: str, tables: Iterable[str]) -> str:
    shown = f'<div class="heads">{"".join(tables)}</div>'
    return f"<li><p><b>{number}</b> {says}</p>{shown}</li>"


def _rows(caption: str, words: Sequence[str], columns: dict[str, Vectors]) -> str:
    """Write a table with a row for each word, and in it the numbers of some vectors."""
    groups, head = "<colgroup></colgroup>", ""
    for name, array in columns.items():
        width = array.shape[-1]
        groups += f'<colgroup span="{width}"></colgroup>'
        head += f'<th scope="colgroup" colspan="{width}">{name}</th>'
    rows = np.concatenate(list(columns.values()), axis=-1).tolist()
    body = "".join(
        f"<tr>{_heading(place, word)}{''.join(f'<td>{_number(x)}</td>' for x in row)}</tr>"
        for place, (word, row) in enumerate(zip(words, rows, strict=True), 1)
    )
    return _table(caption, groups, head, body)


def _squares(
    what: str, words: Sequence[str], arrays: Iterable[Vectors], *, is_shaded: bool = False
) -> list[str]:
    """A table for each head: in each a row for each word that looks, a column for each seen."""
    head = "".join(
        f'<th scope="col">{place}<span class="live-hidden"> {_shown(word)}</span></th>'
        for place, word in enumerate(words, 1)
    )
    tables = []
    for name, array in zip(_names(what), arrays, strict=True):
        body = "".join(
            f"<tr>{_heading(place, word)}"
            + "".join(
                f"<td{_shade(x, hidden=column > place, is_shaded=is_shaded)}>{_number(x)}</td>"
                for column, x in enumerate(row, 1)
            )
            + "</tr>"
            for place, (word, row) in enumerate(zip(words, array.tolist(), strict=True), 1)
        )
        tables.append(_table(name, "", head, body))
    return tables


def _table(caption: str, groups: str, head: str, body: str) -> str:
    return (
        f'<div class="scrolls"><table class="small"><caption>{caption}</caption>{groups}'
        f'<thead><tr><th scope="col">token</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _heading(place: int, word: str) -> str:
    return f'<th scope="row"><small>{place}</small> {_shown(word)}</th>'


def _shown(word: str) -> str:
    return f"<bdi>{html.escape(word, quote=False)}</bdi>"


def _shade(number: float, *, hidden: bool, is_shaded: bool) -> str:
    """The class of a place: those of the future are quiet, and weights have ten shades."""
    if not is_shaded:
        return ' class="later"' if number == -np.inf else ""
    return ' class="later"' if hidden else f' class="w{min(9, int(10 * number))}"'


def _number(number: float) -> str:
    """Write a number with two decimals, and none as -0.00."""
    return "-∞" if number == -np.inf else f"{round(number, 2) + 0.0:.2f}"
