"""Evaluation: the loss of a model on a whole text."""

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
        ids: The token IDs of the text, one row.
        batch_size: How many windows are read at once. It changes the memory that is needed, and
            no result.

    Returns:
        The loss.

    Raises:
        TypeError: If an ID or `batch_size` is no integer.
        ValueError: If the text has less than two tokens, or `batch_size` is below 1.
        IndexError: If the model does not know a token.

    Examples:
        >>> from verdict import GPTConfig
        >>> model = GPT(GPTConfig(5, context_length=4, width=8, heads=2, layers=1), seed=1)
        >>> round(evaluate(model, [0, 1, 2, 3, 4, 0, 1]), 1)  # log(5), since it knows nothing yet
        1.6
    """
    text = id_row(ids)
    check_measurable(len(text))
    batch_size = checked_size("batch_size", batch_size)
    length = model.config.context_length
    inputs, targets = text[:-1], text[1:]  # each (tokens,)
    end_of_windows = len(inputs) // length * length
    total = 0.0
    # All windows of full length, several at once.
    for start in range(0, end_of_windows, batch_size * length):
        part = slice(start, min(start + batch_size * length, end_of_windows))
        scores = model(inputs[part].reshape(-1, length))  # (windows, length, vocabulary_size)
        total += cross_entropy(scores, targets[part].reshape(-1, length)) * len(inputs[part])
    # And the shorter one at the end.
    if end_of_windows < len(inputs):
        loss = cross_entropy(model(inputs[end_of_windows:]), targets[end_of_windows:])
        total += loss * (len(inputs) - end_of_windows)
    return float(total / len(inputs))
