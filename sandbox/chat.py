"""The demo's Slack workspace: its people and rooms, and what there is to see in them."""

import re
from collections.abc import AsyncIterator, Mapping
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

HELP, DESK = "help", "desk"  # where people ask, and where agents work
_LABEL = re.compile(r"(?m)^\*(.+)\*$")
LOCALES = {"en": "en-GB", "es": "es-ES"}
UNTOLD = SlackSettings(bot_token_command=("false",), app_token_command=("false",))


@dataclass(frozen=True)
class Workspace:
    """A local Slack with the cast in it; Sara alone isn't there: she works by mail."""

    slack: SlackServer
    members: Mapping[Person, Member]
    help: Channel
    desk: Channel

    @property
    def settings(self) -> SlackSettings:
        """How the desk's door is opened here."""
        return SlackSettings(
            bot_token=self.slack.bot_token,
            app_token=self.slack.app_token,
            api_url=self.slack.api_url,
            rooms=(Room(channel=self.help.id),),
        )

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

    def under(self, post: Post) -> list[Post]:
        """What stands in the thread below a post."""
        return self.slack.thread(post)[1:]

    def title(self, post: Post) -> str:
        """Where a post stands and who wrote it, as people see it."""
        rooms = {self.help.id: f"#{HELP}", self.desk.id: f"#{DESK}"}
        place = rooms.get(post.channel.id, "direct message")
        thread = ", in the thread" if post.thread_ts and post.thread_ts != post.ts else ""
        return f"Slack {place}{thread}: {self.writer(post)}"

    def writer(self, post: Post) -> str:
        """Who wrote a post."""
        known = {member.id: person.name for person, member in self.members.items()}
        return post.username or known.get(post.user, "Help desk")


def shown(post: Post) -> str:
    """What a post says, on a terminal, which has no bold letters for the names of facts."""
    return _LABEL.sub(r"\1:", post.words)


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
