"""The command `generate`: a model goes on with a text."""
