"""Kills the desk again and again while people write on Discord.

Run as `python -m benchmarks.kill_discord`. They write in a support room, in a forum, in threads and
directly; what the desk must come through stands in `benchmarks.kill_chat`. Discord compares no
nonces here, as if minutes had passed: what was posted must be found in the channels.
"""

import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import kill_chat
from benchmarks.kill_chat import PEOPLE, Figures, File, Scene, Talk, Told
from sandbox.discord import DiscordServer, Message

DIRECT = 30  # of the people report directly, all at once; later they say more there
ROOM = 0.6  # of the other reports stand in the room, the others in the forum
_DOOR = """\
[discord]
token = "{discord.token}"
api_url = "{discord.api_url}"
gateway_url = "{discord.gateway_url}"
[[discord.rooms]]
channel = "{room.id}"
[[discord.rooms]]
channel = "{forum.id}"
"""


class DiscordTalk(Talk[Message]):
    """People who write in a room, a forum and their threads, and directly.

    Discord tells a bot of a direct talk by the messages in it alone, so direct talks are begun
    while a desk lives.
    """

    first = DIRECT
    alive = (0.1, 1.5)

    def __init__(self, discord: DiscordServer, chance: random.Random) -> None:
        super().__init__(chance)
        self._discord = discord
        self._guild = discord.guild("Example")
        named = (discord.person(f"Person {n}", guilds=[self._guild]) for n in range(PEOPLE))
        self._people = {each.id: each for each in named}
        self._direct = list(self._people.values())[:DIRECT]
        self.room, self.forum = self._guild.text("help"), self._guild.forum("questions")
        self.agents = self._guild.text("desk", private=True, members=[discord.bot])

    @property
    def posts(self) -> list[Told]:
        """Everything that the desk posted."""
        places = [self.room, self.agents, *self._guild.threads.values()]
        places += [each.direct for each in self._direct]
        return _own(message for place in places for message in place)

    @property
    def cards(self) -> int:
        """How many cards stand in the agents' room."""
        return len(_own(self.agents))

    def told(self, report: Message) -> list[Told]:
        """What the desk said in a report's thread, or in reply to it."""
        return _own(self._answers(report))

    async def report(self, number: int, words: str, files: Sequence[File]) -> Message:
        """Somebody writes of something new."""
        if number < DIRECT:
            return await self._direct[number].says(words, files=files)
        person = self.chance.choice(list(self._people.values()))
        if self.chance.random() < ROOM:
            return await person.says(words, channel=self.room, files=files)
        return await person.opens_post(self.forum, f"Chair {number}", words, files=files)

    async def answer(self, report: Message, words: str, files: Sequence[File]) -> None:
        """Whoever wrote a report says more in its thread, or in reply to the desk."""
        person = self._people[report.author.id]
        if report.guild_id is None:
            (first, *_) = self._answers(report)
            await person.says(words, reply_to=first, files=files)
        else:
            await person.says(words, thread=self._guild.threads[report.id], files=files)

    def _answers(self, report: Message) -> list[Message]:
        """What stands in a report's thread, or in direct talks what is a reply to it."""
        if report.guild_id is not None:
            thread = self._guild.threads.get(report.id)
            return [each for each in thread or () if _own([each])]
        direct = self._people[report.author.id].direct
        references = ((each, each.draft.reference) for each in direct if _own([each]))
        return [each for each, to in references if to and to.message_id == report.id]


async def measure(folder: Path, messages: int, kills: int, seed: int) -> Figures:
    """Let people write while the desk is killed so many times, then see what became of it."""
    async with await DiscordServer.start() as discord:
        discord.forget_nonces()
        talk = DiscordTalk(discord, random.Random(seed))  # noqa: S311 - only some moments
        door = _DOOR.format(discord=discord, room=talk.room, forum=talk.forum)
        scene = Scene(folder, "discord", str(talk.room.id), str(talk.agents.id), door)
        return await kill_chat.play(scene, talk, messages, kills)


def _own(messages: Iterable[Message]) -> list[Told]:
    """Those of the desk's, as the nonces tell it."""
    nonces = (str(each.draft.nonce or "").partition("desk-")[2] for each in messages)
    parted = (each.partition(".") for each in nonces if each)
    return [Told(int(row), part) for row, _, part in parted]


if __name__ == "__main__":
    sys.exit(kill_chat.main(__doc__, measure))
