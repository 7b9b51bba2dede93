"""The command `pretrain`: a model learns a text, from nothing."""
