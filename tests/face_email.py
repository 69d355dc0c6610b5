"""The face of the email door: people who write mails and answer them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from channel_face import File, Picture, Shape, same
from clock import Clock
from mail_people import Mail
from mail_stage import HUGO, KNOWLEDGE, MADRID, SARA, MailStage, set_mail_stage

from bot.app import App
from bot.model.settings import Desk, Team


@dataclass
class EmailFace:
    """Commands stand in mails, what is said in the mails between them."""

    stage: MailStage
    latest: dict[str, Mail] = field(default_factory=dict)  # by who got it
    notices: dict[tuple[str, int], Mail] = field(default_factory=dict)  # of a ticket, by agent
    unread: dict[str, list[Mail]] = field(default_factory=dict)
    kept: dict[str, list[Mail]] = field(default_factory=dict)

    @property
    def app(self) -> App:
        return self.stage.app

    async def reports(self, who: str, words: str, files: tuple[File, ...] = ()) -> None:
        self.latest.pop(who, None)
        await self._writes(who, words, None, files)

    async def says(self, who: str, words: str, files: tuple[File, ...] = ()) -> None:
        await self._writes(who, words, self.latest[who], files)

    async def claims(self, agent: str, number: int = 1) -> None:
        await self._writes(agent, f"/{self._word('claim', agent)}", self._notice(agent, number))

    async def notes(self, agent: str, words: str, number: int = 1) -> None:
        line = f"/{self._word('note', agent)} {words}"
        await self._writes(agent, line, self._notice(agent, number))

    async def replies(
        self, agent: str, words: str, number: int = 1, files: tuple[File, ...] = ()
    ) -> None:
        await self._writes(agent, words, self._notice(agent, number), files)

    async def gives(self, who: str, line: str) -> str:
        before = self.unread.pop(who, [])
        await self._writes(who, f"/{line}", None)
        told = self.unread.pop(who, [])
        self.unread[who] = before
        return "\n".join(_shown(each) for each in told)

    async def presses(self, who: str, label: str, instead: str) -> str:  # noqa: ARG002 - no mail has any
        before = self.unread.pop(who, [])
        await self.says(who, instead)
        told = self.unread.pop(who, [])
        self.unread[who] = before
        return "\n".join(_shown(each) for each in told)

    async def heard(self, who: str) -> list[str]:
        return [_shown(each) for each in self.unread.pop(who, [])]

    def reads(self, who: str) -> str:
        return "\n".join(map(_shown, self.kept.get(who, [])))

    def shown(self, agent: str, number: int = 1) -> str:
        return _shown(self._notice(agent, number))

    async def posted(self, agent: str) -> tuple[list[str], list[Picture]]:
        mails = [x for x in self.unread.pop(agent, []) if "[IT-" not in x.subject]
        pictures = [each for mail in mails for each in mail.pictures]
        return [_shown(each) for each in mails], pictures

    def called(self, who: str) -> str:
        return self.stage.person(who).address

    async def passes(self, **time: float) -> None:
        await self.stage.passes(**time)
        await self._collect()

    async def _writes(
        self, who: str, words: str, answers: Mail | None, files: tuple[File, ...] = ()
    ) -> None:
        await self.stage.person(who).writes(words, answers=answers, files=dict(files))
        await self._collect()

    async def _collect(self) -> None:
        await self.stage.settles()
        for key in ("tom", "ana", "bob", "sara", "hugo"):
            for mail in await self.stage.person(key).inbox.fresh():
                self.latest[key] = mail
                self.unread.setdefault(key, []).append(mail)
                self.kept.setdefault(key, []).append(mail)
                if "[IT-" in mail.subject:
                    number = int(mail.subject.rpartition("[IT-")[2].partition("]")[0])
                    self.notices.setdefault((key, number), mail)

    def _notice(self, agent: str, number: int) -> Mail:
        return self.notices[agent, number]

    def _word(self, command: str, agent: str) -> str:
        language = {"sara": "en", "hugo": "es"}[agent]
        return self.app.desk.texts.words(f"{command}.words", language)[0]


def _shown(mail: Mail) -> str:
    return f"{mail.sender}\n{mail.subject}\n{mail.words}"


@asynccontextmanager
async def open_email(
    url: str, folder: Path, clock: Clock, shape: Shape = same
) -> AsyncIterator[EmailFace]:
    """A desk with one mailbox."""
    teams = Team("support", "Support"), Team("network", "Network")
    desk = Desk(
        name="Help desk", zone=MADRID, teams=teams, agents=(SARA, HUGO), knowledge=KNOWLEDGE
    )
    async with set_mail_stage(url, folder, clock, desk=shape(desk)) as stage:
        yield EmailFace(stage)
