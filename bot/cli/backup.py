"""`deskmate backup`: copies everything the desk keeps into one file, while it runs."""

from pathlib import Path

import click

from bot.app import utc_now
from bot.cli.counted import counted, summary
from bot.cli.operator import config_option, faults_told, read_config
from storage.backup import backup


@click.command()
@config_option
@click.argument("target", type=click.Path(path_type=Path), required=False)
def command(path: Path, target: Path | None) -> None:
    """Copy everything the desk keeps, while it runs, to TARGET, a new .tar.gz file.

    Without TARGET it is named after the moment, in this folder. Only its owner may read it. The
    config, passwords and the desk's secret are not in it.
    """
    target = target or Path(f"deskmate-{utc_now():%Y%m%d-%H%M%S}.tar.gz")
    with faults_told():
        store = read_config(path).store
        with counted() as progress:
            manifest = backup(store.database, store.files, target, progress)
    click.echo(f"{target}: {summary(manifest)}")
    click.echo(f"Keep a copy of {path} and {store.secret_file} too.")
