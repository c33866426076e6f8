"""All figures of a show, for its people."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from webapp.services import playbills, seat_maps, shows
from webapp.services.asker import Asker
from webapp.services.dashboards.counts import CategoryCounts, Counts, by_category, by_part
from webapp.services.dashboards.history import History, history_of
from webapp.services.dashboards.pace import Pace, paces
from webapp.services.dashboards.sales import Sales, sales_of
from webapp.services.dashboards.seat_sales import Order
from webapp.services.playbills import Playbill
from webapp.services.seat_maps import Chart, Standing


class Dashboard:
    """The figures of a show, each read when it is first asked for."""

    def __init__(self, asker: Asker, show: Playbill) -> None:
        self._asker = asker
        self.show = show

    @cached_property
    def standing(self) -> Standing:
        """Who has which seat just now."""
        return seat_maps.standing_of(self.show.id)

    @cached_property
    def chart(self) -> Chart:
        """Where the seats stand."""
        return seat_maps.chart_of(self.show.id, self.standing.plan_version)

    @cached_property
    def counts(self) -> Mapping[str, Counts]:
        """How the seats of each part of the hall stand, by its slug."""
        return by_part(self.chart, self.standing)

    @cached_property
    def sales(self) -> Sales:
        """All sales."""
        return sales_of(self.show.id)

    @cached_property
    def categories(self) -> Sequence[CategoryCounts]:
        """How each category stands, and what it brought."""
        return by_category(self.chart, self.standing, self.sales)

    @cached_property
    def order(self) -> Order:
        """Which seats went first."""
        return Order(self.sales)

    @cached_property
    def history(self) -> History:
        """Sold and held over time, and what became of the holds."""
        return history_of(self.show.id)

    @cached_property
    def paces(self) -> Sequence[Pace]:
        """How fast it sells, and how fast the shows before it did."""
        return paces(self._asker, self.show.id)


def dashboard(asker: Asker, show_id: int) -> Dashboard:
    """The figures of the show, for those who run it. Raises `NotFound` or `Forbidden`."""
    shows.refuse_strangers(asker, show_id)
    return Dashboard(asker, playbills.playbill(show_id, asker))
