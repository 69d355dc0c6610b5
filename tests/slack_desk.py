"""A stage for people at their Slack, in front of the whole desk as operators start it.

What people see is the local Slack's: `await stage.rests()`, then `stage.read(post)`.
"""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from channel_face import Shape, same
from clock import Clock
from mail_people import HELP, PASSWORD, Somebody, until
from mail_stage import CAST, KNOWLEDGE, MADRID, at_work, mailbox

from adapters.email.settings import EmailSettings
from adapters.slack.manifest import WORDS, manifest
from adapters.slack.room import Room
from adapters.slack.settings import SlackSettings
from bot.app import App
from bot.config import Config, LogSettings, StoreSettings
from bot.jobs import JOBS
from bot.model.entry import Entry, Note
from bot.model.mailroom import Account, Delivery
from bot.model.person import Organisation
from bot.model.settings import Agent, Desk, Team
from bot.model.ticket import Ticket
from sandbox.mail import MailServer
from sandbox.slack import Channel, Person, Post, SlackServer, User

SHORTCUT = "Make a ticket of this"
WHO: Mapping[str, tuple[str, str, str, str]] = {
    "ana": ("Ana Ruiz", "ana@example.org", "es-ES", "Europe/Madrid"),
    "tom": ("Tom Baker", "tom@example.org", "en-GB", "Europe/London"),
    "bob": ("Bob Hill", "bob@example.org", "en-US", "Europe/London"),
    "lupe": ("Lupe Ortiz", "lupe@mexico.example", "es-LA", "America/Mexico_City"),
    "sara": ("Sara Stone", "sara@desk.example", "en-US", "Europe/London"),
    "hugo": ("Hugo Sanz", "hugo@desk.example", "es-ES", "Europe/Madrid"),
}
"""Name, address in the profile, locale and time zone."""
AT_THE_DESK = ("sara", "hugo")
AGENTS = (
    Agent("Sara Stone", {"email": "sara@desk.example"}, ("support",), language="en"),
    Agent("Hugo Sanz", {"email": "hugo@desk.example"}, ("support",), language="es"),
)
_A_MOMENT = 4  # seconds: what is drawn with a pause is drawn then


@dataclass(repr=False)
class Office:
    """A workspace with people and rooms, before the desk opens."""

    slack: SlackServer
    people: dict[str, Person]
    help: Channel  # each message is a request
    corner: Channel  # people also just talk, so they are asked first
    lounge: Channel  # no room of the desk's, but it is there; shared with another company
    agents: Channel  # where the agents work

    def config(self, url: str, folder: Path, desk: Desk | None = None, **slack: Any) -> Config:
        """The config of a desk that has its book at `url` and works here."""
        rooms = (Room(channel=self.help.id), Room(channel=self.corner.id, ask_first=True))
        settings = SlackSettings(
            **{
                "bot_token": self.slack.bot_token,
                "app_token": self.slack.app_token,
                "api_url": self.slack.api_url,
                "rooms": rooms,
            }
            | slack
        )
        store = StoreSettings(database=url, files=folder / "files", secret_file=folder / "secret")
        desk = desk or self.desk()
        return Config(desk, store, None, False, LogSettings(), {"slack": settings})

    def desk(self, **differs: Any) -> Desk:
        """One team with its room, two agents, known by the addresses in their profiles."""
        ordinary = Desk(
            name="Help desk",
            zone=MADRID,
            teams=(
                Team("support", "Support", {"slack": self.agents.id}),
                Team("network", "Network"),
            ),
            agents=AGENTS,
            organisations=(
                Organisation("Example", domains=("example.org",)),
                Organisation("Mexico", domains=("mexico.example",)),
            ),
        )
        return replace(ordinary, **{"knowledge": KNOWLEDGE, **differs})


