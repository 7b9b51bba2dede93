"""How many parameters a GPT has, from its shape alone."""

from verdict.checks.numbers import checked_size


def count_parameters(  # noqa: PLR0913 - the last two have their usual value
    vocabulary_size: int,
    context_length: int,
    width: int,
    layers: int,
    *,
    bias: bool = True,
    tied: bool = True,
) -> dict[str, int]:
    """Count the parameters of a GPT-2 or GPT-3 model by the part that they belong to.

    The parts are those of "Language Models are Unsupervised Multitask Learners" (Radford et
    al., 2019, section 2.3): two tables of embeddings, then in each layer self-attention and
    a feed-forward network four times as wide, each behind a normalization, and one more
    normalization at the end. The output reuses the table of token embeddings. What `GPT` builds
    from a `GPTConfig` has as many numbers in its arrays.

    Args:
        vocabulary_size: The number of tokens in the vocabulary.
        context_length: How many tokens the model sees at once.
        width: The length of the vector of each token.
        layers: The number of layers.
        bias: Whether queries, keys and values have a bias.
        tied: Whether the output uses the table of token embeddings, and not one of its own.

    Returns:
        The number of parameters of each part.

    Raises:
        TypeError: If a number is not an `int`.
        ValueError: If a number is below 1.

    Examples:
        >>> sum(count_parameters(50_257, 1_024, 768, 12).values())
        124439808
    """
    vocabulary_size = checked_size("vocabulary_size", vocabulary_size)
    context_length = checked_size("context_length", context_length)
    width = checked_size("width", width)
    layers = checked_size("layers", layers)
    bias_size = 4 * width if bias else width
    parts = {
        "token embeddings": vocabulary_size * width,  # (vocabulary_size, width)
        "position embeddings": context_length * width,  # (context_length, width)
        # Four tables of (width, width), for queries, keys, values and output, with their biases.
        "self-attention": layers * (4 * width * width + bias_size),
        # One table of (width, 4 width), one of (4 width, width), and a bias behind each.
        "feed-forward": layers * (8 * width * width + 5 * width),
        # Two in each layer and one at the end, each a factor and a bias for every number.
        "normalization": layers * 4 * width + 2 * width,
    }
    if not tied:
        parts["output"] = width * vocabulary_size  # (width, vocabulary_size)
    return parts
