"""Plans are brought in from the command line."""

from pathlib import Path

import click

from webapp.commands.refusing import EMAIL, told_in_words
from webapp.schemas.base import HIGHEST_PRICE
from webapp.schemas.show_details import NewShow
from webapp.services import accounts, seating
from webapp.services.plans import read_plan


@click.command("import-plan")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", required=True, help="The show's title.")
@click.option("--venue", required=True, help="Where it takes place.")
@click.option("--starts-at", required=True, help="When, with an offset: 2027-03-01T19:30:00+02:00.")
@click.option("--organizer", required=True, help="The e-mail address of the account that will run it.")
@click.option("--timezone", default="UTC", show_default=True, help="The venue's time zone, such as Europe/Helsinki.")
@click.option("--currency", default="EUR", show_default=True, help="The currency of its prices.")
@click.option(
    "--price", type=click.IntRange(0, HIGHEST_PRICE), help="For categories without one, in minor units (4500 is 45.00)."
)
def import_plan(
    file: Path, title: str, venue: str, starts_at: str, organizer: str, timezone: str, currency: str, price: int | None
) -> None:
    """Make a show with the seats of a plan FILE; print its id, its number of seats and everything odd in the file."""
    with told_in_words():
        new_show = NewShow.model_validate_strings(
            {"title": title, "venue": venue, "starts_at": starts_at, "timezone": timezone, "currency": currency}
        )
        asker = accounts.by_email(EMAIL.validate_python(organizer))
        plan = read_plan(file.name, file.read_bytes())
        show, seats = seating.create_show(asker, plan, price=price, **new_show.model_dump())
    click.echo(f"Show {show.id}: {seats:,} seats")
    for oddity in [*plan.oddities, *(seat.sentence for seat in plan.renumbered)]:
        click.echo(f"- {oddity}")
