"""What each caller may ask: a quota that can be spent at once and comes back evenly, and never more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.races import racing
from tests.scenes import Scene
from webapp.services import allowances
from webapp.services.allowances import Spent, give_back, pay, spend
from webapp.services.database.statements import autocommitted_apart
from webapp.services.refusals import Busy


def ask(caller: str = "user 7", quota: int = 3, lane: str = "reading") -> Spent:
    """Spend one of the quota."""
    with autocommitted_apart() as connection:
        return spend(connection, lane, caller, quota)


def let_pass(scene: Scene, seconds: float) -> None:
    """Let so many seconds pass, for all callers."""
    with scene.connected() as connection:
        connection.execute("UPDATE allowances SET spent_until = spent_until - %s", (timedelta(seconds=seconds),))


def test_a_quota_can_be_spent_at_once_and_no_more(scene: Scene) -> None:
    assert [(one.is_refused, one.left) for one in (ask() for _ in range(5))] == [
        *[(False, 2), (False, 1), (False, 0)],
        *[(True, 0), (True, 0)],
    ]


def test_it_comes_back_evenly(scene: Scene) -> None:
    for _ in range(3):
        ask()
    assert ask().seconds_until_next == 20
    let_pass(scene, 15)
    assert (ask().is_refused, ask().seconds_until_next) == (True, 5)
    let_pass(scene, 5)
    assert [ask().is_refused for _ in range(2)] == [False, True]
    let_pass(scene, 1000)
    assert [ask().is_refused for _ in range(4)] == [False, False, False, True]


def test_nobody_waits_for_a_clock_that_was_set_back(scene: Scene) -> None:
    for _ in range(3):
        ask()
    let_pass(scene, -1000)
    assert [ask().is_refused for _ in range(4)] == [False, False, False, True]


def test_who_is_refused_is_told_so_without_a_lock_and_nothing_is_written(scene: Scene) -> None:
    for _ in range(3):
        ask()
    stands = "SELECT xmin::text, ctid::text FROM allowances"
    before = scene.rows(stands)
    with scene.connected() as connection:
        connection.execute("SELECT FROM allowances FOR UPDATE")
        assert ask().is_refused
    assert scene.rows(stands) == before


def test_callers_and_lanes_are_kept_apart(scene: Scene) -> None:
    assert [ask(quota=1).is_refused for _ in range(2)] == [False, True]
    assert not ask("user 8", quota=1).is_refused
    assert not ask(lane="holding", quota=1).is_refused


def test_of_many_at_once_no_more_are_served_than_the_quota(scene: Scene) -> None:
    with racing(scene) as race:
        found = race.all_at_once(*[lambda: ask(quota=5)] * 16)
    assert sum(not one.is_refused for one in found) == 5


def test_a_caller_whose_row_is_locked_is_asked_to_come_back(scene: Scene) -> None:
    ask()
    with scene.connected() as connection, ThreadPoolExecutor(1) as pool:
        connection.execute("SELECT FROM allowances FOR UPDATE")

        def impatient() -> None:
            with scene.app.app_context(), autocommitted_apart() as own:
                own.exec_driver_sql("SET lock_timeout = 50")
                try:
                    spend(own, "reading", "user 7", 3)
                finally:
                    own.invalidate()

        with pytest.raises(Busy):
            pool.submit(impatient).result()


def test_several_are_paid_together_or_not_at_all(scene: Scene) -> None:
    assert [pay("reading", "user 7", 6, units=4).left, ask(quota=6).left] == [2, 1]
    together = pay("reading", "user 7", 6, units=2)
    assert (together.is_refused, together.seconds_until_next, together.may_go_on) == (True, 10, False)
    assert not ask(quota=6).is_refused


def test_what_is_given_back_can_be_spent_again(scene: Scene) -> None:
    spent = [ask() for _ in range(3)][-1]
    with autocommitted_apart() as connection:
        give_back(connection, spent)
    assert [ask().is_refused for _ in range(2)] == [False, True]


def test_callers_who_have_everything_again_are_forgotten(scene: Scene) -> None:
    ask("user 1")
    let_pass(scene, 20)
    ask("user 2")
    assert allowances.forget() == 1
    assert [row["caller"] for row in scene.rows("SELECT caller FROM allowances")] == ["user 2"]
    assert allowances.forget() == 0
