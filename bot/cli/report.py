"""`deskmate report`: a report as its reader would get it, to look at or keep; nothing is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import click

from bot.app import utc_now
from bot.charting import rows_of
from bot.cli.operator import (
    SettingsFault,
    config_option,
    faults_told,
    look,
    permit_named,
    printable,
    read_config,
)
from bot.model.calendar import moment_of
from bot.model.settings import Desk
from bot.model.subscription import Subscription, latest
from bot.paper import as_csv, as_json, page
from bot.report import Report, Span, Told
from bot.shelves import load_shelves
from bot.text import Reader, Texts

_FILE = click.Path(path_type=Path, dir_okay=False)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for: how it is told, and where it is to be written."""

    preview: bool
    language: str
    team: str
    until: datetime | None
    html: Path | None
    csv: Path | None
    json: Path | None

    @property
    def is_printed(self) -> bool:
        """Whether it is to be read here."""
        return self.preview or not (self.html or self.csv or self.json)


@click.command()
@config_option
@click.argument("name", metavar="REPORT")
@click.option("--preview", is_flag=True, help="Print it as its reader would see it.")
@click.option("--language", default="", help="In which it is told; the desk's if left out.")
@click.option("--team", default="", help="Of one team alone, where a report knows teams.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As it would have been on this day; today if left out.",
)
@click.option("--html", type=_FILE, help="Write it as one page that needs nothing from elsewhere.")
@click.option("--csv", type=_FILE, help="Write the figures of its charts, a row for each.")
@click.option("--json", type=_FILE, help="Write all that it found.")
def command(path: Path, name: str, **options: Any) -> None:
    """Look at a report as its readers get it, or write it to a file: daily, weekly, monthly…"""
    wanted = _Wanted(**options)
    with faults_told():
        config = read_config(path)
        shelves = load_shelves()
        texts = shelves.texts(config.desk.language, formal=config.formal, own=config.texts)
        reports = {each.name: each for each in shelves.reports}
        permit_named("report", name, reports)
        permit_named("language", wanted.language, texts.languages)
        permit_named("team", wanted.team, [each.name for each in config.desk.teams])
        desk, report = config.desk, reports[name]
        now = _end_of(wanted.until.date(), desk) if wanted.until else utc_now()
        reader = Reader(wanted.language or texts.spoken(desk.language), desk.zone, now)
        span = _span(report, desk, wanted.team, now)
        told = look(config, lambda work: report.told(work, desk, texts, reader, span))
        _write(wanted, told, texts, reader)
    if wanted.is_printed:
        click.echo(printable(_printed(told, texts, reader)))


def _end_of(day: date, desk: Desk) -> datetime:
    return moment_of(day, time(23, 59), desk.zone)


def _span(report: Report, desk: Desk, team: str, now: datetime) -> Span:
    """The period that its subscription tells of, or the usual one of such a report."""
    known = (each for each in desk.subscriptions if each.report == report.name)
    chosen = next(known, Subscription(report=report.name, to=()))
    hours = (desk.team(team).hours if team else None) or desk.hours
    due = latest(chosen, hours, now)
    return Span(due.since, due.until, team)


def _write(wanted: _Wanted, told: Told, texts: Texts, reader: Reader) -> None:
    contents: list[tuple[Path | None, Callable[[], str]]] = [
        (wanted.html, lambda: page(told, texts, reader)),
        (wanted.csv, lambda: as_csv(told)),
        (wanted.json, lambda: as_json(told)),
    ]
    for path, content in contents:
        if path is not None:
            try:
                path.write_text(content(), "utf-8")
            except OSError as error:
                what = f"{path} can't be written ({error.strerror})"
                raise SettingsFault(f"{what}: name a file in a folder that is there") from error


def _printed(told: Told, texts: Texts, reader: Reader) -> str:
    """As a mail tells it: its title, its words, and the figures of its pictures."""
    charts = [{"title": each.title, "rows": rows_of(each)} for each in told.charts]
    below = texts.render("paper.figures", reader, charts=charts) if charts else ""
    alike = (f"[{each.name}.png] {each.alt}" for each in told.charts)
    return "\n\n".join(filter(None, (told.title, told.text, "\n".join(alike), below)))
