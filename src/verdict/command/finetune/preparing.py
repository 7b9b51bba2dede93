"""What `finetune` needs before its first step: examples as rows, and the training over a model."""

import hashlib
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verdict.checks.arrays import IdArray
from verdict.command.errors import CommandError
from verdict.command.finetune.examples import (
    InstructionExample,
    LabelledText,
    labels_of,
    split_examples,
)
from verdict.command.finetune.lora_file import Tuned
from verdict.command.finetune.record import (
    FinetuneRecord,
    empty_model,
    new_training,
    with_type,
)
from verdict.command.finetune.rows import Rows, encoded, share_of_unknown_words
from verdict.command.finetune.settings import FinetuneSettings
from verdict.command.messages import tell_always
from verdict.command.models.loading import check_fit, load_model
from verdict.command.models.reader import Reader
from verdict.command.reading.texts import read_text
from verdict.command.tokenizers.choosing import noted_tokenizer, tokenizer_called
from verdict.command.tokenizers.kinds import Tokenizer
from verdict.command.tokenizers.names import NAMED
from verdict.command.training.checkpoint import Checkpoint, check_same_text
from verdict.command.training.file import Training
from verdict.command.training.outputs import save_tokenizer, words_remark
from verdict.command.training.text import one_row
from verdict.model.gpt_config import GPTConfig

Examples = Sequence[LabelledText] | Sequence[InstructionExample]

UNKNOWN_SHARE_TO_WARN_OF = 0.2
"""Which share of unknown words is worth a warning."""


@dataclass(frozen=True)
class Prepared:
    """A training, and what it learns and measures.

    Attributes:
        training: The training.
        rows: All examples.
        learned: The places of those that are learned.
        held_out: The places of those that are only measured.
        unknown: Which share of the words the model does not know.
        rehearsal: A text that is rehearsed, if there is one.
    """

    training: Training[FinetuneRecord, Tuned]
    rows: Rows
    learned: list[int]
    held_out: list[int]
    unknown: float
    rehearsal: IdArray | None


def prepare(
    options: Namespace,
    examples: Examples,
    settings: FinetuneSettings,
    tokenizer_path: Path,
    checkpoint: Checkpoint,
) -> Prepared:
    """Make a training that begins with a model, and write its file."""
    base = load_model(options.model, options.heads)
    chosen = tokenizer_called(options.tokenizer, options)
    sizes = replace(base.config, dropout=settings.dropout)
    labels = labels_of(examples)
    settings = settings.with_defaults(options, sizes.width, is_classifier=labels is not None)
    reader = Reader(chosen, options.special, sizes, options.model)
    rows, rehearsal = encoded(examples, reader, labels), _rehearsal(options, chosen, sizes)
    record = FinetuneRecord(
        settings=settings,
        tokenizer=options.tokenizer if options.tokenizer in NAMED else tokenizer_path.name,
        text=_digest(rows, rehearsal),
        sizes=sizes,
        padding=reader.end,
        labels=labels,
    )
    unknown = share_of_unknown_words(examples, reader)
    if unknown > UNKNOWN_SHARE_TO_WARN_OF:
        tell_always(
            f"verdict: {options.model} does not know {unknown:.0%} of the words of these examples. "
            f"A model that has read such texts learns more from them: {options.prog} pretrain "
            "makes one, and --model takes it"
        )
    training = new_training(record, with_type(base, record))
    training.other_remarks = words_remark(options, chosen)
    save_tokenizer(options, chosen, tokenizer_path)
    checkpoint.begin(training)
    learned, held_out = split_examples(examples, settings.validation, settings.seed)
    return Prepared(training, rows, learned, held_out, unknown, rehearsal)


def prepare_again(
    options: Namespace,
    examples: Examples,
    settings: FinetuneSettings,
    begun: FinetuneRecord,
    checkpoint: Checkpoint,
) -> Prepared:
    """Read a training that goes on from its file."""
    chosen = tokenizer_called(noted_tokenizer(options.output), options)
    reader = Reader(chosen, options.special, begun.sizes, options.output)
    labels = labels_of(examples)
    rows = encoded(examples, reader, labels)
    rehearsal = _rehearsal(options, chosen, begun.sizes)
    check_same_text(options, begun, _digest(rows, rehearsal))
    learned, held_out = split_examples(examples, settings.validation, settings.seed)
    if begun.labels != labels or any(place >= len(learned) for place in begun.unseen):
        raise CommandError(f"{options.output} has a training that cannot go on: on other examples")
    begun.settings = settings
    training = new_training(begun, empty_model(begun))
    checkpoint.go_on(training, options)
    return Prepared(
        training, rows, learned, held_out, share_of_unknown_words(examples, reader), rehearsal
    )


def _rehearsal(options: Namespace, chosen: Tokenizer, sizes: GPTConfig) -> IdArray | None:
    """Read the text that is rehearsed, as one row of token IDs."""
    if not options.rehearse:
        return None
    texts = [(name, "".join(read_text(name))) for name in options.rehearse]
    ids = one_row(texts, chosen, options)
    check_fit(sizes.vocabulary_size, [int(ids.max(initial=0))], "the model")
    return ids


def _digest(rows: Rows, rehearsal: IdArray | None) -> str:
    """Make a digest of all that is learned."""
    if rehearsal is None:
        return rows.digest
    return hashlib.sha256(rows.digest.encode() + rehearsal.astype("<i4").tobytes()).hexdigest()
