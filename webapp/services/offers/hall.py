"""A hall as it stands at one moment: its chart, its free seats, and the rules of its show."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from webapp.services import seat_maps
from webapp.services.asker import Asker, Bearer
from webapp.services.offers.keeping import line_of
from webapp.services.offers.line import Line
from webapp.services.offers.offer import Offer, OfferedSeat
from webapp.services.offers.vacancies import Vacancies
from webapp.services.offers.wanted import Wanted
from webapp.services.playbills import not_found
from webapp.services.seat_maps import ChartSeat, ShowRules, Standing

# The rule of lonely seats rests when fewer would be free than this, or than one in so many; as in the database's guard.
FEW, ONE_IN = 10, 20


@dataclass(frozen=True)
class Hall:
    """A hall at one moment. Blocks are named by their first place in the line and their size."""

    standing: Standing
    vacancies: Vacancies

    @property
    def rules(self) -> ShowRules:
        """What its show has settled."""
        return self.standing.rules

    @property
    def accessible_seats_released(self) -> bool:
        """Whether seats for wheelchairs and companions are for everybody."""
        return self.rules.releases_accessible_seats(self.standing.now)

    @property
    def line(self) -> Line:
        """Its seats in one line."""
        return self.vacancies.line

    def without(self, seat_ids: Collection[int]) -> "Hall":
        """The same hall for somebody who cannot have these seats."""
        if not seat_ids:
            return self
        lanes = self.line.lanes(lambda seat: seat.id in seat_ids)
        return replace(self, vacancies=self.vacancies.without(lanes))

    def minds_lonely_seats(self, size: int) -> bool:
        """Whether a hold of so many seats may not leave a seat lonely."""
        return self.rules.lonely_seats == "enforce" and not self.few_left(size)

    def few_left(self, size: int) -> bool:
        """Whether so few seats would be free, were so many more taken, that nobody minds a lonely one."""
        left = self.vacancies.count - size
        return left < FEW or left * ONE_IN < len(self.line.place_of)

    def allowed(self, wanted: Wanted) -> int:
        """The seats that are good enough; those for wheelchairs and companions only where somebody asks for them."""
        line = self.line
        lanes = self._open_to(wanted)
        if wanted.step_free:
            lanes &= line.step_free
        if wanted.category is not None:
            lanes &= line.categories.get(wanted.category, 0)
        if wanted.price_at_most is not None:
            for category in line.chart.categories:
                if category.price > wanted.price_at_most:
                    lanes &= ~line.categories[category.name]
        return lanes

    def left(self, wanted: Wanted) -> int:
        """How many free seats may be given to somebody who wants these, whatever else they wish for.

        With wheelchairs they are given no more places for them than they want; without, none of those kept for them.
        """
        free = self.vacancies.free & self._open_to(wanted)
        if not wanted.wheelchairs:
            return free.bit_count()
        wheelchairs = (free & self.line.wheelchairs).bit_count()
        return free.bit_count() - wheelchairs + min(wheelchairs, wanted.wheelchairs)

    def had_by(self, asker: Asker | Bearer) -> Sequence[int]:
        """The ids of the seats of this show that the asker has."""
        return [seat_id for seat_id, taken in self.standing.taken.items() if taken.user_id == asker.id]

    def starts(self, wanted: Wanted) -> int:
        """Where blocks begin that are just what is wanted and may be held."""
        starts = self.vacancies.blocks(wanted.seats, self.allowed(wanted))
        if wanted.wheelchairs:
            starts &= self.with_wheelchairs(wanted.seats, wanted.wheelchairs)
        if starts and self.minds_lonely_seats(wanted.seats):
            starts &= ~self.vacancies.lonely_making(wanted.seats)
        return starts

    def blocks(self, wanted: Wanted) -> Iterator[range]:
        """The blocks that are just what is wanted, best first: those that leave no seat lonely before all others."""
        starts = self.starts(wanted)
        spoiling = starts & self.vacancies.lonely_making(wanted.seats)
        for some in (starts & ~spoiling, spoiling):
            if some:
                for start in self.line.best_first(wanted.seats, some):
                    yield range(start, start + wanted.seats)

    def best(self, wanted: Wanted) -> range | None:
        """The best block that is just what is wanted."""
        return next(self.blocks(wanted), None)

    def with_wheelchairs(self, size: int, wheelchairs: int) -> int:
        """Where blocks of this size begin that have just so many places for wheelchairs."""
        counted = sum(self.line.wheelchairs >> 8 * step for step in range(size))
        just_so_many = bytes(count == wheelchairs for count in range(256))
        return int.from_bytes(self.line.places(counted).translate(just_so_many), "little")

    def seats(self, places: Sequence[int]) -> list[ChartSeat]:
        """The seats at these places."""
        return [seat for place in places if (seat := self.line.seats[place])]

    def offer(self, places: Sequence[int], words: str) -> Offer:
        """An offer of the seats at these places."""
        seats = self.seats(places)
        return Offer(
            show_id=self.line.chart.show_id,
            seats=[OfferedSeat(seat.id, seat.seat_number) for seat in seats],
            words=words,
            price=sum(seat.category.price for seat in seats),
            currency=self.rules.currency,
        )

    def _open_to(self, wanted: Wanted) -> int:
        """The seats that are not kept for others."""
        everybody = wanted.wheelchairs or self.accessible_seats_released
        return self.line.house if everybody else self.line.plain


def hall_of(show_id: int) -> Hall:
    """The hall of the show, as it stands after this call. Raises `NotFound`."""
    standing = seat_maps.standing_of(show_id)
    if standing.times.published_at is None:
        raise not_found(show_id)
    line = line_of(seat_maps.chart_of(show_id, standing.plan_version))
    return Hall(standing, Vacancies.of(line, standing))
