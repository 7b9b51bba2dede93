"""A training in a file: its model, and all that it needs to go on as if it had not stopped."""

import json
import os
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from verdict.command.errors import reading
from verdict.command.tokenizers.choosing import REMARK as TOKENIZER
from verdict.command.tokenizers.choosing import WORDS
from verdict.command.training.record import Record

if TYPE_CHECKING:
    import numpy as np

    from verdict.training.gradients import Model

R = TypeVar("R", bound=Record[Any])
M = TypeVar("M", bound="Model")


class Training(Generic[R, M]):
    """A model and what moves its weights.

    Args:
        record: What it is made of.
        model: The model.
        generator: What draws in the training.
        learner: Has the weights that move: without it, the model.
        saved: Has the arrays of the file: without it, the model.

    Attributes:
        other_remarks: Remarks of the file that it was read from, which are written again.

    Raises:
        MemoryError: If there is no room for it.
    """

    def __init__(
        self,
        record: R,
        model: M,
        generator: "np.random.Generator",
        learner: "Model | None" = None,
        saved: "Model | None" = None,
    ) -> None:
        from verdict.training.optimizer import DIGITS, AdamW

        self.record, self.model, self.generator = record, model, generator
        self.learner, self.saved = learner or model, saved or model
        self.other_remarks: dict[str, str] = {}
        digits = None if record.settings.float32 else DIGITS
        self.optimizer = AdamW(self.learner.parameters, digits=digits)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write all of it into a file, whole or not at all.

        Raises:
            OSError: If the file cannot be written.
        """
        from verdict.model.gpt2_weights import HEADS
        from verdict.training.weights import save_weights

        record = self.record
        remarks = {
            **self.other_remarks,
            HEADS: str(record.heads),
            TOKENIZER: record.tokenizer,
            record.REMARK: json.dumps(record.noted()),
        }
        save_weights(path, self.saved, self.optimizer, self.generator, remarks)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Read the weights, the optimizer's averages and the generator's state from a file.

        Raises:
            CommandError: If the file cannot be read, or has not all of it.
        """
        from verdict.model.safetensors_file import read_metadata
        from verdict.training.weights import load_weights

        with reading(path):
            load_weights(path, self.saved, self.optimizer, self.generator)
            words = read_metadata(path).get(WORDS)
        self.other_remarks = {} if words is None else {WORDS: words}

    @property
    def size(self) -> int:
        """How many numbers the model has."""
        return sum(array.size for array in self.model.parameters.values())
