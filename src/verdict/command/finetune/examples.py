"""Examples with their answers: texts with labels, or instructions with responses."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from verdict.command.errors import CommandError
from verdict.command.reading.row import Place, needed_at, text_at
from verdict.command.reading.rows import read_rows

FORMS = (("text", "label"), ("instruction", "response"))
"""What the rows of both kinds have at the least."""

MOST_HELD_OUT = 1_000
"""How many examples are held out at most: measuring them takes time, and more tell little more."""


class LabelledText(NamedTuple):
    """A text with its label."""

    place: Place
    text: str
    label: str

    @property
    def question(self) -> Hashable:
        """What has to be answered: equal ones come to the same side of a split."""
        return self.text


class InstructionExample(NamedTuple):
    """An instruction, what it is about, and the response."""

    place: Place
    instruction: str
    about: str
    response: str

    @property
    def question(self) -> Hashable:
        """What has to be answered: equal ones come to the same side of a split."""
        return self.instruction, self.about


def read_examples(files: Sequence[str]) -> list[LabelledText] | list[InstructionExample]:
    """Read the examples of all files; all are of one kind.

    Raises:
        CommandError: If one cannot be used; the message says which, and why.
    """
    labelled: list[LabelledText] = []
    asked: list[InstructionExample] = []
    for file in files:
        for place, row in read_rows(file, FORMS):
            is_labelled, is_asked = (all(name in row for name in form) for form in FORMS)
            if is_labelled and is_asked:
                raise CommandError(f"{place}: there are a label and a response: give one of them")
            if is_labelled:
                text = needed_at(place, row, "text")
                labelled.append(
                    LabelledText(place, text, needed_at(place, row, "label", is_label=True))
                )
            else:
                instruction = needed_at(place, row, "instruction")
                about = text_at(place, row, "input")
                response = needed_at(place, row, "response", is_label=True)
                asked.append(InstructionExample(place, instruction, about, response))
            if labelled and asked:
                raise CommandError(
                    f"{place}: here begin {'labels' if is_labelled else 'responses'}, and before "
                    "there were others: a training has one kind"
                )
    if labelled:
        _check_labels(labelled)
        return labelled
    if len({each.question for each in asked}) < 2:
        raise CommandError(
            f"there {'is one instruction' if asked else 'are no examples'}: a training needs two "
            "different ones at least"
        )
    return asked


def _check_labels(examples: list[LabelledText]) -> None:
    """Make sure that there are labels to choose between, each with texts to learn and measure."""
    first: dict[str, LabelledText] = {}
    texts: dict[str, list[LabelledText]] = {}
    for each in examples:
        before = first.setdefault(each.text, each)
        if before.label != each.label:
            raise CommandError(
                f'{each.place}: the same text has the label "{before.label}" in '
                f'{before.place}, and here it is "{each.label}"'
            )
        if before is each:
            texts.setdefault(each.label, []).append(each)
    if len(texts) == 1:
        raise CommandError(
            f'all {len(examples):,} texts have the label "{examples[0].label}": a classifier needs '
            "two labels at least, to tell one from the other"
        )
    for label, found in texts.items():
        if len(found) == 1:
            raise CommandError(
                f'{found[0].place}: no other text has the label "{label}": a label needs two '
                "texts at least, one to learn from and one to measure"
            )


def labels_of(examples: Sequence[LabelledText] | Sequence[InstructionExample]) -> list[str] | None:
    """List all labels, if the examples have any."""
    return sorted({each.label for each in examples if isinstance(each, LabelledText)}) or None


def split_examples(
    examples: Sequence[LabelledText | InstructionExample], share: float, seed: int
) -> tuple[list[int], list[int]]:
    """Deal the examples: some to learn from, the others to measure.

    Equal texts come to the same side, so that nothing is measured that was learned. Each label
    has its share on both sides.

    Args:
        examples: The examples.
        share: Which share is measured; 0 for none.
        seed: Deals them.

    Returns:
        The places of both in the list, in its order.
    """
    import numpy as np

    random = np.random.default_rng(seed)
    groups: dict[str, dict[Hashable, list[int]]] = {}
    for place, each in enumerate(examples):
        label = each.label if isinstance(each, LabelledText) else ""
        groups.setdefault(label, {}).setdefault(each.question, []).append(place)
    distinct = sum(map(len, groups.values()))
    share = min(share, MOST_HELD_OUT / distinct)
    held_out: list[int] = []
    for same in groups.values():
        count = min(max(1, round(len(same) * share)), len(same) - 1) if share else 0
        texts = list(same.values())
        for chosen in random.permutation(len(texts))[:count].tolist():
            held_out += texts[chosen]
    measured = set(held_out)
    return [place for place in range(len(examples)) if place not in measured], sorted(held_out)
