"""`deskmate notice`: announce planned works from a terminal, and say what becomes of them."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial, wraps
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.app import App, open_app, utc_now
from bot.arguments import Arguments
from bot.cli.operator import Fault, config_option, faults_told, look, printable, read_config
from bot.command import Call, Command
from bot.commands import noticing
from bot.grammar import Line
from bot.model.notice import Notice
from bot.model.person import Person, Role
from bot.model.refused import Refused
from bot.store import Work

_OPERATOR = Person("", role=Role.ADMIN)
_DAY = "%Y-%m-%d %H:%M"


@click.group()
def command() -> None:
    """Announce planned works, and say what becomes of them."""


def _told(ordered: Command) -> Callable[[Callable[..., Any]], click.Command]:
    """A sub-command that fills in the form of a command and prints the answer."""

    def declare(fields: Callable[..., dict[str, str]]) -> click.Command:
        @wraps(fields)
        def run(path: Path, **given: str) -> None:
            _carried_out(path, ordered, fields(**given))

        return command.command(fields.__name__.rstrip("_"))(config_option(run))

    return declare


@_told(noticing.maintenance)
@click.option("--from", "starts", required=True, help='When it begins: "Saturday 22:00".')
@click.option("--until", "ends", required=True, help='When it ends, or how long: "2 h".')
@click.option("--for", "whom", default="everybody", show_default=True, help="Whom it affects.")
@click.option("--text", required=True, help='What happens; "es: …" begins a line in Spanish.')
def plan(starts: str, ends: str, whom: str, text: str) -> dict[str, str]:
    """Announce one: when, whom it affects, and what they can do meanwhile."""
    return {"starts": starts, "ends": ends, "whom": whom, "text": text}


@_told(noticing.notice_extend)
@click.argument("notice")
@click.argument("ends")
def extend(notice: str, ends: str) -> dict[str, str]:
    """Say that one takes longer: how much longer, or until when."""
    return {"notice": notice, "ends": ends}


@_told(noticing.notice_move)
@click.argument("notice")
@click.argument("starts")
@click.argument("ends")
def move(notice: str, starts: str, ends: str) -> dict[str, str]:
    """Say that one takes place at another time."""
    return {"notice": notice, "starts": starts, "ends": ends}


@_told(noticing.notice_words)
@click.argument("notice")
@click.argument("text")
def words(notice: str, text: str) -> dict[str, str]:
    """Say one in other words, or in one more language."""
    return {"notice": notice, "text": text}


@_told(noticing.notice_finish)
@click.argument("notice")
@click.argument("text", default="")
def finish(notice: str, text: str) -> dict[str, str]:
    """Say that one is finished, and what people should know now."""
    return {"notice": notice, "text": text}


@_told(noticing.notice_cancel)
@click.argument("notice")
@click.argument("text", default="")
def cancel(notice: str, text: str) -> dict[str, str]:
    """Say that one doesn't take place, and why."""
    return {"notice": notice, "text": text}


@command.command("list")
@config_option
def listed(path: Path) -> None:
    """List the latest: reference, where it stands, from when until when, what happens."""
    with faults_told():
        config = read_config(path)
        known = look(config, lambda work: work.notices.latest(50))
    for each in reversed(known):
        click.echo(printable("\t".join(_row(each, config.desk.zone, config.desk.language))))


def _row(notice: Notice, zone: ZoneInfo, language: str) -> list[str]:
    moments = (each.astimezone(zone) for each in (notice.starts_at, notice.ends_at))
    said = notice.in_language(language)
    return [notice.reference, notice.stage, *(f"{x:{_DAY}}" for x in moments), said.what]


def _carried_out(path: Path, ordered: Command, filled: Mapping[str, str]) -> None:
    with faults_told():
        config = read_config(path)

        async def run() -> str:
            async with open_app(config) as app:
                return await app.store.write(partial(_answer, app, ordered, filled))

        click.echo(printable(asyncio.run(run())))


def _answer(app: App, ordered: Command, filled: Mapping[str, str], work: Work) -> str:
    """What an admin in a chat would be told who sent the form."""
    call = Call(work, app.desk, _OPERATOR, utc_now(), "", Role.ADMIN)
    try:
        values = Arguments(Line(ordered, ordered.name, "", filled), call).read()
        said: str = ordered.run(call, **values).text
    except Refused as refusal:
        told = app.desk.refuse(work, _OPERATOR, refusal, call.now, None, in_form=True)
        raise Fault(told.text) from refusal
    return said
