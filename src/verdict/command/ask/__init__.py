"""The command `ask`: a tuned model answers instructions."""
