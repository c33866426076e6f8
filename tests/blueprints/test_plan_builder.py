"""The plan builder as browsers use it: by plain forms, and drawn while one types."""

import re
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.blueprints.reading import form_to, notices, partials, words
from tests.scenes import Browser, Scene
from webapp.services import plan_drafts
from webapp.services.asker import Asker
from webapp.services.plans.building import RowBlock

HALL = ["#drawn", "#told", "#count", "#undoes", "#redoes", "#problems", "#refusal"]
SAME_PART = ["#title", "#fields", "#parts", "#seen", *HALL]


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga Organizer")


@pytest.fixture
def browser(scene: Scene, olga: Asker) -> Browser:
    return scene.browser(olga)


@pytest.fixture
def desk(browser: Browser) -> str:
    """The path of a plan in the making: a stage (1) and a block of 96 seats (2)."""
    browser.get("/organizer/sketches/")
    response = browser.post("/organizer/sketches/", {"name": "Town Hall", "start": "rows"})
    assert response.status_code == 303
    browser.get(response.location)
    return str(response.location)


def fields(page: TestResponse, desk: str, part: int = 2) -> dict[str, Any]:
    """What the form of a part sends as it is shown, selects included."""
    shown = form_to(page, f"{desk}/parts/{part}").values
    for name, options in re.findall(r'<select id="\w+" name="(\w+)"[^>]*>(.*?)</select>', page.text, re.DOTALL):
        chosen = re.search(r'<option selected value="(\w+)"|<option value="(\w+)" selected', options)
        assert chosen, name
        shown[name] = chosen[1] or chosen[2]
    shown.pop("skips_i_and_o", None)  # a box that is not ticked
    return {name: value.strip() for name, value in shown.items() if name != "csrf_token"}


def block(olga: Asker, desk: str) -> RowBlock:
    return plan_drafts.sketched(olga, int(desk.rsplit("/", 1)[1])).sketch.block(2)


def seats_in(page: TestResponse) -> int:
    found = re.search(r"<strong>([0-9,]+)</strong> seats", page.text)
    assert found
    return int(found[1].replace(",", ""))


def test_a_plan_is_begun_with_a_hall_one_chooses(browser: Browser) -> None:
    page = browser.get("/organizer/sketches/")
    assert page.text.count('<svg class="sketch"') == 6
    begun = browser.post("/organizer/sketches/", {"name": "Chapel", "start": "chamber"})
    page = browser.get(begun.location)
    assert seats_in(page) == 185
    assert "Chapel" in words(browser.get("/organizer/sketches/"))


def test_without_a_name_no_plan_is_begun(browser: Browser) -> None:
    browser.get("/organizer/sketches/")
    page = browser.post("/organizer/sketches/", {"start": "chamber"})
    assert page.status_code == 422
    assert form_to(page, "/organizer/sketches/").errors == {"name": ["This is needed."]}


def test_the_hall_is_drawn_with_the_numbers_of_the_chosen_block(browser: Browser, desk: str) -> None:
    page = browser.get(desk)
    assert seats_in(page) == 96
    assert page.text.count("<title>") == 1 + 96
    assert "<title>A12</title>" in page.text
    stage = browser.get(f"{desk}?part=1")
    assert stage.text.count("<title>") == 1
    assert stage.text.count("h0") == 96, "a dot for each seat"
    assert 'aria-label="Stalls, 96 seats"' in stage.text


def test_what_is_sent_by_the_plain_form_is_taken_over(browser: Browser, olga: Asker, desk: str) -> None:
    form = {**fields(browser.get(desk), desk), "rows": "4", "seats": "10, 11, 12, 13", "bend": "40", "aisles": "6"}
    response = browser.post(f"{desk}/parts/2", {**form, "deed": "apply"})
    assert (response.status_code, response.location) == (303, f"{desk}?part=2")
    changed = block(olga, desk)
    assert (changed.rows, changed.seats, changed.bend, changed.aisles) == (4, (10, 11, 12, 13), 40, (6,))
    assert seats_in(browser.get(desk)) == 46


def test_a_button_takes_over_the_fields_and_does_its_deed(browser: Browser, olga: Asker, desk: str) -> None:
    form = {**fields(browser.get(desk), desk), "rows": "4", "step": "coarse", "deed": "right"}
    browser.post(f"{desk}/parts/2", form)
    assert (block(olga, desk).rows, block(olga, desk).x) == (4, 100)


def test_the_plain_form_goes_on_with_the_copy(browser: Browser, desk: str) -> None:
    response = browser.post(f"{desk}/parts/2", {**fields(browser.get(desk), desk), "deed": "copy"})
    page = browser.get(response.location)
    assert response.location == f"{desk}?part=3"
    assert form_to(page, f"{desk}/parts/3").values["section"] == "Stalls 2"


