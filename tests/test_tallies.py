"""What a process has answered and not booked: a few of each caller, booked together, none lost and none twice."""

import pytest
from flask import Flask

from tests.scenes import Scene
from webapp import tallies
from webapp.services import allowances
from webapp.services.allowances import Spent
from webapp.services.refusals import Busy
from webapp.tallies import Tallies


@pytest.fixture
def booked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many were booked at each time."""
    units_booked: list[int] = []
    really_pay = allowances.pay

    def pay(lane: str, caller: str, quota: int, *, units: int) -> Spent:
        spent = really_pay(lane, caller, quota, units=units)
        if not spent.is_refused:
            units_booked.append(units)
        return spent

    monkeypatch.setattr(allowances, "pay", pay)
    return units_booked


@pytest.mark.parametrize(("quota", "together"), [(600, 8), (480, 8), (300, 5), (60, 1), (3, 1)])
def test_the_smaller_the_quota_the_fewer_are_booked_together(booked: list[int], quota: int, together: int) -> None:
    found = Tallies()
    answers = [found.pay("holding", "ann", quota) for _ in range(together)]
    assert booked == [together]
    assert [one.left for one in answers] == [quota - number for number in range(1, together + 1)]


def test_callers_and_lanes_have_tallies_of_their_own(booked: list[int]) -> None:
    found = Tallies()
    for _ in range(7):
        for lane, caller in (("holding", "ann"), ("holding", "bob"), ("reading", "ann")):
            assert not found.pay(lane, caller, 600).is_refused
    assert booked == []
    found.pay("holding", "bob", 600)
    assert booked == [8]


def test_what_could_not_be_booked_is_owed(scene: Scene, booked: list[int]) -> None:
    found = Tallies()
    for _ in range(8):
        found.pay("holding", "ann", 600)
    with scene.connected() as connection:  # other processes have answered the rest
        connection.execute("UPDATE allowances SET spent_until = clock_timestamp() + interval '1 minute'")
    answers = [found.pay("holding", "ann", 600) for _ in range(9)]
    assert [one.is_refused for one in answers] == [False] * 7 + [True] * 2
    assert answers[-1].seconds_until_next == 1
    assert booked == [8]
    with scene.connected() as connection:
        connection.execute("UPDATE allowances SET spent_until = clock_timestamp() + interval '59 seconds'")
    assert not found.pay("holding", "ann", 600).is_refused
    assert booked == [8, 8]


def test_where_nobody_can_be_asked_nothing_is_lost(booked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    found = Tallies()
    for _ in range(7):
        found.pay("holding", "ann", 600)

    def busy(*_: object, **__: object) -> Spent:
        raise Busy("Not now.", retry_after=1)

    with monkeypatch.context() as unreachable:
        unreachable.setattr(allowances, "pay", busy)
        with pytest.raises(Busy):
            found.pay("holding", "ann", 600)
    found.pay("holding", "ann", 600)
    assert booked == [8]


def test_what_comes_while_others_are_booked_is_counted_for_the_next_time(
    booked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, pay = Tallies(), allowances.pay

    def slowly(lane: str, caller: str, quota: int, *, units: int) -> Spent:
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(allowances, "pay", pay)
            for _ in range(3):
                found.pay(lane, caller, quota)
        return pay(lane, caller, quota, units=units)

    for _ in range(7):
        found.pay("holding", "ann", 600)
    with monkeypatch.context() as slow:
        slow.setattr(allowances, "pay", slowly)
        found.pay("holding", "ann", 600)
    assert booked == [8]
    for _ in range(5):
        found.pay("holding", "ann", 600)
    assert booked == [8, 8], "the three, and five more"


def test_however_many_ask_while_others_are_booked_few_get_ahead_of_the_table(
    scene: Scene, booked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, pay = Tallies(), allowances.pay
    answers: list[Spent] = []
    still_to_come = iter(range(100))

    def slowly(lane: str, caller: str, quota: int, *, units: int) -> Spent:
        for _ in still_to_come:
            answers.append(found.pay(lane, caller, quota))
        return pay(lane, caller, quota, units=units)

    with scene.connected() as connection:
        connection.execute(
            "INSERT INTO allowances VALUES ('ann', 'holding', clock_timestamp() + interval '90 seconds')"
            " ON CONFLICT (caller, lane) DO UPDATE SET spent_until = excluded.spent_until"
        )
    monkeypatch.setattr(allowances, "pay", slowly)
    for _ in range(8):
        answers.append(found.pay("holding", "ann", 600))
    assert [one.is_refused for one in answers].count(False) <= 2 * 7
    assert len(answers) == 108


def test_a_caller_who_asks_seldom_is_never_booked(booked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(tallies, "monotonic", lambda: clock[0])
    found = Tallies()
    for clock[0] in range(0, 1000, 20):
        assert found.pay("holding", "ann", 600).left >= 600 - 4
    assert booked == []


def test_one_can_be_given_back_as_long_as_it_is_not_booked(booked: list[int]) -> None:
    found = Tallies()
    spent = found.pay("holding", "ann", 600)
    assert found.give_back(spent)
    assert not found.give_back(spent)


def test_many_callers_do_not_fill_the_memory(booked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "MOST_REMEMBERED", 3)
    found = Tallies()
    for number in range(10):
        found.pay("holding", str(number), 600)
    assert len(found._tallies) <= 3
