"""The Slack door before a local Slack, with a desk that only notes what it is handed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.slack.channel import SlackChannel
from adapters.slack.manifest import manifest
from adapters.slack.room import Room
from adapters.slack.settings import SlackSettings
from bot.model.form import Choice, Form
from bot.model.message import Address, Answer, Inbound, Outbound, Speaker
from sandbox.slack import SlackServer

WORDS = {
    "name": "Deskmate",
    "description": "Your help desk",
    "shortcut": "Make a ticket",
    "shortcut_description": "Hand this message to the desk",
    "command_description": "Ask the desk",
    "command_hint": "what you need",
    "agent_description": "Answers at once",
    "prompt_status": "How does it stand?",
    "prompt_status_says": "status",
    "prompt_help": "Which words work?",
    "prompt_help_says": "help",
}
TOKENS = {"bot_token": "xoxb-1", "app_token": "xapp-1", "signing_secret": "secret"}


class Desk:
    """Keeps each message once, as a desk does, and answers what a test told it to."""

    def __init__(self) -> None:
        self.heard: list[Inbound] = []
        self.handed: list[Inbound] = []  # the same, with what came again
        self.answer: Callable[[Inbound], Answer | None] = lambda _: None
        self.before: Callable[[Inbound], Awaitable[None]] | None = None
        self.forms: dict[str, Form] = {}
        self.let_go_of: list[Inbound] = []
        self.homes: list[Speaker] = []
        self.met: dict[str, Speaker] = {}
        self.tickets: tuple[Choice, ...] = ()
        self.sought: list[str] = []
        self.open_threads: tuple[Address, ...] = ()
        self.agents_rooms: tuple[str, ...] = ()

    async def receive(self, inbound: Inbound) -> Answer | None:
        if self.before:
            await self.before(inbound)
        self.handed.append(inbound)
        if any(each.external_id == inbound.external_id for each in self.heard):
            return None
        self.heard.append(inbound)
        return self.answer(inbound)

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.heard]

    async def form(self, inbound: Inbound) -> Form | None:
        return self.forms.get(inbound.text)

    async def let_go(self, inbound: Inbound) -> None:
        self.let_go_of.append(inbound)

    async def choices(
        self, inbound: Inbound, command: str = "", parameter: str = ""
    ) -> tuple[Choice, ...]:
        self.sought.append(f"{inbound.speaker.name}: {inbound.text} ({command}, {parameter})")
        return self.tickets

    async def home(self, speaker: Speaker) -> None:
        self.homes.append(speaker)

    async def meet(self, speakers: Sequence[Speaker]) -> None:
        self.met.update({each.external_id: each for each in speakers})

    async def threads(self) -> tuple[Address, ...]:
        return self.open_threads


class Notes:
    """A cursor on a slip of paper."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    async def load(self, key: str) -> str:
        return self.kept.get(key, "")

    async def save(self, key: str, value: str) -> None:
        self.kept[key] = value


class Office:
    """A local Slack with people and rooms, and the door in front of it."""

    def __init__(self, slack: SlackServer) -> None:
        self.slack = slack
        self.ana = slack.person("Ana Ruiz", "Ana@Example.org", locale="es-ES", tz="Europe/Madrid")
        self.leo = slack.person("Leo Prats", "leo@example.org")
        self.help = slack.channel("help", members=[self.ana, self.leo, slack.bot])
        self.agents = slack.channel("agents", members=[self.leo, slack.bot], private=True)
        self.lounge = slack.channel("lounge", members=[self.ana, self.leo, slack.bot])
        self.desk = Desk()
        self.desk.agents_rooms = (self.agents.id,)
        self.notes = Notes()
        self.rooms: tuple[Room, ...] = (Room(channel=self.help.id),)
        self.more: dict[str, Any] = {}

    @property
    def settings(self) -> SlackSettings:
        given: dict[str, Any] = {
            "bot_token": self.slack.bot_token,
            "app_token": self.slack.app_token,
            "signing_secret": self.slack.signing_secret,
            "api_url": self.slack.api_url,
            "rooms": self.rooms,
            **self.more,
        }
        return SlackSettings(**given)

    def channel(self) -> SlackChannel:
        channel = SlackChannel(self.settings, name="slack", cursor=self.notes)
        channel.work_in(self.desk.agents_rooms)
        channel.use(self.desk)
        return channel

    @asynccontextmanager
    async def open(self, sockets: int = 1) -> AsyncIterator[SlackChannel]:
        """The door, listening for as long as this is open."""
        self.more.setdefault("sockets", sockets)
        channel = self.channel()
        listening = asyncio.create_task(channel.listen(self.desk.receive))
        try:
            connected = asyncio.create_task(self.slack.connected(sockets))
            await asyncio.wait({listening, connected}, return_when=asyncio.FIRST_COMPLETED)
            connected.cancel()
            if listening.done():
                await listening
            yield channel
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await channel.close()

    async def heard(self, count: int = 1) -> list[Inbound]:
        """What the desk was handed, once it is so much."""
        await self.until(lambda: len(self.desk.heard) >= count)
        return self.desk.heard

    async def until(self, so: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not so():  # noqa: ASYNC110 - what is waited for sets no event
                await asyncio.sleep(0.005)


def _outbound(**more: Any) -> Outbound:
    given: dict[str, Any] = {
        "row": 1,
        "to": Address("slack", ""),
        "recipient": "",
        "text": "It works again",
        "created_at": datetime.now(UTC),
        **more,
    }
    return Outbound(**given)


@pytest.fixture
def words() -> dict[str, str]:
    """What people read of the app."""
    return dict(WORDS)


@pytest.fixture
def app_manifest(words: dict[str, str]) -> dict[str, Any]:
    return manifest(SlackSettings(**TOKENS), words)  # type: ignore[arg-type]  # all of them are texts


@pytest.fixture
def lacking() -> frozenset[str]:
    """The scopes that the app asked for and didn't get."""
    return frozenset()


@pytest.fixture
async def slack(
    app_manifest: dict[str, Any], lacking: frozenset[str]
) -> AsyncIterator[SlackServer]:
    granted = set(app_manifest["oauth_config"]["scopes"]["bot"]) - lacking
    async with await SlackServer.start(app_manifest, scopes=granted) as server:
        yield server


@pytest.fixture
def office(slack: SlackServer) -> Office:
    return Office(slack)


@pytest.fixture
def outbound() -> Callable[..., Outbound]:
    """Makes a message to deliver."""
    return _outbound
