"""Demonstrations are made from the command line."""

import click

from webapp.services import demo
from webapp.services.plans import MOST_SEATS


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
