"""Training: gradients of the whole model, and the steps that lower its loss."""
