"""The demo's Slack workspace: its people and rooms, and what there is to see in them."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from adapters.slack.manifest import WORDS, manifest
from adapters.slack.room import Room
from adapters.slack.settings import SlackSettings
from bot.listing import listing
from bot.text import load_texts
from sandbox.cast import CARLA, EVERYBODY, SARA, Person
from sandbox.slack import Channel, Post, SlackServer
from sandbox.slack import Person as Member
from sandbox.venue import SIGNS, Venue, View

HELP, DESK = "help", "desk"  # where people ask, and where agents work
_LABEL = re.compile(r"(?m)^\*(.+)\*$")
LOCALES = {"en": "en-GB", "es": "es-ES"}
UNTOLD = SlackSettings(bot_token_command=("false",), app_token_command=("false",))


@dataclass(frozen=True)
class Workspace(Venue[Post]):
    """A local Slack with the cast in it; Sara alone isn't there: she works by mail."""

    slack: SlackServer
    members: Mapping[Person, Member]
    help: Channel
    desk: Channel
    name, where = "Slack", "in Slack"
    agent = CARLA

    @property
    def settings(self) -> SlackSettings:
        """How the desk's door is opened here."""
        return SlackSettings(
            bot_token=self.slack.bot_token,
            app_token=self.slack.app_token,
            api_url=self.slack.api_url,
            rooms=(Room(channel=self.help.id),),
        )

    def member(self, person: Person) -> Member:
        """Somebody at their Slack."""
        return self.members[person]

    @property
    def people(self) -> list[Person]:
        """Who is in it."""
        return list(self.members)

    @property
    def seen(self) -> list[Post]:
        """Everything that stands in its rooms and conversations, oldest first."""
        posts = [*self.slack.posts(self.help), *self.slack.posts(self.desk)]
        for member in self.members.values():
            posts += self.slack.conversation(member)
        return sorted(posts, key=lambda each: each.ts)

    @property
    def cards(self) -> list[Post]:
        """The tickets' cards in the agents' room, oldest first."""
        posts = self.slack.posts(self.desk)
        return [each for each in posts if each.thread_ts in (None, "", each.ts)]

    def below(self, post: Post) -> list[Post]:
        """What stands in the thread below a post."""
        return self.slack.thread(post)[1:]

    def key(self, post: Post) -> str:
        """A name that no other post has."""
        return f"{post.channel.id}{post.ts}"

    def writer(self, post: Post) -> str:
        """Who wrote a post."""
        known = {member.id: person.name for person, member in self.members.items()}
        return post.username or known.get(post.user, "Help desk")

    def view(self, post: Post) -> View:
        """What a post looks like on a terminal, which has no bold letters for names of facts."""
        rooms = {self.help.id: f"#{HELP}", self.desk.id: f"#{DESK}"}
        place = rooms.get(post.channel.id, "direct message")
        thread = ", in the thread" if post.thread_ts and post.thread_ts != post.ts else ""
        title = f"Slack {place}{thread}: {self.writer(post)}"
        return View(title, _LABEL.sub(r"\1:", post.words), post.buttons)

    async def until(self, holds: Callable[[], object], within: float) -> None:
        """Wait for something; TimeoutError if it isn't so within so many seconds."""
        await self.slack.until(holds, within)

    async def asks(self, person: Person, words: str) -> Post:
        """Write in #help."""
        return await self.members[person].says(words, self.help)

    async def writes(self, person: Person, words: str) -> Post:
        """Write to the app directly."""
        return await self.members[person].says(words)

    async def goes_on(self, person: Person, root: Post, words: str) -> Post:
        """Say more in a thread."""
        return await self.members[person].says(words, thread=root)

    async def commands(self, person: Person, words: str) -> None:
        """Type /desk."""
        await self.members[person].uses_command("/desk", words, channel=self.help)

    async def signs(self, person: Person, sign: str, on: Post) -> None:
        """Put an emoji on a post."""
        await self.members[person].reacts(SIGNS.get(sign, sign), on=on)


@asynccontextmanager
async def open_workspace(name: str) -> AsyncIterator[Workspace]:
    """Open its doors, for an app of this name; all of it is gone afterwards."""
    told = manifest(UNTOLD, listing(load_texts(), name, WORDS))
    async with await SlackServer.start(told) as slack:
        members = {
            each: slack.person(
                each.name, each.address, locale=LOCALES[each.language], tz="Europe/Madrid"
            )
            for each in EVERYBODY
            if each is not SARA
        }
        yield Workspace(
            slack,
            members,
            help=slack.channel(HELP, [*members.values(), slack.bot]),
            desk=slack.channel(DESK, [members[CARLA], slack.bot], private=True),
        )
