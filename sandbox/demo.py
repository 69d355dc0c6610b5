"""The demo: a short morning at a desk, on mail servers and chats of its own, without accounts.

Seven people write in two languages, by mail, in Slack and on Discord; one agent works by answering
mails, one in Slack, one on Discord. Then the desk stays up, and whoever started it may write, read,
press and fill in themselves.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from adapters.email.settings import EmailSettings
from bot.app import App, open_app
from bot.config import Config, LogSettings, StoreSettings
from bot.model.person import Organisation
from bot.model.settings import Agent, Desk, Knowledge, Team
from bot.model.subscription import Subscription
from sandbox.cast import CARLA, COMMUNITY, DESK, EVERYBODY, HUGO, PASSWORD, PEOPLE, SARA
from sandbox.chat import Workspace, open_workspace
from sandbox.chat_morning import chat_morning
from sandbox.community import TEAM, Community, open_community
from sandbox.community_morning import community_morning
from sandbox.mail import MailServer
from sandbox.mail_settings import mailbox
from sandbox.morning import morning
from sandbox.playground import playground

_WROTE = len({*PEOPLE, *COMMUNITY} - {HUGO})


def main(*, once: bool) -> int:
    """Play the morning; with `once` end then, 0 if everybody got what was promised, else 1."""
    console = Console(highlight=False, soft_wrap=False)
    with tempfile.TemporaryDirectory(prefix="deskmate-demo-") as folder:
        try:
            return asyncio.run(_play(Path(folder), console, once=once))
        except KeyboardInterrupt:
            return 0


async def _play(folder: Path, console: Console, *, once: bool) -> int:
    async with _desk(folder) as (app, server, space, community):
        running = asyncio.create_task(app.run())
        try:
            await space.slack.connected()
            await community.discord.connected()
            broken = await morning(server, console)
            broken += await chat_morning(space, console)
            broken += await community_morning(community, space, console)
            _sum_up(broken, console)
            if not once:
                await playground(server, space, community, console)
            return 1 if broken else 0
        finally:
            running.cancel()
            await asyncio.wait([running])


def _sum_up(broken: list[str], console: Console) -> None:
    if broken:
        console.print(f"\n[red]{len(broken)} promises were not kept:[/]")
        for promise in broken:
            console.print(f"  ✗ {escape(promise)}")
    else:
        console.print(f"\n[green]{_WROTE} people wrote, and each got what was promised.[/]")


@asynccontextmanager
async def _desk(folder: Path) -> AsyncIterator[tuple[App, MailServer, Workspace, Community]]:
    accounts = {DESK: PASSWORD} | {person.address: PASSWORD for person in EVERYBODY}
    async with (
        await MailServer.start(accounts) as server,
        open_workspace("Help desk") as space,
        open_community("Help desk") as community,
        open_app(_config(folder, server, space, community)) as app,
    ):
        yield app, server, space, community


def _config(folder: Path, server: MailServer, space: Workspace, community: Community) -> Config:
    ports = {"imap_port": server.imap_port, "smtp_port": server.smtp_port}
    box = mailbox(DESK, PASSWORD, display_name="Help desk", **ports)
    agents = [
        Agent(each.name, {"email": each.address}, ("support",), language="en")
        for each in (SARA, CARLA)  # Slack knows Carla by her address
    ]
    hugo = {"discord": str(community.member(HUGO).id)}
    agents.append(Agent(HUGO.name, hugo, (TEAM,), language="en"))
    desk = Desk(
        name="Help desk",
        zone=ZoneInfo("Europe/Madrid"),
        teams=(
            Team("support", "Support", {"slack": space.desk.id}),
            Team(TEAM, "Community", {"discord": str(community.desk.id)}),
        ),
        agents=tuple(agents),
        subscriptions=(Subscription(report="daily", to=("teams",)),),
        knowledge=Knowledge(patience=timedelta(seconds=5)),  # however busy the machine is
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
        channels={
            "email": EmailSettings(mailboxes=(box,)),
            "slack": space.settings,
            "discord": community.settings,
        },
    )
