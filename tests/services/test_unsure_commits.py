"""Where a commit warns that a standby may not have it, it may be lost: nobody is told that it is done."""

import pytest

from tests.scenes import Scene
from webapp.services import reservations
from webapp.services.database import unsure
from webapp.services.refusals import Busy
from webapp.services.reservations import SeatChoice

# As PostgreSQL does where somebody ends a commit's waiting for the standby: at the commit, which succeeds. With a real
# standby bench/faults/crashes/lost_primary.py does it.
WARNS_AT_COMMIT = """
    CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE WARNING 'committed, and perhaps not on the standby';
        RETURN NULL;
    END
    $$;
    CREATE CONSTRAINT TRIGGER warns AFTER INSERT OR UPDATE ON reservations DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION warn()
"""


@pytest.fixture(autouse=True)
def warnings_of_triggers_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unsure, "WAITING", "exec_stmt_raise")


@pytest.fixture
def warned(own_scene: Scene) -> Scene:
    with own_scene.connected() as connection:
        connection.execute(WARNS_AT_COMMIT)
    return own_scene


def test_a_hold_that_may_be_lost_is_not_told_as_done(warned: Scene) -> None:
    buyer, show = warned.user(), warned.show()
    for numbers in (("A1",), ("A2", "A3")):
        with pytest.raises(Busy):
            reservations.hold(buyer, SeatChoice(show_id=show.id, seat_numbers=numbers), minutes=5)
    assert warned.statuses(show) == {number: ["HELD"] for number in ("A1", "A2", "A3")}, "it was done all the same"


def test_a_confirm_with_a_key_that_may_be_lost_is_answered_with_not_now(own_scene: Scene) -> None:
    buyer, show = own_scene.user(), own_scene.show()
    (held,) = own_scene.hold(buyer, show, "A1")
    with own_scene.connected() as connection:
        connection.execute(WARNS_AT_COMMIT)
    answer = own_scene.client(buyer).post(f"/reservations/{held.id}/confirm", headers={"Idempotency-Key": "once"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
