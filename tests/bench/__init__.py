"""`make bench`: how long and how many bytes, ours against the plain way, in one run."""
