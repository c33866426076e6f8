"""What the columns of an answer are: told as psycopg would tell it, and not looked at before."""

import pytest
from psycopg import Cursor

from tests.scenes import Scene
from webapp.extensions import db
from webapp.services.database.columns import UnhurriedCursor


def test_columns_are_told_as_by_any_cursor(scene: Scene) -> None:
    with scene.connected() as connection, Cursor(connection) as any_cursor, UnhurriedCursor(connection) as unhurried:
        statement = "SELECT 1 AS one, 'two' AS two, now() AS three"
        expected = [tuple(column) for column in any_cursor.execute(statement).description or ()]
        found = unhurried.execute(statement).description
        assert [tuple(column) for column in found] == expected
        assert [column.name for column in found[1:]] == ["two", "three"]
        assert (len(found), found[0].name) == (3, "one")
        assert unhurried.execute("SELECT").description == []
        assert unhurried.execute("SET work_mem = 4096").description is None


def test_nobody_looks_at_the_columns_of_what_buyers_do_all_day(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    show, buyer = scene.show(seats="A1-A20"), scene.user()
    scene.hold(buyer, show, "A1")
    looked: list[object] = []
    monkeypatch.setattr(Cursor, "description", property(looked.append))
    scene.hold(buyer, show, "A2")
    assert looked == []
    with db.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    assert looked, "whoever needs them looks"
