"""The command `finetune`: a pretrained model learns labels, or answers, from examples."""
