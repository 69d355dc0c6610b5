"""The demo: a short morning at a desk, on a mail server of its own, without any account.

Five people write in two languages and an agent works by answering mails; then the desk stays up,
and whoever started it may write and read mail themselves.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from rich.console import Console

from adapters.email.settings import EmailSettings
from bot.app import App, open_app
from bot.config import Config, LogSettings, StoreSettings
from bot.model.person import Organisation
from bot.model.settings import Agent, Desk, Team
from sandbox.cast import DESK, PASSWORD, PEOPLE, SARA
from sandbox.mail import MailServer
from sandbox.mail_settings import mailbox
from sandbox.morning import morning
from sandbox.playground import playground


def main(*, once: bool) -> int:
    """Play the morning; with `once` end then, 0 if everybody got what was promised, else 1."""
    console = Console(highlight=False, soft_wrap=False)
    with tempfile.TemporaryDirectory(prefix="deskmate-demo-") as folder:
        try:
            return asyncio.run(_play(Path(folder), console, once=once))
        except KeyboardInterrupt:
            return 0


async def _play(folder: Path, console: Console, *, once: bool) -> int:
    async with _desk(folder) as (app, server):
        running = asyncio.create_task(app.run())
        try:
            kept = await morning(server, console)
            if not once:
                await playground(server, console)
            return 0 if kept else 1
        finally:
            running.cancel()
            await asyncio.wait([running])


@asynccontextmanager
async def _desk(folder: Path) -> AsyncIterator[tuple[App, MailServer]]:
    accounts = {DESK: PASSWORD} | {person.address: PASSWORD for person in (*PEOPLE, SARA)}
    async with (
        await MailServer.start(accounts) as server,
        open_app(_config(folder, server)) as app,
    ):
        yield app, server


def _config(folder: Path, server: MailServer) -> Config:
    ports = {"imap_port": server.imap_port, "smtp_port": server.smtp_port}
    box = mailbox(DESK, PASSWORD, display_name="Help desk", **ports)
    sara = Agent(SARA.name, {"email": SARA.address}, ("support",), language="en")
    desk = Desk(
        name="Help desk",
        teams=(Team("support", "Support"),),
        agents=(sara,),
        organisations=(Organisation("Example", domains=("example.org",), zone="Europe/Madrid"),),
    )
    return Config(
        desk=desk,
        store=StoreSettings(
            database=f"sqlite:///{folder / 'desk.db'}",
            files=folder / "files",
            secret_file=folder / "secret",
        ),
        texts=None,
        formal=False,
        log=LogSettings(level="error"),
        channels={"email": EmailSettings(mailboxes=(box,))},
    )
