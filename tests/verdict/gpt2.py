"""What ours is compared with, tiktoken and Hugging Face's, and texts that try all scripts."""

import json
import os
import random
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from unittest import mock

import tiktoken
from tiktoken.load import data_gym_to_mergeable_bpe_ranks
from tiktoken_ext.openai_public import r50k_pat_str
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from verdict import BytePairTokenizer
from verdict.text.gpt2_files import SHA256, gpt2_folder

TRICKY_PIECES = (
    *("'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'", "'L", "'lL", "\u2019s", "'' ", " '"),
    *('"', "\u201c", "\u201d", "\u2018", "\u2019", "\u00ab", "\u00bb", "``", "--", "\u2014", "..."),
    *("<|endoftext|", "|>", "<|", "{}", "()", "://", "#", "_", "\\n", "\u00a0", "\u200b", "\ufeff"),
    *(
        "\U0001f600",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f1e9\U0001f1ea",
        "\u2764\ufe0f",
    ),
    *("0", "1908", "3.14", "1,000", "\u00bd", "\u0663", "\u2167", "\u4e09", "\U0001d7d8", "x2"),
    *(" ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", " \n ", "\x00", "\x1c", "\x1f", "\x7f", "\x85"),
)
"""What breaks a split: endings, quotes, special tokens nearly, emoji, numbers, blanks, controls."""


@cache
def oracle() -> tiktoken.Encoding:
    """GPT-2's encoding by tiktoken, made from the files on this machine."""
    folder = gpt2_folder()
    with mock.patch.dict(os.environ, {"TIKTOKEN_CACHE_DIR": ""}):  # it keeps no copy
        ranks = data_gym_to_mergeable_bpe_ranks(
            str(folder / "vocab.bpe"),
            str(folder / "encoder.json"),
            SHA256["vocab.bpe"],
            SHA256["encoder.json"],
        )
    special = {"<|endoftext|>": 50256}
    return tiktoken.Encoding(
        "gpt2", pat_str=r50k_pat_str, mergeable_ranks=ranks, special_tokens=special
    )


def hugging_face_merges(text: str, vocab_size: int) -> list[tuple[str, str]]:
    """Train as Hugging Face does, with a character for each byte."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([text], trainer)
    return [(left, right) for left, right in json.loads(tokenizer.to_str())["model"]["merges"]]


def written_out(tokenizer: BytePairTokenizer) -> list[tuple[str, str]]:
    """Write the merges as Hugging Face does; the bytes must be in GPT-2's order."""
    shown = [*map(chr, range(33, 127)), *map(chr, range(161, 173)), *map(chr, range(174, 324))]
    for left, right in tokenizer.merges:
        shown.append(shown[left] + shown[right])
    return [(shown[left], shown[right]) for left, right in tokenizer.merges]


def known(text: str) -> str:
    """Drop lone surrogates, and the characters that Python's Unicode does not know.

    It is the oldest Unicode of those that meet here: what it knows, all of them know.
    """
    return "".join(each for each in text if unicodedata.category(each) not in {"Cn", "Cs"})


@cache
def scripts() -> list[str]:
    """The characters that Python's Unicode knows, as one text for each word their names begin with.

    Lone surrogates have no name, and private characters neither.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for character in map(chr, range(sys.maxunicode + 1)):
        if name := unicodedata.name(character, ""):
            groups[name.partition(" ")[0].partition("-")[0]].append(character)
    return list(map("".join, groups.values()))


def generated(number: int, seed: int) -> Iterator[str]:
    """Make texts at random, each of a few scripts and of tricky pieces."""
    random_ = random.Random(seed)
    everything = "".join(scripts())
    for _ in range(number):
        alphabets = [*random_.choices(scripts(), k=2), scripts()[0], everything]
        parts = []
        for _ in range(random_.randint(1, 12)):
            if random_.random() < 0.5:
                parts.append(random_.choice(TRICKY_PIECES))
            else:
                alphabet = random_.choice(alphabets)
                parts += random_.choices(alphabet, k=random_.randint(1, 9))
        yield "".join(parts)
