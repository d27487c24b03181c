"""Many readers at once on one server: `python -m tests.load [READERS …]`."""
