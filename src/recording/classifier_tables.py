"""What is measured of classifiers: by labels, by vector, by order, for a rare class, by steps."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from recording.pretrained import pretraining
from recording.rivals import bag_of_words, logistic_regression, naive_bayes
from verdict import (
    END_OF_TEXT,
    GPT,
    Classifier,
    SimpleTokenizerV1,
    Trainable,
    calibration,
    calibration_error,
    confusion_table,
    fine_tune,
    load_pretrained,
    make_messages,
    make_orders,
    pad_rows,
    softmax,
)
from verdict.checks.arrays import IdArray, Vectors
from verdict.tuning.halves import Half, Message
from verdict.tuning.pretrained import Pretrained

LABEL_COUNTS = (14, 28, 56, 112, 224)
"""From how many labelled messages a filter learns."""

ORDER_COUNTS = (16, 64, 256)
"""From how many labelled sentences it learns where only the order tells."""

TEST_COUNT = 400
"""On how many texts each is tested."""


class Data(NamedTuple):
    """Texts as rows of token IDs, and their classes."""

    rows: IdArray
    labels: IdArray


@cache
def tokenizer_of(name: Pretrained) -> SimpleTokenizerV1:
    """Return the tokenizer of a pretrained model, which is the same for every seed."""
    return load_pretrained(name)[1]


def end_of(name: Pretrained) -> int:
    """Return the token that ends a text, and fills its row."""
    return tokenizer_of(name).str_to_int[END_OF_TEXT]


@cache
def pretrained(name: Pretrained, seed: int) -> GPT:
    """Pretrain a model of the package with a seed; with the seed 1 it is the package's own."""
    if seed == 1:
        return load_pretrained(name)[0]
    model, steps = pretraining(name, seed)
    for _ in steps:
        pass
    return rounded_to_16_bits(model)


def rounded_to_16_bits(model: GPT) -> GPT:
    """Round the weights of a model to 16 bits, as the files of the package have them."""
    for name, array in model.parameters.items():
        model.parameters[name] = array.astype(np.float16).astype(np.float64)
    return model


def fresh(name: Pretrained, seed: int) -> GPT:
    """Make a model of the same sizes that has learned nothing."""
    return GPT(load_pretrained(name)[0].config, seed=seed)


def data(name: Pretrained, messages: list[Message]) -> Data:
    """Encode messages, and fill up the rows."""
    ids = [tokenizer_of(name).encode(message.text.lower()) for message in messages]
    return Data(pad_rows(ids, end_of(name)), np.array([message.label for message in messages]))


def messages(count: int, half: Half, seed: int, spam: float = 0.5) -> Data:
    """Make messages of one half of the phrases."""
    return data("messages", make_messages(count, half, seed=seed, spam=spam))


def tuned(  # noqa: PLR0913 - these are what the rows of the tables differ in
    model: GPT,
    learned: Data,
    seed: int,
    *,
    padding: int | None,
    part: Any = "last block",
    steps: int = 30,
    peak: float = 0.005,
    pooling: Any = "mean",
) -> Classifier:
    """Tune a part of a classifier on a model, which itself stays as it is."""
    classifier = Classifier(model, padding=padding, pooling=pooling, seed=seed)
    chosen = Trainable(classifier, classifier.part(part))
    for _ in fine_tune(chosen, *learned, steps, seed=seed, peak=peak):
        pass
    return classifier


def accuracy(classifier: Classifier, tests: Data) -> float:
    """Measure the share of texts whose class is right."""
    return share(classifier(tests.rows).argmax(axis=-1) == tests.labels)


def share(right: Any) -> float:
    """Return which share is true, in four decimals: 400 texts give no more."""
    return round(float(np.mean(right)), 4)


def by_labels(tune: Callable[[Data, int], Classifier]) -> Callable[[int], dict[str, float]]:
    """Return what measures a way to tune, for each number of labels."""

    def measure(seed: int) -> dict[str, float]:
        tests = messages(TEST_COUNT, "tested", seed)
        return {
            str(count): accuracy(tune(messages(count, "labelled", seed), seed), tests)
            for count in LABEL_COUNTS
        }

    return measure


def tuned_part(part: str) -> Callable[[int], dict[str, float]]:
    """Return what measures a pretrained model of which a part is tuned."""
    end = end_of("messages")
    return by_labels(
        lambda learned, seed: tuned(
            pretrained("messages", seed), learned, seed, padding=end, part=part
        )
    )


def from_scratch(seed: int) -> dict[str, float]:
    """Measure a model that has read nothing before."""
    end = end_of("messages")
    return by_labels(
        lambda learned, seed: tuned(
            fresh("messages", seed), learned, seed, padding=end, part="everything", steps=50
        )
    )(seed)


