"""The mail of the morning: it tells an agent what needs them, and commands are answered to it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from clock import Clock
from mail_stage import HUGO, SARA, MailStage, desk_settings, set_mail_stage

from bot.model.person import Role

AT = time(8, 30)
SUBJECT = {"sara": "Help desk: what needs you now", "hugo": "Help desk: lo que te espera ahora"}
ORDER = {
    "sara": ("What needs you now", "Screen", "IT-1 · Normal", "Who takes these?", "Printer"),
    "hugo": ("Lo que te espera ahora", "Screen", "IT-1 · Normal", "¿Quién se ocupa", "Printer"),
}
TAKE = {"sara": "/claim {}", "hugo": "/tomar {}"}
BOOKS = {"sara": "sqlite_url", "hugo": "postgresql_url"}


@pytest.fixture(params=["sara", "hugo"])
def key(request: pytest.FixtureRequest) -> str:
    """Who reads the digest: one in English, one in Spanish, each on a database of their own."""
    return str(request.param)


@pytest.fixture
async def stage(
    key: str, tmp_path: Path, clock: Clock, request: pytest.FixtureRequest
) -> AsyncIterator[MailStage]:
    agents = tuple(replace(each, digest=AT) for each in (SARA, HUGO))
    url: str = request.getfixturevalue(BOOKS[key])
    async with set_mail_stage(url, tmp_path, clock, desk=desk_settings(agents=agents)) as scene:
        yield scene


@pytest.mark.promise("D2", channels=("email",), languages=("en", "es"))
async def test_the_digest_says_what_the_page_shows_and_takes_commands(
    stage: MailStage, key: str
) -> None:
    tom, agent = stage.person("tom"), stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await stage.settles()
    await agent.writes(TAKE[key].format("IT-1"))
    await stage.settles()
    await stage.passes(minutes=20)
    await tom.writes("It jams", subject="Printer")
    await stage.settles()
    await agent.catches_up()
    await stage.passes(hours=22)  # it is 8:20 in Madrid
    assert [each.subject for each in await agent.catches_up()] == []
    await stage.passes(minutes=11)
    (digest,) = await agent.catches_up()
    assert digest.subject == SUBJECT[key]
    assert sorted(ORDER[key], key=digest.words.index) == list(ORDER[key])
    assert all(piece in digest.page for piece in ORDER[key])
    await agent.writes(TAKE[key].format("IT-2"), answers=digest)
    await stage.settles()
    taken = await stage.ticket(2)
    assert taken is not None
    assert taken.assignee is not None
    await agent.catches_up()
    await stage.passes(hours=1)
    assert await agent.catches_up() == []


APPOINT = {"tom": "/appoint {} agent", "ana": "/nombrar {} agente"}
REPORT = {"tom": "My chair is broken", "ana": "La silla está rota y no puedo trabajar"}
READS = {"tom": ("sara", "what needs you now"), "ana": ("hugo", "lo que te espera ahora")}


@pytest.mark.parametrize("appointed", ["tom", "ana"])
async def test_who_was_appointed_by_mail_gets_the_digest_of_the_desk(
    tmp_path: Path, clock: Clock, request: pytest.FixtureRequest, appointed: str
) -> None:
    admin, subject = READS[appointed]
    crew = tuple(replace(each, role=Role.ADMIN) for each in (SARA, HUGO))
    settings = desk_settings(agents=crew, digest=AT)
    url: str = request.getfixturevalue(BOOKS[admin])
    async with set_mail_stage(url, tmp_path, clock, desk=settings) as stage:
        agent, other = stage.person(appointed), stage.person("bob")
        await agent.writes(REPORT[appointed], subject="Silla")
        await stage.settles()
        await stage.person(admin).writes(APPOINT[appointed].format(agent.address))
        await stage.settles()
        await other.writes("It jams", subject="Printer")
        await stage.settles()
        await agent.catches_up()
        await stage.passes(hours=22, minutes=31)  # it is 8:31 in Madrid
        (digest,) = [each for each in await agent.catches_up() if subject in each.subject]
        assert "Printer" in digest.words
