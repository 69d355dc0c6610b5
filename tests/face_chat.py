"""The faces of the chats: people who post in a support room, agents who work at cards."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from channel_face import File, Picture, Shape, same
from clock import Clock
from discord_desk import DiscordStage, set_discord_stage
from mail_people import until
from slack_desk import SlackStage, set_slack_stage

from bot.app import App

_REPLY = {"sara": "reply", "hugo": "responder"}
_TAKE = {"sara": "Take it", "hugo": "Take it"}


class Talk(Protocol):
    """What a chat's stage does in its own way."""

    stage: Any

    async def types(self, who: Any, line: str, room: Any) -> None:
        """Send a slash command."""

    async def below(self, card: Any, who: Any) -> Any:
        """The thread of a card, which is begun if need be."""

    def posts(self, thread: Any) -> list[tuple[str, str]]:
        """What the desk said in a thread: who says it, and the words."""

    def direct(self, who: Any) -> list[tuple[str, str]]:
        """What it said to somebody directly."""

    async def pictures_stand(self) -> bool:
        """Whether all that the desk uploaded is to be seen."""

    def posted(self) -> tuple[list[str], list[Picture]]:
        """What stands in the agents' room beside cards, and the pictures there."""


_CARD = re.compile(r"(?:### )?IT-\d+ · ")


@dataclass
class ChatFace:
    """Requesters write in a support room and in its threads, agents at the card and below it."""

    talk: Talk
    begun: dict[str, list[Any]] = field(default_factory=dict)  # the posts of conversations
    replied: dict[str, Any] = field(default_factory=dict)  # what an agent wrote last
    seen: dict[str, int] = field(default_factory=dict)  # how much of it was heard
    seen_directly: dict[str, int] = field(default_factory=dict)

    @property
    def app(self) -> App:
        app: App = self.talk.stage.app
        return app

    async def reports(self, who: str, words: str, files: tuple[File, ...] = ()) -> None:
        person = self.talk.stage.person(who)
        post = await person.says(words, channel=self.talk.stage.help, files=_sent(files))
        self.begun.setdefault(who, []).append(post)
        self.seen[who] = 0
        self.seen_directly[who] = len(self.talk.direct(person))
        await self.talk.stage.rests()

    async def says(self, who: str, words: str, files: tuple[File, ...] = ()) -> None:
        post = self.begun[who][-1]
        await self.talk.stage.person(who).says(words, thread=post, files=_sent(files))
        await self.talk.stage.rests()

    async def claims(self, agent: str, number: int = 1) -> None:
        card = self.talk.stage.card(number)
        await self.talk.stage.person(agent).presses(_TAKE[agent], on=card)
        await self.talk.stage.rests()

    async def notes(self, agent: str, words: str, number: int = 1) -> None:
        await self._below(agent, words, number)

    async def replies(
        self, agent: str, words: str, number: int = 1, files: tuple[File, ...] = ()
    ) -> None:
        self.replied[agent] = await self._below(agent, _to_send(agent, words), number, files)

    async def changes(self, agent: str, words: str) -> None:
        """Write the answer that they gave last anew."""
        await self.talk.stage.person(agent).edits(self.replied[agent], _to_send(agent, words))
        await self.talk.stage.rests()

    def told(self, agent: str) -> str:
        """What the desk said to an agent directly, and last."""
        _, words = self.talk.direct(self.talk.stage.person(agent))[-1]
        return words

    async def gives(self, who: str, line: str) -> str:
        person = self.talk.stage.person(who)
        await self.talk.stage.rests()
        person.ephemerals.clear()
        await self.talk.types(person, line, self.talk.stage.help)
        if person.form:  # what more could be said of it; nothing is
            await person.submits()
            assert person.form is None, person.form.errors
        await self.talk.stage.rests()
        assert not person.errors, person.errors
        told = "\n".join(each.words for each in person.ephemerals)
        person.ephemerals.clear()
        return told

    async def presses(self, who: str, label: str, instead: str) -> str:  # noqa: ARG002 - it has all
        person, post = self.talk.stage.person(who), self.begun[who][-1]
        person.ephemerals.clear()
        await person.presses(label, on=self.talk.stage.answers(post)[-1])
        await self.talk.stage.rests()
        assert not person.errors, person.errors
        return "\n".join(each.words for each in person.ephemerals)

    async def heard(self, who: str) -> list[str]:
        begun, person = self.begun.get(who), self.talk.stage.person(who)
        posts, direct = self.talk.posts(begun[-1]) if begun else [], self.talk.direct(person)
        new = [*posts[self.seen.get(who, 0) :], *direct[self.seen_directly.get(who, 0) :]]
        self.seen[who], self.seen_directly[who] = len(posts), len(direct)
        return [f"{name}\n{words}" for name, words in new]

    def reads(self, who: str) -> str:
        posts = [said for post in self.begun.get(who, []) for said in self.talk.posts(post)]
        direct = self.talk.direct(self.talk.stage.person(who))
        return "\n".join(words for _, words in (*posts, *direct))

    def shown(self, agent: str, number: int = 1) -> str:  # noqa: ARG002 - all of them read it
        return "\n".join([self.talk.stage.card(number).words, *self.talk.stage.below(number)])

    async def posted(self, agent: str) -> tuple[list[str], list[Picture]]:  # noqa: ARG002 - all do
        await until(self.talk.pictures_stand)
        return self.talk.posted()

    def called(self, who: str) -> str:
        return f"<@{self.talk.stage.person(who).id}>"

    async def passes(self, **time: float) -> None:
        await self.talk.stage.passes(**time)

    async def _below(
        self, agent: str, words: str, number: int, files: tuple[File, ...] = ()
    ) -> Any:
        person = self.talk.stage.person(agent)
        thread = await self.talk.below(self.talk.stage.card(number), person)
        said = await person.says(words, thread=thread, files=_sent(files))
        await self.talk.stage.rests()
        return said


