"""What reading and judging cost. `peers.py` measures the peers beside and writes docs/benchmarks.md."""
