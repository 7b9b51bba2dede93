"""The textbook's forms, word for word: what ours must equal, and be faster than."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np


def split_words(text: str) -> list[str]:
    result = re.split(r'([,.:;?_!"()\']|--|\s)', text)
    return [item.strip() for item in result if item.strip()]


def encode(text: str, str_to_int: Mapping[str, int]) -> list[int]:
    return [str_to_int[word] for word in split_words(text)]


def decode(ids: Iterable[int], int_to_str: Mapping[int, str]) -> str:
    text = " ".join([int_to_str[i] for i in ids])
    return re.sub(r'\s+([,.?!"()\'])', r"\1", text)


def sliding_windows(ids: Sequence[int], context_length: int, stride: int) -> tuple[Any, Any]:
    inputs, targets = [], []
    for i in range(0, len(ids) - context_length, stride):
        inputs.append(np.array(ids[i : i + context_length]))
        targets.append(np.array(ids[i + 1 : i + context_length + 1]))
    return np.array(inputs), np.array(targets)
