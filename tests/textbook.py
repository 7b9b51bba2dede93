"""The textbook's forms, word for word: what ours must equal, and be faster than."""

import re
from collections.abc import Iterable, Mapping


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
