"""Byte pairs: our training and encoding against the textbook's, Hugging Face's and tiktoken's.

Training shall be 50 times as fast as the textbook's, and take at most 6 times as long as
Hugging Face's; encoding with GPT-2's merges at most 2.5 times as long as tiktoken's, and less
than Hugging Face's. Two megabytes are the story a hundred times, and in each copy one word in
fifty has its letters shuffled: words that nobody has seen keep coming, as in real text.

Natural text is what every machine with Python has: the docstrings and the sources of its
standard library. There the first encoding shall take at most twice as long as tiktoken's. One
word of many letters shall take time and memory in proportion to its length.
"""

import random
import re
import string
import sysconfig
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from math import log
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory

from tokenizers import Tokenizer, decoders, models, pre_tokenizers

from tests import textbook
from tests.bench.comparison import Comparison, cpu_seconds
from tests.verdict.gpt2 import hugging_face_merges, oracle, written_out
from verdict import BytePairTokenizer, read_pieces, read_story
from verdict.text.byte_pair_merges import learn_merges
from verdict.text.gpt2_files import gpt2_folder, gpt2_merges

COPIES = 100
NATURAL = 4_000_000
FEW = 20
"""Merges that the textbook learns from the long text: a thousand would take it minutes."""


def comparisons() -> Iterator[Comparison]:
    story = read_story()
    long = varied(story, COPIES)
    yield from training(story, long)
    yield from encoding(story, long)
    yield from natural()
    yield growth(story)
    yield from long_words()
    yield from memory(story)


def varied(story: str, copies: int) -> str:
    """Repeat the story; in each copy, shuffle the letters of one word in fifty."""
    words, choose = re.findall(r"\w+|\W+", story), random.Random(1)
    return "".join(
        "".join(choose.sample(word, len(word))) if choose.random() < 0.02 else word
        for _ in range(copies)
        for word in words
    )


def training(story: str, long: str) -> Iterator[Comparison]:
    yield Comparison(
        f"training, 1,000 merges, {len(story):,} characters",
        {
            "textbook": partial(textbook.train_basic, story, 1000),
            "BytePairTokenizer.train": partial(BytePairTokenizer.train, story, 1256),
        },
        rounds=3,
        comparable=None,  # the textbook's form does not split the text into words
    )
    _, byte_order = gpt2_merges()
    for text in (story, long):
        yield Comparison(
            f"training, 1,000 merges, {len(text):,} characters",
            {
                "Hugging Face tokenizers": partial(hugging_face_merges, text, 1256),
                "BytePairTokenizer.train": partial(_ours, text, 1256, byte_order),
            },
        )
    yield Comparison(
        f"training, {len(long):,} characters",
        {
            f"textbook, {FEW} merges": partial(textbook.train_basic, long, FEW),
            "BytePairTokenizer.train, 1,000 merges": partial(BytePairTokenizer.train, long, 1256),
        },
        rounds=1,
        comparable=None,
    )
    yield Comparison(
        f"training, 1,000 merges, {len(story):,} characters, not split into words",
        {
            "textbook": partial(textbook.train_basic, story, 1000),
            "learn_merges": partial(_unsplit, story, 1000),
        },
        rounds=1,
    )


def _ours(text: str, vocab_size: int, byte_order: bytes) -> list[tuple[str, str]]:
    return written_out(BytePairTokenizer.train(text, vocab_size, byte_order=byte_order))


def _unsplit(text: str, merges: int) -> list[tuple[int, int]]:
    learned = learn_merges({text.encode().decode("latin-1"): 1}, merges)
    return [(ord(pair[0]), ord(pair[1])) for pair in learned]


def encoding(story: str, long: str) -> Iterator[Comparison]:
    ours = BytePairTokenizer.gpt2()
    folder = gpt2_folder()
    theirs = Tokenizer(
        models.BPE.from_file(str(folder / "encoder.json"), str(folder / "vocab.bpe"))
    )
    theirs.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    theirs.decoder = decoders.ByteLevel()
    for text in (story, long):
        ids = ours.encode(text)
        yield Comparison(
            f"encoding, GPT-2, {len(text):,} characters",
            {
                "tiktoken": partial(oracle().encode, text),
                "Hugging Face tokenizers": partial(_their_ids, theirs, text),
                "BytePairTokenizer.encode": partial(ours.encode, text),
                "  the first time": partial(_anew, ours, text),
            },
        )
        yield Comparison(
            f"decoding, GPT-2, {len(ids):,} token IDs",
            {
                "tiktoken": partial(oracle().decode, ids),
                "Hugging Face tokenizers": partial(theirs.decode, ids),
                "BytePairTokenizer.decode": partial(ours.decode, ids),
            },
        )


