"""The job `pretrain`: a model learns a text, and its file can go on learning at any time."""

import hashlib
import shlex
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from verdict.command.errors import CommandError
from verdict.command.files import tell, tell_always
from verdict.command.interrupts import interrupts_noted
from verdict.command.jobs import is_file, writing
from verdict.command.loss_curve import svg_chart, terminal_chart
from verdict.command.output import naming, print_json, print_line
from verdict.command.pretrain_settings import Settings
from verdict.command.texts import all_texts
from verdict.command.tokenizer_kinds import BytePairs, Tokenizer
from verdict.command.tokenizers import (
    NAMED,
    end_of_text,
    noted_tokenizer,
    tokenizer,
    tokenizer_called,
)
from verdict.command.training_file import Record, Training, read_record
from verdict.command.training_progress import progress
from verdict.text.byte_pair_tokenizer import BytePairTokenizer
from verdict.text.special_tokens import END_OF_TEXT
from verdict.whole_file import check_writable, write_whole

if TYPE_CHECKING:
    from verdict.checks.arrays import IdArray

MOST_HELD_OUT = 10_000
"""How many tokens are held out at most: measuring them takes time, and more tell little more."""


def pretrain(options: Namespace) -> None:
    """Train a model, or go on training it; write it, and say how it went."""
    output = Path(options.output)
    beside = output.parent / f"{output.stem}.bpe"
    _check_files(options, output, beside)
    begun = read_record(output) if options.resume else None
    settings = Settings.of(options, begun.settings if begun else None)
    checkpoint = Checkpoint(output)
    with checkpoint.explaining():
        training, ids = _prepared(options, settings, begun, beside, checkpoint)
        learned, held_out = _split(ids, settings)
        checkpoint.begin(training, written=begun is not None)
        was_stopped = _train(options, checkpoint, learned, held_out)
    _tell(options, training, beside)
    if was_stopped:
        raise KeyboardInterrupt


class Checkpoint:
    """The file of a training: how far the training in it is, for who must know.

    Args:
        output: The file.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.training: Training | None = None
        self.step: int | None = None

    def begin(self, training: Training, *, written: bool) -> None:
        """Take a training, and write it, unless the file has it already."""
        self.training = training
        if written:
            self.step = training.optimizer.steps
        else:
            self.write()

    def write(self) -> None:
        """Write the file, whole or not at all."""
        if self.training is None or self.step == self.training.optimizer.steps:
            return
        with writing(self.output):
            self.training.save(self.output)
        self.step = self.training.optimizer.steps

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Say of each error in a training what is left of it."""
        try:
            yield
        except MemoryError as error:
            raise CommandError(
                "there is not enough memory for this training. A smaller --batch-size, "
                f"--context-length, --width, --layers or --vocab-size needs less{self._left}"
            ) from error
        except (CommandError, ValueError) as error:
            raise CommandError(f"{error}{self._left}") from error

    @property
    def _left(self) -> str:
        """What the file has, as the end of a message."""
        if self.step is None:
            return ""
        return f". {self.output} has the training up to step {self.step:,}: --resume goes on there"


def _check_files(options: Namespace, output: Path, beside: Path) -> None:
    """Make sure, before long work, that nothing is lost by it and all can be written."""
    if options.resume and options.overwrite:
        options.usage("argument --overwrite: --resume goes on with what is there")
    if output == beside:
        options.usage(f"argument -o/--output: {output} would be the tokenizer's file")
    chart = Path(options.chart) if options.chart else None
    copies = _is_copied(options, beside)
    written = {"-o/--output": output}
    if chart:
        written["--chart"] = chart
    if copies:
        written["-o/--output, and its tokenizer"] = beside
    for option, path in written.items():
        with writing(path):
            check_writable(path)
        if any(is_file(path, name) for name in options.files):
            options.usage(f"argument {option}: {path} is one of the files to learn from")
    if chart and chart.resolve() in {output.resolve(), beside.resolve()}:
        options.usage(f"argument --chart: {chart} is another file of this training")
    if options.resume:
        return
    if output.exists() and not options.overwrite:
        raise CommandError(
            f"{output} is there already: --resume goes on with the training in it, --overwrite "
            "begins anew"
        )
    if copies and beside.exists() and not options.overwrite:
        raise CommandError(
            f"{beside} is there already, and the tokenizer would be written there: --tokenizer "
            f"{beside} uses it, --overwrite replaces it"
        )


def _is_copied(options: Namespace, beside: Path) -> bool:
    """Tell whether a tokenizer is written beside the model: not one with a name, nor itself."""
    if options.resume or options.tokenizer in NAMED:
        return False
    return options.tokenizer is None or not is_file(beside, options.tokenizer)


