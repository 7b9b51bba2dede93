"""Training: gradients of the whole model, and the steps that lower its loss."""

import verdict.training.fused  # noqa: F401 - so that the model's functions know tensors
