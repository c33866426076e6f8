"""How it is asked: each blueprint turns requests into calls of its service."""

from flask import Blueprint, Flask

from webapp.blueprints import accounts, baskets, health, home, organizers, problems, reservations, shows, users

# What pages and clients share is mounted twice: at its bare paths and under /v1.
SHARED = (shows.bp, reservations.bp, users.bp)
PAGES = (home.bp, accounts.bp, baskets.bp, organizers.bp, problems.bp, health.bp)


def register(app: Flask) -> None:
    """Mount every blueprint."""
    v1 = Blueprint("v1", __name__, url_prefix="/v1")
    for shared in SHARED:
        v1.register_blueprint(shared)
        app.register_blueprint(shared)
    app.register_blueprint(v1)
    for pages in PAGES:
        app.register_blueprint(pages)
