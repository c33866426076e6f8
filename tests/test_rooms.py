"""The rooms of the house: who may enter which, and what a room may be called."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import ForeignKeyConstraint

from webapp.models import Base

HOUSE = Path(__file__).parents[1]
CHECK = "from importlinter.cli import lint_imports_command as check; check()"
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base_utils", "tools", "lib"}


def check_imports(house: Path) -> "subprocess.CompletedProcess[str]":
    """Check the import rules of a house, as `make test` does."""
    words = [sys.executable, "-c", CHECK, "--no-logo", "--no-cache"]
    return subprocess.run(words, cwd=house, capture_output=True, text=True, check=False, timeout=60)


def test_everybody_keeps_to_the_rooms_they_may_enter() -> None:
    checked = check_imports(HOUSE)
    assert checked.returncode == 0, checked.stdout
    assert re.search(r"[1-9]\d* kept, 0 broken", checked.stdout)


@pytest.mark.parametrize(
    ("room", "stranger"),
    [
        ("services/database/clock.py", "from flask import request"),
        ("services/database/clock.py", "from webapp.blueprints import health"),
        ("services/database/clock.py", "from webapp.forms import accounts"),
        ("models/seat.py", "from webapp.services import shows"),
        ("models/seat.py", "import flask"),
        ("blueprints/health.py", "from webapp.extensions import db"),
        ("blueprints/health.py", "import sqlalchemy"),
        ("replies.py", "from webapp.models import Show"),
        ("plots/bars.py", "from webapp.services import shows"),
        ("plots/bars.py", "import flask"),
        ("figures/table.py", "from webapp.extensions import db"),
    ],
)
def test_who_enters_a_room_they_may_not_is_seen(tmp_path: Path, room: str, stranger: str) -> None:
    shutil.copytree(HOUSE / "webapp", tmp_path / "webapp", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    entered = tmp_path / "webapp" / room
    entered.write_text(f"{entered.read_text()}\n{stranger}\n")
    checked = check_imports(tmp_path)
    assert checked.returncode != 0
    assert re.search("[1-9] broken", checked.stdout)


def test_nothing_takes_reservations_along_when_it_is_deleted() -> None:
    keys = [
        (table.name, key)
        for table in Base.metadata.sorted_tables
        for key in table.constraints
        if isinstance(key, ForeignKeyConstraint)
    ]
    assert {table for table, _ in keys} >= {"shows", "categories", "all_seats", "reservations", "reservation_changes"}
    # Only the former states of a plan that nobody has saved go with it, and it forgets a show that is gone.
    assert {(table, key.ondelete, key.onupdate) for table, key in keys if key.ondelete or key.onupdate} == {
        ("plan_draft_states", "CASCADE", None),
        ("plan_drafts", "SET NULL", None),
    }
    related = [one for mapper in Base.registry.mappers for one in mapper.relationships]
    assert [str(one) for one in related if one.cascade.delete] == []


def test_no_file_and_no_folder_has_a_name_that_says_nothing() -> None:
    names = {path.stem if path.is_file() else path.name for path in (HOUSE / "webapp").rglob("*")}
    assert "shows" in names
    assert names & NO_NAMES == set()
