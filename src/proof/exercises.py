"""Exercises that check themselves: do their checks tell a right answer from a wrong one?

Below the block that is a solution stands one `check` fence (`proof.judging`), and below that
`wrong` answers, which a reader may well give, and `hint`s, in the order in which they are asked
for. Here they are read, and tried: the solution passes, no answer at all does not, and neither
does any of the wrong ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from unittest import SkipTest

from proof import judging
from proof.fences import CHECK, HINT, WRONG, Fence

if TYPE_CHECKING:
    from proof.page import Block, Page

SOLUTION, NOTHING, MISTAKE = "The solution", "An empty answer", "This wrong answer"


@dataclass
class Exercise:
    """The checks of an exercise, and what stands beside them."""

    solution: Block
    check: Fence
    wrong: list[Fence] = field(default_factory=list)
    hints: list[Fence] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list, repr=False)

    def prepare(self) -> list[Page]:
        """Make a page for each answer that the checks are tried on, to be run as variants."""
        mistakes = ((MISTAKE, fence, fence.text) for fence in self.wrong)
        answers = [(SOLUTION, self.check, self.solution.source), (NOTHING, self.check, "")]
        self.answers = [Answer(self, *answer) for answer in (*answers, *mistakes)]
        return [answer.page for answer in self.answers]


class Answer:
    """An answer to an exercise, in a page that ends with it, in the place of the solution.

    Args:
        exercise: the exercise.
        name: what kind of answer it is, as the first words of a sentence.
        fence: where it stands, or the checks.
        source: its code.
    """

    def __init__(self, exercise: Exercise, name: str, fence: Fence, source: str) -> None:
        self.name, self.fence = name, fence
        solution = exercise.solution
        of = solution.page
        self.page = page = replace(of, blocks=[], exercises=[], failed=[], ran=False)
        above = of.blocks[: of.blocks.index(solution)]
        page.blocks = [replace(block, page=page, outputs=[]) for block in above]
        self.block = type(solution)(page, fence, source, checks=exercise.check.text)
        page.blocks.append(self.block)

    def fault(self) -> str:
        """How the checks misjudge it, or nothing."""
        self.page.run()
        if self.block.failure:
            return f"{self.name} ends with an error, and no check sees it:\n{self.block.failure}"
        if self.block.printed is None:
            return f"{self.name} was not run."
        missed = [words for is_right, words in self.block.said if not is_right]
        if self.name == SOLUTION:
            return f"{self.name} does not pass these checks: {missed[0]}" if missed else ""
        return "" if missed else f"{self.name} passes the checks."


def take(fence: Fence, page: Page, lines: list[str]) -> str:
    """Take a fence of an exercise into a page that is being read.

    Returns:
        What is wrong with it, or nothing.
    """
    above = page.blocks[-1] if page.blocks else None
    if not above or not _is_inside(above.fence, fence, lines):
        return f"This {fence.language} stands in no solution: it belongs below its Python block."
    last = page.exercises[-1] if page.exercises else None
    is_new = last is None or last.solution is not above
    if fence.language == CHECK:
        if not is_new:
            return "This solution has its checks already: write all of them in one fence."
        page.exercises.append(Exercise(above, fence))
        return judging.fault(fence.text)
    if last is None or is_new:
        return f"This {fence.language} stands above the check that it belongs to."
    (last.wrong if fence.language == WRONG else last.hints).append(fence)
    return "" if fence.text.strip() else f"This {fence.language} is empty."


def lacks(page: Page) -> Iterator[tuple[int, str]]:
    """What the exercises of a page that was read lack, each with the line of the checks."""
    for exercise in page.exercises:
        if exercise.solution.is_session:
            yield exercise.check.first, "A session cannot be checked: write the solution as code."
        for what, found in ((WRONG, exercise.wrong), (HINT, exercise.hints)):
            if not found:
                yield (
                    exercise.check.first,
                    f"Below this check stands no {what}: write one at least.",
                )


def verdict(exercise: Exercise) -> str | None:
    """Say which answers the checks of an exercise misjudge; nothing, if they judge all well.

    Raises:
        SkipTest: they were not tried, because the page did not come to its end.
    """
    page = exercise.solution.page
    page.run()
    if stop := next((block for block in page.blocks if block.failure or block.missing), None):
        raise SkipTest(stop.missing or f"the block at line {stop.fence.first + 1} failed")
    found = [(answer.fence.first + 1, answer.fault()) for answer in exercise.answers]
    return "\n".join(f"{page.path}:{line}: {fault}" for line, fault in found if fault) or None


def _is_inside(code: Fence, fence: Fence, lines: list[str]) -> bool:
    """Whether both stand in one note or list: nothing between them is less far in."""
    between = (line for line in lines[code.last : fence.first] if line.strip())
    return code.prefix == fence.prefix and all(line.startswith(code.prefix) for line in between)
