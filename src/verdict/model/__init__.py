"""Language models: the smallest one there is, the attention of large ones, and their size."""