def natural() -> Iterator[Comparison]:
    ours = BytePairTokenizer.gpt2()
    library = "".join(_sources())
    docstrings = re.findall(r'^[ ]*[rR]?"""(.*?)"""', library, re.MULTILINE | re.DOTALL)
    for kind, all_of_it in (("documentation", "\n\n".join(docstrings)), ("code", library)):
        text = all_of_it[:NATURAL]
        yield Comparison(
            f"encoding, GPT-2, {len(text):,} characters of {kind}",
            {
                "tiktoken": partial(oracle().encode_ordinary, text),
                "BytePairTokenizer.encode": partial(ours.encode, text, disallowed_special=()),
                "  the first time": partial(_anew, ours, text),
            },
        )


def _sources() -> Iterator[str]:
    """The files of the standard library that are UTF-8, without installed packages."""
    library = Path(sysconfig.get_path("stdlib"))
    for path in sorted(library.rglob("*.py")):
        if "site-packages" not in path.parts:
            with suppress(UnicodeDecodeError):
                yield path.read_text(encoding="utf-8")


def _their_ids(tokenizer: Tokenizer, text: str) -> list[int]:
    return list(tokenizer.encode(text).ids)


def _anew(tokenizer: BytePairTokenizer, text: str) -> list[int]:
    """Encode as if no word had been met before."""
    tokenizer._words.clear()
    return tokenizer.encode(text, disallowed_special=())


def growth(story: str) -> Comparison:
    """Time for each megabyte, at four sizes: linear is 1 in each row."""
    tokenizer = BytePairTokenizer.gpt2()
    texts = {copies: varied(story, copies) for copies in (50, 100, 200, 400)}
    times = {copies: _per_megabyte(tokenizer, text) for copies, text in texts.items()}
    slope, _ = linear_regression(
        [log(len(text)) for text in texts.values()],
        [log(times[copies] * len(text)) for copies, text in texts.items()],
    )
    return Comparison(
        f"encoding, GPT-2, a megabyte of a longer text; time grows as size to the {slope:.2f}",
        {
            f"of {len(text):,} characters": partial(_per_megabyte, tokenizer, text)
            for text in texts.values()
        },
        comparable=None,
        cost=lambda seconds: seconds,
    )


def _per_megabyte(tokenizer: BytePairTokenizer, text: str) -> float:
    start = cpu_seconds()
    _anew(tokenizer, text)
    return (cpu_seconds() - start) / len(text) * 1e6


def long_words() -> Iterator[Comparison]:
    """Time for each megabyte of one word, at three sizes: linear is 1 in each row."""
    tokenizer, choose = BytePairTokenizer.gpt2(), random.Random(1)
    sizes = (500_000, 1_000_000, 2_000_000)
    for kind, letters in (("random letters", string.ascii_letters), ("one letter", "a")):
        words = ["".join(choose.choices(letters, k=size)) for size in sizes]
        peak = _peak(partial(_length, tokenizer, words[0])) * 1e6 / sizes[0]
        yield Comparison(
            f"encoding, GPT-2, a megabyte of one word of {kind}: {peak:.0f} bytes of memory a byte",
            {f"of {len(word):,}": partial(_per_megabyte, tokenizer, word) for word in words},
            rounds=3,
            comparable=None,
            cost=lambda seconds: seconds,
        )


def _length(tokenizer: BytePairTokenizer, text: str) -> int:
    return len(tokenizer.encode(text))


def memory(story: str) -> Iterator[Comparison]:
    """A file of 20 MB, read at once and by pieces: the title says what memory each takes."""
    tokenizer = BytePairTokenizer.gpt2()
    text = varied(story, 1000)
    ways: dict[str, Callable[[], int]] = {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "long.txt"
        path.write_text(text, encoding="utf-8", newline="")
        ways["encode"] = lambda: len(tokenizer.encode(path.read_text(encoding="utf-8")))
        ways["encode_pieces"] = lambda: sum(1 for _ in tokenizer.encode_pieces(read_pieces(path)))
        at_once, by_pieces = map(_peak, ways.values())
        yield Comparison(
            f"encoding, GPT-2, {len(text):,} characters: {at_once:.0f} MB at once, "
            f"{by_pieces:.1f} MB by pieces",
            ways,
            rounds=1,
        )


def _peak(way: Callable[[], int]) -> float:
    """Megabytes that Python asked for while it went this way, at the most."""
    tracemalloc.start()
    way()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6
