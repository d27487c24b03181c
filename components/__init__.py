"""Everything that touches Streamlit or draws."""
