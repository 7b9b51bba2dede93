"""A text becomes words, token IDs, windows, and the vectors that enter a model."""
