"""NumPy's integers are taken wherever Python's are; what is no integer is refused with words."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, get_args, get_origin

import numpy as np
import pytest

import verdict
from verdict import (
    GPT,
    AdamW,
    BigramModel,
    BytePairTokenizer,
    CausalAttention,
    Classifier,
    GPTConfig,
    LoRA,
    MultiHeadAttention,
    Parameters,
    SelfAttention,
    SimpleTokenizerV1,
    SimpleTokenizerV2,
    animal_tales,
    batches,
    calibration,
    causal_mask,
    clip_gradients,
    collate,
    confusion_table,
    count_dropped,
    count_parameters,
    cross_entropy,
    embed_tokens,
    embedding_gradient,
    embedding_table,
    evaluate,
    fine_tune,
    generate,
    greedy_answers,
    input_vectors,
    learned_positions,
    learning_rate,
    loss_and_gradients,
    make_messages,
    make_orders,
    message_phrases,
    next_token_shares,
    order_clauses,
    pad_rows,
    random_windows,
    rotate_by_position,
    sinusoidal_positions,
    sliding_windows,
    softmax,
    split_heads,
    split_ids,
    stream_windows,
    toy_instructions,
    toy_texts,
    toy_world,
    train,
)

ROWS = np.arange(12.0).reshape(6, 2)
"""A table, or vectors: six of them, two numbers wide."""

INPUTS, TARGETS = sliding_windows(range(9), 2, 1)


def order(fourth: Any) -> list[Any]:
    """The order of the bytes, with one of them given."""
    return [0, 1, 2, 3, fourth, *range(5, 256)]


SMALL = GPTConfig(vocabulary_size=6, context_length=4, width=4, heads=2, layers=1)
MODEL = GPT(SMALL, seed=1)


def trained(**given: Any) -> list[Any]:
    """What the steps of a short training tell."""
    options: dict[str, Any] = {
        "ids": [0, 1, 2, 3, 4, 5, 0],
        "steps": 2,
        "seed": 1,
        "batch_size": 1,
    } | given
    model = GPT(SMALL, seed=1)
    return list(train(model, options.pop("ids"), options.pop("steps"), **options))


WORLD = toy_world(1)


def tuned(**given: Any) -> list[Any]:
    """What the steps of a short fine-tuning tell."""
    options: dict[str, Any] = {
        "inputs": [[1, 2]],
        "targets": [[2, 3]],
        "steps": 2,
        "seed": 1,
        "batch_size": 4,
    } | given
    first = [options.pop(name) for name in ("inputs", "targets", "steps")]
    return list(fine_tune(GPT(SMALL, seed=1), *first, **options))


EXAMPLES: dict[str, Callable[[Any], Any]] = {
    "SimpleTokenizerV1(vocab)": lambda n: SimpleTokenizerV1({"a": n}).encode("a"),
    "SimpleTokenizerV1.decode(ids)": lambda n: SimpleTokenizerV1({"a": 4}).decode([n]),
    "SimpleTokenizerV2(vocab)": lambda n: SimpleTokenizerV2({"<|unk|>": n}).encode("a"),
    "SimpleTokenizerV2.decode(ids)": lambda n: SimpleTokenizerV2({"<|unk|>": 4}).decode([n]),
    "BytePairTokenizer(merges)": lambda n: BytePairTokenizer([(n, n)]),
    "BytePairTokenizer(byte_order)": lambda n: BytePairTokenizer(byte_order=order(n)),
    "BytePairTokenizer.train(vocab_size)": lambda n: BytePairTokenizer.train("low low", n),
    "BytePairTokenizer.train(byte_order)": lambda n: BytePairTokenizer.train(
        "low low", 257, byte_order=order(n)
    ),
    "BytePairTokenizer.decode(ids)": lambda n: BytePairTokenizer().decode([n]),
    "BytePairTokenizer.decode_bytes(ids)": lambda n: BytePairTokenizer().decode_bytes([n]),
    "sliding_windows(ids)": lambda n: sliding_windows([n, 5, 6], 2, 1),
    "sliding_windows(context_length)": lambda n: sliding_windows(range(9), n, 1),
    "sliding_windows(stride)": lambda n: sliding_windows(range(9), 2, n),
    "count_dropped(length)": lambda n: count_dropped(n, 2, 1),
    "count_dropped(context_length)": lambda n: count_dropped(9, n, 1),
    "count_dropped(stride)": lambda n: count_dropped(9, 2, n),
    "stream_windows(pieces)": lambda n: list(stream_windows([[n, 5], [6]], 2, 1)),
    "stream_windows(context_length)": lambda n: list(stream_windows([range(9)], n, 1)),
    "stream_windows(stride)": lambda n: list(stream_windows([range(9)], 2, n)),
    "split_ids(ids)": lambda n: split_ids([1, 2, 3, n], 0.25),
    "batches(inputs)": lambda n: list(batches([[n], [5]], TARGETS[:2], 1)),
    "batches(targets)": lambda n: list(batches(INPUTS[:2], [[n], [5]], 1)),
    "batches(batch_size)": lambda n: list(batches(INPUTS, TARGETS, n)),
    "batches(seed)": lambda n: list(batches(INPUTS, TARGETS, 2, seed=n)),
    "embedding_table(vocabulary_size)": lambda n: embedding_table(n, 2, seed=1),
    "embedding_table(width)": lambda n: embedding_table(2, n, seed=1),
    "embedding_table(seed)": lambda n: embedding_table(2, 2, seed=n),
    "embed_tokens(ids)": lambda n: embed_tokens(ROWS, [n, 1]),
    "embedding_gradient(ids)": lambda n: embedding_gradient([n, 1], ROWS[:2], 6),
    "embedding_gradient(vocabulary_size)": lambda n: embedding_gradient([1], ROWS[:1], n),
    "learned_positions(context_length)": lambda n: learned_positions(n, 2, seed=1),
    "learned_positions(width)": lambda n: learned_positions(2, n, seed=1),
    "learned_positions(seed)": lambda n: learned_positions(2, 2, seed=n),
    "sinusoidal_positions(context_length)": lambda n: sinusoidal_positions(n, 2),
    "sinusoidal_positions(width)": lambda n: sinusoidal_positions(2, n),
    "input_vectors(ids)": lambda n: input_vectors([1, n], ROWS, ROWS),
    "rotate_by_position(positions)": lambda n: [
        rotate_by_position(ROWS[:2], [1, n]),
        rotate_by_position(ROWS, n),
    ],
    "BigramModel.generate(length)": lambda n: BigramModel(list("aab")).generate("a", n),
    "BigramModel.generate(seed)": lambda n: BigramModel(["a", "b", "a", "c"]).generate("a", 9, n),
    "softmax(axis)": lambda n: softmax(np.ones((1, 1, 2, 3, 2)), n),
    "causal_mask(tokens)": causal_mask,
    "SelfAttention(input_width)": lambda n: SelfAttention(n, 2, seed=1)(ROWS.reshape(3, 4)),
    "SelfAttention(output_width)": lambda n: SelfAttention(2, n, seed=1)(ROWS),
    "SelfAttention(seed)": lambda n: SelfAttention(2, 2, seed=n)(ROWS),
    "CausalAttention(input_width)": lambda n: CausalAttention(n, 2, 6, seed=1)(ROWS.reshape(3, 4)),
    "CausalAttention(output_width)": lambda n: CausalAttention(2, n, 6, seed=1)(ROWS),
    "CausalAttention(context_length)": lambda n: CausalAttention(2, 2, n, seed=1)(ROWS[:4]),
    "CausalAttention(seed)": lambda n: CausalAttention(2, 2, 6, seed=n)(ROWS),
    "split_heads(heads)": lambda n: split_heads(ROWS.reshape(3, 4), n),
    "MultiHeadAttention(input_width)": lambda n: MultiHeadAttention(n, 2, 6, 2, seed=1)(
        ROWS.reshape(3, 4)
    ),
    "MultiHeadAttention(output_width)": lambda n: MultiHeadAttention(2, n, 6, 2, seed=1)(ROWS),
    "MultiHeadAttention(context_length)": lambda n: MultiHeadAttention(2, 2, n, 2, seed=1)(
        ROWS[:4]
    ),
    "MultiHeadAttention(heads)": lambda n: MultiHeadAttention(2, 4, 6, n, seed=1)(ROWS),
    "MultiHeadAttention(seed)": lambda n: MultiHeadAttention(2, 2, 6, 2, seed=n)(ROWS),
    "count_parameters(vocabulary_size)": lambda n: count_parameters(n, 2, 2, 2),
    "count_parameters(context_length)": lambda n: count_parameters(2, n, 2, 2),
    "count_parameters(width)": lambda n: count_parameters(2, 2, n, 2),
    "count_parameters(layers)": lambda n: count_parameters(2, 2, 2, n),
    "Parameters(shapes)": lambda n: Parameters({"a": (n, 2)}, seed=1)["a"],
    "Parameters(seed)": lambda n: Parameters({"a": (2, 2)}, seed=n)["a"],
    "GPTConfig(vocabulary_size)": lambda n: GPTConfig(n, 4, 4, 2, 1),
    "GPTConfig(context_length)": lambda n: GPTConfig(4, n, 4, 2, 1),
    "GPTConfig(width)": lambda n: GPTConfig(4, 4, n, 2, 1),
    "GPTConfig(heads)": lambda n: GPTConfig(4, 4, 4, n, 1),
    "GPTConfig(layers)": lambda n: GPTConfig(4, 4, 4, 2, n),
    "GPT(seed)": lambda n: GPT(SMALL, seed=n)([1, 2]),
    "GPT.next_token_scores(ids)": lambda n: MODEL.next_token_scores([n, 1]),
    "generate(ids)": lambda n: list(generate(MODEL, [n, 1], 2)),
    "generate(max_tokens)": lambda n: list(generate(MODEL, [1], n)),
    "generate(top_k)": lambda n: list(generate(MODEL, [1], 2, temperature=1.0, top_k=n, seed=1)),
    "generate(seed)": lambda n: list(generate(MODEL, [1], 2, temperature=1.0, seed=n)),
    "generate(stop)": lambda n: list(generate(MODEL, [1], 2, stop=[n])),
    "next_token_shares(top_k)": lambda n: next_token_shares(np.arange(6.0), top_k=n),
    "AdamW(digits)": lambda n: AdamW({"a": np.ones(2)}, digits=n).digits,
    "clip_gradients(digits)": lambda n: clip_gradients({"a": np.ones(2)}, digits=n)[1],
    "cross_entropy(targets)": lambda n: cross_entropy(ROWS.reshape(2, 6), [n, 1]),
    "cross_entropy(ignored)": lambda n: cross_entropy(ROWS.reshape(2, 6), [1, 4], n),
    "evaluate(ids)": lambda n: evaluate(MODEL, [n, *range(5)]),
    "evaluate(batch_size)": lambda n: evaluate(MODEL, [*range(6)], n),
    "learning_rate(step)": lambda n: learning_rate(n, 30),
    "learning_rate(steps)": lambda n: learning_rate(1, n, warm_up=1),
    "learning_rate(warm_up)": lambda n: learning_rate(1, 30, warm_up=n),
    "loss_and_gradients(inputs)": lambda n: loss_and_gradients(MODEL, [[n, 1]], [[1, 2]])[0],
    "loss_and_gradients(targets)": lambda n: loss_and_gradients(MODEL, [[1, 2]], [[n, 1]])[0],
    "loss_and_gradients(ignored)": lambda n: loss_and_gradients(
        MODEL, [[1, 2]], [[4, 1]], ignored=n
    )[0],
    "random_windows(ids)": lambda n: random_windows([n] * 6, 2, 2, seed=1),
    "random_windows(context_length)": lambda n: random_windows(range(9), n, 2, seed=1),
    "random_windows(count)": lambda n: random_windows(range(9), 2, n, seed=1),
    "random_windows(seed)": lambda n: random_windows(range(9), 2, 2, seed=n),
    "train(ids)": lambda n: trained(ids=[n, *range(6)]),
    "train(steps)": lambda n: trained(steps=n),
    "train(validation_ids)": lambda n: trained(validation_ids=[n, *range(6)]),
    "train(seed)": lambda n: trained(seed=n),
    "train(batch_size)": lambda n: trained(batch_size=n),
    "train(warm_up)": lambda n: trained(steps=5, warm_up=n),
    "train(evaluate_every)": lambda n: trained(evaluate_every=n),
    "GPT.vectors(ids)": lambda n: MODEL.vectors([n, 1]),
    "animal_tales(count)": lambda n: animal_tales(n, 1),
    "animal_tales(seed)": lambda n: animal_tales(2, n),
    "make_messages(count)": make_messages,
    "make_messages(seed)": lambda n: make_messages(2, seed=n),
    "message_phrases(seed)": lambda n: message_phrases("tested", n),
    "make_orders(count)": make_orders,
    "make_orders(seed)": lambda n: make_orders(2, seed=n),
    "order_clauses(seed)": lambda n: order_clauses("tested", n),
    "pad_rows(texts)": lambda n: pad_rows([[n, 1], [2]], 0),
    "pad_rows(padding)": lambda n: pad_rows([[3, 1], [2]], n),
    "pad_rows(longest)": lambda n: pad_rows([[3, 1], [2]], 0, n),
    "Classifier(classes)": lambda n: Classifier(MODEL, n, seed=1)([[1, 2]]),
    "Classifier(padding)": lambda n: Classifier(MODEL, padding=n, seed=1)([[1, 4]]),
    "Classifier(seed)": lambda n: Classifier(MODEL, seed=n)([[1, 2]]),
    "confusion_table(labels)": lambda n: confusion_table([n, 1], [1, 1], 5),
    "confusion_table(guesses)": lambda n: confusion_table([1, 1], [n, 1], 5),
    "confusion_table(classes)": lambda n: confusion_table([1, 0], [1, 1], n),
    "calibration(labels)": lambda n: calibration(np.full((2, 5), 0.2), [n, 1]),
    "calibration(bins)": lambda n: calibration(np.full((2, 5), 0.2), [3, 1], n),
    "collate(examples)": lambda n: [*collate([([1, n], [2])], 0), *collate([([1], [n])], 0)],
    "collate(end)": lambda n: collate([([1, 2], [2])], n),
    "collate(longest)": lambda n: collate([([1], [2])], 0, longest=n),
    "collate(ignored)": lambda n: collate([([1, 2], [3])], 0, ignored=n),
    "fine_tune(inputs)": lambda n: tuned(inputs=[[n, 2]]),
    "fine_tune(targets)": lambda n: tuned(targets=[[n, 2]]),
    "fine_tune(steps)": lambda n: tuned(steps=n),
    "fine_tune(rehearsal)": lambda n: tuned(rehearsal=[n, *range(6)]),
    "fine_tune(seed)": lambda n: tuned(seed=n),
    "fine_tune(batch_size)": lambda n: tuned(batch_size=n),
    "fine_tune(unseen)": lambda n: tuned(inputs=[[1, 2]] * 5, targets=[[2, 3]] * 5, unseen=[n]),
    "fine_tune(warm_up)": lambda n: tuned(steps=5, warm_up=n),
    "toy_world(seed)": toy_world,
    "toy_texts(count)": lambda n: toy_texts(WORLD, n, 1),
    "toy_texts(seed)": lambda n: toy_texts(WORLD, 2, n),
    "toy_instructions(count)": lambda n: toy_instructions(WORLD, n, 1),
    "toy_instructions(seed)": lambda n: toy_instructions(WORLD, 2, n),
    "LoRA(rank)": lambda n: LoRA(MODEL, n, seed=1)([1, 2]),
    "LoRA(seed)": lambda n: LoRA(MODEL, 2, seed=n).parameters["blocks.0.widen.A"],
    "greedy_answers(prompts)": lambda n: greedy_answers(MODEL, [[n, 1]], 0, 2),
    "greedy_answers(end)": lambda n: greedy_answers(MODEL, [[3, 1]], n, 2),
    "greedy_answers(max_tokens)": lambda n: greedy_answers(MODEL, [[3]], 0, n),
}
"""Of each parameter that takes integers, a use of it with one that is given: 4, if it counts."""

LARGER_NUMBERS = {"BytePairTokenizer.train(vocab_size)": 258}
"""Where 4 would be too small."""

CHECKED_ELSEWHERE = {
    "Cache.begin(ids)": "the model calls it, with what it has checked",
    "GPT.from_pretrained(heads)": "the reader of weights checks it, and so does its test",
    "Tensor.mean(axis)": "NumPy's own",
    "Tensor.sum(axis)": "NumPy's own",
    "Tensor.swapaxes(one)": "NumPy's own",
    "Tensor.swapaxes(other)": "NumPy's own",
    "block_shapes(width)": "the configuration has checked it",
}
"""Parameters that are not tried here, and why."""

INTEGER_TYPES = [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64]


PUBLIC_NAMES = {name: getattr(verdict, name) for name in verdict.__all__}
"""What annotations may name that their own module imports for a type checker alone."""


def takes_integers(annotation: Any) -> bool:
    """Whether a parameter takes an integer, or what is made of them, such as an array."""
    kind = get_origin(annotation) or annotation
    if kind is int or (isinstance(kind, type) and issubclass(kind, np.integer)):
        return True
    return any(map(takes_integers, get_args(annotation)))


def callables() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield all that a user of the package can call: functions, classes, their methods."""
    for name in verdict.__all__:
        found = getattr(verdict, name)
        if not callable(found) or (isinstance(found, type) and issubclass(found, Exception)):
            continue
        yield name, found
        if isinstance(found, type):
            for method in dir(found):
                if not method.startswith("_") and callable(getattr(found, method)):
                    yield f"{name}.{method}", getattr(found, method)


