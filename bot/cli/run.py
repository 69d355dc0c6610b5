"""`deskmate run`: the desk itself."""

import asyncio
import contextlib
import gc
import signal
import sys
from pathlib import Path

import click
import structlog

from bot import logs
from bot.app import open_app
from bot.cli.operator import (
    ADD_ONE,
    ConfigFault,
    config_option,
    faults_told,
    read_config,
)
from bot.cli.secret import secret_ready
from bot.config import Config

log = structlog.get_logger(__name__)


@click.command()
@config_option
def command(path: Path) -> None:
    """Answer on every channel until stopped."""
    with faults_told():
        config = read_config(path)
        if not config.channels:
            nobody = f"{path}: no channel is configured, nobody could write to the desk"
            raise ConfigFault(f"{nobody}: {ADD_ONE}")
        logs.set_up(config.log, sys.stderr, set(logs.secrets_in(list(config.channels.values()))))
        asyncio.run(_serve(config))


async def _serve(config: Config) -> None:
    """Keep the desk open until the system asks for its end; what is under way is finished."""
    await secret_ready(config)
    async with open_app(config) as app:
        gc.freeze()  # what the start made stays: no need to look through it again and again
        running = asyncio.create_task(app.run())
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, running.cancel)
        log.info("desk is open", desk=config.desk.name, channels=sorted(config.channels))
        with contextlib.suppress(asyncio.CancelledError):
            await running
        log.info("desk is closed")
