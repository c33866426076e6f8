"""The part of the round (tests/services/every_verb.py) that is about a show as a whole."""

from datetime import timedelta

import pytest

from tests.pictures import picture_file
from tests.scenes import Scene
from webapp.services import pictures, seating, shows
from webapp.services.asker import Asker
from webapp.services.refusals import ChangedMeanwhile, NotFound
from webapp.services.shows import Show

A_PICTURE = picture_file(32, 32)


def run_a_show(scene: Scene, organizer: Asker) -> None:
    """Change a show, publish it, take it back, give it a picture and other dates."""
    assert shows.habits_of(organizer)
    show = scene.show(organizer, seats="A1-A3")
    shows.unpublish(organizer, show.id)
    with pytest.raises(NotFound):
        scene.hold(scene.user(), show, "A1")
    shows.publish(organizer, show.id)
    shows.change(organizer, show.id, 3, title="Another", currency="USD", starts_at=show.starts_at + timedelta(days=1))
    with pytest.raises(ChangedMeanwhile):
        shows.prospect(organizer, show.id, 2, title="A third")
    assert shows.prospect(organizer, show.id, 4, title="A third").changed
    _put_a_price(organizer, show)
    pictures.describe_with(organizer, show.id, 5, data=A_PICTURE, alt="Grey")
    [kept] = scene.rows("SELECT picture_id FROM shows WHERE id = %s", show.id)
    assert pictures.picture_for(kept["picture_id"], lambda: None).is_public
    starts = [show.starts_at + timedelta(weeks=week) for week in (1, 2)]
    assert len(shows.plan_dates(organizer, show.id, starts)) == 2
    assert len(shows.duplicate(organizer, show.id, starts).made) == 2
    pictures.take_away(organizer, show.id, 6)


def _put_a_price(organizer: Asker, show: Show) -> None:
    ids = seating.category_ids_named(show.id, ["Stalls"])
    seating.set_prices(organizer, show.id, 4, {ids["Stalls"]: 700})
