"""A seat that has just come back is for those first who have had fewer of them, for some seconds."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.postgres import Database
from tests.scenes import Scene
from tests.services.fairness.waits import STEP, come_back, had, pass_time, told_to_wait
from webapp.services import accounts, reservations
from webapp.services.asker import Asker
from webapp.services.refusals import OthersFirst, SeatTaken
from webapp.services.seat_labels import expand_labels
from webapp.services.shows import Show


def wait_of(refusal: OthersFirst) -> float:
    """The seconds from now until the seats can be had."""
    open_at = datetime.fromisoformat(refusal.facts["open_at"])
    return (open_at - datetime.now(UTC)).total_seconds()


def test_what_comes_back_is_free_at_once_for_whoever_had_none(scene: Scene) -> None:
    show = scene.show()
    come_back(scene, show, "A1")
    scene.hold(scene.user(), show, "A1")
    assert scene.statuses(show) == {"A1": ["CANCELLED", "HELD"]}


def test_nobody_waits_for_a_clock_that_was_set_back(scene: Scene) -> None:
    show = scene.show()
    come_back(scene, show, "A1")
    pass_time(scene, -3600)
    scene.hold(scene.user(), show, "A1")
    assert scene.statuses(show) == {"A1": ["CANCELLED", "HELD"]}


def test_who_had_one_leaves_the_next_to_others_and_is_told_until_when(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    had(scene, show, buyer, "A1")
    come_back(scene, show, "A2")
    refusal = told_to_wait(scene, show, buyer, "A2")
    assert STEP / 2 < wait_of(refusal) < STEP + 0.1
    assert 1 <= refusal.facts["retry_after"] <= STEP
    [seat] = refusal.facts["seats"]
    assert (seat["seat_number"], seat["open_at"]) == ("A2", refusal.facts["open_at"])
    assert refusal.sentence == (
        "Seat A2 has just come back. You have had such seats already, so it is for others first. "
        f"Nothing was held: try again in {refusal.facts['retry_after']} seconds."
    )
    scene.hold(scene.user(), show, "A2")


def test_it_is_theirs_as_anybodys_when_that_time_is_over(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    had(scene, show, buyer, "A1")
    come_back(scene, show, "A2")
    told_to_wait(scene, show, buyer, "A2")
    pass_time(scene, STEP)
    scene.hold(buyer, show, "A2")


@pytest.mark.parametrize(("seats", "steps"), [("A1", 1), ("A1-A2", 2), ("A1-A5", 5), ("A1-A12", 10)])
def test_each_seat_one_had_makes_one_wait_as_long_again_ten_at_most(scene: Scene, seats: str, steps: int) -> None:
    show, buyer = scene.show(seats="A1-A13", seat_limit=13), scene.user()
    had(scene, show, buyer, *expand_labels(seats))
    come_back(scene, show, "A13")
    assert (steps - 0.5) * STEP < wait_of(told_to_wait(scene, show, buyer, "A13")) < steps * STEP + 0.1


def test_a_lapsed_hold_comes_back_when_it_lapses_marked_or_not(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    had(scene, show, buyer, "A1")
    scene.hold(scene.user(), show, "A2", minutes=5)
    pass_time(scene, 300 + STEP / 2)
    assert wait_of(told_to_wait(scene, show, buyer, "A2")) < STEP / 2 + 0.1
    assert reservations.expire_lapsed() == 1
    assert wait_of(told_to_wait(scene, show, buyer, "A2")) < STEP / 2 + 0.1
    pass_time(scene, STEP / 2)
    scene.hold(buyer, show, "A2")


def test_a_lapsed_hold_that_nobody_marked_is_had_when_the_wait_is_over(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    had(scene, show, buyer, "A1")
    scene.hold(scene.user(), show, "A2", minutes=5)
    pass_time(scene, 300 + STEP)
    scene.hold(buyer, show, "A2")


def test_what_came_back_together_can_be_had_together(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    come_back(scene, show, "A1", "A2", "A3", "A4")
    for number in ("A1", "A2", "A3", "A4"):
        scene.hold(buyer, show, number)
    pass_time(scene, STEP / 10)
    come_back(scene, show, "A5")
    assert wait_of(told_to_wait(scene, show, buyer, "A5")) > 3.5 * STEP


def test_what_one_request_takes_counts_after_it(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    come_back(scene, show, "A1")
    pass_time(scene, STEP / 10)
    come_back(scene, show, "A2")
    scene.hold(buyer, show, "A1", "A2")
    pass_time(scene, STEP / 10)
    come_back(scene, show, "A3")
    assert wait_of(told_to_wait(scene, show, buyer, "A3")) > 1.5 * STEP


def test_what_nobody_else_wanted_meanwhile_does_not_count(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    come_back(scene, show, "A1")
    pass_time(scene, STEP)
    scene.hold(buyer, show, "A1")
    come_back(scene, show, "A2")
    scene.hold(buyer, show, "A2")


def test_other_shows_do_not_count(scene: Scene) -> None:
    show, other, buyer = scene.show(), scene.show(), scene.user()
    had(scene, other, buyer, "A1")
    come_back(scene, show, "A1")
    scene.hold(buyer, show, "A1")


def test_seats_that_nobody_had_are_had_at_once(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    had(scene, show, buyer, "A1", "A2")
    scene.hold(buyer, show, "A3", "A4")


def test_of_several_seats_all_that_are_for_others_first_are_told(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    had(scene, show, buyer, "A1")
    come_back(scene, show, "A2", "A3")
    refusal = told_to_wait(scene, show, buyer, "A2", "A3", "A4")
    assert [seat["seat_number"] for seat in refusal.facts["seats"]] == ["A2", "A3"]
    assert refusal.sentence.startswith("Seats A2, A3 have just come back.")
    assert "they are for others first" in refusal.sentence
    assert not any("HELD" in scene.statuses(show).get(number, []) for number in ("A2", "A3", "A4"))


def test_where_somebody_else_has_the_seat_that_is_told(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    had(scene, show, buyer, "A1")
    come_back(scene, show, "A2", "A3")
    scene.hold(other, show, "A2")
    with pytest.raises(SeatTaken):
        scene.hold(buyer, show, "A2")
    with pytest.raises(SeatTaken):
        scene.hold(buyer, show, "A2", "A3")


def test_holding_again_what_one_holds_waits_for_nothing(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    had(scene, show, buyer, "A1")
    come_back(scene, show, "A2", "A3")
    first = scene.hold(scene.user(), show, "A2")
    assert scene.hold(buyer, show, "A1")[0].seat_number == "A1"
    assert first[0].seat_number == "A2"


def test_guests_of_one_address_count_as_one(scene: Scene) -> None:
    show = scene.show()
    had(scene, show, scene.guest(), "A1")
    come_back(scene, show, "A2")
    refusal = told_to_wait(scene, show, scene.guest(), "A2")
    assert "Buyers without an account in your network have had such seats already" in refusal.sentence
    scene.hold(scene.guest("192.0.2.2"), show, "A2")


def test_an_account_has_had_what_it_took_over_from_a_guest(scene: Scene) -> None:
    show, guest, account = scene.show(), scene.guest(), scene.user()
    come_back(scene, show, "A1")
    scene.hold(guest, show, "A1")
    accounts.take_over(guest, account)
    pass_time(scene, STEP / 10)
    come_back(scene, show, "A2")
    told_to_wait(scene, show, account, "A2")


def test_a_cancelled_sale_comes_back_too(scene: Scene) -> None:
    organizer, buyer, former = scene.user(), scene.user(), scene.user()
    show = scene.show(organizer)
    had(scene, show, buyer, "A1")
    sold = reservations.confirm(former, scene.hold(former, show, "A2")[0].id)
    cancel(scene, organizer, show, sold.id)
    told_to_wait(scene, show, buyer, "A2")


def cancel(scene: Scene, organizer: Asker, show: Show, reservation_id: int) -> None:
    """Cancel the sale, as the people of its show do."""
    with scene.connected() as connection:
        connection.execute(
            """
            UPDATE reservations
            SET status = 'CANCELLED', reason = 'Ill', changed_by = %s, changed_through = 'api'
            WHERE id = %s AND show_id = %s
            """,
            (organizer.id, reservation_id, show.id),
        )


def test_when_a_hold_was_over_is_kept_as_it_was(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1", minutes=5)[0]
    scene.lapse(held)
    reservations.expire_lapsed()
    with scene.connected() as connection:
        connection.execute("UPDATE reservations SET ended_at = NULL, came_back_at = now() WHERE id = %s", (held.id,))
    [row] = scene.rows("SELECT ended_at, hold_expiry, came_back_at FROM reservations WHERE id = %s", held.id)
    assert row["ended_at"] == row["hold_expiry"] == held.hold_expiry - timedelta(hours=1)
    assert row["came_back_at"] is None


def test_nobody_waits_where_the_site_has_it_so(app: Flask, database: Database) -> None:
    scene = Scene(app, database)  # the application of the other tests has it so
    show, buyer = scene.show(), scene.user()
    had(scene, show, buyer, "A1")
    come_back(scene, show, "A2")
    scene.hold(buyer, show, "A2")
