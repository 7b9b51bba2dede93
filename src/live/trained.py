"""What can be done with the model that was trained: it writes on, and shows what is in it.

It runs in the reader's browser beside `live.training`, whose model it takes as it is, in the middle
of its training too. What it shows is HTML; all that was typed is escaped.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from live import bars, mistakes, training, writing
from live.bars import escaped
from live.training_run import SEED, Run
from verdict import (
    cross_entropy,
    generate,
    loss_and_gradients,
    next_token_shares,
    random_windows,
)
from verdict.model import multi_head_attention

BARS = 10
"""Of how many next tokens the probabilities are shown."""
LENGTH = 40
"""How many tokens are written on."""
MOST_TOKENS_SHOWN = 12
"""How many tokens the squares of attention show: more would be hard to read."""
NUDGE = 1e-5
"""By how much a weight is changed, both ways, to see what that does to the loss."""


def write(
    text: str, temperature: float, top_k: int, top_p: float, seed: int | None = None
) -> dict[str, str]:
    """Show which token may come next, and let the model write on.

    Args:
        text: The reader's words.
        temperature: See `verdict.next_token_shares`.
        top_k: The same; 0 for all.
        top_p: The same.
        seed: For the draws. Without one, nothing is written: only the probabilities are shown.

    Returns:
        `bars` and `text` as HTML, and what there is to say; or the `error`.
    """
    run = training.current()
    ids, error = writing.known_ids(run.tokenizer, text)
    if error:
        return {"error": error}
    choice: dict[str, Any] = {"temperature": temperature, "top_k": top_k or None, "top_p": top_p}
    with mistakes.making(run.settings["mistake"]):
        window = np.array(ids[-run.model.config.context_length :])
        shares = next_token_shares(run.model.next_token_scores(window), **choice)
        new = []
        if seed is not None:
            new = list(generate(run.model, ids, LENGTH, seed=seed, **choice))
    possible = int((shares > 0).sum())
    return {
        "error": "",
        "bars": _bars(run, shares),
        "text": writing.shown(run.tokenizer, ids, new) if new else "",
        "says": f"{possible:,} of {len(shares):,} tokens can come next.",
    }


def _bars(run: Run, shares: Any) -> str:
    """The likeliest tokens, as many of them as can come."""
    order = np.argsort(-shares, kind="stable")[:BARS]
    rows = [(training.decoded(run, [int(token)]), float(shares[token])) for token in order]
    return bars.shares("The next token", [row for row in rows if row[1] > 0])


def attention(text: str) -> dict[str, Any]:
    """Show the attention of all heads in all layers for the reader's words, a square for each."""
    run = training.current()
    ids, error = writing.known_ids(run.tokenizer, text)
    if error:
        return {"error": error}
    ids = ids[-min(MOST_TOKENS_SHOWN, run.model.config.context_length) :]
    with mistakes.making(run.settings["mistake"]), _recorded_weights() as recorded:
        run.model(np.array(ids))
    names = [training.decoded(run, [token]) for token in ids]
    squares = [
        _square(f"Layer {layer}, head {head}", names, weights)
        for layer, heads in enumerate(recorded, 1)
        for head, weights in enumerate(heads, 1)
    ]
    return {
        "error": "",
        "squares": squares,
        "says": f"{len(squares)} heads, {len(ids)} tokens. Each row adds up to 1.",
    }


@contextmanager
def _recorded_weights() -> Iterator[list[Any]]:
    """Record the weights of each layer that runs in a `with`: each (heads, tokens, tokens)."""
    recorded: list[Any] = []
    before = vars(multi_head_attention)["attention_weights"]  # a mistake, if the model makes one

    def and_record(*given: Any) -> Any:
        recorded.append(before(*given))
        return recorded[-1]

    with mistakes.replaced(multi_head_attention, "attention_weights", and_record):
        yield recorded


def _square(name: str, words: list[str], weights: Any) -> str:
    head = "".join(
        f'<th scope="col">{place}<span class="live-hidden"> <bdi>{escaped(word)}</bdi></span></th>'
        for place, word in enumerate(words, 1)
    )
    rows = "".join(
        f'<tr><th scope="row"><small>{place}</small> <bdi>{escaped(words[place - 1])}</bdi></th>'
        + "".join(
            f'<td class="{"later" if column > place else f"w{min(9, int(10 * x))}"}">'
            f"{round(x, 2) + 0.0:.2f}</td>"
            for column, x in enumerate(row, 1)
        )
        + "</tr>"
        for place, row in enumerate(weights.tolist(), 1)
    )
    return (
        f'<div class="scrolls"><table class="small"><caption>{name}</caption><thead><tr>'
        f'<th scope="col">token</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def weights() -> dict[str, str]:
    """The arrays of the model as options of a field, each with its shape."""
    run = training.current()
    options = "".join(
        f'<option value="{name}">{name} {" by ".join(map(str, array.shape))}</option>'
        for name, array in run.model.parameters.items()
    )
    return {"error": "", "html": options}


def nudge(name: str, place: int) -> dict[str, str]:
    """Hold the computed gradient of one weight against what a nudge of it does to the loss.

    Args:
        name: Of the array.
        place: Which of its weights, counted from 0, row by row.
    """
    run = training.current()
    parameters = run.model.parameters
    array = parameters[name]
    if not 0 <= place < array.size:
        return {"error": f"{name} has the weights 0 to {array.size - 1:,}."}
    if not len(run.training):
        return {
            "error": "This model came from a file, and a loss needs a text. Train on takes the one "
            "that is chosen above."
        }
    inputs, targets = random_windows(run.training, run.size.context, run.size.batch, SEED)

    def loss_with(change: float) -> float:
        nudged = array.copy()
        nudged.reshape(-1)[place] += change
        parameters[name] = nudged
        return float(cross_entropy(run.model(inputs), targets))

    with mistakes.making(run.settings["mistake"]):
        _, gradients = loss_and_gradients(run.model, inputs, targets)
        try:
            more, less = loss_with(NUDGE), loss_with(-NUDGE)
        finally:
            parameters[name] = array
    computed = float(gradients[name].reshape(-1)[place])
    nudged = (more - less) / (2 * NUDGE)
    rows = (
        ("the weight", f"{array.reshape(-1)[place]:.6f}"),
        (f"the loss with {NUDGE:.5f} less", f"{less:.10f}"),
        (f"the loss with {NUDGE:.5f} more", f"{more:.10f}"),
        (f"their difference, divided by {2 * NUDGE:.5f}", f"{nudged:.8f}"),
        ("the computed gradient", f"{computed:.8f}"),
    )
    body = "".join(f'<tr><th scope="row">{what}</th><td>{value}</td></tr>' for what, value in rows)
    apart = abs(nudged - computed)
    return {
        "error": "",
        "html": f'<table class="small"><tbody>{body}</tbody></table>',
        "says": f"They are {apart:.0e} apart." if apart else "They are the same.",
    }
