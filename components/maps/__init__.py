"""Frames and views -> pydeck decks, and what the server sends to them."""