def by_words(table: Callable[[], Vectors] | None = None) -> Callable[[int], dict[str, float]]:
    """Return what measures a logistic regression on words, or on what a table makes of them."""

    def measure(seed: int) -> dict[str, float]:
        tokenizer = tokenizer_of("messages")
        tests = make_messages(TEST_COUNT, "tested", seed=seed)
        found = {}
        for count in LABEL_COUNTS:
            learned = make_messages(count, "labelled", seed=seed)
            described = [bag_of_words(each, tokenizer) for each in (learned, tests)]
            if table is not None:
                described = [bags @ table() for bags in described]
            guess = logistic_regression(described[0], np.array([m.label for m in learned]))
            found[str(count)] = share(guess(described[1]) == [m.label for m in tests])
        return found

    return measure


def by_vector(pooling: str, *, padding_known: bool = True) -> Callable[[int], dict[str, float]]:
    """Return what measures a filter that reads one of its vectors, tuned on 56 labels."""

    def measure(seed: int) -> dict[str, float]:
        classifier = tuned(
            pretrained("messages", seed),
            messages(56, "labelled", seed),
            seed,
            padding=end_of("messages") if padding_known else None,
            pooling=pooling,
        )
        return {"accuracy": accuracy(classifier, messages(TEST_COUNT, "tested", seed))}

    return measure


def orders(count: int, half: Half, seed: int) -> Data:
    """Make sentences that say who does what."""
    return data("orders", make_orders(count, half, seed=seed))


def by_order(part: str, model: Callable[[int], GPT]) -> Callable[[int], dict[str, float]]:
    """Return what measures a model, of which a part is tuned, where only the order tells."""

    def measure(seed: int) -> dict[str, float]:
        tests, end = orders(TEST_COUNT, "tested", seed), end_of("orders")
        found = {}
        for count in ORDER_COUNTS:
            learned = orders(count, "labelled", seed)
            classifier = tuned(
                model(seed), learned, seed, padding=end, part=part, steps=80, peak=0.003
            )
            found[str(count)] = accuracy(classifier, tests)
        return found

    return measure


def orders_by_words(seed: int) -> dict[str, float]:
    """Measure naive Bayes where only the order tells."""
    tests, words = orders(TEST_COUNT, "tested", seed), len(tokenizer_of("orders").str_to_int)
    return {
        str(count): share(
            naive_bayes(*orders(count, "labelled", seed), tests.rows, words) == tests.labels
        )
        for count in ORDER_COUNTS
    }


def of_rare_class(choose: Callable[[IdArray], IdArray]) -> Callable[[int], dict[str, float]]:
    """Return what measures a filter for rare spam, learned from the messages that are chosen."""

    def measure(seed: int) -> dict[str, float]:
        end = end_of("messages")
        rows, labels = messages(280, "labelled", seed, spam=0.1)
        chosen = choose(labels)
        learned = Data(rows[chosen], labels[chosen])
        tests = messages(TEST_COUNT, "tested", seed, spam=0.1)
        classifier = tuned(pretrained("messages", seed), learned, seed, padding=end, steps=40)
        table = confusion_table(tests.labels, classifier(tests.rows).argmax(axis=-1))
        return {
            "accuracy": round(float(np.trace(table)) / TEST_COUNT, 4),
            "recall": round(float(table[1, 1] / table[1].sum()), 4),
            "precision": round(float(table[1, 1] / max(1, table[:, 1].sum())), 4),
        }

    return measure


def copied(labels: IdArray) -> IdArray:
    """Choose all messages, those of the rare class nine times each."""
    return np.repeat(np.arange(len(labels)), np.where(labels == 1, 9, 1))


def balanced(labels: IdArray) -> IdArray:
    """Choose as many of the common class as there are of the rare one."""
    rare = np.flatnonzero(labels == 1)
    return np.concatenate([rare, np.flatnonzero(labels == 0)[: len(rare)]])


def after_steps(steps: int) -> Callable[[int], dict[str, float]]:
    """Return what measures how sure a filter is after some steps, and how sure it should be."""

    def measure(seed: int) -> dict[str, float]:
        classifier = tuned(
            pretrained("messages", seed),
            messages(112, "labelled", seed),
            seed,
            padding=end_of("messages"),
            steps=steps,
        )
        tests = messages(TEST_COUNT, "tested", seed)
        scores = classifier(tests.rows)
        shares = softmax(scores)
        halved = calibration_error(calibration(softmax(scores / 2), tests.labels))
        return {
            "right": share(shares.argmax(axis=-1) == tests.labels),
            "sure": share(shares.max(axis=-1)),
            "error": round(calibration_error(calibration(shares, tests.labels)), 4),
            "error at temperature 2": round(halved, 4),
        }

    return measure
