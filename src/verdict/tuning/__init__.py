"""Tuning: a pretrained model learns a task, from examples with their answers."""
