"""`deskmate restore`: makes a desk's book of a backup again."""

from pathlib import Path

import click

from bot.cli.counted import counted, summary
from bot.cli.operator import config_option, faults_told, read_config, sqlite_file
from storage.backup import restore


@click.command()
@config_option
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def command(path: Path, source: Path) -> None:
    """Bring a backup back, to the empty places that the config names.

    The backup is checked before anything is touched. It may come from SQLite and go to PostgreSQL,
    and the other way round.
    """
    with faults_told():
        store = read_config(path).store
        if file := sqlite_file(store.database):
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with counted() as progress:
            manifest = restore(source, store.database, store.files, progress)
    click.echo(f"{summary(manifest)} are back.")
    click.echo(f"Before the desk runs, put its secret back as well: {store.secret_file}")
    if store.secret_file.exists():
        click.echo("One is there: if it isn't this desk's, answers to old letters prove nothing.")
