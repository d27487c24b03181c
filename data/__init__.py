"""The dataset and everything that may be said about it without a screen."""
