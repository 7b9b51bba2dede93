"""The loss of a whole text."""

from verdict.checks.arrays import Ids, id_row
from verdict.checks.numbers import checked_size
from verdict.checks.training import check_measurable
from verdict.model.gpt import GPT
from verdict.training.loss import cross_entropy


def evaluate(model: GPT, ids: Ids, batch_size: int = 8) -> float:
    """Measure a model's loss on a text: the mean over all its tokens but the first.

    The text is read in windows of the context's length that do not overlap; the last may be
    shorter. Nothing is dropped, and no gradient is computed.

    Args:
        model: The model.
        ids: The text.
        batch_size: How many windows are read at once. It changes the memory that is needed.

    Returns:
        The loss.

    Raises:
        TypeError: If an ID is no integer.
        ValueError: If the text has less than two tokens.
        IndexError: If the model does not know a token.
    """
    text = id_row(ids)
    check_measurable(len(text))
    batch_size = checked_size("batch_size", batch_size)
    length = model.config.context_length
    inputs, targets = text[:-1], text[1:]
    whole = len(inputs) // length * length
    total = 0.0
    for start in range(0, whole, batch_size * length):
        part = slice(start, min(start + batch_size * length, whole))
        scores = model(inputs[part].reshape(-1, length))
        total += cross_entropy(scores, targets[part].reshape(-1, length)) * len(inputs[part])
    if whole < len(inputs):
        rest = cross_entropy(model(inputs[whole:]), targets[whole:])
        total += rest * (len(inputs) - whole)
    return float(total / len(inputs))
