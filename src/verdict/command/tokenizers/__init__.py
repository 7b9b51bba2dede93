"""The tokenizers that commands use: found by a name or a file, for text that comes in pieces."""
