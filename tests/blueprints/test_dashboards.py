"""A show at a glance, in a browser and as files."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.asked import statements_asked
from tests.scenes import Browser, Scene
from tests.services.dashboards.pasts import THEN, Hold, days, hours, keep, play
from webapp.csv_replies import BYTE_ORDER_MARK
from webapp.services import seating, shows
from webapp.services.asker import Asker
from webapp.services.demo.stadium import stadium_plan
from webapp.services.plans.plan import PlanCategory
from webapp.services.shows import Show

HOLDS = [
    Hold("A1", hours(0), "bought"),
    Hold("A2", hours(1), "bought"),
    Hold("A3", hours(0), "expired"),
    Hold("A4", hours(2), "released", took=2),
    Hold("A5", days(2), "bought", cancelled=days(3)),
]


@pytest.fixture
def olga(scene: Scene) -> Asker:
    """The organizer."""
    return scene.user("Olga")


@pytest.fixture
def show(scene: Scene, olga: Asker) -> Show:
    """A show in ten days, with a past that began long ago, and one before it."""
    earlier, show = scene.show(olga), scene.show(olga)
    with scene.history() as connection:
        connection.execute("UPDATE shows SET starts_at = %s WHERE id = %s", (THEN + days(20), earlier.id))
    play(scene, earlier, [Hold("A1", hours(0), "bought")])
    play(scene, show, HOLDS)
    return show


@pytest.fixture
def browser(scene: Scene, olga: Asker) -> Browser:
    """The organizer's browser."""
    return scene.browser(olga)


def page_of(browser: Browser, show: Show, more: str = "") -> str:
    """The dashboard's page."""
    response = browser.get(f"/organizer/shows/{show.id}/dashboard{more}")
    assert response.status_code == 200
    return response.text


def sections(page: str) -> dict[str, str]:
    """The figures of a page, by their names."""
    return dict(re.findall(r'<section class="plot-section" id="([a-z-]+)"(.*?)</section>', page, re.DOTALL))


def table_of(section: str) -> list[list[str]]:
    """The cells of the table in it, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", section, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(?:<a[^>]*>)?(.*?)(?:</a>)?</t[hd]>", row, re.DOTALL) for row in rows]


def file_of(browser: Browser, show: Show, figure: str) -> list[list[str]]:
    """A figure's file, as a spreadsheet reads it."""
    response = browser.get(f"/organizer/shows/{show.id}/dashboard/{figure}.csv")
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    assert response.text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(response.text.removeprefix(BYTE_ORDER_MARK), newline="")))


def test_every_figure_has_its_plot_and_right_beside_it_its_table(browser: Browser, show: Show) -> None:
    found = sections(page_of(browser, show))
    assert list(found) == ["over-time", "categories", "pace", "seats", "lost-holds"]
    for name, section in found.items():
        named = re.findall(r'<svg class="plot[^"]*"[^>]* aria-labelledby="([^"]+)" aria-describedby="([^"]+)"', section)
        assert named, name
        for ids in named:
            title, words = (re.search(rf' id="{one}">([^<]+)<', section) for one in ids)
            assert title
            assert words
        assert re.search(r"<details[^>]*>\s*<summary>The numbers</summary>", section), name
        assert len(table_of(section)) > 1, name


def test_the_tables_say_what_the_plots_show(browser: Browser, show: Show) -> None:
    found = {name: table_of(section) for name, section in sections(page_of(browser, show)).items()}
    assert found["categories"][1:] == [
        ["Stalls", "45.00", "10", "2", "0", "0", "8", "90.00", "45.00"],
        ["All", "–", "10", "2", "0", "0", "8", "90.00", "45.00"],  # noqa: RUF001 -- as it is written
    ]
    assert found["lost-holds"][-2:] == [["10", "1", "0", "20.0%"], ["All", "1", "1", "40.0%"]]
    assert found["seats"][1:] == [["row A", "10", "1", "1", "0", "1", "0", "7"]]
    assert [row[2:] for row in found["over-time"] if row[4:] == ["4", "2"]] == [["2", "0", "4", "2"]]
    assert found["pace"][0] == ["Days left", "This show", "24 Sep 2026"]
    # This show is thirty days away: what it will have sold with nineteen to go, nobody knows.
    assert found["pace"][-2:] == [["30", "20.0%", "0.0%"], ["19", "–", "10.0%"]]  # noqa: RUF001


def test_the_live_map_counts_free_held_sold_and_kept_seats(
    scene: Scene, browser: Browser, show: Show, olga: Asker
) -> None:
    keep(scene, show, olga, "A9")
    scene.hold(scene.user(), show, "A3", "A4")
    response = browser.get(f"/organizer/shows/{show.id}/dashboard/now")
    numbers = dict(re.findall(r"<dt>([a-z ]+)</dt><dd>(\d+)</dd>", response.text))
    assert numbers == {"sold": "2", "held": "2", "kept by the house": "1", "free": "5", "seats": "10"}
    dots = dict(
        re.findall(r'<g data-mark="([a-z]+)"><path class="dots" d="([^"]+)"', response.text.partition("<ul")[0])
    )
    assert {mark: path.count("M") for mark, path in dots.items()} == {
        "available": 5,
        "held": 2,
        "blocked": 1,
        "sold": 2,
    }
    assert "<html" not in response.text


def test_a_page_asks_the_database_little(browser: Browser, show: Show) -> None:
    page_of(browser, show)
    with statements_asked() as asked:
        page_of(browser, show)
    # Who asks, whether they may, the show, its standing; then sales, the span of its history, the history, the pace.
    assert len(asked) == 8


