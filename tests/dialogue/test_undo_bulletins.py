"""Programs outside hear of an answer that was changed while it waited in its last words alone."""

import json
from datetime import timedelta

import pytest
from stage import set_stage, settings

from bot.channel import Subscriber
from bot.model.mailroom import Delivery
from bot.model.message import Nature
from storage.files import Files

CHANGES = Subscriber("changes", events=frozenset({"edited"}))
HEARING = {"hook": (Subscriber("outside"), Subscriber("inside", notes=True), CHANGES)}
WINDOW = timedelta(seconds=20)


@pytest.fixture
async def stage(store, tmp_path, clock):
    chosen, files = settings(undo=WINDOW), Files(tmp_path / "files")
    async with set_stage(store, files, clock, chosen, subscribers=HEARING) as scene:
        await scene.person("ada@example.org", "Ada").says("My screen is black")
        yield scene


async def told(stage, name: str) -> list[tuple[str, str, Delivery]]:
    """What a program is told, by its event and its words, and where it stands."""
    rows = await stage.store.read(lambda work: work.outbox.latest("hook"))
    facts = [(json.loads(x.text), x.state) for x in reversed(rows) if x.to.room == name]
    return [(each["event"], each["entry"].get("text", ""), state) for each, state in facts]


async def changed(stage) -> None:
    """An answer is given, and changed while it waits."""
    leo = stage.person("leo@desk.example")
    await leo.says("/reply IT-1 Try saef mode")
    await leo.says("reply: Try safe mode", nature=Nature.EDIT, answers=leo.names[-1])


async def test_outside_it_has_its_last_words(stage):
    await changed(stage)
    said = ("replied", "Try safe mode", Delivery.WAITING)
    assert (await told(stage, "outside"))[1:] == [said]
    assert await told(stage, "changes") == []
    inside = [(event, text) for event, text, _ in await told(stage, "inside")][1:]
    assert inside == [("replied", "Try saef mode"), ("edited", "Try safe mode")]


async def test_outside_it_was_never_said_once_it_is_taken_back(stage):
    await changed(stage)
    await stage.person("leo@desk.example").says("/undo IT-1")
    said = ("replied", "Try safe mode", Delivery.WITHDRAWN)
    assert (await told(stage, "outside"))[1:] == [said]


async def test_a_letter_by_mail_leaves_in_its_last_words_too(stage):
    await changed(stage)
    await stage.passes(seconds=21)
    (answer,) = [x for x in stage.parlour.delivered if "safe mode" in x.text]
    assert answer.recipient == "ada@example.org"
    assert answer.closing
    assert not any("saef" in x.text for x in stage.parlour.delivered)
