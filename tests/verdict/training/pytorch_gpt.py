"""A GPT of PyTorch with the weights of ours: the oracle, and the rival in the benchmark.

`python -m tests.verdict.training.pytorch_gpt` records anew what the tests compare with, where
PyTorch is installed. No test asks for it.
"""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from verdict import GPT, GPTConfig, learning_rate, random_windows

RECORDED = Path(__file__).with_name("pytorch_numbers.json")
TEXT = np.arange(60) ** 2 % 7
STEPS = 20


def small_gpt(*, tied: bool) -> GPT:
    """A model whose weights are not small, so that each gradient says something."""
    config = GPTConfig(7, context_length=5, width=4, heads=2, layers=2, tied=tied)
    return GPT(config, spread=0.5, seed=1)


class PyTorchGPT:
    """The same model by PyTorch's operations, in its eager mode."""

    def __init__(self, model: GPT) -> None:
        self.torch: Any = import_module("torch")
        self.config = model.config
        self.weights = {
            name: self.torch.tensor(np.array(array), requires_grad=True)
            for name, array in model.parameters.items()
        }

    def __call__(self, ids: Any) -> Any:
        w, config, functional = self.weights, self.config, self.torch.nn.functional
        tokens, width = ids.shape[-1], config.width
        x = w["tokens"][ids] + w["positions"][:tokens]
        for layer in range(config.layers):
            part = f"blocks.{layer}."
            x = x + self.attend(self.normalize(x, f"{part}norm_1_"), f"{part}attention.")
            normal = self.normalize(x, f"{part}norm_2_").view(-1, width)
            wide = self.torch.addmm(w[f"{part}widen_bias"], normal, w[f"{part}widen"])
            bent = functional.gelu(wide, approximate="tanh")
            x = x + self.torch.addmm(w[f"{part}narrow_bias"], bent, w[f"{part}narrow"]).view(
                x.shape
            )
        x = self.normalize(x, "norm_")
        return x @ (w["tokens"].T if config.tied else w["head"])

    def normalize(self, x: Any, name: str) -> Any:
        scale, shift = self.weights[f"{name}scale"], self.weights[f"{name}shift"]
        return self.torch.nn.functional.layer_norm(x, (self.config.width,), scale, shift)

    def attend(self, x: Any, name: str) -> Any:
        w, torch, heads = self.weights, self.torch, self.config.heads
        batch, tokens, width = x.shape
        joined = torch.addmm(
            w[f"{name}query_key_value_bias"], x.reshape(-1, width), w[f"{name}query_key_value"]
        )
        split = joined.view(batch, tokens, 3, heads, width // heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) * (width // heads) ** -0.5
        future = torch.triu(torch.ones(tokens, tokens, dtype=torch.bool), diagonal=1)
        found = scores.masked_fill(future, -torch.inf).softmax(-1) @ value
        found = found.transpose(1, 2).reshape(-1, width)
        return torch.addmm(w[f"{name}output_bias"], found, w[f"{name}output"]).view(x.shape)

    def loss(self, inputs: Any, targets: Any) -> Any:
        """Cross-entropy; targets of -100 do not count."""
        scores = self(self.torch.tensor(np.array(inputs)))
        wanted = self.torch.tensor(np.array(targets)).view(-1)
        return self.torch.nn.functional.cross_entropy(scores.view(-1, scores.shape[-1]), wanted)

    def optimizer(self) -> Any:
        """AdamW, with decay on matrices only."""
        matrices = [weight for weight in self.weights.values() if weight.ndim > 1]
        others = [weight for weight in self.weights.values() if weight.ndim == 1]
        groups = [
            {"params": matrices, "weight_decay": 0.1},
            {"params": others, "weight_decay": 0.0},
        ]
        return self.torch.optim.AdamW(groups, betas=(0.9, 0.99), eps=1e-8)

    def clip(self, limit: float = 1.0) -> None:
        """Shorten all gradients together; PyTorch's own adds a millionth to their length."""
        length = sum((weight.grad**2).sum() for weight in self.weights.values()) ** 0.5
        if length > limit:
            for weight in self.weights.values():
                weight.grad *= limit / length


def record() -> dict[str, Any]:
    """Compute gradients of one batch, and the losses of a training."""
    found: dict[str, Any] = {"version": import_module("torch").__version__}
    for kind in ("tied", "with a head"):
        there = PyTorchGPT(small_gpt(tied=kind == "tied"))
        inputs, targets = random_windows(TEXT, 5, 3, seed=2)
        targets = targets.copy()
        targets[0, :2] = -100
        loss = there.loss(inputs, targets)
        loss.backward()
        gradients = {name: weight.grad.tolist() for name, weight in there.weights.items()}
        found[kind] = {"loss": loss.item(), "gradients": gradients, "losses": losses(there)}
    return found


def losses(there: PyTorchGPT) -> list[float]:
    optimizer, random, found = there.optimizer(), np.random.default_rng(3), []
    for step in range(1, STEPS + 1):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, STEPS, peak=0.05, warm_up=5)
        optimizer.zero_grad()
        loss = there.loss(*random_windows(TEXT, 5, 4, random))
        loss.backward()
        there.clip()
        optimizer.step()
        found.append(loss.item())
    return found


if __name__ == "__main__":
    RECORDED.write_text(json.dumps(record()) + "\n", encoding="utf-8")