def test_each_parameter_that_takes_integers_has_an_example() -> None:
    found = {
        f"{name}({parameter.name})"
        for name, function in callables()
        for parameter in inspect.signature(
            function, eval_str=True, locals=PUBLIC_NAMES
        ).parameters.values()
        if takes_integers(parameter.annotation)
    }
    assert found == EXAMPLES.keys() | CHECKED_ELSEWHERE.keys()


def plain(value: Any) -> Any:
    """What was given back, to be compared: arrays as lists."""
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.tolist() if isinstance(value, np.ndarray) else value


@pytest.mark.parametrize("kind", INTEGER_TYPES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_numpys_integers_are_taken(name: str, kind: type[Any]) -> None:
    number = LARGER_NUMBERS.get(name, 4)
    if number > np.iinfo(kind).max:
        kind = np.uint16
    assert plain(EXAMPLES[name](kind(number))) == plain(EXAMPLES[name](number))


@pytest.mark.parametrize("wrong", [True, 4.0, "4", np.float64(4), np.bool_(True)])
@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_no_integer_is_refused(name: str, wrong: object) -> None:
    with pytest.raises(TypeError, match=r"must be (an int(eger)?|integers), not "):
        EXAMPLES[name](wrong)


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.endswith("(seed)")])
def test_a_negative_seed_is_refused_in_numpys_place(name: str) -> None:
    if name.startswith("BigramModel"):
        assert EXAMPLES[name](-1)
        return
    with pytest.raises(ValueError, match="seed must be 0 or more, not -1"):
        EXAMPLES[name](-1)


@pytest.mark.parametrize("batch", [[[4], [5, 6]], [(4, 5)], np.array([[4, 5]]), [np.array([4])]])
@pytest.mark.parametrize("tokenizer", [BytePairTokenizer(), SimpleTokenizerV1({"a": 4})])
def test_a_batch_gets_words_about_its_shape(tokenizer: BytePairTokenizer, batch: Any) -> None:
    with pytest.raises(TypeError, match=r"ids must be one row of token IDs, not .*: take one row"):
        tokenizer.decode(batch)
