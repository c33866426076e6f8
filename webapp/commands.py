"""What operators do from the command line: `flask --app wsgi COMMAND`."""

from pathlib import Path

import click
from flask import Flask
from pydantic import TypeAdapter, ValidationError

from webapp.questions import invalid
from webapp.schemas.base import HIGHEST_PRICE
from webapp.schemas.show_details import NewShow
from webapp.schemas.users import EmailAddress
from webapp.services import accounts, demo, seating
from webapp.services.plans import MOST_SEATS, read_plan
from webapp.services.refusals import Refusal

EMAIL: TypeAdapter[str] = TypeAdapter(EmailAddress)


def register(app: Flask) -> None:
    """Give the application its commands."""
    app.cli.add_command(import_plan)
    app.cli.add_command(create_demo)


@click.group("demo", invoke_without_command=True)
@click.pass_context
def create_demo(context: click.Context) -> None:
    """Create the demonstration theatre, once, and print who to sign in as."""
    if context.invoked_subcommand:
        return
    demo.create_once()
    _tell_accounts()


@create_demo.command("stadium")
@click.option(
    "--seats", type=click.IntRange(2_000, MOST_SEATS), default=50_000, show_default=True, help="How many it has."
)
def create_stadium(seats: int) -> None:
    """Create a match in a stadium for the organizer of the demonstration, once; print its show."""
    show_id = demo.create_stadium_once(seats)
    if show_id is None:
        raise click.ClickException("There is no demonstration here: its organizer has another password, or none.")
    click.echo(f"Show {show_id}: {seats:,} seats, at /shows/{show_id}")
    _tell_accounts()


def _tell_accounts() -> None:
    for account in (demo.ORGANIZER, demo.BUYER):
        click.echo(f"Demo {account.role}: {account.email}  password: {account.password}")


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
    try:
        new_show = NewShow.model_validate_strings(
            {"title": title, "venue": venue, "starts_at": starts_at, "timezone": timezone, "currency": currency}
        )
        asker = accounts.by_email(EMAIL.validate_python(organizer))
        plan = read_plan(file.name, file.read_bytes())
        show, seats = seating.create_show(asker, plan, price=price, **new_show.model_dump())
    except ValidationError as error:
        problems = invalid(error).facts["errors"]
        sentences = (f"--{one['pointer'].removeprefix('#/').replace('_', '-')}: {one['detail']}" for one in problems)
        raise click.ClickException(" ".join(sentences)) from None
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None
    click.echo(f"Show {show.id}: {seats:,} seats")
    for oddity in [*plan.oddities, *(seat.sentence for seat in plan.renumbered)]:
        click.echo(f"- {oddity}")