@dataclass
class SlackTalk:
    """Slack's own way."""

    stage: SlackStage

    async def types(self, who: Any, line: str, room: Any) -> None:
        await who.uses_command("/desk", line, channel=room)

    async def below(self, card: Any, _who: Any) -> Any:
        return card

    def posts(self, thread: Any) -> list[tuple[str, str]]:
        people = {each.id for each in self.stage.office.people.values()}
        posts = [each for each in self.stage.answers(thread) if each.user not in people]
        return [(each.username, each.words) for each in posts]

    async def pictures_stand(self) -> bool:
        return all(each.shared for each in self.stage.slack.workspace.files.values())

    def posted(self) -> tuple[list[str], list[Picture]]:
        posts = self.stage.slack.posts(self.stage.agents)
        said = [x.words for x in posts if not x.is_reply and not _CARD.match(x.words)]
        kept = self.stage.slack.workspace.files
        files = [kept[file["id"]] for each in posts for file in each.files]
        return said, [(file.alt_text, file.content) for file in files]

    def direct(self, who: Any) -> list[tuple[str, str]]:
        posts = [each for each in self.stage.slack.conversation(who) if each.user != who.id]
        return [(each.username, each.words) for each in posts]


@dataclass
class DiscordTalk:
    """Discord's own way."""

    stage: DiscordStage

    async def types(self, who: Any, line: str, room: Any) -> None:
        await self.stage.declared()
        await who.uses_command("desk", {"words": line}, channel=room)

    async def below(self, card: Any, who: Any) -> Any:
        if card.thread_id is None:
            await who.opens_thread("Card", card)
        return card

    def posts(self, thread: Any) -> list[tuple[str, str]]:
        return [(each.author.shown_name, each.words) for each in self.stage.answers(thread)]

    async def pictures_stand(self) -> bool:
        return True

    def posted(self) -> tuple[list[str], list[Picture]]:
        posts = list(self.stage.agents)
        said = [x.words for x in posts if x.words and not _CARD.match(x.words)]
        files = [file for each in posts for file in each.attachments]
        return said, [(str(file.description), file.content) for file in files]

    def direct(self, who: Any) -> list[tuple[str, str]]:
        return [(each.author.shown_name, each.words) for each in self.stage.talk(who)]


def _to_send(agent: str, words: str) -> str:
    return f"{_REPLY[agent]}: {words}"


def _sent(files: tuple[File, ...]) -> list[tuple[str, bytes, str]]:
    return [(name, content, "application/pdf") for name, content in files]


@asynccontextmanager
async def open_slack(
    url: str, folder: Path, clock: Clock, shape: Shape = same
) -> AsyncIterator[ChatFace]:
    """A desk in a workspace."""
    async with set_slack_stage(url, folder, clock, shape=shape) as stage:
        yield ChatFace(SlackTalk(stage))


@asynccontextmanager
async def open_discord(
    url: str, folder: Path, clock: Clock, shape: Shape = same, *, mail: bool = False
) -> AsyncIterator[ChatFace]:
    """A desk on a server; with a mailbox beside it where it is to know mail addresses."""
    async with set_discord_stage(url, folder, clock, mail=mail, shape=shape) as stage:
        yield ChatFace(DiscordTalk(stage))
