"""A desk that promises something, for dialogues: its hours, its targets, and who works there."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from stage import EVA, LEO, PARLOUR, Somebody, Stage, settings

from bot.model.calendar import Hours
from bot.model.person import Role
from bot.model.settings import Agent
from bot.model.target import Covers, Target, Targets
from bot.model.triage import Priority

HOUR = timedelta(hours=1)
UTC = ZoneInfo("UTC")
OPEN = Hours(UTC, {day: ((time(9), time(18)),) for day in range(5)})
NEVER_ASLEEP = Hours(UTC)
TARGETS = Targets(
    (
        Target(name="Grave", when=Covers(priority=(Priority.URGENT,)), first_answer=HOUR),
        Target(name="Usual", first_answer=4 * HOUR, next_answer=2 * HOUR, solution=18 * HOUR),
    )
)
LEA = Agent("Lea Mora", {PARLOUR: "lea@desk.example"}, ("support",), Role.LEAD, "en")
CHOSEN = settings(agents=(LEO, EVA, LEA), targets=TARGETS, hours=OPEN)


def letters(somebody: Somebody, words: str) -> list[str]:
    return [each.text for each in somebody.letters if words in f"{each.subject} {each.text}"]


async def promises(stage: Stage, number: int = 1):
    return await stage.store.read(lambda work: work.promises.of(number))
