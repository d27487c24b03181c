"""Frames -> plotly figures."""
