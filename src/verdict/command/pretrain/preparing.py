"""What `pretrain` learns: texts as token IDs, and the training that they are for."""

import hashlib
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from verdict.command.errors import CommandError
from verdict.command.messages import tell
from verdict.command.pretrain.record import PretrainRecord, new_training
from verdict.command.pretrain.settings import PretrainSettings
from verdict.command.reading.texts import all_texts
from verdict.command.tokenizers.choosing import (
    noted_tokenizer,
    tokenizer,
    tokenizer_called,
)
from verdict.command.tokenizers.kinds import BytePairs, Tokenizer
from verdict.command.tokenizers.names import NAMED
from verdict.command.training.checkpoint import check_same_text
from verdict.command.training.file import Training
from verdict.command.training.outputs import save_tokenizer, words_remark
from verdict.command.training.text import one_row
from verdict.text.byte_pair_tokenizer import BytePairTokenizer
from verdict.text.special_tokens import END_OF_TEXT

if TYPE_CHECKING:
    from verdict.checks.arrays import IdArray
    from verdict.model.gpt import GPT

MOST_HELD_OUT = 10_000
"""How many tokens are held out at most: measuring them takes time, and more tell little more."""


def prepared(
    options: Namespace,
    settings: PretrainSettings,
    begun: PretrainRecord | None,
    tokenizer_path: Path,
) -> tuple["Training[PretrainRecord, GPT]", "IdArray"]:
    """Read the text, and make the training that learns it."""
    texts = [(name, "".join(pieces)) for name, pieces in all_texts(options)]
    chosen, name = _tokenizer(options, settings, begun, texts, tokenizer_path)
    ids = one_row(texts, chosen, options)
    split(ids, settings)  # says what is wrong before anything is written
    digest = hashlib.sha256(ids.astype("<i4").tobytes()).hexdigest()
    if begun:
        check_same_text(options, begun, digest)
        begun.settings = settings
        return new_training(begun), ids
    size = chosen.vocabulary_size
    record = PretrainRecord(settings=settings, vocabulary_size=size, tokenizer=name, text=digest)
    training = new_training(record)
    training.other_remarks = words_remark(options, chosen)
    save_tokenizer(options, chosen, tokenizer_path)
    return training, ids


def _tokenizer(
    options: Namespace,
    settings: PretrainSettings,
    begun: PretrainRecord | None,
    texts: list[tuple[str, str]],
    tokenizer_path: Path,
) -> tuple[Tokenizer, str]:
    """Take the tokenizer that was chosen or noted, or learn one; tell what the file calls it."""
    if begun:
        name = options.tokenizer or noted_tokenizer(options.output)
        chosen = tokenizer_called(name, options)
        if chosen.vocabulary_size != begun.vocabulary_size:
            raise CommandError(
                f"the tokenizer {name} has {chosen.vocabulary_size:,} tokens, and the model in "
                f"{options.output} knows {begun.vocabulary_size:,}: it needs the one that it "
                "began with"
            )
        return chosen, begun.tokenizer
    if options.tokenizer is None:
        tell("The text has been read. Merges are being learned.")
        pieces = (piece for _, text in texts for piece in (END_OF_TEXT, text))
        size = settings.vocab_size
        learned = BytePairTokenizer.train(pieces, size, special_tokens=[END_OF_TEXT])
        return BytePairs(learned), tokenizer_path.name
    if options.vocab_size is not None:
        options.usage("argument --vocab-size: it is for a tokenizer that is learned on the way")
    name = options.tokenizer if options.tokenizer in NAMED else tokenizer_path.name
    return tokenizer(options), name


def split(ids: "IdArray", settings: PretrainSettings) -> tuple["IdArray", "IdArray | None"]:
    """Split the tokens into those that are learned and those that are only measured.

    Raises:
        CommandError: If they are too few.
    """
    held_out = min(round(len(ids) * settings.validation), MOST_HELD_OUT)
    if settings.validation and held_out < 2:
        raise CommandError(
            f"the text has {len(ids):,} tokens, and at least 2 must be held out to measure the "
            "loss: a longer text is needed, or --validation 0, which measures nothing"
        )
    learned = len(ids) - held_out
    if learned <= settings.context_length:
        beside = f", {held_out:,} beside those to measure" if held_out else ""
        raise CommandError(
            f"the text has {learned:,} tokens to learn from{beside}, and a context of "
            f"{settings.context_length:,} needs {settings.context_length + 1:,}: give a longer "
            "text, or a smaller --context-length"
        )
    return ids[:learned], ids[learned:] if held_out else None
