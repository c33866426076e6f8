"""What operators do from the command line: `flask --app wsgi COMMAND`."""

from flask import Flask

from webapp.commands.demos import create_demo
from webapp.commands.keys import keys
from webapp.commands.plans import import_plan
from webapp.commands.users import users


def register(app: Flask) -> None:
    """Give the application its commands."""
    for command in (import_plan, create_demo, users, keys):
        app.cli.add_command(command)
