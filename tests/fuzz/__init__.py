"""Hostile links, thrown at a real server: `python -m tests.fuzz 10000 [SEED]`."""
