"""Figures of Plotly, as far as the Atlas uses it, drawn by matplotlib on a sheet for print."""

from components.engraving.figure import engrave

__all__ = ["engrave"]
