"""Where crowds meet: shows with few or many seats, people with several tabs, and minutes that pass quickly."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.proof.buying.desks import Buyer, ServiceDesk
from bench.proof.buying.http_desks import ApiDesk, PageDesk
from bench.proof.buying.lines import Line
from bench.proof.judging.history import Recorder
from tests.scenes import PASSWORD, Scene
from webapp.services import seating
from webapp.services.asker import Asker


@dataclass(frozen=True)
class House:
    """A show with its seats, by their ids."""

    show_id: int
    seats: Sequence[int]


def build_houses(scene: Scene, number: int, *, seats: int, seat_limit: int) -> list[House]:
    """So many shows on sale with so many seats each."""
    organizer = scene.user("Olga Organizer")
    shows = [scene.show(organizer, seats=f"A1-A{seats}", seat_limit=seat_limit) for _ in range(number)]
    return [House(show.id, [seat.id for seat in seating.seats_of(show.id)]) for show in shows]


def people_with_tabs(scene: Scene, number: int, *, tabs: int = 2) -> list[Asker]:
    """So many tabs in which people buy, several of each person's."""
    people = [scene.user("A buyer in a crowd") for _ in range(-(-number // tabs))]
    return [people[place // tabs] for place in range(number)]


def shows_of(houses: Sequence[House]) -> dict[int, int]:
    """Of which show each seat is."""
    return {seat: house.show_id for house in houses for seat in house.seats}


def at_the_service(scene: Scene, askers: Sequence[Asker], recorder: Recorder, houses: Sequence[House]) -> list[Buyer]:
    """These people, each at a desk that asks the reservation service itself."""
    shows = shows_of(houses)
    return [Buyer(asker.id, ServiceDesk(scene.app, asker, shows), recorder) for asker in askers]


def over_http(
    scene: Scene, askers: Sequence[Asker], recorder: Recorder, lines: Sequence[Line], houses: Sequence[House]
) -> list[Buyer]:
    """These people, each on a line to the site: every other tab asks v1, the others are browsers with htmx."""
    buyers, shows = [], shows_of(houses)
    for place, (asker, line) in enumerate(zip(askers, lines, strict=True)):
        if place % 2:
            page = PageDesk(line, scene.token(asker), shows)
            page.sign_in(asker.email or "", PASSWORD)
            buyers.append(Buyer(asker.id, page, recorder))
        else:
            buyers.append(Buyer(asker.id, ApiDesk(line, scene.token(asker), shows), recorder))
    return buyers


def have_minutes_last(scene: Scene, seconds: float) -> None:
    """From now on a minute of a hold lasts so long, in a database of one's own; the product knows nothing of it.

    The trigger comes after the guard, by its name.
    """
    with scene.connected() as connection:
        connection.execute(
            f"""
            CREATE OR REPLACE FUNCTION shorten_hold() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                -- Not one that ends with an earlier hold of its page, and is short already.
                IF NEW.hold_expiry - NEW.created_at >= interval '50 seconds' THEN
                    NEW.hold_expiry := NEW.created_at + (NEW.hold_expiry - NEW.created_at) * {seconds / 60};
                END IF;
                RETURN NEW;
            END
            $$;
            CREATE OR REPLACE TRIGGER guard_insert_then_shorten BEFORE INSERT ON reservations
            FOR EACH ROW EXECUTE FUNCTION shorten_hold()
            """
        )


def inspect(scene: Scene, houses: Sequence[House], recorder: Recorder, *, seat_limit: int) -> None:
    """Try to hold every seat once more, when all holds have lapsed: what is not sold must be free."""
    for house in houses:
        for start in range(0, len(house.seats), seat_limit):
            (inspector,) = at_the_service(scene, [scene.user("An inspector")], recorder, [house])
            for seat in house.seats[start : start + seat_limit]:
                inspector.hold(seat)
