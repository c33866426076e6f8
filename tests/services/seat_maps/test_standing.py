"""Who has which seat, as a process keeps it: never wrong, never late, and cheap to ask."""

from datetime import timedelta

import pytest
from sqlalchemy import QueuePool

from tests.asked import statements_asked
from tests.races import MOST_ACTS, insert_hold, let_end, outcome, pausing, racing, until_over
from tests.scenes import Scene
from webapp.extensions import db
from webapp.services import kept_answers, reservations, seat_maps, seating, shows
from webapp.services.database import clock
from webapp.services.plans.plan import PlanCategory
from webapp.services.refusals import Busy, NotFound
from webapp.services.seat_maps import Standing
from webapp.services.shows import Show


def seats(scene: Scene, show: Show, standing: Standing | None = None) -> dict[str, str]:
    """The taken seats by number, and the status of what has them."""
    taken = (standing or seat_maps.standing_of(show.id)).taken
    rows = scene.rows("SELECT id, seat_number FROM seats WHERE show_id = %s ORDER BY id", show.id)
    return {row["seat_number"]: taken[row["id"]].status for row in rows if row["id"] in taken}


def test_a_standing_follows_holds_sales_releases_and_time(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    assert seats(scene, show) == {}
    one, two, three = scene.hold(buyer, show, "A1", "A2", "A3")
    assert seats(scene, show) == {"A1": "HELD", "A2": "HELD", "A3": "HELD"}
    reservations.confirm(buyer, one.id)
    reservations.release(buyer, two.id)
    assert seats(scene, show) == {"A1": "CONFIRMED", "A3": "HELD"}
    let_end(scene, three, 0.2)
    seat_maps.standing_of(show.id)
    until_over(scene, three)
    assert seats(scene, show) == {"A1": "CONFIRMED"}
    assert scene.statuses(show)["A3"] == ["HELD"]  # and nobody has marked it


def test_a_standing_says_who_has_a_seat_and_until_when(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    standing = seat_maps.standing_of(show.id)
    taken = standing.taken[held.seat_id]
    assert taken == (held.id, buyer.id, "HELD", held.hold_expiry)
    assert timedelta(0) <= clock.now() - standing.now < timedelta(seconds=5)


def test_a_seat_that_changed_hands_between_two_readings_is_the_next_buyers(scene: Scene) -> None:
    show, first, second = scene.show(), scene.user(), scene.user()
    [held] = scene.hold(first, show, "A1")
    seat_maps.standing_of(show.id)
    reservations.release(first, held.id)
    [next_held] = scene.hold(second, show, "A1")
    assert seat_maps.standing_of(show.id).taken[held.seat_id].reservation_id == next_held.id


def test_a_standing_given_out_never_changes(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    scene.hold(buyer, show, "A1")
    before = seat_maps.standing_of(show.id)
    scene.hold(buyer, show, "A2")
    assert len(seat_maps.standing_of(show.id).taken) == 2
    assert len(before.taken) == 1


def test_nothing_is_copied_while_nothing_changes(scene: Scene) -> None:
    show = scene.show()
    scene.hold(scene.user(), show, "A1")
    assert seat_maps.standing_of(show.id).taken is seat_maps.standing_of(show.id).taken


def test_a_standing_tells_the_version_of_the_plan_and_whether_the_show_sells(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    standing = seat_maps.standing_of(show.id)
    [row] = scene.rows("SELECT plan_version FROM shows WHERE id = %s", show.id)
    assert (standing.plan_version, standing.closed) == (row["plan_version"], None)
    shows.cancel(organizer, show.id)
    assert seat_maps.standing_of(show.id).closed == "cancelled"
    begun = scene.show()
    scene.begin(begun)
    assert seat_maps.standing_of(begun.id).closed == "begun"


def test_there_is_no_standing_of_no_show(scene: Scene) -> None:
    with pytest.raises(NotFound):
        seat_maps.standing_of(scene.show().id + 1)


def test_a_transaction_that_stays_open_across_many_readings_is_not_lost(scene: Scene) -> None:
    show, slow, quick = scene.show(), scene.user(), scene.user()
    with scene.connected() as connection:
        insert_hold(connection, slow, show, "A1")  # its transaction has its number now
        for number in range(2, 8):
            [held] = scene.hold(quick, show, f"A{number}")
            reservations.release(quick, held.id)
            assert seats(scene, show) == {}
        scene.hold(quick, show, "A9")
        assert seats(scene, show) == {"A9": "HELD"}
    assert seats(scene, show) == {"A1": "HELD", "A9": "HELD"}


def test_an_old_hold_that_ended_does_not_free_the_seat_of_the_next_buyer(scene: Scene) -> None:
    """Transactions end in another order than they are counted: the next buyer's began before the old hold ended."""
    show, first, second = scene.show(), scene.user(), scene.user()
    [held] = scene.hold(first, show, "A1")
    with scene.connected() as early, scene.connected() as open_all_the_while:
        early.execute("SELECT pg_current_xact_id()")
        open_all_the_while.execute("SELECT pg_current_xact_id()")
        reservations.release(first, held.id)
        insert_hold(early, second, show, "A1")
        early.commit()
        assert seats(scene, show) == {"A1": "HELD"}
        assert seats(scene, show) == {"A1": "HELD"}


def test_after_an_error_of_the_database_the_next_reading_goes_on_from_before(scene: Scene) -> None:
    show = scene.show()
    scene.hold(scene.user(), show, "A1")
    before = seat_maps.standing_of(show.id)
    with scene.connected() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
    with pytest.raises(Busy):
        seat_maps.standing_of(show.id)
    with scene.connected() as connection:
        insert_hold(connection, scene.user(), show, "A2")
    after = seat_maps.standing_of(show.id)
    assert (after.log, after.position) == (before.log, before.position + 1)
    assert seats(scene, show) == {"A1": "HELD", "A2": "HELD"}


def test_those_who_ask_at_once_share_a_query(scene: Scene) -> None:
    show = scene.show()
    seat_maps.standing_of(show.id)
    with statements_asked() as asked, racing(scene) as race, pausing(before="changed_xid >=") as pause:
        acts = [race.start(lambda: seat_maps.standing_of(show.id)) for _ in range(MOST_ACTS)]
        pause.reached()
        pause.let_go()
        standings = [outcome(act) for act in acts]
    assert {standing.show_id for standing in standings} == {show.id}
    assert len(asked) <= MOST_ACTS / 2


def test_a_record_agrees_with_the_database_whatever_many_buyers_do_at_once(scene: Scene) -> None:
    show = scene.show(seats="A1-A12")
    buyers = [scene.user() for _ in range(6)]
    numbers = [f"A{number}" for number in range(1, 13)]

    def buy(turn: int) -> list[str]:
        lost = []
        for round_ in range(20):
            number = numbers[(turn * 5 + round_ * 7) % 12]
            try:
                [held] = scene.hold(buyers[turn], show, number)
            except Exception:
                continue
            seen = seat_maps.standing_of(show.id).taken.get(held.seat_id)
            if seen is None or seen.reservation_id != held.id:
                lost.append(f"{number} held by {turn}, seen {seen}")
            if round_ % 5:
                reservations.release(buyers[turn], held.id)
                after = seat_maps.standing_of(show.id).taken.get(held.seat_id)
                if after is not None and after.reservation_id == held.id:
                    lost.append(f"{number} released by {turn}")
        return lost

    with racing(scene) as race:
        lost = race.all_at_once(*(lambda turn=turn: buy(turn) for turn in range(6)))
    assert lost == [[] for _ in buyers]
    truth = scene.rows(
        "SELECT seat_id, id FROM reservations WHERE show_id = %s AND status IN ('HELD','CONFIRMED')", show.id
    )
    taken = seat_maps.standing_of(show.id).taken
    assert {seat: one.reservation_id for seat, one in taken.items()} == {row["seat_id"]: row["id"] for row in truth}


def test_what_a_request_may_yet_undo_is_told_to_nobody(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    chart = seat_maps.chart_of(show.id, -1)
    begun = kept_answers.once("somebody", "a key", b"a request")
    assert isinstance(begun, kept_answers.Once)
    scene.hold(buyer, show, "A1")
    seating.add_seats(
        organizer, show.id, [seating.labelled_seat("Z1", category=None)], [PlanCategory(name=seating.STANDARD, price=1)]
    )
    assert seat_maps.standing_of(show.id).taken == {}
    assert seat_maps.chart_of(show.id, -1) is chart
    begun.let_go()
    assert scene.statuses(show) == {}
    assert seat_maps.standing_of(show.id).taken == {}
    assert seat_maps.chart_of(show.id, -1) is chart


def test_of_the_connections_one_is_left_to_those_who_have_one(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    show, pool = scene.show(), db.engine.pool
    assert isinstance(pool, QueuePool)
    monkeypatch.setattr(pool, "_timeout", 0.01)
    begun = [kept_answers.once("somebody", f"key {number}", b"a request") for number in range(pool.size() - 1)]
    with pytest.raises(Busy):
        kept_answers.once("somebody", "one more", b"a request")
    assert seat_maps.standing_of(show.id).taken == {}
    for one in begun:
        assert isinstance(one, kept_answers.Once)
        one.let_go()
    another = kept_answers.once("somebody", "one more", b"a request")
    assert isinstance(another, kept_answers.Once)
    another.let_go()
