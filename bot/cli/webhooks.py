"""`deskmate webhooks`: the programs that hear what happens, and what became of it."""

import asyncio
import base64
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from bot.app import utc_now
from bot.channel import HearsEntries, Subscriber
from bot.cli.operator import Fault, config_option, faults_told, look, print_table, read_config
from bot.config import Config
from bot.model.mailroom import Delivery, Letter
from bot.store import Work
from storage import Database

_SECRET_BYTES = 32


@click.command()
@config_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most.")
@click.option("--again", "row", type=int, metavar="ROW", help="Tell this one once more.")
@click.option("--secret", is_flag=True, help="Only make a secret for a new webhook, and show it.")
def command(path: Path, limit: int, row: int | None, *, secret: bool) -> None:
    """List the webhooks and what they were told last, the latest first."""
    if secret:
        click.echo(f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}")
        return
    with faults_told():
        config = read_config(path)
        hearing = _hearing(config)
        if row is not None:
            _again(config, hearing, row)
            click.echo(f"{row} is told once more: deskmate webhooks shows what became of it")
            return
        told = look(config, lambda work: _told(work, hearing, limit))
    listed = [_listed(each) for some in hearing.values() for each in some]
    print_table(["webhook", "hears", "of team", "notes"], listed, "No webhook is configured.")
    if hearing:
        click.echo()
        columns = ["row", "at", "webhook", "event", "ticket", "state", "attempts", "error"]
        print_table(columns, [_delivery(config, each) for each in told], "Nothing was told yet.")


def _hearing(config: Config) -> Mapping[str, Sequence[Subscriber]]:
    """Who hears, by channel."""
    return {
        name: settings.subscribers()
        for name, settings in config.channels.items()
        if isinstance(settings, HearsEntries)
    }


def _told(work: Work, channels: Mapping[str, object], limit: int) -> list[Letter]:
    found = [each for name in channels for each in work.outbox.latest(name, limit)]
    return sorted(found, key=lambda each: each.id, reverse=True)[:limit]


def _listed(each: Subscriber) -> list[str]:
    events = ", ".join(sorted(each.events)) or "everything"
    return [each.name, events, each.team or "all", "yes" if each.notes else "no"]


def _delivery(config: Config, letter: Letter) -> list[str]:
    return [
        str(letter.id),
        f"{letter.created_at.astimezone(config.desk.zone):%Y-%m-%d %H:%M}",
        letter.to.room,
        letter.subject,
        letter.reference,
        letter.state.value,
        str(letter.attempts),
        letter.error,
    ]


def _again(config: Config, hearing: Mapping[str, object], row: int) -> None:
    """Queue one once more; the running desk looks for such within seconds. Raises `Fault`."""
    found = look(config, lambda work: work.outbox.get(row))
    if found is None or found.to.channel not in hearing:
        raise Fault(f"no webhook was told anything under {row}: deskmate webhooks lists the rows")
    if found.state is Delivery.WITHDRAWN:
        raise Fault(f"{row} was taken back before it left: nobody is to hear of it")
    if not asyncio.run(_queued(config, row)):
        raise Fault(f"{row} is still on its way: deskmate webhooks shows how it fares")


async def _queued(config: Config, row: int) -> bool:
    store = await Database.open(config.store.database, make=False)
    try:
        return await store.write(lambda work: work.outbox.again(row, utc_now())) is not None
    finally:
        await store.close()