def _prepared(
    options: Namespace,
    settings: Settings,
    begun: Record | None,
    beside: Path,
    checkpoint: Checkpoint,
) -> tuple[Training, "IdArray"]:
    """Read the text, and make the training that learns it, or read it from its file."""
    texts = [(name, "".join(pieces)) for name, pieces in all_texts(options)]
    chosen, name = _tokenizer(options, settings, begun, texts, beside)
    ids = _encoded(texts, chosen, options)
    _split(ids, settings)  # says what is wrong before anything is written
    digest = hashlib.sha256(ids.astype("<i4").tobytes()).hexdigest()
    if begun is None:
        training = Training(Record(settings, chosen.vocabulary_size, name, digest))
        if isinstance(chosen, BytePairs) and _is_copied(options, beside):
            with writing(beside):
                chosen.save(beside)
        return training, ids
    if begun.text != digest:
        raise CommandError(
            f"the text, or its tokenizer, is not the one that the training in {options.output} "
            "began with: on another text a training begins anew, with another --output"
        )
    begun.settings = settings
    training = Training(begun)
    training.load(checkpoint.output)
    if training.optimizer.steps > settings.steps:
        options.usage(
            f"argument --steps: the training in {options.output} has made "
            f"{training.optimizer.steps:,} already"
        )
    return training, ids


def _tokenizer(
    options: Namespace,
    settings: Settings,
    begun: Record | None,
    texts: list[tuple[str, str]],
    beside: Path,
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
        return BytePairs(learned), beside.name
    if options.vocab_size is not None:
        options.usage("argument --vocab-size: it is for a tokenizer that is learned on the way")
    return tokenizer(options), options.tokenizer if options.tokenizer in NAMED else beside.name


def _encoded(texts: list[tuple[str, str]], chosen: Tokenizer, options: Namespace) -> "IdArray":
    """Turn all texts into one row of token IDs, each text behind the token that ends one."""
    import numpy as np

    end = end_of_text(chosen)

    def ids() -> Iterator[int]:
        for name, text in texts:
            yield from end
            with naming(name):
                yield from chosen.encode([text], options.special)

    return np.fromiter(ids(), np.int32)


def _split(ids: "IdArray", settings: Settings) -> tuple["IdArray", "IdArray | None"]:
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


def _train(
    options: Namespace,
    checkpoint: Checkpoint,
    learned: "IdArray",
    held_out: "IdArray | None",
) -> bool:
    """Make the steps that are left, and write them; tell whether Ctrl+C stopped it."""
    import numpy as np

    from verdict.training.loop import train

    training = checkpoint.training
    assert training is not None
    settings, curve, optimizer = training.record.settings, training.record.curve, training.optimizer
    steps = train(
        training.model,
        learned,
        settings.steps,
        validation_ids=held_out,
        optimizer=optimizer,
        seed=training.generator,
        batch_size=settings.batch_size,
        peak=settings.rate,
        evaluate_every=settings.measured_every,
    )
    with (
        np.errstate(over="ignore", invalid="ignore"),  # the loop itself says what is not finite
        interrupts_noted() as is_interrupted,
        progress(settings.steps, optimizer.steps, settings.tokens_of_a_step) as show,
    ):
        for step, _, loss, validation in steps:
            curve.add(loss)
            is_due = step % settings.measured_every == 0 or step in {1, settings.steps}
            show(loss, step, curve.note(step, validation) if is_due else None)
            if is_interrupted():
                break
            if step % options.checkpoint_every == 0:
                checkpoint.write()
        checkpoint.write()
    return optimizer.steps < settings.steps


def _tell(options: Namespace, training: Training, beside: Path) -> None:
    """Say how the training went, and how to go on."""
    record, made = training.record, training.optimizer.steps
    noted, steps = record.curve.noted, record.settings.steps
    if options.chart and noted:
        with writing(Path(options.chart)):
            write_whole(options.chart, svg_chart(noted))
    if options.json:
        print_json(_as_json(options, training))
    if made < steps:
        tell_always(
            f"verdict: stopped after step {made:,} of {steps:,}, which {options.output} has. To "
            f"go on: {_resume(options)}"
        )
    elif not options.json:
        for line in terminal_chart(noted, get_terminal_size().columns):
            print_line(line)
        last = noted[-1]
        losses = f"loss {last.training:.4f}"
        if last.validation is not None:
            losses += f", validation {last.validation:.4f}"
        print_line(f"{options.output}: {training.size:,} parameters, {made:,} steps, {losses}")


def _as_json(options: Namespace, training: Training) -> dict[str, Any]:
    """Say how a training went, for programs."""
    record = training.record
    return {
        "output": options.output,
        "tokenizer": noted_tokenizer(options.output),
        "parameters": training.size,
        "step": training.optimizer.steps,
        "steps": record.settings.steps,
        "losses": [row._asdict() for row in record.curve.noted],
    }


def _resume(options: Namespace) -> str:
    """Write the command that goes on with a training."""
    words = [*options.prog.split(), "pretrain", *options.files, "-o", options.output, "--resume"]
    if options.special != "refuse":
        words += ["--special", options.special]
    words += ["--from-json"] if options.from_json else []
    words += ["--json"] if options.json else []
    words += ["--chart", options.chart] if options.chart else []
    return shlex.join(words)
