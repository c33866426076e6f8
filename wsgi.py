"""The application, as a WSGI server and `flask` look for it."""

from webapp import create_app

app = create_app()
