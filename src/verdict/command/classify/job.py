"""The job `classify`: a tuned model gives each text a label, and says how sure it is."""

from argparse import Namespace
from collections.abc import Iterator
from itertools import islice
from shutil import get_terminal_size
from typing import NamedTuple

from verdict.checks.arrays import Vectors
from verdict.command.errors import CommandError, reading
from verdict.command.finetune.confusion import Confusion
from verdict.command.finetune.record import FinetuneRecord, empty_model, new_classifier
from verdict.command.finetune.rows import ROWS_AT_ONCE
from verdict.command.messages import STANDARD_INPUT, counted, tell_always
from verdict.command.models.reader import Reader
from verdict.command.output import print_json, print_line
from verdict.command.reading.row import Place, needed_at, text_at
from verdict.command.reading.rows import rows_or_lines
from verdict.command.reading.texts import check_characters
from verdict.command.tokenizers.choosing import noted_tokenizer, tokenizer_called
from verdict.command.training.record import read_record
from verdict.model.operations import softmax
from verdict.training.weights import load_weights
from verdict.tuning.classifier import Classifier
from verdict.tuning.padding import pad_rows


class TextToClassify(NamedTuple):
    """A text to classify: where it stands, and the label that it should have, if that is known."""

    place: Place | str
    text: str
    label: str


def classify(options: Namespace) -> None:
    """Write the label of each text, and a table if the right ones are known."""
    record, classifier = _loaded(options.model)
    labels = record.labels or []
    chosen = tokenizer_called(noted_tokenizer(options.model), options)
    reader = Reader(chosen, options.special, record.sizes, options.model)
    show = _show_as_json if options.json else _show
    right: list[int] = []
    guesses: list[int] = []
    without_known_word = 0
    texts = _texts(options)
    while batch := list(islice(texts, ROWS_AT_ONCE)):
        wanted = [_class_of(each, labels, options.model) for each in batch]
        for each, true, shares in zip(
            batch, wanted, _shares(classifier, reader, batch), strict=True
        ):
            guess = int(shares.argmax())
            show(each, labels, shares)
            without_known_word += _has_no_known_word(reader, each.text)
            if true is not None:
                right.append(true)
                guesses.append(guess)
    if without_known_word:
        tell_always(
            f"verdict: {counted(without_known_word, 'text')} without any word that "
            f"{options.model} knows: such a label means nothing"
        )
    if right:
        confusion = Confusion(labels, right, guesses)
        if options.json:
            print_json(confusion.as_json())
        else:
            for line in ["", *confusion.lines()]:
                print_line(line)


def _loaded(path: str) -> tuple[FinetuneRecord, Classifier]:
    """Load a classifier from its file.

    Raises:
        CommandError: If it cannot be read, or is none.
    """
    what = "is no classifier: finetune makes one, from texts with labels"
    record = read_record(path, FinetuneRecord, what)
    if record.labels is None:
        raise CommandError(f"{path} is no classifier but an assistant, which ask uses")
    classifier = new_classifier(record, empty_model(record))
    with reading(path):
        load_weights(path, classifier)
    return record, classifier


def _texts(options: Namespace) -> Iterator[TextToClassify]:
    """Yield all texts: those of the command, or those of files."""
    for number, text in enumerate(options.texts, 1):
        check_characters(text, f"text {number}")
        if not text.strip():
            raise CommandError(f"text {number} is empty")
        yield TextToClassify(f"text {number}", text, "")
    for file in options.file or ([] if options.texts else [STANDARD_INPUT]):
        for place, row in rows_or_lines(file, ("text",), "label"):
            label = text_at(place, row, "label", is_label=True)
            yield TextToClassify(place, needed_at(place, row, "text"), label)


def _class_of(given: TextToClassify, labels: list[str], model: str) -> int | None:
    """Find the class of the label that a text should have, if that is known."""
    if not given.label:
        return None
    if given.label not in labels:
        known = ", ".join(f'"{label}"' for label in labels)
        raise CommandError(
            f'{given.place}: {model} does not know the label "{given.label}", only {known:.200}'
        )
    return labels.index(given.label)


def _shares(classifier: Classifier, reader: Reader, batch: list[TextToClassify]) -> Vectors:
    """Compute the probability of each label for each text: (texts, labels)."""
    ids = [reader.text(each.text, each.place) for each in batch]
    rows = pad_rows(ids, reader.end, reader.sizes.context_length)
    shares: Vectors = softmax(classifier(rows))
    return shares


def _has_no_known_word(reader: Reader, text: str) -> bool:
    """Tell whether a model knows no word of a text."""
    counts, unknown = reader.tokenizer.count([text], reader.special)
    return unknown.total() == counts.total()


def _show(given: TextToClassify, labels: list[str], shares: Vectors) -> None:
    """Write the label of a text for people: how sure it is, and the text as far as it fits."""
    edge = max(map(len, labels))
    label = labels[shares.argmax()]
    mark = "x " if given.label not in {"", label} else "  " if given.label else ""
    begun = f"{mark}{label:<{edge}}  {shares.max():.2f}  "
    text, room = " ".join(given.text.split()), max(20, get_terminal_size().columns - len(begun))
    print_line(begun + (text if len(text) <= room else f"{text[: room - 1]}…"))


def _show_as_json(given: TextToClassify, labels: list[str], shares: Vectors) -> None:
    found = {
        "text": given.text,
        "label": labels[shares.argmax()],
        "probability": round(float(shares.max()), 6),
        "probabilities": {
            label: round(share, 6) for label, share in zip(labels, shares.tolist(), strict=True)
        },
    }
    if isinstance(given.place, Place):
        found = {"file": given.place.file, "line": given.place.line, **found}
    print_json({**found, "expected": given.label} if given.label else found)
