"""Who sees a draft, and when a show sells."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.scenes import Scene
from webapp.services import acts, playbills, reservations, seating, shows
from webapp.services.asker import Asker
from webapp.services.refusals import Forbidden, NotFound, NotOnSale
from webapp.services.reservations import SeatChoice


def draft(scene: Scene) -> None:
    """Make a draft of every show."""
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET published_at = NULL")


def test_a_draft_is_there_for_those_who_run_it_and_for_nobody_else(scene: Scene) -> None:
    organizer, manager, admin, stranger = (scene.user() for _ in range(4))
    show = scene.show(organizer)
    with scene.connected() as connection:
        connection.execute("UPDATE users SET is_admin = true WHERE id = %s", (admin.id,))
        connection.execute(
            "INSERT INTO show_managers (show_id, user_id, invited_by) VALUES (%s, %s, %s)",
            (show.id, manager.id, organizer.id),
        )
    draft(scene)
    for somebody in (organizer, manager, admin):
        assert shows.one(show.id, somebody).closed == "draft"
        assert playbills.playbill(show.id, somebody).closed == "draft"
        assert shows.organized(somebody, show.id).id == show.id
    for viewer in (stranger, None):
        with pytest.raises(NotFound):
            shows.one(show.id, viewer)
        with pytest.raises(NotFound):
            playbills.playbill(show.id, viewer)
    with pytest.raises(NotFound):
        shows.organized(stranger, show.id)
    assert shows.upcoming() == []
    assert [one.id for one in shows.of_organizer(manager)] == [show.id]


def test_a_published_show_is_run_by_its_people_alone(scene: Scene) -> None:
    show = scene.show()
    with pytest.raises(Forbidden):
        shows.organized(scene.user(), show.id)


def test_a_draft_cannot_be_held_and_a_stranger_does_not_learn_of_it(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    draft(scene)
    with pytest.raises(NotFound):
        scene.hold(buyer, show, "A1")
    with pytest.raises(NotOnSale) as no:
        scene.hold(organizer, show, "A1")
    assert no.value.facts == {"reason": "draft"}


NO_SHOW = 2**31 - 1


@pytest.mark.parametrize("is_cancelled", [False, True])
@pytest.mark.parametrize("numbers", [("A1",), ("Z9",), ("A1", "A2"), ("A1", "Z9")])
def test_seats_of_somebody_elses_draft_are_refused_like_those_of_no_show(
    scene: Scene, numbers: tuple[str, ...], *, is_cancelled: bool
) -> None:
    organizer, stranger = scene.user(), scene.user()
    show = scene.show(organizer)
    draft(scene)
    if is_cancelled:
        shows.cancel(organizer, show.id)
    [of_draft, of_nothing] = (
        refused(stranger, SeatChoice(seat_numbers=numbers, show_id=show_id)) for show_id in (show.id, NO_SHOW)
    )
    assert (of_draft.sentence, of_draft.facts) == (of_nothing.sentence, of_nothing.facts)


def test_of_seats_of_several_shows_only_those_of_somebody_elses_draft_are_not_there(scene: Scene) -> None:
    (hidden, *_), (shown, *_) = (seating.seats_of(scene.show().id) for _ in range(2))
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET published_at = NULL WHERE id = %s", (hidden.show_id,))
    refusal = refused(scene.user(), SeatChoice(seat_ids=(hidden.id, shown.id)))
    assert refusal.facts == {"seats": [str(hidden.id)]}


def refused(asker: Asker, choice: SeatChoice) -> NotFound:
    """How the choice is refused as not there."""
    with pytest.raises(NotFound) as no:
        reservations.hold(asker, choice, minutes=5)
    return no.value


@pytest.mark.parametrize("path", ["", "/seats", "/availability", "/live", "/changes"])
def test_everything_about_a_draft_is_not_found_by_strangers(scene: Scene, path: str) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    draft(scene)
    for client in (scene.client(), scene.client(scene.user())):
        assert client.flask.get(f"/shows/{show.id}{path}", headers=client._headers()).status_code == 404
    client = scene.client(organizer)
    assert client.flask.get(f"/shows/{show.id}{path}", headers=client._headers()).status_code in {200, 204}


def test_a_show_sells_from_and_to_the_times_that_are_set(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    now = datetime.now(UTC)
    show = scene.show(organizer)
    for on, off, reason in ((1, 2, "not yet"), (-2, -1, "ended")):
        with scene.connected() as connection:
            connection.execute(
                "UPDATE shows SET on_sale_at = %s, off_sale_at = %s",
                (now + timedelta(hours=on), now + timedelta(hours=off)),
            )
        assert shows.one(show.id).closed == reason
        with pytest.raises(NotOnSale) as no:
            scene.hold(buyer, show, "A1")
        assert no.value.facts["reason"] == reason
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET on_sale_at = %s, off_sale_at = %s", (now, now + timedelta(hours=1)))
    assert shows.one(show.id).sells
    assert scene.hold(buyer, show, "A1")


def test_a_client_learns_when_a_show_goes_on_sale(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET on_sale_at = '2027-01-02T03:04:05Z', starts_at = '2028-01-01'")
    problem = scene.client(buyer).post(f"/shows/{show.id}/holds", {"seat_numbers": ["A1"]})
    assert (problem.status_code, problem.json["reason"], problem.json["on_sale_at"]) == (
        409,
        "not yet",
        "2027-01-02T03:04:05Z",
    )


def test_a_hold_lasts_as_long_as_the_show_has_it_unless_another_length_is_asked_for(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET hold_minutes = 4")
    client = scene.client(buyer)
    for number, body, minutes in (("A1", {}, 4), ("A2", {"hold_minutes": 7}, 7)):
        held = client.post(f"/shows/{show.id}/holds", {"seat_numbers": [number], **body}).json[0]
        born, expiry = (datetime.fromisoformat(held[name]) for name in ("created_at", "hold_expiry"))
        assert expiry - born == timedelta(minutes=minutes)


def test_what_is_done_with_a_show_is_on_record(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer, seats="")
    shows.change(organizer, show.id, 1, lonely_seats="warn")
    shows.cancel(organizer, show.id)
    shows.cancel(organizer, show.id)
    lines = acts.of_show(show.id, limit=10)
    assert [(line.act, line.user_name, line.through) for line in lines] == [
        ("cancel show", "Olga", "api"),
        ("change details", "Olga", "api"),
        ("create show", "Olga", "api"),
    ]
    assert [line.act for line in acts.of_show(show.id, limit=10, before=lines[1].id)] == ["create show"]