def test_pages_need_neither_styles_nor_scripts_of_their_own(browser: Browser, show: Show) -> None:
    page = page_of(browser, show)
    assert "style=" not in page
    assert "<style" not in page
    assert re.findall(r"<script(?![^>]* src=)", page) == []


def test_a_show_without_seats_says_what_to_do(scene: Scene, browser: Browser, olga: Asker) -> None:
    page = page_of(browser, scene.show(olga, seats=""))
    assert "Bring in a plan" in page
    assert sections(page) == {}


def test_a_show_that_nobody_has_looked_at_has_tables_without_plots(scene: Scene, browser: Browser, olga: Asker) -> None:
    found = sections(page_of(browser, scene.show(olga)))
    assert "Nobody has held a seat yet." in found["over-time"]
    assert {name for name, section in found.items() if 'role="img"' in section} == {"categories"}
    assert table_of(found["pace"])[1:] == [["Nothing yet."]]


def test_a_large_hall_is_drawn_by_sections_and_each_of_them_by_seats(
    scene: Scene, browser: Browser, olga: Asker
) -> None:
    show, _ = seating.create_show(
        olga,
        stadium_plan(3_000),
        title="A match",
        venue="Arena",
        starts_at=datetime.now(UTC) + timedelta(days=9),
        timezone="UTC",
        currency="EUR",
        seat_limit=10,
    )
    page = page_of(browser, show)
    links = re.findall(r'<a href="([^"]+section=[^"]+)" tabindex="-1" data-mark="0"', page)
    assert len(links) == len(re.findall(r"<tr><th scope=\"row\"><a ", page))
    assert len(links) > 1
    section = browser.get(links[0].replace("&amp;", "&")).text
    assert section.count('class="dots"') >= 1
    assert "The whole hall" in section
    assert "The whole hall" not in page_of(browser, show, "?section=nowhere")


def test_another_organizer_gets_no_part_of_it(scene: Scene, show: Show) -> None:
    stranger = scene.browser(scene.user("Rita"))
    for path in ("dashboard", "dashboard/now", "dashboard/pace.csv"):
        assert stranger.get(f"/organizer/shows/{show.id}/{path}").status_code == 403
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET published_at = NULL WHERE id = %s", (show.id,))
    for path in ("dashboard", "dashboard/now", "dashboard/pace.csv"):
        assert stranger.get(f"/organizer/shows/{show.id}/{path}").status_code == 404


def test_each_figure_is_a_file_with_the_numbers_of_its_table(browser: Browser, show: Show) -> None:
    assert file_of(browser, show, "categories") == [
        [
            *["Category", "Price now (EUR)", "Seats", "Sold", "Held", "Kept", "Free"],
            *["Revenue (EUR)", "On average (EUR)"],
        ],
        ["Stalls", "45.00", "10", "2", "0", "0", "8", "90.00", "45.00"],
    ]
    assert file_of(browser, show, "standing")[1:] == [
        ["Sold", "2", "20.0"],
        ["Held", "0", "0.0"],
        ["Kept by the house", "0", "0.0"],
        ["Free", "8", "80.0"],
    ]
    assert file_of(browser, show, "seats")[1:4] == [
        ["A1", "", "A", "1", "Stalls", "1", "2026-09-04 09:05:00"],
        ["A2", "", "A", "2", "Stalls", "2", "2026-09-04 10:05:00"],
        ["A5", "", "A", "5", "Stalls", "3", "2026-09-06 09:05:00"],
    ]
    assert file_of(browser, show, "lost-holds")[-1] == ["10", "1", "0", "20.0"]
    assert file_of(browser, show, "over-time")[0][:2] == ["From (Europe/Helsinki)", "To (Europe/Helsinki)"]
    assert file_of(browser, show, "sections")[1][0] == "row A"
    assert file_of(browser, show, "pace")[0] == ["Days left", "This show (%)", "24 Sep 2026 (%)"]


def test_a_file_is_named_after_the_show_and_its_day(browser: Browser, show: Show) -> None:
    day = (show.starts_at + timedelta(hours=2)).date()
    told = browser.get(f"/organizer/shows/{show.id}/dashboard/pace.csv").headers["Content-Disposition"]
    assert told == f"attachment; filename=The-Tempest-{day}-pace.csv"


def test_there_are_no_other_figures(browser: Browser, show: Show) -> None:
    response = browser.get(f"/organizer/shows/{show.id}/dashboard/buyers.csv")
    assert response.status_code == 404
    assert "There is no such figure" in response.text


def test_no_cell_of_a_file_is_a_formula(scene: Scene, browser: Browser, olga: Asker) -> None:
    show = scene.show(olga, seats="A1", title='=HYPERLINK("http://evil.example")')
    seat = seating.labelled_seat("-1", section="+SUM(A1)", category="=1+1")
    seating.add_seats(olga, show.id, [seat], [PlanCategory(name="=1+1", price=100)])
    shows.one(show.id)
    assert [row[0] for row in file_of(browser, show, "categories")[1:]] == ["Stalls", "'=1+1"]
    assert file_of(browser, show, "seats")[-1][:2] == ["'-1", "'+SUM(A1)"]
    assert file_of(browser, show, "sections")[-1][0].startswith("'+SUM(A1)")
    told = browser.get(f"/organizer/shows/{show.id}/dashboard/pace.csv").headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename=HYPERLINK-http-evil-example-[0-9-]+-pace\.csv", told)
