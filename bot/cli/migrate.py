"""`deskmate migrate`: brings the database to what this program knows."""

from pathlib import Path

import click

from bot.cli.operator import config_option, console, faults_told, read_config
from storage.database import see_book
from storage.schema import HEAD, migrate


@click.command()
@config_option
def command(path: Path) -> None:
    """Bring the database to what this program knows. Stop the desk and make a backup before."""
    with faults_told():
        config = read_config(path)
        see_book(config.store.database)  # a mistyped place gets no tables
        with console().status("migrating"):
            migrate(config.store.database)
    click.echo(f"The database is at revision {HEAD}.")
