"""Language models: the smallest one there is, attention, and a whole GPT with its size."""
