"""What follows for the routes of a show from each row of `ANSWERS`: who else runs it, and who knows a draft.

None of it needs a row of its own. Where those who run a show get another answer while it is a draft, `ON_A_DRAFT` says
so.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.routes.answers import ANSWERS, BROWSER, CLIENT, COLLEAGUES, WHO, expected
from tests.routes.asking import by_browser, by_client, told
from tests.routes.world import World, fresh_world, two_worlds
from tests.scenes import Scene

# What those who run a show get while it is a draft, by browser and by client, where that is not what they get later.
ON_A_DRAFT: Mapping[str, tuple[str, str]] = {
    # It is one already.
    "POST organizers.unpublish": ("303", "404"),
    "POST running.unpublish": ("404", "200"),
}

STRANGERS = ("nobody", "other buyer", "other organizer")
NO_SHOW = 2**31 - 1
EACH = [(row, tongue) for row in ANSWERS for tongue in (BROWSER, CLIENT)]


def is_of_its_people(row: str, tongue: int) -> bool:
    """Whether the route is for those who run the show, and nobody else."""
    who = expected(row, tongue)
    return who["other organizer"] == "403" != who["organizer"]


def sets_colleagues_apart(row: str, tongue: int) -> bool:
    """Whether the row says of its own what a manager and an admin get."""
    return len(ANSWERS[row][tongue].split()) > len(WHO)


OF_ITS_PEOPLE = [one for one in EACH if is_of_its_people(*one)]
TOLD_APART = [one for one in EACH if sets_colleagues_apart(*one)]


def asked(world: World, row: str, tongue: int, who: str) -> TestResponse:
    """What this person gets for the row, by browser or by client."""
    return by_browser(world, row, who) if tongue == BROWSER else by_client(world, row, who)


@pytest.mark.parametrize(("row", "tongue"), [*OF_ITS_PEOPLE, *TOLD_APART])
def test_a_manager_and_an_admin_get_what_the_organizer_gets(scene: Scene, row: str, tongue: int) -> None:
    # Each in a world where nobody did it before.
    answers = {who: told(asked(fresh_world(scene), row, tongue, who)) for who in COLLEAGUES}
    assert answers.items() <= expected(row, tongue).items()


@pytest.mark.parametrize(("row", "tongue"), OF_ITS_PEOPLE)
def test_those_who_run_a_show_reach_its_draft_too(scene: Scene, row: str, tongue: int) -> None:
    for who in ("organizer", *COLLEAGUES):
        world = fresh_world(scene)
        scene.unpublish(world.show)
        wanted = ON_A_DRAFT[row][tongue] if row in ON_A_DRAFT else expected(row, tongue)[who]
        assert (who, told(asked(world, row, tongue, who))) == (who, wanted)


@pytest.mark.parametrize("is_cancelled", [False, True])
@pytest.mark.parametrize("row", ANSWERS)
def test_a_draft_is_to_strangers_as_if_there_were_no_such_show(scene: Scene, row: str, *, is_cancelled: bool) -> None:
    if not any("show_id" in rule.arguments for rule in scene.app.url_map.iter_rules(row.split()[1])):
        return
    draft, nothing = two_worlds(scene)
    scene.unpublish(draft.show)
    if is_cancelled:
        with scene.connected() as connection:
            connection.execute("UPDATE shows SET cancelled_at = now() WHERE id = %s", (draft.show.id,))
    nothing.show = replace(nothing.show, id=NO_SHOW)
    for tongue in (BROWSER, CLIENT):
        for who in STRANGERS:
            met, not_there = (asked(world, row, tongue, who) for world in (draft, nothing))
            assert (who, told(met)) == (who, told(not_there))
            assert without_numbers(met) == without_numbers(not_there)
            if is_of_its_people(row, tongue):
                assert told(met) == "404" or who == "nobody"


def names_something_of_a_show(scene: Scene, row: str) -> bool:
    """Whether the address of the route names a show, and something of it by an id."""
    return any(
        "show_id" in rule.arguments and re.search(r"<id:(?!show_id)", rule.rule)
        for rule in scene.app.url_map.iter_rules(row.split()[1])
    )


@pytest.mark.parametrize("ids", ["of another show", "of nothing"])
@pytest.mark.parametrize("row", ANSWERS)
def test_an_id_of_another_show_is_not_found_in_ones_own(scene: Scene, row: str, ids: str) -> None:
    if not names_something_of_a_show(scene, row):
        return
    for tongue in (BROWSER, CLIENT):
        own, other = two_worlds(scene)
        own.path = lambda rule, own=own, other=other: with_ids(own, other, rule, ids)  # type: ignore[method-assign]
        before = everything(scene)
        assert told(asked(own, row, tongue, "organizer")) == "404"
        assert everything(scene) == before


def with_ids(own: World, other: World, rule: Rule, ids: str) -> str:
    """The address of one's own show, with the ids of another, or the largest there can be."""
    beginning = f"/shows/{own.show.id}"
    if ids == "of another show":
        return World.path(other, rule).replace(f"/shows/{other.show.id}", beginning)
    return re.sub(r"(?<=/)[0-9]+(?=/|$)", str(2**63 - 1), World.path(own, rule)).replace(
        f"/shows/{2**63 - 1}", beginning
    )


def everything(scene: Scene) -> list[object]:
    """What an act on somebody else's would change."""
    tables = ("reservations", "show_managers", "invitations", "acts", "shows", "house_blocks", "plan_versions")
    return [scene.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


def without_numbers(response: TestResponse) -> str:
    """The text of the answer without what differs each time: ids, and the tokens of forms."""
    return re.sub(r'name="csrf_token" value="[^"]+"|[0-9a-f]{16}|[0-9]+', "#", response.text)
