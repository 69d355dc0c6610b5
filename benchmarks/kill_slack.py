"""Kills the desk again and again while people write in Slack: `python -m benchmarks.kill_slack`.

What it must come through stands in `benchmarks.kill_chat`.
"""

import random
import sys
from collections.abc import Sequence
from pathlib import Path

from adapters.slack.manifest import WORDS, manifest
from adapters.slack.send_mark import MARK
from adapters.slack.settings import SlackSettings
from benchmarks import kill_chat
from benchmarks.kill_chat import PEOPLE, Figures, File, Scene, Talk, Told
from sandbox.slack import Post, SlackServer
from sandbox.slack.app import APP_TOKEN, BOT_TOKEN

AGAIN = (0.0, 0.3, 0.9)  # seconds before an event comes again; then it is found in the history
_DOOR = """\
[slack]
bot_token = "{slack.bot_token}"
app_token = "{slack.app_token}"
api_url = "{slack.api_url}"
[[slack.rooms]]
channel = "{room.id}"
"""


class SlackTalk(Talk[Post]):
    """People who write in a room of Slack and in its threads."""

    def __init__(self, slack: SlackServer, chance: random.Random) -> None:
        super().__init__(chance)
        named = (slack.person(f"Person {n}", f"p{n}@people.example") for n in range(PEOPLE))
        self._people = {each.id: each for each in named}
        self.room = slack.channel("help", members=[*self._people.values(), slack.bot])
        self.agents = slack.channel("desk", members=[slack.bot], private=True)

    @property
    def posts(self) -> list[Told]:
        """Everything that the desk posted."""
        return _own([*self.room.posts, *self.agents.posts])

    @property
    def cards(self) -> int:
        """How many cards stand in the agents' room."""
        return len(_own([each for each in self.agents.posts if not each.is_reply]))

    def told(self, report: Post) -> list[Told]:
        """What the desk said below a report."""
        return _own(self.room.threads.get(report.ts, ()))

    async def report(
        self,
        number: int,  # noqa: ARG002 - here they all write at the same place
        words: str,
        files: Sequence[File],
    ) -> Post:
        """Somebody writes of something new."""
        person = self.chance.choice(list(self._people.values()))
        return await person.says(words, channel=self.room, files=files)

    async def answer(self, report: Post, words: str, files: Sequence[File]) -> None:
        """Whoever wrote a report says more below it."""
        await self._people[report.user].says(words, thread=report, files=files)


async def measure(folder: Path, messages: int, kills: int, seed: int) -> Figures:
    """Let people write while the desk is killed so many times, then see what became of it."""
    words = dict.fromkeys(WORDS, "Desk")
    declared = manifest(SlackSettings(bot_token=BOT_TOKEN, app_token=APP_TOKEN), words)
    async with await SlackServer.start(declared) as slack:
        slack.redelivery, slack.deliveries.limit = AGAIN, 1.0
        talk = SlackTalk(slack, random.Random(seed))  # noqa: S311 - no secret, only some moments
        door = _DOOR.format(slack=slack, room=talk.room)
        scene = Scene(folder, "slack", talk.room.id, talk.agents.id, door)
        return await kill_chat.play(scene, talk, messages, kills)


def _own(posts: Sequence[Post]) -> list[Told]:
    """Those of the desk's, as the metadata tell it."""
    told = [each.metadata or {} for each in posts]
    own = [dict(each["event_payload"]) for each in told if each.get("event_type") == MARK]
    return [Told(int(each.get("id", 0)), str(each.get("part", 0))) for each in own]


if __name__ == "__main__":
    sys.exit(kill_chat.main(__doc__, measure))
