"""A house with every kind of page in it, in words of one's choice."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.scenes import Scene
from webapp.services import (
    api_keys,
    box_office,
    house_seats,
    managers,
    plan_drafts,
    plan_imports,
    reservations,
    seating,
    shows,
    venues,
)
from webapp.services.asker import Asker
from webapp.services.house_seats import Choice, Until
from webapp.services.plans.plan import PlanCategory
from webapp.services.reservations import Reservation, SeatChoice


@dataclass(frozen=True)
class Words:
    """What people have typed."""

    title: str = "The Tempest"
    venue: str = "The Lantern"
    section: str = "Stalls"
    row: str = "A"
    seat_number: str = "A1"
    category: str = "Best view"
    name: str = "Bruno Buyer"
    oddity: str = "1 column left out."


@dataclass(frozen=True)
class House:
    """A show with a seat in every state, one that was cancelled, one without seats, and the paths of all pages."""

    buyer: Asker
    organizer: Asker
    admin: Asker
    show: shows.Show
    paths: dict[str, Asker | None]


def build_house(scene: Scene, words: Words) -> House:
    """Build it; the paths come with who looks at them (None: nobody in particular)."""
    buyer, organizer, other = scene.user(words.name), scene.user(words.name), scene.user("Somebody else")
    show, cancelled, empty = (_show(organizer, words, seats) for seats in (12, 3, 0))
    seats = scene.rows(SEATS, show.id)
    numbers = [row["seat_number"] for row in seats]
    bought, _ = scene.hold(buyer, show, *numbers[:2])
    sold, left, *_ = scene.hold(other, show, *numbers[2:6])
    reservations.confirm(buyer, bought.id)
    for one in (sold, left):
        reservations.confirm(other, one.id)
    lapsed = scene.hold(buyer, show, numbers[6])
    scene.lapse(*lapsed)
    reservations.confirm(buyer, scene.hold(buyer, cancelled, words.seat_number)[0].id)
    shows.cancel(organizer, cancelled.id)
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET plan_oddities = ARRAY[%s] WHERE id = %s", (words.oddity, show.id))
    _, token = managers.invite(organizer, show.id, name=words.name)
    managers.accept(other, managers.invite(organizer, show.id, name=words.name)[1])
    anybody = [
        f"/invitations/{token}",
        "/shows/",
        f"/shows/{show.id}",
        "/sign-in",
        "/sign-up",
        "/problems/",
        "/status",
        "/problems/seat-taken",
        "/docs/guide",
        "/nothing/here",
    ]
    buyers = [f"/shows/{show.id}#mine", "/reservations/", f"/reservations/{bought.id}", "/account"]
    buyers += _keys(scene, buyer, words)
    buyers += [f"/shows/{cancelled.id}", f"/shows/{empty.id}"]
    organizers = ["/organizer/", f"/organizer/shows/{show.id}", "/organizer/shows/new"]
    organizers += [f"/organizer/shows/{cancelled.id}", f"/organizer/shows/{empty.id}"]
    drawn = f"/organizer/sketches/{_draft(organizer, words)}"
    organizers += ["/organizer/sketches/", drawn, f"{drawn}?part=1", f"{drawn}/finish"]
    organizers += _plans_for(organizer, empty, words)
    organizers += [f"/organizer/shows/{one.id}/dashboard" for one in (show, cancelled, empty)]
    organizers += [f"/organizer/shows/{show.id}/people"]
    organizers += _box_office(organizer, sold, left, [row["id"] for row in seats[-3:]], words)
    organizers += [f"/organizer/shows/{one.id}/{room}" for one in (cancelled, empty) for room in ROOMS]
    paths = {**dict.fromkeys(anybody), **dict.fromkeys(buyers, buyer), **dict.fromkeys(organizers, organizer)}
    admin = scene.admin(words.name)
    managers.invite(admin, show.id, name=words.name)
    admins = [
        "/admin/",
        "/admin/shows",
        "/admin/accounts",
        "/admin/acts",
        f"/organizer/shows/{show.id}/people?before=9",
    ]
    return House(buyer, organizer, admin, show, {**paths, **dict.fromkeys(admins, admin)})


def _keys(scene: Scene, buyer: Asker, words: Words) -> list[str]:
    """The page of the buyer's API keys: one that is used, and one that has expired."""
    for name, days in ((words.name, None), (words.title, 1)):
        _, key = api_keys.make(buyer, name=name, scopes=api_keys.SCOPES, expires_in_days=days)
        api_keys.asker(key)
    with scene.connected() as connection:
        connection.execute("UPDATE api_keys SET expires_at = now() WHERE expires_at IS NOT NULL")
    return ["/account/keys/"]


