"""The command `classify`: a tuned model gives texts their labels."""
