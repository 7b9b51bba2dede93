"""What the command does: encode, decode, train, stats."""

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from verdict.byte_pair_tokenizer import BytePairTokenizer
from verdict.command.errors import CommandError, RefusedTokenError
from verdict.command.files import called, read_ids, read_text, tell, write
from verdict.command.tokenizers import Tokenizer, tokenizer
from verdict.special_tokens import END_OF_TEXT

SOME = 2**13
"""How many token IDs are written at once."""


def encode(options: Namespace) -> None:
    """Write the token IDs of each file on a line of its own."""
    chosen = tokenizer(options.tokenizer)
    for name in options.files:
        ids = chosen.encode(read_text(name, shows=True), options.special)
        if options.json:
            write(f'{{"file": {json.dumps(name)}, "ids": ['.encode())
        with _of(name):
            for data in _joined(ids, ", " if options.json else " "):
                write(data)
        write(b"]}\n" if options.json else b"\n")


def decode(options: Namespace) -> None:
    """Write the text of the token IDs in each file, one text behind the other."""
    chosen = tokenizer(options.tokenizer)
    for name in options.files:
        with _of(name):
            texts = chosen.decode(read_ids(name, shows=not options.json))
            if options.json:
                text = b"".join(texts).decode("utf-8", "replace")
                _print_json({"file": name, "text": text})
            else:
                for data in texts:
                    write(data)


def train(options: Namespace) -> None:
    """Learn a tokenizer from all files together, and say what was learned."""
    output: Path = options.output
    if not output.parent.is_dir():
        raise CommandError(f"{output} cannot be written: there is no folder {output.parent}")
    if output.exists() and any(_is(output, name) for name in options.files):
        options.usage(f"argument --output: {output} is one of the files to learn from")
    size: int = options.vocab_size
    stream = _one_stream(options.files)
    learned = BytePairTokenizer.train(stream, size, special_tokens=[END_OF_TEXT])
    try:
        learned.save(output)
    except OSError as error:
        raise CommandError(f"{output} cannot be written: {error.strerror}") from error
    merges = len(learned.merges)
    if options.json:
        _print_json({"output": str(output), "tokens": learned.vocab_size, "merges": merges})
        return
    _print(f"{output}: {learned.vocab_size:,} tokens: 256 bytes, {merges:,} merges, {END_OF_TEXT}")
    if learned.vocab_size < size:
        _print(f"There are fewer than {size:,}, because no pair was left to merge.")


def stats(options: Namespace) -> None:
    """Write what can be counted in each file, and in all of them together."""
    chosen = tokenizer(options.tokenizer)
    show = _show_as_json if options.json else _show
    total = Stats("")
    for name in options.files:
        found = Stats(name)
        pieces = found.counted(read_text(name))
        with _of(name):
            found.tokens, found.unknown = chosen.count(pieces, options.special)
        show(found, chosen, options.top)
        total.add(found)
    if len(options.files) > 1:
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
            self.size += len(piece.encode())
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
    if chosen.knows_not_all:
        unknown = found.unknown.total()
        rows.append((f"{unknown:,}", f"unknown words, {unknown / max(1, count):.0%} of the tokens"))
        rows += [(f"{n:,}", f"times {word!r}") for word, n in found.unknown.most_common(top)]
    _print(called(found.name) if found.name else "all files")
    for number, what in rows:
        _print(f"{number:>12}  {what}")


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
    if chosen.knows_not_all:
        shown["unknown_words"] = found.unknown.total()
        shown["most_common_unknown"] = [
            {"word": word, "count": n} for word, n in found.unknown.most_common(top)
        ]
    _print_json(shown)


def _one_stream(names: Iterable[str]) -> Iterator[str]:
    """Yield the texts of all files, piece by piece, each behind a special token."""
    for name in names:
        yield END_OF_TEXT
        yield from read_text(name)
    tell("The text has been read. Merges are being learned.")


@contextmanager
def _of(name: str) -> Iterator[None]:
    """Say in which file a token is unknown, or refused."""
    try:
        yield
    except (KeyError, RefusedTokenError) as error:
        raise CommandError(f"{called(name)}: {error.args[0]}") from error


def _is(path: Path, name: str) -> bool:
    return Path(name).exists() and path.samefile(name)


def _joined(ids: Iterable[int], between: str) -> Iterator[bytes]:
    """Write token IDs with something between them, some at a time."""
    ids, begun = iter(ids), ""
    while some := list(islice(ids, SOME)):
        yield (begun + between.join(map(str, some))).encode()
        begun = between


def _print(line: str) -> None:
    write(f"{line}\n".encode("utf-8", "backslashreplace"))


def _print_json(found: dict[str, Any]) -> None:
    _print(json.dumps(found))
