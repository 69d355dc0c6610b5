"""Kills the desk again and again while people write in Slack: `python -m benchmarks.kill_slack`.

In the end each message must be exactly one ticket or one answer, each report must be acknowledged
once, by one post, each ticket must have one card, and the desk's own audit must agree.
"""

import argparse
import asyncio
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from adapters.slack.manifest import WORDS, manifest
from adapters.slack.send import MARK
from adapters.slack.settings import SlackSettings
from benchmarks.lives import Desk, rows
from sandbox.mail_settings import write_config
from sandbox.slack import Channel, Post, SlackServer
from sandbox.slack.app import APP_TOKEN, BOT_TOKEN

PEOPLE = 60
ANSWERS = 0.3  # of the messages answer in the thread of a report that was acknowledged
FILES = 0.1  # of the messages bring a file
ALIVE = (0.1, 0.7)  # seconds that a desk may work at a burst of messages before it is killed
AGAIN = (0.0, 0.3, 0.9)  # seconds before an event comes again; then it is found in the history
_CONFIG = """\
[desk]
name = "Help desk"
burst_seconds = 0
[[teams]]
name = "support"
label = "Support"
rooms = {{ slack = "{agents}" }}
[store]
database = "sqlite:///desk.db"
files = "files"
secret_file = "secret"
[log]
format = "json"
[slack]
bot_token = "{bot_token}"
app_token = "{app_token}"
api_url = "{api_url}"
[[slack.rooms]]
channel = "{room}"
"""


@dataclass
class Figures:
    """What became of it; everything from `lost` on must be 0."""

    seconds: float = 0.0
    messages: int = 0
    answers: int = 0  # of the messages, in the thread of a report
    files: int = 0  # that came with them
    kills: int = 0
    tickets: int = 0
    given_up: int = 0  # events that Slack didn't try again: found in the history
    lost: int = 0  # messages that are nowhere in the book
    doubled: int = 0  # messages that are in it more than once
    astray: int = 0  # answers on another ticket than the one they answer
    files_lost: int = 0
    unacknowledged: int = 0
    acknowledged_twice: int = 0  # by different letters
    posted_twice: int = 0  # the same letter, told by its metadata
    cards_wrongly: int = 0  # tickets without a card, and cards too many
    audit: int = 0  # the exit status of `deskmate audit`

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost and nothing came twice."""
        names = [each.name for each in fields(self)]
        return not any(getattr(self, name) for name in names[names.index("lost") :])


class Talk:
    """What people wrote, by the mark that stands in the words."""

    def __init__(self, slack: SlackServer, chance: random.Random) -> None:
        self.slack = slack
        self.chance = chance
        named = (slack.person(f"Person {n}", f"p{n}@people.example") for n in range(PEOPLE))
        self._people = list(named)
        self.room = slack.channel("help", members=[*self._people, slack.bot])
        self.agents = slack.channel("desk", members=[slack.bot], private=True)
        self.new: dict[str, Post] = {}
        self.answers: dict[str, str] = {}  # each with the report it goes on from
        self.files = 0

    async def write(self, number: int) -> None:
        """Say one thing more: a report, or an answer below one that was acknowledged."""
        mark, person = f"mark-{number:04}", self.chance.choice(self._people)
        words = f"My chair is broken, see {mark}."
        files = []
        if self.chance.random() < FILES:
            self.files += 1
            files.append((f"{mark}.txt", mark.encode() * 100, "text/plain"))
        known = [each for each, post in self.new.items() if acknowledgements(self, post)]
        if known and self.chance.random() < ANSWERS:
            first = self.answers[mark] = self.chance.choice(known)
            root = self.new[first]
            writer = next(each for each in self._people if each.id == root.user)
            await writer.says(words, thread=root, files=files)
        else:
            self.new[mark] = await person.says(words, channel=self.room, files=files)


@dataclass
class _Scene:
    talk: Talk
    desk: Desk
    written: set[asyncio.Task[None]] = field(default_factory=set)


def main() -> int:
    """Print the figures; 1 if anything was lost or came twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="deskmate-kill-") as folder:
        figures = asyncio.run(measure(Path(folder), asked.messages, asked.kills, asked.seed))
    for each in fields(figures):
        print(f"{each.name.replace('_', ' '):<22}{getattr(figures, each.name):g}")
    return 0 if figures.is_clean else 1


