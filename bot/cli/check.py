"""`deskmate check`: tries everything the desk stands on, and says what to mend."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import click

from bot.app import utc_now
from bot.channel import (
    Channel,
    FindsAgents,
    Interactive,
    KnowsAgents,
    Listed,
    Sought,
    WrongSettings,
)
from bot.cli.operator import (
    ADD_ONE,
    WRONG_SETTINGS,
    ConfigFault,
    config_option,
    faults_told,
    looked,
    printable,
    read_config,
    sqlite_file,
    writable,
)
from bot.cli.secret import secret_kept
from bot.config import Config
from bot.doors import door
from bot.language import TextError
from bot.offers import Listing
from bot.shelves import load_shelves
from bot.store import StoreError
from bot.text import Texts
from storage import NoBook
from storage.database import rehearse
from storage.lock import see_lock


@click.command()
@config_option
def command(path: Path) -> None:
    """Try the config, the database and every server, and say what to mend.

    Nothing is made or changed: what the first start will make is only looked for a place.
    """
    with faults_told():
        config = read_config(path)
    if not config.channels:
        raise ConfigFault(f"{path}: no channel is configured: {ADD_ONE}")
    channels = ", ".join(config.channels)
    click.echo(f"ok      {path}: agents: {len(config.desk.agents)}, channels: {channels}")
    with faults_told():  # what a package brings wrongly
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
    for line in load_shelves().brought:
        yield f"package {line}", True
    for look in (_texts, _secret, _files, _book):
        try:
            yield await look(config), True
        except (WrongSettings, StoreError, TextError) as error:
            yield str(error), False
    if config.desk.answers:
        yield _answers(config), True
    for line in _unstaffed(config):
        yield line, False
    for name in config.channels:
        async for found in _of_channel(config, name):
            yield f"{name}: {found}", isinstance(found, str)


async def _of_channel(config: Config, name: str) -> AsyncIterator[str | WrongSettings]:
    """What its server says, and which agents can't work there."""
    try:
        for found in await _tried(_opened(config, name), config, name):
            yield found
    except WrongSettings as error:
        yield error
    except TextError:  # which was told before
        return
    for fault in _powerless(config, name):
        yield fault


def _opened(config: Config, name: str) -> Channel:
    # signs nothing here, so any key will do
    channel = door(name).open(config.channels[name], name, secrets.token_bytes(32), _NoCursor())
    if isinstance(channel, Interactive):
        channel.work_in(config.desk.rooms_on(name))
    if isinstance(channel, Listed):
        channel.list_by(Listing(config.desk, _spoken(config), load_shelves().commands))
    return channel


async def _tried(channel: Channel, config: Config, name: str) -> list[str | WrongSettings]:
    try:
        return [*await channel.check(), *await _agents_found(channel, config, name)]
    except OSError as error:  # a bad day of the network
        mend = "see that this machine is on the network, and try again"
        raise WrongSettings(error.strerror or str(error) or type(error).__name__, mend) from error
    finally:
        await channel.close()


async def _agents_found(channel: Channel, config: Config, name: str) -> list[str | WrongSettings]:
    if not isinstance(channel, FindsAgents):
        return []
    desk = config.desk
    sought = [
        Sought(
            name=each.name,
            addresses=each.addresses,
            rooms={
                team.rooms[name]
                for team in desk.teams
                if name in team.rooms and team.name in each.teams
            },
            nowhere_else=not each.addresses.keys() & config.channels,
        )
        for each in desk.agents
    ]
    return await channel.find_agents(sought)


async def _texts(config: Config) -> str:
    return f"texts in {', '.join(_spoken(config).languages)}"


def _spoken(config: Config) -> Texts:
    return load_shelves().texts(config.desk.language, formal=config.formal, own=config.texts)


async def _secret(config: Config) -> str:
    path = config.store.secret_file
    try:
        if await secret_kept(config):
            return f"secret {path}"
    except StoreError:  # whether it should be there can't be known; the book tells why
        pass
    return _place(path, "secret_file")


async def _files(config: Config) -> str:
    folder = config.store.files
    told = _place(folder, "files")
    if folder.exists() and not folder.is_dir():
        raise WrongSettings(f"{folder} is no folder", "name one in [store] files")
    return told


async def _book(config: Config) -> str:
    """The database, or where SQLite's file will be made."""
    url, file = config.store.database, sqlite_file(config.store.database)
    try:
        states = await looked(url, lambda work: work.outbox.states())
    except NoBook:
        if file is None or file.exists():
            await asyncio.to_thread(rehearse, url)
            return f"database {url.partition(':')[0]}: its tables will be made at the first start"
    else:
        see_lock(url)
        letters = ", ".join(f"{count} {state.value}" for state, count in states.items() if count)
        return f"database {url.partition(':')[0]}, letters: {letters or 'none yet'}"
    if not file.parent.is_dir() and file.parent not in config.store.secret_file.parents:
        mend = "create it, or change [store] database"
        raise WrongSettings(f"the folder {file.parent} isn't there", mend)
    return _place(file, "database")


def _answers(config: Config) -> str:
    """The ready answers of the operator's file, and those that lack a language of the desk."""
    told = [f"ready answers: {len(config.desk.answers)}"]
    for language in _spoken(config).languages:
        lacking = [each.name for each in config.desk.answers if language not in each.words]
        if lacking:
            told.append(f"without words in {language}: {', '.join(lacking)}")
    return "; ".join(told)


def _unstaffed(config: Config) -> Iterator[str]:
    """Teams whose tickets nobody would hear of."""
    if not config.desk.agents:
        yield (
            "nobody works at the desk, so nobody hears of a ticket: add [[agents]] with name and "
            "addresses"
        )
        return
    for team in config.desk.teams:
        if not any(team.name in agent.teams for agent in config.desk.agents):
            yield (
                f'nobody works in the team "{team.name}", so nobody hears of its tickets: add it '
                "to the teams of one of the [[agents]], or take it out"
            )


def _powerless(config: Config, channel: str) -> Iterator[WrongSettings]:
    """What keeps agents from working on a channel."""
    settings = config.channels[channel]
    addresses = {each.name: each.addresses.get(channel, "") for each in config.desk.agents}
    if isinstance(settings, KnowsAgents):
        yield from settings.agent_faults({name: each for name, each in addresses.items() if each})


def _place(path: Path, key: str) -> str:
    """Where something is or will be made; raises `WrongSettings` when it can't be."""
    there = writable(path, f"give the desk's user the right to, or change [store] {key}")
    return f"{path}" if there else f"{path} will be made at the first start"


class _NoCursor:
    """Keeps nothing: a check reads no mail."""

    async def load(self, key: str) -> str:  # noqa: ARG002 - as `bot.channel.Cursor` says
        return ""

    async def save(self, key: str, value: str) -> None:
        """Forget it."""

    def now(self) -> datetime:
        """This moment."""
        return utc_now()
