"""The models that commands use: found by a name or a file, and given texts to read."""
