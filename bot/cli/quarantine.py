"""`deskmate quarantine`: messages that a mistake of ours kept from being answered."""

import asyncio
import sys
from pathlib import Path

import click

from bot.app import App, open_app
from bot.cli.counted import counted
from bot.cli.operator import (
    FAILED,
    Fault,
    config_option,
    faults_told,
    look,
    print_table,
    printable,
    read_config,
)
from bot.cli.secret import secret_ready
from bot.config import Config
from bot.model.mailroom import Quarantined


@click.group()
def command() -> None:
    """See and replay messages that a mistake of ours kept from being answered."""


@command.command("list")
@config_option
def listing(path: Path) -> None:
    """List what waits, the oldest first."""
    with faults_told():
        config = read_config(path)
        items = look(config, lambda work: work.quarantine.list())
    rows = [
        [
            str(each.id),
            f"{each.at.astimezone(config.desk.zone):%Y-%m-%d %H:%M}",
            each.channel,
            str(each.attempts),
            each.error,
        ]
        for each in items
    ]
    print_table(["number", "since", "channel", "tries", "error"], rows, "Nothing is in quarantine.")


@command.command()
@config_option
@click.argument("number", type=int)
@click.option("--raw", is_flag=True, help="Only the bytes, as they came over the wire.")
def show(path: Path, number: int, *, raw: bool) -> None:
    """Show one message; with --raw its bytes, to keep or to open elsewhere."""
    with faults_told():
        config = read_config(path)
        item = _found(config, number)
    if raw:
        sys.stdout.buffer.write(item.raw)
        return
    click.echo(
        printable(
            f"{'number':<12}{item.id}\n"
            f"{'channel':<12}{item.channel} {item.context}\n"
            f"{'id':<12}{item.external_id}\n"
            f"{'since':<12}{item.at.astimezone(config.desk.zone):%Y-%m-%d %H:%M}\n"
            f"{'tries':<12}{item.attempts}\n"
            f"{'error':<12}{item.error}\n"
            f"{'bytes':<12}{len(item.raw)}"
        )
    )


@command.command()
@config_option
@click.argument("numbers", type=int, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that waits.")
def replay(path: Path, numbers: tuple[int, ...], *, everything: bool) -> None:
    """Answer messages again after the mistake was mended, by their NUMBERS or --all."""
    with faults_told():
        config = read_config(path)
        if everything:
            numbers = tuple(each.id for each in look(config, lambda work: work.quarantine.list()))
        elif not numbers:
            raise click.UsageError("say which: numbers from the list, or --all")
        items = [_found(config, number) for number in numbers]
        failed = asyncio.run(_replay(config, items))
    click.echo(f"{len(items) - failed} answered, {failed} still in quarantine")
    if failed:
        raise SystemExit(FAILED)


async def _replay(config: Config, items: list[Quarantined]) -> int:
    """Bring each back; returns how many failed again. The running desk sends what follows."""
    failed = 0
    await secret_ready(config)
    async with open_app(config) as app:
        with counted() as progress:
            for done, item in enumerate(items, 1):
                if trouble := await _again(app, item):
                    failed += 1
                    click.echo(printable(f"{item.id}: {trouble}"), err=True)
                progress("replayed", done)
    return failed


async def _again(app: App, item: Quarantined) -> str:
    """Bring one back; returns what went wrong, "" when nothing did."""
    channel = app.channels.get(item.channel)
    if channel is None:
        return f"the channel {item.channel} isn't configured any more"
    try:
        inbound = channel.read(item.raw, item.context)
        if inbound is None:
            return "the channel finds no message in it: show it with --raw"
        await app.conversation.replay(item, inbound)
    except Exception as error:  # noqa: BLE001 - whatever it was that put it into quarantine
        return f"{type(error).__name__}: {error}"
    return ""


def _found(config: Config, number: int) -> Quarantined:
    item = look(config, lambda work: work.quarantine.get(number))
    if item is None:
        raise Fault(f"nothing has the number {number}: deskmate quarantine list")
    return item
