"""What was done with a show, in words, whatever was recorded."""

import ast
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from webapp import services
from webapp.act_words import MOST_SAID, WORDS, words_of
from webapp.services.acts import Act


def act(name: str, about: str | None = None, **details: Any) -> Act:
    """An act as it is read from the record."""
    return Act(1, 2, "Olga", name, details, about, as_admin=False, through="page", acted_at=datetime.now(UTC))


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (act("create show", title="Lear"), "created the show “Lear”"),
        (act("add seats", seats=1, **{"from": "A1", "to": "A1"}), "added seat A1"),
        (act("add seats", seats=1200, **{"from": "A1", "to": "Z9"}), "added 1,200 seats, A1 to Z9"),
        (act("import plan", seats=0), "brought in a plan with no seats"),
        (act("set prices", changed={"prices/Box": [0, 1250]}), "set prices: price of Box from no charge to 12.50 EUR"),
        (
            act(
                "change details",
                changed={"title": ["Lear", "King Lear"], "off_sale_at": [None, "2027-05-01T16:30:00+00:00"]},
            ),
            "changed title from Lear to King Lear, end of the sale from when the show begins to Sat 1 May 2027, 16:30",
        ),
        (
            act(
                "change details", changed={"lonely_seats": ["off", "warn"], "accessible_seats_released": [False, True]}
            ),
            "changed rule of lonely seats from off to warn, release of the accessible seats from no to yes",
        ),
        (act("change picture", changed={"picture": [None, 3]}), "changed the picture"),
        (act("copy to dates", dates=3), "copied the show to 3 dates"),
        (
            act("block seats", seats=12, first=["A1", "A2"], reason="Press", release_at="2027-03-01T17:00:00+00:00"),
            "blocked 12 seats (A1, A2, …): Press, until 2027-03-01 17:00 UTC",
        ),
        (act("block seats", seats=1, first=["A1"], reason="Pillar", release_at=None), "blocked 1 seat (A1): Pillar"),
        (act("release seats", seats=1, first=["A1"], reason=None), "released 1 seat (A1)"),
        (act("release seats", seats=1, first=["A1"], reason="Ill"), "released 1 seat (A1): Ill"),
        (act("remove manager", "Mona", person_id=3), "removed Mona as a manager"),
        (act("change venue", "Olga", venue="Opera"), "changed the venue “Opera” of Olga"),
        (act("rename plan", "Olga", plan="Gala", venue="Opera"), "named a plan of Olga “Gala” (Opera)"),
        (
            act("save plan version", "Olga", plan="Gala", venue="Opera", version=3),
            "saved version 3 of the plan “Gala” of Olga (Opera)",
        ),
    ],
)
def test_an_act_is_told_in_words(done: Act, words: str) -> None:
    assert words_of(done, "EUR") == words


def test_an_act_nobody_has_words_for_is_told_as_it_was_recorded() -> None:
    assert words_of(act("paint wall"), "EUR") == "paint wall"
    unknown = act("paint wall", "Mona", person_id=5, wall_height=3, why="it was “grey”", rows=["A", "Ä"])
    assert words_of(unknown, "EUR") == 'paint wall (Mona, wall height: 3, why: it was “grey”, rows: ["A", "Ä"])'


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("details", [{}, {"seats": None, "changed": 3, "dates": []}, {"title": "x" * 9999}])
def test_no_act_is_hidden_for_details_that_its_words_do_not_fit(name: str, details: dict[str, Any]) -> None:
    told = words_of(act(name, **details), "EUR")
    assert 0 < len(told) <= MOST_SAID


RECORDS = {"record", "record_for_each", "record_for_others", "raise_edition"}


def recorded() -> set[str]:
    """Every act that a service records by its name."""
    calls = (
        node
        for path in Path(services.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and (getattr(node.func, "attr", "") or getattr(node.func, "id", "")) in RECORDS
    )
    return {
        argument.value
        for call in calls
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_every_act_that_is_recorded_has_its_words() -> None:
    found = recorded()
    assert len(found) > 15
    assert found - WORDS.keys() == set()
