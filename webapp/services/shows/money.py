"""When the currency of a show may be another."""

from babel.numbers import get_currency_precision
from sqlalchemy import Connection, text

from webapp.services.shows.details import refuse_fields


def refuse_other_money(connection: Connection, show_id: int, present: str, wanted: str) -> None:
    """Raise `Invalid` where amounts in the `present` currency are on record, or would mean others in the `wanted` one.

    Every reservation, also one that lapsed, has its price in the currency of the show.
    """
    row = connection.execute(
        text("""
            SELECT EXISTS (SELECT FROM reservations WHERE show_id = :show_id AND user_id IS NOT NULL) AS was_held,
                   EXISTS (SELECT FROM categories WHERE show_id = :show_id AND price > 0) AS has_prices
        """),
        {"show_id": show_id},
    ).one()
    before, after = get_currency_precision(present), get_currency_precision(wanted)
    if row.was_held:
        refuse_fields(
            {"currency": f"Seats were held or sold for {present}, so it stays. A copy of the show can have another."}
        )
    if row.has_prices and before != after:
        refuse_fields(
            {
                "currency": f"Prices in {present} have {before} decimals, in {wanted} {after}: "
                "set all prices to 0 first, and anew afterwards."
            }
        )