def test_while_one_types_the_hall_is_drawn_anew_and_no_field_is_touched(browser: Browser, desk: str) -> None:
    form = {**fields(browser.get(desk), desk), "rows": "5"}
    drawn = browser.with_htmx().post(f"{desk}/parts/2", form)
    assert partials(drawn) == ["#parts", "#seen", *HALL]
    assert seats_in(drawn) == 60
    assert '<input type="hidden" name="seen" value="2">' in drawn.text
    assert 'name="rows"' not in drawn.text


def test_after_a_button_all_of_the_builder_is_drawn_anew(browser: Browser, desk: str) -> None:
    form = fields(browser.get(desk), desk)
    drawn = browser.with_htmx().post(f"{desk}/parts/2", {**form, "deed": "turn_left", "step": "fine"})
    assert partials(drawn) == SAME_PART
    assert 'name="turn" type="number" value="-1"' in drawn.text
    assert 'name="deed"' not in drawn.text, "the buttons stay under the hand that presses them"


def test_of_another_part_the_whole_form_is_drawn(browser: Browser, desk: str) -> None:
    form = fields(browser.get(desk), desk)
    drawn = browser.with_htmx().post(f"{desk}/parts/2", {**form, "deed": "copy"})
    assert partials(drawn) == ["#side", *HALL]
    assert form_to(drawn, f"{desk}/parts/3").values["section"] == "Stalls 2"
    assert partials(browser.post(f"{desk}/undo", {"part": "3"})) == ["#side", *HALL]


def test_without_scripts_a_button_goes_as_far_as_it_did_before(browser: Browser, desk: str) -> None:
    form = fields(browser.get(desk), desk)
    response = browser.post(f"{desk}/parts/2", {**form, "deed": "turn_left", "step": "fine"})
    assert fields(browser.get(response.location), desk)["step"] == "fine"


def test_what_cannot_be_drawn_is_told_at_its_field_and_stays_typed(browser: Browser, olga: Asker, desk: str) -> None:
    form = {**fields(browser.get(desk), desk), "left_out": "A", "rows": "none", "section": "Orchestra"}
    page = browser.post(f"{desk}/parts/2", {**form, "deed": "apply"})
    assert page.status_code == 422
    shown = form_to(page, f"{desk}/parts/2")
    assert shown.errors == {"rows": ["Must be a whole number from 1 to 200."]}
    assert (shown.values["rows"], shown.values["section"], shown.values["left_out"]) == ("none", "Orchestra", "A")
    assert seats_in(page) == 96
    page = browser.post(f"{desk}/parts/2", {**form, "rows": "3", "deed": "right"})
    assert form_to(page, f"{desk}/parts/2").errors == {"left_out": ['"A" cannot be read. Name seats as in A5, B1-B3.']}
    assert (block(olga, desk).rows, block(olga, desk).x) == (8, 0)


def test_while_one_types_it_is_told_beside_the_fields(browser: Browser, desk: str) -> None:
    form = {**fields(browser.get(desk), desk), "aisles": "20"}
    told = browser.with_htmx().post(f"{desk}/parts/2", form)
    assert told.status_code == 422
    assert partials(told) == ["#problems"]
    assert '<a href="#aisles">Aisles after seats</a>: The front row has 12 seats' in told.text


def test_a_part_can_be_removed_whatever_is_typed_in_its_fields(browser: Browser, desk: str) -> None:
    form = {**fields(browser.get(desk), desk), "rows": "none", "deed": "remove"}
    response = browser.post(f"{desk}/parts/2", form)
    page = browser.get(response.location)
    assert seats_in(page) == 0
    assert form_to(page, f"{desk}/parts/1").values["label"] == "Stage"


def test_an_empty_hall_can_be_filled(browser: Browser, desk: str) -> None:
    for part in (2, 1):
        browser.post(f"{desk}/parts/{part}", {"deed": "remove"})
    page = browser.get(desk)
    assert "There is nothing in this hall yet." in words(page)
    browser.post(f"{desk}/parts", {"kind": "stage"})
    response = browser.post(f"{desk}/parts", {"kind": "block"})
    assert seats_in(browser.get(response.location)) == 50


def test_undo_and_redo_say_what_they_do(browser: Browser, olga: Asker, desk: str) -> None:
    assert words(browser.get(desk)).count("Undo :") == 0
    browser.post(f"{desk}/parts/2", {**fields(browser.get(desk), desk), "deed": "right"})
    page = browser.get(desk)
    assert "Undo : moved Stalls" in words(page)
    response = browser.post(f"{desk}/undo", {"part": "2"})
    assert response.location == f"{desk}?part=2"
    page = browser.get(response.location)
    assert block(olga, desk).x == 0
    assert "Redo : moved Stalls" in words(page)
    drawn = browser.with_htmx().post(f"{desk}/redo", {"part": "2"})
    assert partials(drawn) == SAME_PART
    assert block(olga, desk).x == 25


