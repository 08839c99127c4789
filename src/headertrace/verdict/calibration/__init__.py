"""How the amounts in ``weights.toml`` are measured: a program for those who have the corpora."""
