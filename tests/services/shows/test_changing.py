"""A show's details are changed: what may become of which, and that nobody undoes what somebody else has just done."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.scenes import Scene
from webapp.services import acts, reservations, seating, shows
from webapp.services.refusals import ChangedMeanwhile, Forbidden, Invalid, NotFound, NotOnSale

SOON = datetime(2031, 5, 1, 16, 30, tzinfo=UTC)
ALL: dict[str, Any] = {
    "title": "King Lear",
    "description": "A king.\n\nThree daughters.",
    "venue": "The Globe",
    "starts_at": SOON,
    "timezone": "Europe/London",
    "on_sale_at": SOON - timedelta(days=90),
    "off_sale_at": SOON - timedelta(hours=1),
    "currency": "GBP",
    "seat_limit": 4,
    "hold_minutes": 7,
    "lonely_seats": "warn",
}


def pointers(refusal: Invalid) -> list[str]:
    """Which fields the refusal is about."""
    return [error["pointer"] for error in refusal.facts["errors"]]


def test_every_detail_is_changed_and_read_again(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    changed = shows.change(organizer, show.id, 1, **ALL)
    assert {name: getattr(changed, name) for name in ALL} == ALL
    assert (changed.edition, changed.accessible_seats_released_at) == (2, None)
    [act] = acts.of_show(show.id, limit=1)
    assert act.act == "change details"
    assert act.details["edition"] == 2
    assert act.details["changed"]["title"] == ["The Tempest", "King Lear"]
    assert act.details["changed"]["off_sale_at"] == [None, "2031-05-01T15:30:00+00:00"]
    assert act.details["changed"].keys() == ALL.keys()


def test_what_is_not_said_stays_and_what_is_the_same_changes_nothing(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    assert shows.change(organizer, show.id, 1, hold_minutes=3).title == show.title
    same = shows.change(organizer, show.id, 2, hold_minutes=3, title=show.title)
    assert same.edition == 2
    assert len(acts.of_show(show.id, limit=10)) == 3  # created, seated, changed once
    cleared = shows.change(organizer, show.id, 2, on_sale_at=SOON - timedelta(days=3650), off_sale_at=None)
    assert shows.change(organizer, show.id, 3, on_sale_at=None).on_sale_at is None
    assert cleared.on_sale_at is not None


def test_of_two_who_change_one_edition_the_second_is_told_what_the_first_has_done(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    manager = scene.manager(show, "Mona")
    shows.change(manager, show.id, 1, title="Lear", seat_limit=4)
    shows.change(manager, show.id, 2, title="King Lear")
    before = shows.one(show.id)
    with pytest.raises(ChangedMeanwhile) as no:
        shows.change(organizer, show.id, 1, title="Macbeth")
    assert shows.one(show.id) == before
    assert "Mona changed this show (title, seats per buyer)" in no.value.sentence
    facts = dict(no.value.facts)
    assert datetime.fromisoformat(facts.pop("changed_at"))
    assert facts == {
        "edition": 3,
        "changed_by": "Mona",
        "changes": [
            {"field": "title", "was": "The Tempest", "now": "King Lear"},
            {"field": "seat_limit", "was": 10, "now": 4},
        ],
    }
    assert shows.change(organizer, show.id, 3, title="Macbeth").title == "Macbeth"


def test_the_same_change_sent_again_is_no_conflict(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    first = shows.change(organizer, show.id, 1, title="Lear")
    assert shows.change(organizer, show.id, 1, title="Lear") == first


def test_prices_join_the_editions_of_the_details(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    [category] = scene.rows("SELECT id FROM categories")
    shows.change(organizer, show.id, 1, title="Lear")
    with pytest.raises(ChangedMeanwhile):
        seating.set_prices(organizer, show.id, 1, {category["id"]: 1})
    seating.set_prices(organizer, show.id, 1, {category["id"]: 4500})  # as it is
    seating.set_prices(organizer, show.id, 2, {category["id"]: 4800})
    with pytest.raises(ChangedMeanwhile) as no:
        shows.change(organizer, show.id, 2, title="Macbeth")
    assert no.value.facts["changes"] == [{"field": "prices/Stalls", "was": 4500, "now": 4800}]
    assert no.value.sentence.startswith("You changed this show (price of Stalls) since you opened it.")


def test_an_edition_nobody_recorded_is_a_conflict_too(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    scene.rows("UPDATE shows SET edition = 7 RETURNING id")
    with pytest.raises(ChangedMeanwhile) as no:
        shows.change(organizer, show.id, 1, title="Lear")
    assert (no.value.facts["changed_by"], no.value.facts["changes"]) == (None, [])
    assert no.value.sentence.startswith("Somebody changed this show since")


@pytest.mark.parametrize(
    ("details", "fields"),
    [
        ({"on_sale_at": SOON}, ["#/on_sale_at"]),
        ({"off_sale_at": SOON + timedelta(seconds=1)}, ["#/off_sale_at"]),
        ({"on_sale_at": SOON - timedelta(hours=1), "off_sale_at": SOON - timedelta(hours=1)}, ["#/off_sale_at"]),
        ({"starts_at": datetime(2001, 1, 1, tzinfo=UTC)}, ["#/starts_at"]),
        ({"starts_at": SOON - timedelta(days=200)}, ["#/on_sale_at"]),
    ],
)
def test_times_that_do_not_fit_together_are_refused(
    scene: Scene, details: dict[str, datetime], fields: list[str]
) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    shows.change(organizer, show.id, 1, starts_at=SOON, on_sale_at=SOON - timedelta(days=100))
    before = shows.one(show.id)
    with pytest.raises(Invalid) as no:
        shows.change(organizer, show.id, 2, **details)
    assert pointers(no.value) == fields
    assert shows.one(show.id) == before


def test_a_show_that_has_begun_can_be_put_off_but_not_begun_earlier(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    scene.begin(show)
    assert shows.change(organizer, show.id, 1, title="Lear").closed == "begun"
    with pytest.raises(Invalid):
        shows.change(organizer, show.id, 2, starts_at=datetime.now(UTC) - timedelta(hours=1))
    assert shows.change(organizer, show.id, 2, starts_at=SOON).sells


def test_the_currency_stays_once_a_seat_was_held(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    assert shows.change(organizer, show.id, 1, currency="USD").currency == "USD"
    scene.lapse(*scene.hold(buyer, show, "A1"))
    with pytest.raises(Invalid) as no:
        shows.change(organizer, show.id, 2, currency="EUR")
    assert pointers(no.value) == ["#/currency"]
    assert "held or sold for USD" in no.value.sentence
    assert shows.one(show.id).currency == "USD"


def test_prices_never_change_their_meaning_with_the_currency(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, price=4500)
    with pytest.raises(Invalid) as no:
        shows.change(organizer, show.id, 1, currency="JPY")
    assert no.value.sentence.startswith("Prices in EUR have 2 decimals, in JPY 0")
    [category] = scene.rows("SELECT id FROM categories")
    seating.set_prices(organizer, show.id, 1, {category["id"]: 0})
    assert shows.change(organizer, show.id, 2, currency="JPY").currency == "JPY"


def test_of_a_cancelled_show_the_words_can_still_be_changed_and_nothing_else(scene: Scene) -> None:
    organizer = scene.user()
    show = shows.cancel(organizer, scene.show(organizer).id)
    words = {"title": "Lear (cancelled)", "description": "Money back at the door.", "picture_alt": "A king"}
    changed = shows.change(organizer, show.id, show.edition, **words)
    assert (changed.title, changed.description) == ("Lear (cancelled)", "Money back at the door.")
    for name in ALL.keys() - words.keys():
        with pytest.raises(NotOnSale) as no:
            shows.change(organizer, show.id, changed.edition, **{name: ALL[name]})
        assert no.value.facts == {"reason": "cancelled"}
    assert shows.one(show.id) == changed


def test_a_prospect_counts_the_buyers_and_changes_nothing(scene: Scene) -> None:
    organizer, ada, bert = scene.user(), scene.user(), scene.user()
    show = scene.show(organizer)
    assert not shows.prospect(organizer, show.id, 1, starts_at=SOON).matters_to_them
    bought, _ = scene.hold(ada, show, "A1", "A2")
    reservations.confirm(ada, bought.id)
    scene.lapse(*scene.hold(bert, show, "A3"))
    prospect = shows.prospect(organizer, show.id, 1, starts_at=SOON, hold_minutes=3)
    assert (prospect.buyers, prospect.seats) == (1, 2)
    assert prospect.changed["starts_at"][1] == "2031-05-01T16:30:00+00:00"
    assert prospect.changed["hold_minutes"] == (10, 3)
    assert prospect.matters_to_them
    assert not shows.prospect(organizer, show.id, 1, hold_minutes=3).matters_to_them
    assert shows.one(show.id).starts_at == show.starts_at
    with pytest.raises(Invalid):
        shows.prospect(organizer, show.id, 1, starts_at=datetime(2001, 1, 1, tzinfo=UTC))


def test_a_show_is_at_the_organizers_venue_of_that_name_if_there_is_one(scene: Scene) -> None:
    organizer, other = scene.user(), scene.user()
    for owner in (organizer, other):
        scene.rows(
            "INSERT INTO venues (owner_id, name, timezone) VALUES (%s, 'The Globe', 'Europe/London') RETURNING id",
            owner.id,
        )
    [own] = scene.rows("SELECT id FROM venues WHERE owner_id = %s", organizer.id)
    show = scene.show(organizer)
    assert show.venue_id is None
    manager = scene.manager(show)
    assert shows.change(manager, show.id, 1, venue="The Globe").venue_id == own["id"]
    assert shows.change(manager, show.id, 2, title="Lear").venue_id == own["id"]
    assert shows.change(manager, show.id, 3, venue="The Swan").venue_id is None


def test_only_those_who_run_a_show_change_it(scene: Scene) -> None:
    show, stranger = scene.show(), scene.user()
    for act in (shows.change, shows.prospect):
        with pytest.raises(Forbidden):
            act(stranger, show.id, 1, title="Mine")
        with pytest.raises(NotFound):
            act(stranger, 999_999, 1, title="Mine")
    scene.unpublish(show)
    with pytest.raises(NotFound):
        shows.change(stranger, show.id, 1, title="Mine")
    assert scene.rows("SELECT title FROM shows") == [{"title": "The Tempest"}]


@pytest.mark.parametrize(
    "times",
    [{"on_sale_at": SOON}, {"off_sale_at": SOON + timedelta(days=1)}, {"starts_at": datetime(2001, 1, 1, tzinfo=UTC)}],
)
def test_a_draft_that_could_never_sell_is_not_made(scene: Scene, times: dict[str, datetime]) -> None:
    details = {"title": "Lear", "venue": "The Globe", "starts_at": SOON, "timezone": "UTC", "currency": "EUR"}
    with pytest.raises(Invalid):
        shows.create(scene.user(), **{**details, "seat_limit": 4, **times}, draft=True)
    assert scene.rows("SELECT FROM shows") == []


def test_an_organizers_habits_are_those_of_the_last_show(scene: Scene) -> None:
    organizer = scene.user()
    assert shows.habits_of(organizer) is None
    scene.show(organizer)
    habits = shows.habits_of(organizer)
    assert habits
    assert (habits.timezone, habits.currency) == ("Europe/Helsinki", "EUR")
