"""What is shown; with app.py the only place that knows Streamlit."""