@dataclass(repr=False)
class SlackStage:
    """A whole desk at work in an office; `mail` is its mail server, if it has one."""

    app: App
    office: Office
    clock: Clock
    mail: MailServer | None = None
    correspondents: dict[str, Somebody] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.office, name)  # slack, help, corner, lounge, agents

    def person(self, key: str) -> Person:
        """Somebody at their Slack."""
        return self.office.people[key]

    def by_mail(self, key: str) -> Somebody:
        """The same person at their mailbox."""
        assert self.mail, "a stage without mail"
        if key not in self.correspondents:
            found = Somebody(self.mail, self.clock, self.rests, *CAST[key])
            self.correspondents[key] = found
        return self.correspondents[key]

    async def rests(self, **time: float) -> None:
        """Wait until all is taken in, sent, and drawn anew; `time` passes meanwhile."""
        await self.slack.settled()
        await until(self._nothing_is_due)
        self.clock.move(**(time or {"seconds": _A_MOMENT}))
        self.app.courier.wake()
        await until(self._nothing_is_due)

    async def passes(self, **time: float) -> None:
        """Let time pass and call every job, as the scheduler would."""
        self.clock.move(**time)
        for job in JOBS:
            await self.app.scheduler.call(job)
        self.app.courier.wake()
        await self.rests()

    async def told(self, person: Person, piece: str = "") -> str:
        """What only they are shown, once it has come; it must hold `piece`."""
        try:
            await self.slack.until(lambda: any(piece in each.words for each in person.ephemerals))
        except TimeoutError:
            seen = [each.words for each in person.ephemerals]
            raise AssertionError(f"{piece!r} isn't in {seen}, {person.errors}") from None
        words = [each.words for each in person.ephemerals if piece in each.words]
        person.ephemerals.clear()
        return words[-1]

    def answers(self, post: Post) -> list[Post]:
        """What stands below a post, oldest first."""
        return list(self.slack.thread(post)[1:])

    def read(self, post: Post) -> str:
        """The last that was said in a post's thread."""
        return str(self.answers(post)[-1].words)

    def card(self, number: int = 1) -> Post:
        """A ticket's card in the agents' room, the only one."""
        (card,) = [
            each
            for each in self.slack.posts(self.agents)
            if not each.is_reply and each.words.startswith(f"IT-{number} · ")
        ]
        return card  # type: ignore[no-any-return]  # rooms come through __getattr__

    def below(self, number: int = 1) -> list[str]:
        """What stands below a ticket's card."""
        return [each.words for each in self.answers(self.card(number))]

    async def ticket(self, number: int = 1) -> Ticket | None:
        """A ticket as it stands."""
        return await self.app.store.read(lambda work: work.tickets.get(number))

    async def tickets(self) -> list[Ticket]:
        """All of them, the first one first."""
        newest = await self.app.store.read(lambda work: work.tickets.newest(200))
        return sorted(newest, key=lambda each: each.id)

    async def entries(self, number: int = 1) -> Sequence[Entry]:
        """A ticket's history."""
        return await self.app.store.read(lambda work: work.entries.of(number))

    async def hears(self, words: str, number: int = 1) -> None:
        """Wait until somebody's words stand in a ticket's history."""

        async def holds() -> bool:
            return any(words in getattr(each, "text", "") for each in await self.entries(number))

        await until(holds)

    async def account(self) -> Account:
        """What came in by Slack and how it ended."""
        accounts = await self.app.store.read(lambda work: work.inbox.accounts())
        return next(each for each in accounts if each.channel == "slack")

    def seen_by(self, person: Person) -> str:
        """All that somebody can read in this workspace, whoever wrote it."""
        workspace = self.slack.workspace
        rooms = [each for each in workspace.channels.values() if person.id in each.members]
        posts = [each.words for room in rooms for each in room.posts]
        posts += [each.username for room in rooms for each in room.posts]
        alone = [each.words for each in person.ephemerals] + person.notices
        forms = [each.words for each in workspace.modals.get(person.id, ())]
        return "\n".join([*posts, *alone, *forms, person.home_text])

    async def keeps_its_counsel(self) -> None:
        """Nothing that was noted among agents is to be seen by anybody else."""
        notes = [
            each.text
            for ticket in await self.tickets()
            for each in await self.entries(ticket.id)
            if isinstance(each, Note)
        ]
        for key, person in self.office.people.items():
            if key not in AT_THE_DESK:
                seen = self.seen_by(person)
                leaked = [each for each in notes if each and each in seen]
                assert not leaked, f"{key} can read {leaked}"

    async def _nothing_is_due(self) -> bool:
        for channel in self.app.channels:
            due = await self._next_due(channel)
            if due:
                return False
        states = await self.app.store.read(lambda work: work.outbox.states())
        return not states[Delivery.SENDING]

    async def _next_due(self, channel: str) -> bool:
        due = await self.app.store.read(lambda work: work.outbox.next_due(channel))
        return due is not None and due <= self.clock()


@asynccontextmanager
async def open_office(clock: Clock) -> AsyncIterator[Office]:
    """A workspace whose clock goes on from the desk's, with the app of the desk's manifest."""
    began = time.monotonic()
    words = dict.fromkeys(WORDS, "Help desk") | {"shortcut": SHORTCUT}
    app = manifest(SlackSettings(bot_token="xoxb-1", app_token="xapp-1"), words)

    def now() -> float:
        return clock().timestamp() + time.monotonic() - began

    async with await SlackServer.start(app, now=now) as slack:
        people = {
            key: slack.person(name, email, locale=locale, tz=zone)
            for key, (name, email, locale, zone) in WHO.items()
        }
        staff: list[Person | User] = [*people.values(), slack.bot]
        people["eve"] = slack.person("Eve", "eve@elsewhere.example", stranger=True)
        at_the_desk = [people[key] for key in AT_THE_DESK]
        yield Office(
            slack,
            people,
            help=slack.channel("help", members=staff),
            corner=slack.channel("corner", members=staff),
            lounge=slack.channel("lounge", members=[*staff, people["eve"]]),
            agents=slack.channel("desk", members=[*at_the_desk, slack.bot], private=True),
        )


@asynccontextmanager
async def set_slack_stage(
    url: str,
    folder: Path,
    clock: Clock,
    *,
    mail: bool = False,
    texts: Path | None = None,
    shape: Shape = same,
    **differs: Any,
) -> AsyncIterator[SlackStage]:
    """Raise the curtain: the desk listens and sends until the end of the scene.

    `differs` are settings of the desk's own, which `shape` may change, `texts` its own words.
    """
    async with AsyncExitStack() as scene:
        office = await scene.enter_async_context(open_office(clock))
        config = replace(office.config(url, folder, shape(office.desk(**differs))), texts=texts)
        server = await scene.enter_async_context(await start_mail()) if mail else None
        if server:
            config = with_mail(config, server)
        app = await scene.enter_async_context(at_work(config, clock))
        await office.slack.connected(2)
        stage = SlackStage(app, office, clock, server)
        yield stage
        await stage.keeps_its_counsel()
        for each in stage.correspondents.values():
            await each.inbox.close()


async def start_mail() -> MailServer:
    """A mail server with a box for the desk and for each of the cast."""
    boxes = (HELP, *(address for address, _ in CAST.values()))
    return await MailServer.start(dict.fromkeys(boxes, PASSWORD))


def with_mail(config: Config, server: MailServer) -> Config:
    """The same desk with a mailbox on this server."""
    box = replace(mailbox(), imap_port=server.imap_port, smtp_port=server.smtp_port)
    email = {"email": EmailSettings(mailboxes=(box,), timeout_seconds=5)}
    return replace(config, channels={**config.channels, **email})
