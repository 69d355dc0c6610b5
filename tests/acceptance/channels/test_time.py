"""What the desk promises, on every channel: kept in sight, owned up to, passed on in time."""

from dataclasses import replace
from datetime import time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from bot.model.calendar import Hours
from bot.model.target import After, Clock, Covers, Escalation, Target, Targets
from bot.model.triage import Priority

HOUR = timedelta(hours=1)
OPEN = Hours(ZoneInfo("UTC"), {day: ((time(9), time(18)),) for day in range(5)})
TARGETS = Targets(
    (
        Target(name="Grave", when=Covers(priority=(Priority.URGENT,)), first_answer=HOUR),
        Target(name="Usual", first_answer=4 * HOUR, next_answer=2 * HOUR, solution=18 * HOUR),
    ),
    escalations=(Escalation(name="Late", after=After.THREE_QUARTERS, clock=Clock.FIRST, level=2),),
)
SAY = {
    "en": SimpleNamespace(
        asks="The printer on my floor jams",
        claim="claim IT-1",
        why="why IT-1",
        target="4 h, by the target “Usual” and the hours of the desk",
        counted="Counted: 1 h of 4 h",
        half="Half of the time is over for what we promised:",
        passed_on="It needs people who know more about it",
        late="We owed you an answer by",
        fault="That is our fault, and we are sorry.",
        broken="First answer: broken, and still open",
    ),
    "es": SimpleNamespace(
        asks="La impresora de mi planta se atasca",
        claim="tomar IT-1",
        why="plazo IT-1",
        target="4 h, por el objetivo «Usual» y el horario de la mesa",
        counted="Contado: 1 h de 4 h",
        half="Ha pasado la mitad del tiempo para lo que prometimos:",
        passed_on="Hace falta quien sepa más",
        late="Teníamos que responderte",
        fault="Es culpa nuestra y lo sentimos.",
        broken="Primera respuesta: incumplido, y sigue abierto",
    ),
}


@pytest.fixture
def shape():
    """A desk with hours that promises something, and passes on what is late."""
    return lambda desk: replace(desk, hours=OPEN, targets=TARGETS)


async def heard(face, who):
    return "\n".join(await face.heard(who))


@pytest.mark.promise("T1", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_what_was_promised_is_counted_and_shown(face, cast, language):
    lines = SAY[language]
    await face.reports(cast.asker, lines.asks)
    await face.passes(hours=1)
    told = await face.gives(cast.agent, lines.why)
    assert lines.target in told
    assert lines.counted in told
    await face.passes(hours=24 * 5)
    told = await face.gives(cast.agent, lines.why)
    assert lines.broken in told


@pytest.mark.promise("T3", channels=("discord", "email", "slack"), languages=("en", "es"))
@pytest.mark.promise("D7", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_promise_at_risk_is_told_passed_on_and_owned_up_to(face, cast, language):
    lines = SAY[language]
    await face.reports(cast.asker, lines.asks)
    await face.gives(cast.agent, lines.claim)
    await face.heard(cast.asker)
    await face.heard(cast.agent)
    await face.passes(hours=2)
    assert lines.half in await heard(face, cast.agent)
    await face.passes(hours=1)
    assert lines.passed_on in await heard(face, cast.asker)
    await face.passes(hours=1)
    told = await heard(face, cast.asker)
    assert lines.late in told
    assert lines.fault in told
    await face.passes(hours=4)
    assert lines.fault not in await heard(face, cast.asker)
