"""The picture of a show: who sees it, what replaces it, and what is left of it."""

import pytest

from tests.pictures import picture_file
from tests.scenes import Scene
from webapp.services import acts, pictures, shows
from webapp.services.refusals import ChangedMeanwhile, Forbidden, NotFound

GREY, WHITE = picture_file(64, 40), picture_file(40, 64, colour=(255, 255, 255))


def kept(scene: Scene) -> list[int]:
    """The ids of all pictures that are kept."""
    return [row["id"] for row in scene.rows("SELECT id FROM pictures ORDER BY id")]


def test_a_show_gets_a_picture_with_its_words_and_size(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    shown = pictures.describe_with(organizer, show.id, 1, data=GREY, alt="Grey")
    assert (shown.picture_alt, shown.picture_width, shown.picture_height, shown.edition) == ("Grey", 64, 40, 2)
    assert [shown.picture_id] == kept(scene)
    found = pictures.picture_for(shown.picture_id or 0, lambda: None)
    assert (found.media_type, found.is_public) == ("image/webp", True)
    assert found.data[8:12] == b"WEBP"
    assert acts.of_show(show.id, limit=1)[0].act == "change picture"


def test_another_picture_replaces_it_and_what_nobody_shows_is_not_kept(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    first = pictures.describe_with(organizer, show.id, 1, data=GREY, alt="Grey")
    second = pictures.describe_with(organizer, show.id, 2, data=WHITE, alt="White")
    assert kept(scene) == [second.picture_id]
    with pytest.raises(NotFound):
        pictures.picture_for(first.picture_id or 0, lambda: organizer)
    without = pictures.take_away(organizer, show.id, 3)
    assert (without.picture_id, without.picture_alt, without.picture_width) == (None, "", None)
    assert kept(scene) == []
    assert pictures.take_away(organizer, show.id, 1) == without, "without one there is nothing to take"


def test_a_picture_stays_as_long_as_one_of_the_series_shows_it(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    shown = pictures.describe_with(organizer, show.id, 1, data=GREY, alt="Grey")
    [copy] = shows.duplicate(organizer, show.id, [show.starts_at.replace(year=show.starts_at.year + 1)]).shows
    pictures.take_away(organizer, show.id, 2)
    assert kept(scene) == [shown.picture_id]
    pictures.take_away(organizer, copy.id, 1)
    assert kept(scene) == []


def test_the_picture_of_a_draft_is_for_those_who_run_it(scene: Scene) -> None:
    organizer, stranger = scene.user(), scene.user()
    show = scene.show(organizer)
    picture_id = pictures.describe_with(organizer, show.id, 1, data=GREY, alt="Grey").picture_id or 0
    scene.unpublish(show)
    for viewer in (organizer, scene.manager(show), scene.admin()):
        assert not pictures.picture_for(picture_id, lambda viewer=viewer: viewer).is_public  # type: ignore[misc]
    for viewer in (stranger, None):
        with pytest.raises(NotFound):
            pictures.picture_for(picture_id, lambda viewer=viewer: viewer)  # type: ignore[misc]


def test_a_picture_joins_the_editions_and_is_for_those_who_run_the_show(scene: Scene) -> None:
    organizer, stranger = scene.user(), scene.user()
    show = scene.show(organizer)
    pictures.describe_with(organizer, show.id, 1, data=GREY, alt="Grey")
    for outdated in (
        lambda: pictures.describe_with(organizer, show.id, 1, data=WHITE, alt="White"),
        lambda: pictures.take_away(organizer, show.id, 1),
    ):
        with pytest.raises(ChangedMeanwhile):
            outdated()
    for theirs in (
        lambda: pictures.describe_with(stranger, show.id, 2, data=WHITE, alt="White"),
        lambda: pictures.take_away(stranger, show.id, 2),
    ):
        with pytest.raises(Forbidden):
            theirs()
    assert len(kept(scene)) == 1
    assert shows.one(show.id).picture_alt == "Grey"
