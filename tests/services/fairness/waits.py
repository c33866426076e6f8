"""Seats that come back to an application that has the rule of others first, and time that passes meanwhile."""

import pytest

from tests.scenes import Scene
from webapp.services import reservations
from webapp.services.asker import Asker
from webapp.services.refusals import OthersFirst
from webapp.services.shows import Show

# Seconds that each seat one had makes one wait: more than by default, so that no slow machine outlasts them.
STEP = 30


def pass_time(scene: Scene, seconds: float) -> None:
    """Let so many seconds pass for all reservations."""
    with scene.history() as connection:
        connection.execute(
            """
            UPDATE reservations
            SET created_at = created_at - passed.time, hold_expiry = hold_expiry - passed.time,
                updated_at = updated_at - passed.time, ended_at = ended_at - passed.time,
                came_back_at = came_back_at - passed.time, changed_xid = pg_current_xact_id()
            FROM (SELECT make_interval(secs => %s) AS time) AS passed
            """,
            (seconds,),
        )


def come_back(scene: Scene, show: Show, *numbers: str) -> None:
    """Let the seats come back just now, together: somebody who held them has given them back."""
    somebody = scene.user("Somebody who leaves")
    for held in scene.hold(somebody, show, *numbers):
        reservations.release(somebody, held.id)
    with scene.history() as connection:
        connection.execute("UPDATE reservations SET ended_at = clock_timestamp() WHERE user_id = %s", (somebody.id,))


def had(scene: Scene, show: Show, buyer: Asker, *numbers: str) -> None:
    """Let the buyer have taken these seats some steps ago, when they had just come back."""
    come_back(scene, show, *numbers)
    scene.hold(buyer, show, *numbers)
    pass_time(scene, 2 * STEP)


def told_to_wait(scene: Scene, show: Show, buyer: Asker, *numbers: str) -> OthersFirst:
    """The no to a buyer who asks for seats that are for others first."""
    with pytest.raises(OthersFirst) as caught:
        scene.hold(buyer, show, *numbers)
    return caught.value
