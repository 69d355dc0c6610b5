"""The demo's Discord: a community with a forum, its people, and what there is to see there."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from textwrap import shorten

from adapters.discord.markdown import plain
from adapters.discord.room import Room
from adapters.discord.settings import DiscordSettings
from sandbox.cast import COMMUNITY, HUGO, Person
from sandbox.chat import LOCALES
from sandbox.discord import (
    Application,
    Channel,
    DiscordServer,
    Guild,
    GuildChannel,
    Message,
    Thread,
)
from sandbox.discord import Person as Member
from sandbox.discord.component_shapes import TEXT_DISPLAY
from sandbox.discord.components import walk
from sandbox.discord.message import Sort
from sandbox.discord.surface import buttons
from sandbox.discord.words import plain as named
from sandbox.venue import SIGNS, Venue, View

QUESTIONS, DESK = "questions", "desk"  # where people ask, and where agents work
TEAM = "community"
_LONGEST_TITLE = 60
_MARKS = re.compile(r"(?m)^(?:#{1,3}|-#) |\*\*")  # what is large, small or bold
_SAID = (Sort.DEFAULT, Sort.REPLY, Sort.COMMAND)
_EMOJI = {name: sign for sign, name in SIGNS.items()}


@dataclass(frozen=True)
class Community(Venue[Message]):
    """A local Discord with those of the cast in it who are nowhere else."""

    discord: DiscordServer
    guild: Guild
    members: Mapping[Person, Member]
    questions: GuildChannel
    desk: GuildChannel
    name, where = "Discord", "on Discord"
    agent = HUGO

    @property
    def settings(self) -> DiscordSettings:
        """How the desk's door is opened here."""
        return DiscordSettings(
            token=self.discord.token,
            api_url=self.discord.api_url,
            gateway_url=self.discord.gateway_url,
            rooms=(Room(channel=str(self.questions.id), team=TEAM),),
        )

    def member(self, person: Person) -> Member:
        """Somebody at their Discord."""
        return self.members[person]

    @property
    def people(self) -> list[Person]:
        """Who is in it."""
        return list(self.members)

    @property
    def seen(self) -> list[Message]:
        """Everything that was said in its rooms and conversations, oldest first."""
        places: list[Channel] = [self.desk, *self.guild.threads.values()]
        places += [each.direct for each in self.members.values()]
        return sorted((each for place in places for each in _said(place)), key=lambda one: one.id)

    @property
    def cards(self) -> list[Message]:
        """The tickets' cards in the agents' room, oldest first."""
        return _said(self.desk)

    def below(self, post: Message) -> list[Message]:
        """What stands in the thread of a message, in a direct talk what was said since."""
        place = self._conversation(post)
        return [each for each in _said(place) if each.id > post.id] if place else []

    def key(self, post: Message) -> str:
        """A name that no other message has."""
        return str(post.id)

    def writer(self, post: Message) -> str:
        """Who wrote a message."""
        return post.author.shown_name

    def view(self, post: Message) -> View:
        """What a message looks like on a terminal, which has no large and small letters."""
        texts = [each for _, each in walk(post.components) if each["type"] == TEXT_DISPLAY]
        words = "\n".join(filter(None, [post.content, *(str(each["content"]) for each in texts)]))
        words = named(self.discord.world, plain(_MARKS.sub("", words)))
        title = f"Discord {self._place(post)}: {self.writer(post)}"
        return View(title, words, buttons(post.components))

    async def until(self, holds: Callable[[], object], within: float) -> None:
        """Wait for something; TimeoutError if it isn't so within so many seconds."""
        await self.discord.until(holds, within)

    async def asks(self, person: Person, words: str, title: str = "") -> Message:
        """Open a post in the forum."""
        title = title or shorten(words, _LONGEST_TITLE, placeholder="…")
        return await self.members[person].opens_post(self.questions, title, words)

    async def writes(self, person: Person, words: str) -> Message:
        """Write to the bot directly."""
        return await self.members[person].says(words)

    async def goes_on(self, person: Person, root: Message, words: str) -> Message:
        """Say more in a thread, which is opened if need be, or in reply to what came last."""
        member, place = self.members[person], self._conversation(root)
        if root.guild_id is None:
            return await member.says(words, reply_to=[root, *self.below(root)][-1])
        if not isinstance(place, Thread):
            place = await member.opens_thread("Notes", root)
        return await member.says(words, thread=place)

    async def commands(self, person: Person, words: str) -> None:
        """Type /desk, in the direct messages with the bot."""
        await self.members[person].uses_command("desk", {"words": words} if words else {})

    async def signs(self, person: Person, sign: str, on: Message) -> None:
        """Put an emoji on a message."""
        await self.members[person].reacts(_EMOJI.get(sign, sign), on=on)

    async def declared(self, within: float) -> None:
        """Wait until people may use the desk's command; TimeoutError if that takes longer."""
        await self.discord.until(lambda: any(self.discord.world.commands.values()), within)

    def _conversation(self, post: Message) -> Channel | None:
        if post.guild_id is not None:
            return self.guild.threads.get(post.id)
        return self.discord.world.channel_of(post)

    def _place(self, post: Message) -> str:
        place = self.discord.world.channel_of(post)
        if not isinstance(place, Thread):
            return f"#{DESK}" if place is self.desk else "direct message"
        if not place.in_forum:
            return f"#{place.parent.name}, in the thread"
        return f"#{QUESTIONS}" + (f", “{place.name}”" if post.id == place.id else ", in the post")


@asynccontextmanager
async def open_community(name: str) -> AsyncIterator[Community]:
    """Open its doors, for a bot of this name; all of it is gone afterwards."""
    async with await DiscordServer.start(Application(name)) as discord:
        guild = discord.guild("Example friends")
        members = {
            each: discord.person(each.name, locale=LOCALES[each.language], guilds=[guild])
            for each in COMMUNITY
        }
        yield Community(
            discord,
            guild,
            members,
            questions=guild.forum(QUESTIONS),
            desk=guild.text(DESK, private=True, members=[members[HUGO], discord.bot]),
        )


def _said(place: Channel) -> list[Message]:
    return [each for each in place if each.draft.sort in _SAID]
