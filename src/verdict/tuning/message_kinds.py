"""The kinds of messages, and the phrases of each: what the two grammars say, read."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from verdict.tuning.harmless_grammar import HARMLESS
from verdict.tuning.spam_grammar import SPAM

Parts = tuple[tuple[str, ...], ...]
"""The phrases of an opening, of a middle, and of a request."""


def _read_grammar(grammar: str) -> dict[str, Parts]:
    """Read the text of a grammar: for each kind of message, the phrases of its parts."""
    kinds = {}
    for block in grammar.strip().split("\n\n"):
        kind, *parts = re.split(r"\s+(?:opening|middle|request)\n\s+", block)
        kinds[kind] = tuple(tuple(re.split(r"\s*\|\s*", part.strip())) for part in parts)
    return kinds


KINDS: Mapping[int, dict[str, Parts]] = MappingProxyType(
    {1: _read_grammar(SPAM), 0: _read_grammar(HARMLESS)}
)
"""The kinds of messages by label: 1 is spam, 0 is not."""
