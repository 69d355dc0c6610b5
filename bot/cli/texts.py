"""`deskmate texts`: the desk's texts, and whether they keep to its voice."""

from pathlib import Path

import click

from bot.cli.operator import FAILED, faults_told, printable
from bot.shelves import load_shelves
from bot.text import load_texts
from bot.voice import lint, report


@click.group()
def command() -> None:
    """Look at the desk's texts."""


@command.command()
@click.option(
    "--own",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="FOLDER",
    help="The desk's own texts, over the packaged ones.",
)
def check(own: Path | None) -> None:
    """Hold every text to the voice; exit status 1 if one doesn't keep to it."""
    with faults_told():
        beside = load_shelves().folders
        faults = lint(load_texts(own=own, whole=False, beside=beside), own, beside)
    click.echo(printable(report(faults)))
    if faults:
        raise SystemExit(FAILED)
