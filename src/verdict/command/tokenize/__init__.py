"""The commands `encode`, `decode`, `train` and `stats`: text and token IDs, without a model."""
