"""`deskmate secret`: the file that signs what the desk sends, and what to do when it is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.channel import WrongSettings
from bot.cli.operator import Fault, config_option, faults_told, looked, read_config
from bot.config import Config
from bot.secret_key import secret_key
from storage import NoBook


@click.group()
def command() -> None:
    """See to the secret that signs what the desk sends."""


@command.command()
@config_option
def new(path: Path) -> None:
    """Make a new secret in place of one that is lost for good.

    Answers to letters that were sent before no longer prove their ticket.
    """
    with faults_told():
        file = read_config(path).store.secret_file
        if secret_found(file):
            raise Fault(f"the secret {file} is there: nothing is lost")
        secret_made(file)
    click.echo(f"{file} is made. Keep a copy of it with your backups.")


async def secret_ready(config: Config) -> None:
    """See that the secret can be read; the first start makes it.

    Raises `WrongSettings` for one that can't be read or made, and for one that is lost; what
    keeps the book shut as `StoreError`.
    """
    if not await secret_kept(config):
        secret_made(config.store.secret_file)


async def secret_kept(config: Config) -> bool:
    """Whether there is a secret; False when the first start may make it.

    Raises as `secret_ready` does.
    """
    path = config.store.secret_file
    if secret_found(path):
        return True
    if not await _has_tickets(config.store.database):
        return False
    raise WrongSettings(
        f"the desk's secret {path} is missing, though the book holds tickets",
        "bring that file back from where you keep your backups, or mend [store] secret_file; "
        "if it is lost for good, run: deskmate secret new",
    )


def secret_found(path: Path) -> bool:
    """Whether the secret is there, and whole. Raises `WrongSettings`."""
    with _told(path):
        try:
            secret_key(path, make=False)
        except FileNotFoundError:
            return False
        return True


def secret_made(path: Path) -> None:
    """Make the secret. Raises `WrongSettings`."""
    with _told(path):
        secret_key(path)


async def _has_tickets(url: str) -> bool:
    try:
        return bool(await looked(url, lambda work: work.tickets.newest(1)))
    except NoBook:
        return False


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in one line what is wrong with the file."""
    try:
        yield
    except OSError as error:
        raise WrongSettings(
            f"the desk's secret {path} can't be read or made ({error.strerror})",
            "give the desk's user the right to, or change [store] secret_file",
        ) from error
    except ValueError as error:
        mend = "bring that file back from where you keep your backups"
        raise WrongSettings(f"the desk's secret {path} was cut short", mend) from error