async def measure(folder: Path, messages: int, kills: int, seed: int) -> Figures:
    """Let people write while the desk is killed so many times, then see what became of it."""
    began = time.monotonic()
    words = dict.fromkeys(WORDS, "Desk")
    declared = manifest(SlackSettings(bot_token=BOT_TOKEN, app_token=APP_TOKEN), words)
    async with await SlackServer.start(declared) as slack:
        slack.redelivery, slack.deliveries.limit = AGAIN, 1.0
        talk = Talk(slack, random.Random(seed))  # noqa: S311 - no secret, only some moments
        scene = _Scene(talk, Desk(_config(folder, talk)))
        try:
            await _begin(scene, folder)
            for life in range(kills):
                burst = range(messages * life // kills, messages * (life + 1) // kills)
                await _live(scene, burst)
            await asyncio.gather(*scene.written)
            await scene.desk.finish(messages)
        finally:
            await scene.desk.kill(0.0)
        figures = Figures(time.monotonic() - began, messages, len(talk.answers), talk.files, kills)
        figures.given_up = len(slack.deliveries.given_up)
        _count_entries(figures, folder, talk)
        _count_posts(figures, talk)
    figures.audit = (await scene.desk.call("audit")).returncode
    return figures


def acknowledgements(talk: Talk, report: Post) -> set[int]:
    """The letters that were posted below a report, by their rows."""
    return {_row(each) for each in talk.room.threads.get(report.ts, ()) if _row(each)}


def _config(folder: Path, talk: Talk) -> Path:
    slack = talk.slack
    tokens = {"bot_token": slack.bot_token, "app_token": slack.app_token}
    places = {"room": talk.room.id, "agents": talk.agents.id, "api_url": slack.api_url}
    return write_config(folder, _CONFIG.format(**tokens, **places))


async def _begin(scene: _Scene, folder: Path) -> None:
    """The very first life: what is older than its end isn't the desk's, in any room."""
    place, read = f"slack/{scene.talk.room.id}", "SELECT key FROM cursors"
    await scene.desk.start()
    await scene.desk.until(lambda: (place,) in rows(folder, read))
    await scene.desk.kill(0.0)


async def _live(scene: _Scene, burst: Sequence[int]) -> None:
    """One life of the desk: people write, and it ends in the middle of a word."""
    await scene.desk.start()
    alive = scene.talk.chance.uniform(*ALIVE)
    for number in burst:
        moment = scene.talk.chance.uniform(0, alive)
        scene.written.add(asyncio.create_task(_write(scene.talk, number, moment)))
    await scene.desk.kill(alive)


async def _write(talk: Talk, number: int, moment: float) -> None:
    await asyncio.sleep(moment)
    await talk.write(number)


def _count_entries(figures: Figures, folder: Path, talk: Talk) -> None:
    """Where in the book each message stands."""
    places: dict[str, list[int]] = {}
    for ticket, text in rows(folder, "SELECT ticket, text FROM entries WHERE what = 'said'"):
        for mark in re.findall(r"mark-\d{4}", text):
            places.setdefault(mark, []).append(ticket)
    everything = [*talk.new, *talk.answers]
    figures.tickets = rows(folder, "SELECT count(*) FROM tickets")[0][0]
    figures.lost = sum(mark not in places for mark in everything)
    figures.doubled = sum(len(places.get(mark, ())) > 1 for mark in everything)
    figures.astray = sum(places.get(mark) != places.get(on) for mark, on in talk.answers.items())
    figures.files_lost = talk.files - rows(folder, "SELECT count(*) FROM attachments")[0][0]


def _count_posts(figures: Figures, talk: Talk) -> None:
    """What the desk posted, as the metadata tell it."""
    told = [acknowledgements(talk, post) for post in talk.new.values()]
    figures.unacknowledged = sum(not each for each in told)
    figures.acknowledged_twice = sum(len(each) > 1 for each in told)
    posts = [*_own(talk.room), *_own(talk.agents)]
    figures.posted_twice = len(posts) - len({(_row(each), _part(each)) for each in posts})
    cards = sum(not each.is_reply for each in _own(talk.agents))
    figures.cards_wrongly = abs(figures.tickets - cards)


def _own(room: Channel) -> list[Post]:
    return [each for each in room.posts if _row(each)]


def _row(post: Post) -> int:
    return int(_payload(post).get("id", 0))


def _part(post: Post) -> int:
    return int(_payload(post).get("part", 0))


def _payload(post: Post) -> dict[str, Any]:
    told = post.metadata or {}
    return dict(told["event_payload"]) if told.get("event_type") == MARK else {}


if __name__ == "__main__":
    sys.exit(main())
