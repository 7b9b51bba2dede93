"""What the command counts: characters, tokens, unknown words."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from verdict.command.errors import naming
from verdict.command.messages import called
from verdict.command.output import print_json, print_line
from verdict.command.reading.texts import all_texts
from verdict.command.tokenizers.choosing import tokenizer
from verdict.command.tokenizers.kinds import Tokenizer


def stats(options: Namespace) -> None:
    """Write what can be counted in each file, and in all of them together."""
    chosen = tokenizer(options)
    show = _show_as_json if options.json else _show
    total, texts = Stats(""), 0
    for name, pieces in all_texts(options):
        found = Stats(name)
        with naming(name):
            found.tokens, found.unknown = chosen.count(found.counted(pieces), options.special)
        show(found, chosen, options.top)
        total.add(found)
        texts += 1
    if texts > 1:
        show(total, chosen, options.top)


@dataclass
class Stats:
    """What was counted in a file, or in all of them: then it has no name."""

    name: str
    characters: int = 0
    size: int = 0
    tokens: Counter[int] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)

    def counted(self, pieces: Iterable[str]) -> Iterator[str]:
        """Pass the pieces of a text on, and count its characters and bytes."""
        for piece in pieces:
            self.characters += len(piece)
            self.size += len(piece.encode("utf-8", "surrogatepass"))
            yield piece

    def add(self, other: "Stats") -> None:
        """Count in what was counted elsewhere."""
        self.characters += other.characters
        self.size += other.size
        self.tokens.update(other.tokens)
        self.unknown.update(other.unknown)


def _show(found: Stats, chosen: Tokenizer, top: int) -> None:
    """Write for people: each number before what it counts."""
    count = found.tokens.total()
    rows = [
        (f"{found.characters:,}", "characters"),
        (f"{found.size:,}", "bytes"),
        (f"{count:,}", "tokens"),
        (f"{len(found.tokens):,}", "distinct tokens"),
        (f"{found.characters / max(1, count):.2f}", "characters per token"),
    ]
    rows += [
        (f"{n:,}", f"times {chosen.token(number)!r}") for number, n in found.tokens.most_common(top)
    ]
    if chosen.has_unknown_words:
        unknown = found.unknown.total()
        rows.append((f"{unknown:,}", f"unknown words, {unknown / max(1, count):.0%} of the tokens"))
        rows += [(f"{n:,}", f"times {word!r}") for word, n in found.unknown.most_common(top)]
    print_line(called(found.name) if found.name else "all files")
    for number, what in rows:
        print_line(f"{number:>12}  {what}")


def _show_as_json(found: Stats, chosen: Tokenizer, top: int) -> None:
    count = found.tokens.total()
    shown: dict[str, Any] = {
        "file": found.name or None,
        "characters": found.characters,
        "bytes": found.size,
        "tokens": count,
        "distinct_tokens": len(found.tokens),
        "characters_per_token": round(found.characters / count, 4) if count else None,
        "most_common": [
            {"id": number, "token": chosen.token(number), "count": n}
            for number, n in found.tokens.most_common(top)
        ],
    }
    if chosen.has_unknown_words:
        shown["unknown_words"] = found.unknown.total()
        shown["most_common_unknown"] = [
            {"word": word, "count": n} for word, n in found.unknown.most_common(top)
        ]
    print_json(shown)
