"""The textbook's forms, word for word: what ours must equal, and be faster than."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np


def split_words(text: str) -> list[str]:
    result = re.split(r'([,.:;?_!"()\']|--|\s)', text)
    return [item.strip() for item in result if item.strip()]


def encode(text: str, str_to_int: Mapping[str, int]) -> list[int]:
    return [str_to_int[word] for word in split_words(text)]


def encode_any(text: str, str_to_int: Mapping[str, int]) -> list[int]:
    preprocessed = [item if item in str_to_int else "<|unk|>" for item in split_words(text)]
    return [str_to_int[word] for word in preprocessed]


def decode(ids: Iterable[int], int_to_str: Mapping[int, str]) -> str:
    text = " ".join([int_to_str[i] for i in ids])
    return re.sub(r'\s+([,.?!"()\'])', r"\1", text)


# Byte pair encoding as the field's notes have it: after each merge, all pairs are counted anew.


def count_pairs(ids: Sequence[int], counts: Counter[tuple[int, int]]) -> None:
    for pair in pairwise(ids):
        counts[pair] += 1


def merge(ids: Sequence[int], pair: tuple[int, int], new: int) -> list[int]:
    merged = []
    i = 0
    while i < len(ids):
        if ids[i] == pair[0] and i < len(ids) - 1 and ids[i + 1] == pair[1]:
            merged.append(new)
            i += 2
        else:
            merged.append(ids[i])
            i += 1
    return merged


def train_basic(text: str, merges: int) -> list[tuple[int, int]]:
    """Learn merges from a text that is not split into words; ties as in `train`."""
    return train([text.encode()], merges)


def train(words: Iterable[bytes], merges: int) -> list[tuple[int, int]]:
    """Learn merges; of several pairs that are equally frequent, the smallest is merged."""
    texts = [list(word) for word in words]
    learned: list[tuple[int, int]] = []
    while len(learned) < merges:
        counts: Counter[tuple[int, int]] = Counter()
        for ids in texts:
            count_pairs(ids, counts)
        if not counts:
            break
        pair = min(counts, key=lambda pair: (-counts[pair], pair))
        texts = [merge(ids, pair, 256 + len(learned)) for ids in texts]
        learned.append(pair)
    return learned


def apply(word: bytes, merges: Mapping[tuple[int, int], int]) -> list[int]:
    ids = list(word)
    while len(ids) >= 2:
        counts: Counter[tuple[int, int]] = Counter()
        count_pairs(ids, counts)
        pair = min(counts, key=lambda pair: merges.get(pair, 0x110000))
        if pair not in merges:
            break
        ids = merge(ids, pair, merges[pair])
    return ids


def sliding_windows(ids: Sequence[int], context_length: int, stride: int) -> tuple[Any, Any]:
    inputs, targets = [], []
    for i in range(0, len(ids) - context_length, stride):
        inputs.append(np.array(ids[i : i + context_length]))
        targets.append(np.array(ids[i + 1 : i + context_length + 1]))
    return np.array(inputs), np.array(targets)
