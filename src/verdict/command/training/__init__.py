"""What `pretrain` and `finetune` share: settings, steps, the file of a training, its report."""
