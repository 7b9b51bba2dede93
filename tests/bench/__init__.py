"""Speed, as ratios: `python -m tests.bench` compares forms side by side in one run."""
