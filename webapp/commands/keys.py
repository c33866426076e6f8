"""API keys are made, listed and revoked for others from the command line."""

import click

from webapp.commands.refusing import EMAIL, told_in_words
from webapp.schemas.api_keys import NewApiKey
from webapp.services import accounts, api_keys
from webapp.services.api_keys import SCOPES, ApiKey


@click.group("keys")
def keys() -> None:
    """API keys, with which programs act in the name of an account."""


@keys.command("create")
@click.argument("email")
@click.option("--name", required=True, help="What it is for, so that it is known again.")
@click.option(
    "--scope", "scopes", required=True, multiple=True, type=click.Choice(SCOPES), help="What it may do; may repeat."
)
@click.option("--days", type=int, help="How many days it is good; without, until it is revoked.")
def create(email: str, name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a key for the account with this EMAIL address, and print it, this once."""
    with told_in_words():
        user = accounts.by_email(EMAIL.validate_python(email))
        wanted = NewApiKey.model_validate(
            {"name": name, "scopes": list(dict.fromkeys(scopes)), "expires_in_days": days}
        )
        made, key = api_keys.make(user, **wanted.model_dump())
    click.echo(f"Key {made.id} of {user.name} <{user.email}>: {_words(made)}", err=True)
    click.echo("It is shown only this once:", err=True)
    click.echo(key)


@keys.command("list")
@click.argument("email", required=False)
def list_keys(email: str | None) -> None:
    """List the keys that were not revoked, of everybody or of the account with this EMAIL address."""
    with told_in_words():
        wanted = accounts.by_email(EMAIL.validate_python(email)).email if email else None
        found = [one for one in api_keys.everybodys() if wanted in {None, one.email}]
    for one in found:
        click.echo(f"{one.key.id}  {one.email}  {one.key.beginning}…  {_words(one.key)}")
    if not found:
        click.echo("There is no API key. Make one with: flask --app wsgi keys create EMAIL --name … --scope …")


@keys.command("revoke")
@click.argument("key_id", metavar="ID", type=click.IntRange(1, 2**63 - 1))
def revoke(key_id: int) -> None:
    """Revoke the key with this ID: what uses it is refused from its next request on."""
    with told_in_words():
        user = api_keys.revoke_anybodys(key_id)
    click.echo(f"Key {key_id} of {user.name} <{user.email}> is revoked.")


def _words(key: ApiKey) -> str:
    until = f"{key.expires_at:%Y-%m-%d %H:%M} UTC" if key.expires_at else "it is revoked"
    ends = f"expired {until}" if key.state == "expired" else f"good until {until}"
    used = f"last used {key.last_used_at:%Y-%m-%d %H:%M} UTC" if key.last_used_at else "never used"
    return f"“{key.name}”, {', '.join(key.scopes)}; {ends}; {used}"
