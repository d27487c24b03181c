"""What makes Streamlit's page one that everyone can use: a style and a script in its head."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
HEAD = (f"<style>{(_HERE / 'access.css').read_text(encoding='utf-8')}</style>"
        f"<script>{(_HERE / 'access.js').read_text(encoding='utf-8')}</script>")
