"""An agent's mail for which nobody vouches: the operator hears of it, and not with every mail."""

from dataclasses import replace

import pytest
from mail_stage import HELP, mailbox, set_mail_stage
from structlog.testing import capture_logs

from bot.model.person import Proof, Role

UNVOUCHED = "an agent's message is not vouched for"


@pytest.fixture
async def stage(sqlite_url, tmp_path, clock):
    boxes = (mailbox(authserv_ids=("mx.wrong.com",)),)
    async with set_mail_stage(sqlite_url, tmp_path, clock, boxes=boxes) as scene:
        yield scene


async def test_an_agents_mail_that_nobody_vouches_for_is_told_once_an_hour(stage, tom, sara):
    with capture_logs() as lines:

        def told() -> list[object]:
            return [each["agent"] for each in lines if each["event"] == UNVOUCHED]

        await tom.writes("My chair is broken", subject="Chair")
        notice = await sara.reads()
        assert told() == []
        for _ in range(2):
            await sara.writes("/claim", answers=notice)
            await stage.settles()
        assert told() == [sara.address]
        stage.clock.move(hours=1)
        await sara.writes("/claim", answers=notice)
        await stage.settles()
        assert told() == [sara.address] * 2
    (line, _) = (each for each in lines if each["event"] == UNVOUCHED)
    assert (line["log_level"], line["channel"], line["room"]) == ("warning", "email", HELP)
    assert line["mend"].startswith("ask them whether they wrote it: if so, ")
    assert "what its door needs to set speaker.verified" in line["mend"]


async def test_it_is_told_of_who_was_appointed_in_a_chat_and_of_nobody_else(stage, tom):
    await tom.writes("My chair is broken", subject="Chair")
    await stage.settles()
    with capture_logs() as lines:
        await tom.writes("My desk is broken", subject="Desk")
        await stage.settles()
        assert [each for each in lines if each["event"] == UNVOUCHED] == []
        await stage.app.store.write(lambda work: appoint(work, tom.address))
        await tom.writes("My lamp is broken", subject="Lamp")
        await stage.settles()
    assert [each["agent"] for each in lines if each["event"] == UNVOUCHED] == [tom.address]


def appoint(work, address):
    """As an admin does in a chat, whom the network vouched for on another day."""
    person, known = work.people.find("email", address)
    work.people.link(person.id, "email", address, Proof.CHANNEL, known.at)
    work.people.save(replace(person, role=Role.AGENT, teams=("support",)))


async def test_an_agents_mail_that_is_vouched_for_is_nothing_to_tell(sqlite_url, tmp_path, clock):
    async with set_mail_stage(sqlite_url, tmp_path / "right", clock) as stage:
        with capture_logs() as lines:
            await stage.person("sara").writes("My chair is broken", subject="Chair")
            await stage.settles()
    assert [each for each in lines if each["event"] == UNVOUCHED] == []
