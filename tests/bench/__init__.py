"""Slow and thorough measures: kill loops, scale, start; each run by `python -m tests.bench.…`."""
