"""A small GPT and three prompts with their answers, for the tests of tuning."""

from verdict import GPT, Classifier, GPTConfig, LoRA, collate

END = 0
PAIRS = [([1, 2], [3, 4]), ([1, 5], [6]), ([2, 2, 2], [7, 1, 2])]
ROWS = collate(PAIRS, END)


def small_gpt(layers: int = 1) -> GPT:
    return GPT(GPTConfig(9, context_length=10, width=8, heads=2, layers=layers), seed=1)


def weight_bytes(model: GPT | Classifier | LoRA) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in model.parameters.items()}
