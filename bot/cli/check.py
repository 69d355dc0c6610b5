"""`deskmate check`: tries everything the desk stands on, and says what to mend."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import click

from bot.channel import Channel, WrongSettings
from bot.cli.operator import (
    WRONG_SETTINGS,
    ConfigFault,
    config_option,
    faults_told,
    printable,
    read_config,
    sqlite_file,
)
from bot.cli.secret import secret_readable
from bot.config import Config
from bot.doors import door
from bot.store import StoreError
from bot.text import TextError, load_texts
from storage import Database


@click.command()
@config_option
def command(path: Path) -> None:
    """Try the config, the database and every server, and say what to mend.

    Nothing is made or changed: what the first start will make is only looked for a place.
    """
    with faults_told():
        config = read_config(path)
    if not config.channels:
        raise ConfigFault(f"{path}: no channel is configured: add one, like [email]")
    channels = ", ".join(config.channels)
    click.echo(f"ok      {path}: agents: {len(config.desk.agents)}, channels: {channels}")
    if not asyncio.run(check(config)):
        raise SystemExit(WRONG_SETTINGS)


async def check(config: Config) -> bool:
    """Try everything and print a line for each; whether all of it is well."""
    well = True
    async for line, good in _findings(config):
        click.echo(printable(f"{'ok' if good else 'WRONG':<8}{line}"))
        well = well and good
    return well


async def _findings(config: Config) -> AsyncIterator[tuple[str, bool]]:
    for look in (_texts, _secret, _files):
        try:
            yield look(config), True
        except (WrongSettings, TextError) as error:
            yield str(error), False
    try:
        yield _unmade(config) or await _book(config.store.database), True
    except (WrongSettings, StoreError) as error:
        yield str(error), False
    for name, settings in config.channels.items():
        try:
            # signs nothing here, so any key will do
            channel = door(name).open(settings, name, secrets.token_bytes(32), _NoCursor())
            for found in await _tried(channel):
                yield f"{name}: {found}", isinstance(found, str)
        except WrongSettings as error:
            yield f"{name}: {error}", False


async def _tried(channel: Channel) -> list[str | WrongSettings]:
    try:
        return await channel.check()
    except OSError as error:  # a bad day of the network
        mend = "see that this machine is on the network, and try again"
        raise WrongSettings(str(error) or type(error).__name__, mend) from error
    finally:
        await channel.close()


def _texts(config: Config) -> str:
    texts = load_texts(config.desk.language, formal=config.formal, own=config.texts)
    return f"texts in {', '.join(texts.languages)}"


def _secret(config: Config) -> str:
    path = config.store.secret_file
    if not path.exists():
        return _place(path, "[store] secret_file")
    secret_readable(path)
    return f"secret {path}"


def _files(config: Config) -> str:
    return _place(config.store.files, "[store] files")


def _unmade(config: Config) -> str:
    """Where SQLite's file will be made; "" when it is there, or on PostgreSQL."""
    path = sqlite_file(config.store.database)
    if path is None or path.exists():
        return ""
    if not path.parent.is_dir() and path.parent not in config.store.secret_file.parents:
        mend = "create it, or change [store] database"
        raise WrongSettings(f"the folder {path.parent} isn't there", mend)
    return _place(path, "[store] database")


async def _book(url: str) -> str:
    store = await Database.open(url)
    try:
        states = await store.read(lambda work: work.outbox.states())
    finally:
        await store.close()
    letters = ", ".join(f"{count} {state.value}" for state, count in states.items() if count)
    return f"database {url.partition('://')[0]}, letters: {letters or 'none yet'}"


def _place(path: Path, key: str) -> str:
    """Where something is or will be made; raises `WrongSettings` when it can't be."""
    nearest = next(each for each in (path, *path.parents) if each.exists())
    if not os.access(nearest, os.W_OK) or (nearest != path and not nearest.is_dir()):
        mend = f"give the desk's user the right to, or change {key}"
        raise WrongSettings(f"{nearest} can't be written to", mend)
    return f"{path}" if nearest == path else f"{path} will be made at the first start"


class _NoCursor:
    """Keeps nothing: a check reads no mail."""

    async def load(self, key: str) -> str:  # noqa: ARG002 - as `bot.channel.Cursor` says
        return ""

    async def save(self, key: str, value: str) -> None:
        """Forget it."""