ROOMS = ("reservations", "house-seats/")
SEATS = "SELECT id, seat_number FROM seats WHERE show_id = %s ORDER BY id"


def _show(organizer: Asker, words: Words, seats: int) -> shows.Show:
    show = shows.create(
        organizer,
        title=words.title,
        venue=words.venue,
        starts_at=datetime.now(UTC) + timedelta(days=30),
        timezone="Europe/Helsinki",
        currency="EUR",
        seat_limit=10,
    )
    labels = [words.seat_number, *(f"B{number}" for number in range(2, seats + 1))][:seats]
    placed = [
        seating.labelled_seat(label, section=words.section, row=words.row, category=words.category) for label in labels
    ]
    if placed:
        seating.add_seats(organizer, show.id, placed, [PlanCategory(name=words.category, price=4500)])
    return shows.one(show.id)


def _draft(organizer: Asker, words: Words) -> int:
    """A plan in the making, with something in it that does not fit, beside one that is saved."""
    saved = plan_drafts.begin(organizer, name=words.title[:60], start="chamber")
    plan_drafts.save(organizer, saved, venue=words.venue, timezone="UTC", name=words.title[:60])
    draft = plan_drafts.begin(organizer, name=words.title[:60], start="theatre")
    typed = {"section": words.section[:60], "category": words.category[:60], "left_out": "Z9"}
    plan_drafts.change_part(organizer, draft, 2, typed=typed)
    plan_drafts.change_part(organizer, draft, 1, typed={"label": words.section[:60]})
    return draft


def _box_office(organizer: Asker, sold: Reservation, left: Reservation, seat_ids: list[int], words: Words) -> list[str]:
    """Seats that the house keeps, a sale that was moved and one that was cancelled; the pages that tell of them."""
    show_id, reason, [target, *kept] = sold.show_id, words.title[:200], seat_ids
    house_seats.block(organizer, Choice(show_id, seat_ids=kept), reason=reason, until=Until())
    to = SeatChoice(show_id=show_id, seat_ids=(target,))
    moved = box_office.move(organizer, show_id, sold.id, to, reason=reason)
    box_office.cancel(organizer, show_id, left.id, reason=reason)
    every = f"/organizer/shows/{show_id}/reservations"
    marked = "&".join(f"reservation_ids={one}" for one in (moved.id, sold.id, left.id))
    return [
        f"/organizer/shows/{show_id}/house-seats/",
        *(every, f"{every}?search=nobody&status=HELD&through=clock"),
        *(f"{every}/chosen?{marked}", f"{every}/chosen?reservation_ids={moved.id}"),
        *(f"{every}/{one}" for one in (moved.id, sold.id, left.id)),
        *(f"{every}/{moved.id}/move{seat}" for seat in ("", f"?seat_ids={sold.seat_id}", f"?seat_ids={target}")),
    ]


def _plans_for(organizer: Asker, show: shows.Show, words: Words) -> list[str]:
    """The pages on which a show without seats is given some, and those of its organizer's venues."""
    meant = plan_imports.Meant(show_id=show.id)
    draft = plan_imports.begin_typed(organizer, name=words.title, ranges="Stalls: A1-A9", meant=meant)
    saved = venues.plans_of(organizer)[0]
    of_show = [f"/organizer/shows/{show.id}/plan", f"/organizer/shows/{show.id}/plan?version={saved.version_id}"]
    begun = [f"/organizer/{room}/?show={show.id}" for room in ("drafts", "sketches")]
    return [*of_show, *begun, f"/organizer/drafts/{draft}", "/organizer/venues/", f"/organizer/plans/{saved.id}"]
