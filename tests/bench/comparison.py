"""One comparison: several ways to the same result, timed in turns."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Any

LEAST = 0.02  # CPU seconds: a round shorter than this says more of the clock than of the work


@dataclass(frozen=True)
class Comparison:
    """Ways to do one thing; the first is what the others are measured against.

    `comparable` draws from a result what must be equal; None where results may differ.
    `cost` draws from it the seconds that another process, such as a browser, counted.
    `summary` makes one figure of those of all rounds.
    """

    title: str
    ways: Mapping[str, Callable[[], Any]]
    rounds: int = 7
    comparable: Callable[[Any], Any] | None = lambda result: result
    cost: Callable[[Any], float] | None = None
    summary: Callable[[list[float]], float] = median


@dataclass(frozen=True)
class Outcome:
    """The seconds of each way, and whether all gave the same results."""

    comparison: Comparison
    seconds: Mapping[str, float]
    same: bool | None

    def __str__(self) -> str:
        baseline = next(iter(self.seconds.values()))
        width = max(map(len, self.seconds))
        lines = [self.comparison.title]
        lines += [
            f"  {name:{width}}  {seconds * 1000:9.3f} ms  {baseline / seconds:6.2f}"
            for name, seconds in self.seconds.items()
        ]
        if self.same is not None:
            lines.append(f"  same results: {'yes' if self.same else 'NO'}")
        return "\n".join(lines)


def run(comparison: Comparison) -> Outcome:
    """Time the ways in turns, so that a busy machine slows all of them alike."""
    same, calls = check(comparison)
    rounds: dict[str, list[float]] = {name: [] for name in comparison.ways}
    for _ in range(comparison.rounds):
        for name, way in comparison.ways.items():
            start = cpu_seconds()
            results = [way() for _ in range(calls[name])]
            spent = cpu_seconds() - start
            if comparison.cost:
                spent = sum(map(comparison.cost, results))
            rounds[name].append(spent / calls[name])
            del results  # off the clock: to throw a result away is not the work
    seconds = {name: comparison.summary(times) for name, times in rounds.items()}
    return Outcome(comparison, seconds, same)


def check(comparison: Comparison) -> tuple[bool | None, dict[str, int]]:
    """Call each way once: compare what they give, and see how many calls fill a round."""
    results, calls = [], {}
    for name, way in comparison.ways.items():
        start = cpu_seconds()
        result = way()
        calls[name] = ceil(LEAST / max(cpu_seconds() - start, 1e-6))
        if comparison.comparable:
            results.append(comparison.comparable(result))
    same = all(result == results[0] for result in results) if results else None
    return same, calls


def cpu_seconds() -> float:
    """CPU time of this process and of its children that have ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system
