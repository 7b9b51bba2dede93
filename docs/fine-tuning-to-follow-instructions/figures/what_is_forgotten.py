"""How many opposites and towns a model still knows: before tuning, after it, and rehearsed."""

import numpy as np

from drawing import Box, Figure
from drawing.shapes import LEFT, label
from drawing.style import LEADING
from verdict import (
    END_OF_TEXT,
    GPT,
    collate,
    exact_match,
    fine_tune,
    format_instruction,
    greedy_answers,
    load_assistant,
    toy_instructions,
    toy_texts,
    toy_world,
)

OPPOSITES = {"hot": "cold", "big": "small", "old": "new", "fast": "slow"}
TASKS = ("count", "first", "town")
PITCH, LONGEST, BARS = LEADING + 10, 150, 90


def measured() -> dict[str, tuple[float, float]]:
    """Tune as the page does: the shares of towns and of opposites that are known."""
    world = toy_world(1)
    model, tokenizer = load_assistant("pretrained")
    end, base = tokenizer.str_to_int[END_OF_TEXT], dict(model.parameters)

    def known(model: GPT) -> tuple[float, float]:
        towns = {f"{person} lives in": home.town for person, home in world.items()}
        words = {f"the opposite of {one} is": other for one, other in OPPOSITES.items()}
        shares = []
        for asked in (towns, words):
            answers = greedy_answers(model, map(tokenizer.encode, asked), end)
            first = [tokenizer.decode(answer[:1]) for answer in answers]
            shares.append(exact_match(first, list(asked.values())))
        return shares[0], shares[1]

    rows = collate(
        [
            (tokenizer.encode(format_instruction(*each[:2])), tokenizer.encode(each.output))
            for each in toy_instructions(world, 600, seed=1, tasks=TASKS)
        ],
        end,
    )
    read = np.array(tokenizer.encode(f" {END_OF_TEXT} ".join(toy_texts(world, 2_000, seed=2))))
    found = {"Before": known(model)}
    for name, rehearsal in (("Tuned", None), ("Tuned, with rehearsal", read)):
        model.parameters.update(base)
        for _ in fine_tune(model, *rows, 150, seed=1, peak=0.006, rehearsal=rehearsal):
            pass
        found[name] = known(model)
    return found


def draw() -> Figure:
    """Draw two bars for each state of the model."""
    found = measured()
    figure = Figure(
        "What is forgotten",
        "For each state of a model, the share of towns and of opposites that it knows. "
        + " ".join(
            f"{name}: towns {towns:.2f}, opposites {words:.2f}."
            for name, (towns, words) in found.items()
        ),
    )
    y = 0.0
    for name, shares in found.items():
        label(figure, (LEFT, y), name)
        y += LEADING + 6
        for kind, share in zip(("Towns", "Opposites"), shares, strict=True):
            figure.text((LEFT, y + 15), kind, "code")
            width = max(1.0, share * LONGEST)
            figure.rectangle(Box(LEFT + BARS, y, width, LEADING), "heat-4")
            figure.text((LEFT + BARS + width + 6, y + 15), f"{share:.2f}", "code")
            y += PITCH
        y += 8
    return figure
