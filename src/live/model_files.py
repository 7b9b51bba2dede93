"""Models as files: what was trained here goes out as the package writes it, and comes in again.

It runs in the reader's browser beside `live.training`. Bytes go between Python and the page as
base64, which JSON can say.
"""

import json
from base64 import b64decode, b64encode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from live import training
from live.training import PROMPT, Run
from verdict import (
    GPT,
    AdamW,
    BytePairTokenizer,
    SimpleTokenizerV1,
    WeightsError,
    build_vocabulary,
    read_story,
    save_weights,
    split_words,
)
from verdict.model.gpt2_weights import HEADS, read_weights
from verdict.model.safetensors_file import read_metadata

NAME = "model"
"""What the files are called, before their endings."""
TOKENIZER, WORDS = "tokenizer", "words"
"""Remarks in a file: which tokenizer its model has, as the command has it; or all its words."""


def saved() -> dict[str, Any]:
    """Write the model, with all that its training needs to go on, into files.

    Returns:
        The `files` by their names, as base64. Byte pairs are a file of their own.
    """
    run = training.current()
    remarks = {HEADS: str(run.model.config.heads)}
    with TemporaryDirectory() as folder:
        weights, pairs = Path(folder, f"{NAME}.safetensors"), Path(folder, f"{NAME}.bpe")
        if isinstance(run.tokenizer, BytePairTokenizer):
            run.tokenizer.save(pairs)
            remarks[TOKENIZER] = pairs.name
        else:
            remarks[WORDS] = json.dumps(list(run.tokenizer.str_to_int))
            if run.settings["source"] == "story":
                remarks[TOKENIZER] = "words"
        save_weights(weights, run.model, run.optimizer, run.random, remarks)
        found = {path.name: path.read_bytes() for path in (weights, pairs) if path.exists()}
    return {"error": "", "files": {name: b64encode(data).decode() for name, data in found.items()}}


def opened(files: dict[str, str], words: list[str] | None = None) -> dict[str, Any]:
    """Take a model from its files, in the place of the one that is there.

    Args:
        files: Their content as base64, by their names: one that ends in .safetensors, and with
            byte pairs one that ends in .bpe.
        words: All words of the model, where its file does not say them.

    Returns:
        What there is to say, as `says`, and a `prompt`; or the `error`.
    """
    with TemporaryDirectory() as folder:
        paths = {}
        for name, data in files.items():
            path = Path(folder, f"{NAME}{Path(name).suffix.lower()}")
            path.write_bytes(b64decode(data))
            paths[path.suffix] = path
        if ".safetensors" not in paths:
            return {"error": "Choose a file that ends in .safetensors."}
        try:
            config, arrays = read_weights(paths[".safetensors"])
            tokenizer = _tokenizer(paths, words)
        except (ValueError, OSError, KeyError, TypeError, RuntimeError) as error:
            told = training.said(error).replace(f"{folder}/", "").removeprefix("WeightsError: ")
            return {"error": told.rpartition("WeightsError: ")[2]}
    if _size(tokenizer) != config.vocabulary_size:
        return {
            "error": f"The model knows {config.vocabulary_size:,} tokens, and the tokenizer has "
            f"{_size(tokenizer):,}: they do not belong together."
        }
    model = GPT(config, spread=0)
    model.parameters.update(
        # 32 bits are enough for six decimals: these are the weights that were rounded.
        {name: np.round(array.astype(np.float64), 6) + 0.0 for name, array in arrays.items()}
    )
    nothing = np.array([], dtype=np.int64)
    settings = {"source": "file", "size": "middle", "steps": 0, "mistake": ""}
    run = Run(
        settings, tokenizer, [], model, AdamW(model.parameters), np.random.default_rng(),
        nothing, nothing,
    )  # fmt: skip
    training.take(run)
    return {
        "error": "",
        "says": f"A model of {run.weights:,} weights and {run.vocabulary:,} tokens is here.",
        "prompt": _prompt(tokenizer),
    }


def _tokenizer(
    paths: dict[str, Path], words: list[str] | None
) -> SimpleTokenizerV1 | BytePairTokenizer:
    if ".bpe" in paths:
        return BytePairTokenizer.load(paths[".bpe"])
    remarks = read_metadata(paths[".safetensors"])
    if words is None and WORDS in remarks:
        words = [str(word) for word in json.loads(remarks[WORDS])]
    if words is None and remarks.get(TOKENIZER) == "words":
        return SimpleTokenizerV1(build_vocabulary(split_words(read_story())))
    if words is None:
        raise WeightsError(
            "The file does not say what its tokens are. Choose its tokenizer, which ends in .bpe, "
            "together with it."
        )
    return SimpleTokenizerV1({word: token for token, word in enumerate(words)})


def _size(tokenizer: SimpleTokenizerV1 | BytePairTokenizer) -> int:
    if isinstance(tokenizer, BytePairTokenizer):
        return tokenizer.vocab_size
    return len(tokenizer.str_to_int)


def _prompt(tokenizer: SimpleTokenizerV1 | BytePairTokenizer) -> str:
    """What a sentence may begin with."""
    if isinstance(tokenizer, BytePairTokenizer):
        return "The"
    known = tokenizer.str_to_int
    if all(word in known for word in split_words(PROMPT)):
        return PROMPT
    return next((word for word in known if word.isalpha()), "")
