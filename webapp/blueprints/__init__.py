"""How it is asked: each blueprint turns requests into calls of its service."""

from flask import Blueprint, Flask

from webapp.blueprints import (
    account_keys,
    accounts,
    acts,
    admin,
    api_keys,
    basket_links,
    baskets,
    box_office,
    changes,
    dashboards,
    figures,
    health,
    home,
    house_blocks,
    house_seats,
    live,
    managers,
    metrics,
    offers,
    openapi,
    organizers,
    people,
    pictures,
    plan_builder,
    plan_changes,
    plan_drafts,
    plan_imports,
    plans,
    problems,
    reservations,
    running,
    seat_maps,
    shows,
    status,
    users,
    venues,
)

# What pages and clients share is mounted twice: at its bare paths and under /v1.
SHARED = (
    shows.bp,
    changes.bp,
    running.bp,
    figures.bp,
    house_blocks.bp,
    plans.bp,
    box_office.calls.bp,
    offers.bp,
    baskets.bp,
    reservations.bp,
    users.bp,
    api_keys.bp,
    managers.bp,
    acts.bp,
    openapi.bp,
    status.bp,
)
PAGES = (
    home.bp,
    seat_maps.bp,
    accounts.bp,
    account_keys.bp,
    basket_links.bp,
    organizers.bp,
    people.bp,
    pictures.bp,
    admin.bp,
    plan_builder.bp,
    plan_drafts.bp,
    plan_changes.bp,
    plan_imports.bp,
    venues.bp,
    dashboards.bp,
    box_office.bp,
    house_seats.bp,
    problems.bp,
    openapi.docs,
    live.bp,
    health.bp,
    metrics.bp,
)


def register(app: Flask) -> None:
    """Mount every blueprint."""
    v1 = Blueprint("v1", __name__, url_prefix="/v1")
    for shared in SHARED:
        v1.register_blueprint(shared)
        app.register_blueprint(shared)
    app.register_blueprint(v1)
    for pages in PAGES:
        app.register_blueprint(pages)
