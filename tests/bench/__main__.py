"""Run every comparison and print one table: median CPU time, and times as fast as the first."""

import sys

from tests.bench import (
    attention,
    byte_pairs,
    doc_check,
    generate,
    live,
    memory,
    preview,
    scores,
    site,
    training,
    windows,
    words,
)
from tests.bench.comparison import run

# Each has comparisons(), which yields them.
MODULES = (words, byte_pairs, windows, attention, generate, training, site, live)

same = True
for module in MODULES:
    for comparison in module.comparisons():
        outcome = run(comparison)
        print(outcome, end="\n\n", flush=True)
        same = same and outcome.same is not False
for module in (attention, generate, training, memory, doc_check, scores, preview):
    for table in module.tables():
        print(table, end="\n\n", flush=True)
sys.exit(0 if same else "Some results differ.")
