"""What the server adds around the pages: who is calling, security headers, sign-in, one-time links, health.

Plain ASGI and Starlette, without Streamlit: `app.py` hands it to the server.
"""
