"""`deskmate figures`: a report, as agents read it by /figures."""

from datetime import timedelta
from pathlib import Path

import click

from bot.app import utc_now
from bot.cli.operator import (
    config_option,
    faults_told,
    look,
    permit_named,
    printable,
    read_config,
)
from bot.report import Span
from bot.shelves import load_shelves
from bot.text import Reader


@click.command()
@config_option
@click.argument("name", required=False, metavar="[REPORT]")
@click.option("--days", type=click.IntRange(1, 3660), default=7, help="How many days back.")
@click.option("--language", default="", help="In which it is told; the desk's if left out.")
def command(path: Path, name: str | None, days: int, language: str) -> None:
    """Tell what came in these days, and what became of it; or another report by its name."""
    with faults_told():
        config = read_config(path)
        shelves = load_shelves()
        texts = shelves.texts(config.desk.language, formal=config.formal, own=config.texts)
        reports = {each.name: each for each in shelves.reports}
        permit_named("report", name or "", reports)
        permit_named("language", language, texts.languages)
        report = reports[name or shelves.reports[0].name]
        desk, now = config.desk, utc_now()
        reader = Reader(language or texts.spoken(desk.language), desk.zone, now)
        span = Span(now - timedelta(days=days), now)
        told = look(config, lambda work: report.tell(work, desk, texts, reader, span))
    click.echo(printable(told))
