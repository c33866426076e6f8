"""What operators do from the command line."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.scenes import Scene
from webapp.services import accounts, demo

PLAN = "zone,row,start,end\nStalls,A,1,10\nStalls,B,1,10\nCircle,A,1,5\n"
ODD_PLAN = "zone,row,start,end,colour\nStalls,A,1,3,red\nStalls,A,3,4,red\n"


def run(app: Flask, *arguments: str) -> Result:
    """What `flask` does with these arguments."""
    return app.test_cli_runner().invoke(args=list(arguments))


def import_plan(scene: Scene, file: Path, email: str, **options: str) -> Result:
    """`flask import-plan` with options that are good unless `options` says otherwise."""
    good = {"title": "Evensong", "venue": "Town Hall", "starts_at": "2027-05-01T19:30:00+03:00", "organizer": email}
    given = [part for name, value in {**good, **options}.items() for part in (f"--{name.replace('_', '-')}", value)]
    return run(scene.app, "import-plan", str(file), *given)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of 25 seats."""
    file = tmp_path / "plan.csv"
    file.write_text(PLAN)
    return file


def test_a_plan_becomes_a_show_whose_id_and_number_of_seats_are_printed(scene: Scene, plan: Path) -> None:
    organizer = scene.user()
    result = import_plan(scene, plan, organizer.email.upper(), timezone="Europe/Helsinki", currency="SEK", price="4500")
    shows = scene.rows("SELECT id, title, venue, timezone, currency, organizer_id FROM shows")
    assert [tuple(show.values())[1:] for show in shows] == [
        ("Evensong", "Town Hall", "Europe/Helsinki", "SEK", organizer.id)
    ]
    assert scene.rows("SELECT count(*) AS seats FROM seats") == [{"seats": 25}]
    assert {row["price"] for row in scene.rows("SELECT price FROM categories")} == {4500}
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == f"Show {shows[0]['id']}: 25 seats"


def test_everything_odd_in_the_file_is_printed_and_kept(scene: Scene, plan: Path) -> None:
    plan.write_text(ODD_PLAN)
    result = import_plan(scene, plan, scene.user().email)
    kept = scene.rows("SELECT plan_oddities FROM shows")[0]["plan_oddities"]
    assert len(kept) > 1
    assert "colour" in kept[0]
    assert "#2" in kept[-1]
    assert result.output.splitlines()[1:] == [f"- {oddity}" for oddity in kept]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"organizer": "nobody@example.com"}, "There is no account with the e-mail address nobody@example.com."),
        ({"starts_at": "tomorrow"}, "--starts-at: Must be a time with its offset from UTC"),
        ({"starts_at": "2027-05-01T19:30:00"}, "--starts-at: Must be a time with its offset from UTC"),
        ({"starts_at": "0001-01-01T00:00:00Z"}, "--starts-at: Must be a time between the years 2000 and 2200."),
        ({"timezone": "Mars/Olympus"}, "--timezone: Must be a time zone of the IANA database"),
        ({"currency": "euro"}, "--currency: "),
        ({"title": " "}, "--title: "),
        ({"title": "", "venue": "x" * 201}, "--venue: "),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_saved(
    scene: Scene, plan: Path, options: dict[str, str], sentence: str
) -> None:
    result = import_plan(scene, plan, scene.user().email, **options)
    assert scene.rows("SELECT FROM shows") == []
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert sentence in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"zone,row\nStalls,A\n", "Missing in line 1: start, end."),
        (PLAN.encode() + b"Circle,B,9,1\n", "Line 5 starts at seat 9 but ends at seat 1."),
        (b"PK\x03\x04", "The file is a spreadsheet or zip archive."),
        (b'{"zones": ', "."),
        (b"\x00\x01\x02", "."),
    ],
)
def test_of_a_file_that_cannot_be_used_nothing_is_saved(
    scene: Scene, plan: Path, content: bytes, sentence: str
) -> None:
    plan.write_bytes(content)
    result = import_plan(scene, plan, scene.user().email)
    assert scene.rows("SELECT FROM shows") == []
    assert result.exit_code == 1
    assert sentence in result.output
    assert result.output.startswith("Error: ")


@pytest.mark.parametrize("price", ["-1", "free", "1000000001", "99999999999999999999"])
def test_a_price_that_cannot_be_is_refused_before_anything_is_saved(scene: Scene, plan: Path, price: str) -> None:
    result = import_plan(scene, plan, scene.user().email, price=price)
    assert scene.rows("SELECT FROM shows") == []
    assert result.exit_code == 2
    assert "'--price'" in result.output


def test_a_file_that_is_not_there_is_refused(scene: Scene, tmp_path: Path) -> None:
    result = import_plan(scene, tmp_path / "nothing.csv", scene.user().email)
    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_the_demonstration_is_made_once(scene: Scene) -> None:
    first, second = run(scene.app, "demo"), run(scene.app, "demo")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert scene.rows("SELECT count(*) AS shows FROM shows") == [{"shows": 1}]
    assert scene.rows("SELECT count(*) AS users FROM users") == [{"users": 2}]
    assert 500 <= scene.rows("SELECT count(*) AS seats FROM seats")[0]["seats"] <= 700
    for account in (demo.BUYER, demo.ORGANIZER):
        assert f"{account.email}  password: {account.password}" in first.output
        assert accounts.sign_in(email=account.email, password=account.password, through="command")


def test_the_demonstration_leaves_alone_what_people_have_made(scene: Scene) -> None:
    show = scene.show()
    assert run(scene.app, "demo").exit_code == 0
    assert [row["id"] for row in scene.rows("SELECT id FROM shows")] == [show.id]


def test_the_stadium_is_made_once_of_each_size_beside_the_demonstration(scene: Scene) -> None:
    results = [run(scene.app, "demo", "stadium", "--seats", size) for size in ("2000", "2000", "2500")]
    assert [result.exit_code for result in results] == [0, 0, 0]
    shows = scene.rows(
        "SELECT shows.id, title, (SELECT count(*) FROM seats WHERE show_id = shows.id) AS seats, "
        "jsonb_array_length(plan_areas) AS areas FROM shows ORDER BY id"
    )
    assert [(show["title"], show["areas"]) for show in shows] == [
        ("The Lighthouse Keepers", 2),
        ("Harbour City v Northern Lights", 5),
        ("Harbour City v Northern Lights", 5),
    ]
    assert [show["seats"] for show in shows[1:]] == [2_000, 2_500]
    told = [result.output.splitlines()[0] for result in results]
    assert told[0] == told[1] == f"Show {shows[1]['id']}: 2,000 seats, at /shows/{shows[1]['id']}"
    assert f"{demo.ORGANIZER.email}  password: {demo.ORGANIZER.password}" in results[0].output


def test_no_stadium_is_built_where_people_have_made_the_place_their_own(scene: Scene) -> None:
    show = scene.show()
    result = run(scene.app, "demo", "stadium")
    assert (result.exit_code, result.output.startswith("Error: There is no demonstration here")) == (1, True)
    assert [row["id"] for row in scene.rows("SELECT id FROM shows")] == [show.id]


@pytest.mark.parametrize("seats", ["0", "1999", "100001", "many"])
def test_a_stadium_of_another_size_is_refused(scene: Scene, seats: str) -> None:
    assert run(scene.app, "demo", "stadium", "--seats", seats).exit_code == 2
    assert scene.rows("SELECT FROM users") == []
