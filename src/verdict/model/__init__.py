"""Language models: the smallest one there is, and the size of large ones."""
