"""What the operator's commands share: the config, a look into the book, one line for each fault."""

import asyncio
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adapters import CHANNELS
from bot.channel import WrongSettings
from bot.config import Config, ConfigError, channel_tables, load
from bot.doors import channel_names, door
from bot.language import TextError
from bot.model.settings import Desk
from bot.store import StoreError, Work
from storage import Database

T = TypeVar("T")
FAILED, WRONG_CONFIG, WRONG_SETTINGS = 1, 2, 3
ADD_ONE = "add one, like [email] or [slack] in config.example.toml"
_PAPER = 160  # characters a line where the output isn't a terminal
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TOLD = (StoreError, WrongSettings, TextError)

config_option = click.option(
    "--config",
    "path",
    type=click.Path(path_type=Path),
    default="config.toml",
    show_default=True,
    envvar="DESKMATE_CONFIG",
    show_envvar=True,
    metavar="FILE",
    help="The config file.",
)


class Fault(click.ClickException):
    """What the operator can mend: a line on standard error, and an exit status."""

    exit_code = FAILED

    def show(self, file: object = None) -> None:  # noqa: ARG002 - click's signature
        """Print the line as it is, so that "config.toml:12:" leads to its place."""
        click.echo(printable(self.message), err=True)


class ConfigFault(Fault):
    """The config can't be used."""

    exit_code = WRONG_CONFIG


class SettingsFault(Fault):
    """A server, a password, the database or a file can't."""

    exit_code = WRONG_SETTINGS


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn what the operator can mend into a `Fault`; a mistake of ours stays what it is."""
    try:
        yield
    except ConfigError as error:
        raise ConfigFault(str(error)) from error
    except _TOLD as error:
        raise SettingsFault(str(error)) from error
    except ExceptionGroup as group:  # the rooms of the running desk end together
        expected, others = group.split(_TOLD)
        if expected is None or others is not None:
            raise
        raise SettingsFault("\n".join(map(str, _leaves(expected)))) from group


def read_config(path: Path) -> Config:
    """The config, with the doors of the channels it has a table for. Raises `ConfigError`."""
    known = channel_names()
    doors = {name: _settings(name) for name in channel_tables(path) if name in known}
    return load(path, doors, known)


def look(config: Config, fn: Callable[[Work], T]) -> T:
    """What a function finds in the book; beside a running desk too.

    Raises `StoreError`, `NoBook` among them: to look makes none.
    """
    return asyncio.run(looked(config.store.database, fn))


async def looked(url: str, fn: Callable[[Work], T]) -> T:
    """As `look`, within an event loop."""
    store = await Database.open(url, make=False)
    try:
        return await store.read(fn)
    finally:
        await store.close()


def number_of(desk: Desk, reference: str) -> int:
    """The ticket's number; another desk's reference is none of ours. Raises `Fault`."""
    found = re.fullmatch(
        r"(?:([A-Za-z][A-Za-z0-9]*)-|#)?(\d{1,12})", reference := reference.strip()
    )
    example = desk.reference(42)
    if found is None:
        raise Fault(f"{reference} is no reference: write it like {example} or 42")
    number = int(found[2])
    if found[1] and found[1].casefold() != desk.prefix.casefold():
        mend = f"write it like {example}; if the prefix was changed, write {number} alone"
        raise Fault(f"there is no {reference}: {mend}")
    return number


def permit_named(what: str, name: str, known: Iterable[str]) -> None:
    """Raises `Fault` for what an option names and the desk hasn't, with what it has."""
    if name and name not in (names := list(known)):
        there = f"the {what}s are {', '.join(names)}" if names else "leave it out"
        raise Fault(f'there is no {what} "{name}": {there}')


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database; None for a server's."""
    start = "sqlite:///"
    return Path(url.removeprefix(start).partition("?")[0]) if url.startswith(start) else None


def writable(path: Path, mend: str) -> bool:
    """Whether something is at a place where one may write; False when it can yet be made there.

    Raises `WrongSettings` with the mend when it can't.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise WrongSettings(f"{path} can't be reached ({error.strerror})", mend) from error
    nearest = next(each for each in (path, *path.absolute().parents) if os.access(each, os.F_OK))
    if nearest != path and not nearest.is_dir():
        raise WrongSettings(f"{path} can't be made, {nearest} is no folder", mend)
    if not os.access(nearest, os.W_OK):
        raise WrongSettings(f"{nearest} can't be written to", mend)
    return nearest == path


def lacking(what: str, module: str, extra: str) -> SettingsFault:
    """The fault that a library isn't installed, with what installs it; `extra` may bring it."""
    order = f"pip install '.[{extra}]'" if extra in extras() else "pip install ."
    mend = f"run {order} in the folder of Deskmate"
    return SettingsFault(f"{what} needs {module}, which isn't installed: {mend}")


def extras() -> list[str]:
    """What can be installed besides the desk itself, by name."""
    try:
        return metadata("deskmate").get_all("Provides-Extra") or []
    except PackageNotFoundError:  # it runs out of its folder
        return []


def console() -> Console:
    """Where tables are printed: as wide as the terminal, wide enough elsewhere."""
    return Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else _PAPER)


def print_table(columns: list[str], rows: list[list[str]], nothing: str) -> None:
    """Print rows of other people's words; `nothing` when there are none."""
    if not rows:
        click.echo(nothing)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="ellipsis", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(printable(" ".join(cell.split()))) for cell in row))
    console().print(table)


def printable(words: str) -> str:
    """Words without what would steer a terminal: they may come from anybody."""
    return _STEERING.sub("�", words)


def _settings(name: str) -> type:
    try:
        return door(name).settings
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("adapters", "bot", "storage"):
            raise  # our own mistake
        what, module = f"the channel {name}", error.name or "a library"
        if name in CHANNELS:
            raise lacking(what, module, extra=name) from error
        mend = "install it beside Deskmate"  # another package's channel: it knows what it needs
        raise SettingsFault(f"{what} needs {module}, which isn't installed: {mend}") from error
    except Exception as error:  # what another package's code may raise is not for us to know
        if name in CHANNELS:
            raise
        said = f"{type(error).__name__}: {error}"
        mend = f"mend the package that brings it, or take [{name}] out"
        raise SettingsFault(f"the channel {name} can't be loaded ({said}): {mend}") from error


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for each in group.exceptions:
        if isinstance(each, BaseExceptionGroup):
            yield from _leaves(each)
        else:
            yield each