def test_what_does_not_fit_is_told_beside_the_hall(browser: Browser, desk: str) -> None:
    form = {**fields(browser.get(desk), desk), "y": "-300", "wheelchairs": "Z1"}
    browser.post(f"{desk}/parts/2", {**form, "deed": "apply"})
    page = browser.get(desk)
    assert "stand on the stage." in words(page)
    assert "Stalls has no Z1, or not all of it" in words(page)
    assert f'href="{desk}?part=2#wheelchairs"' in page.text


def test_names_that_hold_markup_are_drawn_as_they_are(browser: Browser, desk: str) -> None:
    hostile = '<script>alert(1)</script>"&'
    form = fields(browser.get(desk), desk)
    browser.post(f"{desk}/parts/2", {**form, "section": hostile, "category": hostile, "deed": "apply"})
    stage = fields(browser.get(f"{desk}?part=1"), desk, part=1)
    browser.post(f"{desk}/parts/1", {**stage, "label": hostile, "deed": "apply"})
    for part in (1, 2):
        page = browser.get(f"{desk}?part={part}")
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert f"{hostile}, 96 seats" in unescape(page.text)


@pytest.mark.parametrize("part", ["x", "0", "99999999999", "-1"])
def test_a_part_that_cannot_be_is_refused(browser: Browser, desk: str, part: str) -> None:
    assert browser.get(f"{desk}?part={part}").status_code == 422
    assert browser.get(f"{desk}?part=77").status_code == 200, "another part is shown instead of one that is gone"


def test_what_forms_do_not_send_is_refused(browser: Browser, desk: str) -> None:
    form = fields(browser.get(desk), desk)
    for change in ({"deed": "burn"}, {"step": "far"}, {"seen": "x"}, {"colour": "red"}, {"align": "up"}):
        assert browser.post(f"{desk}/parts/2", {**form, **change}).status_code == 422, change
    assert browser.post(f"{desk}/parts/1", form).status_code == 422
    assert browser.post(f"{desk}/parts/9", form).status_code == 404
    assert browser.post(f"{desk}/parts", {"kind": "moat"}).status_code == 422


def test_who_has_no_block_to_turn_to_the_stage_is_told(browser: Browser, desk: str) -> None:
    browser.post(f"{desk}/parts/1", {"deed": "remove"})
    page = browser.post(f"{desk}/parts/2", {**fields(browser.get(desk), desk), "deed": "face"})
    assert page.status_code == 422
    assert notices(page) == [("refusal", "There is no stage to be faced. Add one first.")]


def test_a_plan_is_discarded(browser: Browser, desk: str) -> None:
    response = browser.post(f"{desk}/discard")
    page = browser.get(response.location)
    assert notices(page) == [("success", "The plan is discarded.")]
    assert browser.get(desk).status_code == 404


def test_a_plan_is_looked_at_and_saved(browser: Browser, desk: str) -> None:
    page = browser.get(f"{desk}/finish")
    assert "96 seats in 1 block." in words(page)
    form = {"venue": "Town Hall", "timezone": "Europe/Helsinki", "name": "Concert"}
    response = browser.post(f"{desk}/finish", form)
    plan = browser.get(response.location)
    assert notices(plan) == [("success", "“Concert” is saved at Town Hall, as version 1.")]
    assert re.fullmatch(r"/organizer/plans/\d+", response.location)
    assert "seats 96" in words(plan)
    assert "Concert Town Hall, 96 seats, version 1" in words(browser.get("/organizer/sketches/"))
    assert browser.get(desk).status_code == 404


def test_a_saved_plan_is_opened_again_and_saved_as_the_next_version(browser: Browser, desk: str) -> None:
    form = {"venue": "Town Hall", "timezone": "UTC", "name": "Concert"}
    index = browser.get(browser.post(f"{desk}/finish", form).location)
    draw_on = re.search(r'action="(/organizer/sketches/versions/\d+)"', index.text)
    assert draw_on
    again = browser.post(draw_on[1]).location
    page = browser.get(f"{again}/finish")
    assert "This draws on version 1 of “Concert”." in words(page)
    refused = browser.post(f"{again}/finish", form)
    assert refused.status_code == 422
    assert "Town Hall has a plan of this name." in form_to(refused, f"{again}/finish").errors["name"][0]
    response = browser.post(f"{again}/finish", {**form, "as_next_version": "y"})
    assert notices(browser.get(response.location)) == [("success", "“Concert” is saved at Town Hall, as version 2.")]


def test_what_is_odd_in_the_whole_plan_is_told_before_it_is_saved(browser: Browser) -> None:
    browser.get("/organizer/sketches/")
    desk = browser.post("/organizer/sketches/", {"name": "Circus", "start": "round"}).location
    assert "560 seats with row and number of another" in words(browser.get(f"{desk}/finish"))
