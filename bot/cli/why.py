"""`deskmate why`: how the time of a ticket was counted, with each interval, pause and holiday."""

from pathlib import Path

import click

from bot.app import utc_now
from bot.cli.operator import (
    Fault,
    config_option,
    faults_told,
    look,
    number_of,
    permit_named,
    printable,
    read_config,
)
from bot.reckoning import explained
from bot.shelves import load_shelves
from bot.text import Reader


@click.command()
@config_option
@click.argument("reference")
@click.option("--language", default="", help="In which it is told; the desk's if left out.")
def command(path: Path, reference: str, language: str) -> None:
    """Show how the time of a ticket was counted, and when it is due."""
    with faults_told():
        config = read_config(path)
        desk, now = config.desk, utc_now()
        texts = load_shelves().texts(desk.language, formal=config.formal, own=config.texts)
        permit_named("language", language, texts.languages)
        number = number_of(desk, reference)
        ticket = look(config, lambda work: work.tickets.get(number))
        if ticket is None:
            raise Fault(f"there is no {desk.reference(number)}: deskmate tickets lists them")
        known = look(config, lambda work: work.promises.of(number))
        reader = Reader(language or texts.spoken(desk.language), desk.zone, now)
        told = explained(desk, known, now, reader.language)
        facts = {"reference": desk.reference(number), "summary": ticket.summary}
    click.echo(printable(texts.render("done.why", reader, promises=told, **facts)))
