"""Admins are made, and made none, from the command line; there is no other way. Anybody is signed out from there."""

import click

from webapp.commands.refusing import EMAIL, told_in_words
from webapp.services import accounts, admins


@click.group("users")
def users() -> None:
    """Who is an admin: one may see every show and do what its organizer can, each act on record; who is signed in."""


@users.command("promote")
@click.argument("email")
def promote(email: str) -> None:
    """Make the account with this EMAIL address an admin."""
    with told_in_words():
        user = accounts.by_email(EMAIL.validate_python(email))
        changed = admins.promote(user)
    click.echo(f"{user.name} <{user.email}> is an admin {'now' if changed else 'already'}.")


@users.command("demote")
@click.argument("email")
def demote(email: str) -> None:
    """Have the account with this EMAIL address be no admin any more; from its next request on."""
    with told_in_words():
        user = accounts.by_email(EMAIL.validate_python(email))
        changed = admins.demote(user)
    click.echo(f"{user.name} <{user.email}> is {'no admin any more' if changed else 'no admin'}.")


@users.command("sign-out")
@click.argument("email")
def sign_out(email: str) -> None:
    """End all sessions and access tokens of the account with this EMAIL address; its API keys stay (`keys list`)."""
    with told_in_words():
        user = accounts.by_email(EMAIL.validate_python(email))
        accounts.end_all_sessions(user)
    click.echo(f"{user.name} <{user.email}> is signed out everywhere.")


@users.command("list")
def list_admins() -> None:
    """List all admins, and since when they are."""
    found = admins.listed()
    for admin in found:
        since = f", since {admin.since:%Y-%m-%d}" if admin.since else ""
        click.echo(f"{admin.name} <{admin.email}>{since}")
    if not found:
        click.echo("There is no admin. Make one with: flask --app wsgi users promote EMAIL")
