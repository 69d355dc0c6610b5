"""What programs hear of a ticket: which entries, in which order, and what stays among agents."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from stage import PARLOUR, Clock, Stage, set_stage, settings

from bot.channel import DeliveryFailed, Subscriber
from bot.lost import redirected, undelivered
from bot.model.entry import What
from bot.model.mailroom import Delivery
from bot.model.message import Nature, Upload
from storage import Database
from storage.files import Files

ALL = Subscriber("all")
INSIDE = Subscriber("inside", notes=True)
ENDS = Subscriber("ends", events=frozenset({"resolved", "closed"}))
REPLIES = Subscriber("replies", events=frozenset({"replied"}))
NETWORK = Subscriber("network", team="network")
HEARING = {"hook": (ALL, INSIDE, ENDS, NETWORK)}


@pytest.fixture
async def stage(store: Database, tmp_path: Path, clock: Clock) -> AsyncIterator[Stage]:
    async with set_stage(store, Files(tmp_path / "files"), clock, subscribers=HEARING) as scene:
        yield scene


async def told(stage: Stage, name: str = "all") -> list[dict]:
    """What a program was told, oldest first."""
    rows = await stage.store.read(lambda work: work.outbox.latest("hook", 100))
    return [json.loads(each.text) for each in reversed(rows) if each.to.room == name]


async def events(stage: Stage, name: str = "all") -> list[str]:
    return [each["event"] for each in await told(stage, name)]


async def test_a_ticket_is_told_from_its_beginning_to_its_end(stage, ada, leo, clock):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    await leo.says("/reply IT-1 Is its lamp lit?")
    await ada.says("No, it is dark", answers=ada.last)
    await leo.says("/resolve IT-1 It was the cable")
    assert await events(stage) == ["opened", "claimed", "replied", "said", "resolved"]
    opened, claimed, replied, said, resolved = await told(stage)
    ticket = opened["ticket"]
    assert (ticket["number"], ticket["reference"], ticket["subject"]) == (1, "IT-1", "Screen")
    assert (ticket["status"], ticket["team"], ticket["assignee"]) == ("new", "support", None)
    assert (ticket["priority"], ticket["channel"]) == ("normal", PARLOUR)
    assert opened["at"] == ticket["opened_at"] == "2026-11-23T09:00:00+00:00"
    assert opened["entry"]["text"] == "My screen is black"
    assert ticket["requester"]["addresses"] == [{"channel": PARLOUR, "id": "ada@example.org"}]
    assert (opened["by"]["name"], opened["by"]["role"]) == ("Ada Lin", "requester")
    assert (claimed["by"]["name"], claimed["by"]["role"]) == ("Leo Prats", "agent")
    assert claimed["ticket"]["assignee"]["name"] == "Leo Prats"
    assert replied["entry"]["text"] == "Is its lamp lit?"
    assert said["entry"]["text"] == "No, it is dark"
    assert resolved["entry"]["text"] == "It was the cable"
    assert resolved["ticket"]["status"] == "resolved"


async def test_what_it_is_told_of_the_ticket_is_as_that_entry_left_it(stage, ada, leo):
    await ada.says("My screen is black")
    await leo.says("/claim IT-1")
    await leo.says("/resolve IT-1")
    states = [each["ticket"]["status"] for each in await told(stage)]
    assert states == ["new", "open", "resolved"]


async def test_notes_stay_inside_unless_the_config_says_otherwise(stage, ada, leo):
    await ada.says("My screen is black")
    await leo.says("/note IT-1 She drops things, swordfish")
    assert await events(stage) == ["opened"]
    assert await events(stage, "inside") == ["opened", "noted"]
    assert "swordfish" not in json.dumps(await told(stage))
    assert (await told(stage, "inside"))[1]["entry"]["text"] == "She drops things, swordfish"


@pytest.mark.parametrize("line", ["/transfer IT-1 Network", "/escalate IT-1 Network:"])
async def test_the_note_that_goes_along_is_told_inside_alone(stage, ada, leo, line):
    await ada.says("My screen is black")
    await leo.says(f"{line} The switch is theirs")
    outside, (*_, moved, noted) = await events(stage), await told(stage, "inside")
    assert outside == ["opened", moved["event"]]
    assert (noted["event"], noted["entry"]["text"]) == ("noted", "The switch is theirs")


async def test_why_the_desk_judged_so_is_told_inside_alone(stage, ada):
    await ada.says("My screen is black")
    await ada.says("Now nobody on our floor can work, it is urgent!", answers=ada.last)
    for name, inside in (("all", False), ("inside", True)):
        weighed = next(each for each in await told(stage, name) if each["event"] == "weighed")
        assert (weighed["entry"]["old"], weighed["entry"]["new"]) == ("normal", "urgent")
        assert ("reasons" in weighed["entry"]) is inside


async def test_it_hears_of_nothing_but_what_it_wants(stage, ada, leo, eva):
    await ada.says("My screen is black")
    await leo.says("/note IT-1 The lamp")
    await leo.says("/resolve IT-1")
    await stage.passes(days=4, minutes=1)
    await stage.passes(days=2)
    assert await events(stage, "ends") == ["resolved", "closed"]
    assert await events(stage, "network") == []
    (closed,) = [each for each in await told(stage) if each["event"] == "closed"]
    assert closed["by"] is None


async def test_what_changed_is_told_by_names(stage, ada, leo):
    await ada.says("My screen is black")
    await ada.says("My printer is out of paper")
    await leo.says("/assign IT-1 Eva")
    await leo.says("/release IT-1")
    await leo.says("/merge IT-2 IT-1")
    changes = {
        each["event"]: (each["entry"]["old"], each["entry"]["new"], each["ticket"]["merged_into"])
        for each in await told(stage)
        if each["event"] not in ("opened", "said")
    }
    assert changes["assigned"] == ("", "Eva Sanz", None)
    assert changes["released"] == ("Eva Sanz", "", None)
    assert changes["merged"] == ("", "IT-2", "IT-2")
    assert changes["absorbed"] == ("IT-1", "", None)


async def test_where_a_ticket_goes_is_told_by_references_and_levels(stage, ada, leo):
    await ada.says("My screen is black")
    await ada.says("My printer is out of paper")
    await ada.says("And the phone is dead", answers=ada.last)
    await leo.says("/relate IT-2 IT-1 parent")
    await leo.says("/split IT-2 phone")
    await leo.says("/resolve IT-1")
    await leo.says("/transfer IT-2 network")
    await leo.says("/escalate IT-3 network It needs them")
    said = next(each["entry"]["number"] for each in await told(stage) if each["event"] == "said")
    changes = {
        (each["event"], each["ticket"]["reference"]): (each["entry"]["old"], each["entry"]["new"])
        for each in await told(stage)
        if "old" in each["entry"]
    }
    assert changes["related", "IT-2"] == ("none", "IT-1:parent")
    assert changes["related", "IT-1"] == ("none", "IT-2:child")
    assert changes["split", "IT-2"] == (str(said), "IT-3")
    assert changes["parent_done", "IT-2"] == ("", "IT-1")
    assert changes["transferred", "IT-2"] == ("support", "network")
    assert changes["escalated", "IT-3"] == ("support:1", "network:2")


async def test_the_agents_own_words_on_a_ticket_are_told_inside_alone(stage, ada, leo):
    await ada.says("My screen is black")
    await leo.says("/tag IT-1 drops things, 42")
    await leo.says("/time IT-1 25 min")
    await leo.says("/claim IT-1")
    assert await events(stage) == ["opened", "claimed"]
    assert "drops things" not in json.dumps(await told(stage))
    _, tagged, timed, claimed = await told(stage, "inside")
    assert (tagged["event"], tagged["entry"]["new"]) == ("tagged", "drops things, 42")
    assert claimed["ticket"]["tags"] == ["drops things", "42"]
    assert (timed["event"], timed["entry"]["old"], timed["entry"]["new"]) == ("timed", "0", "25")
    assert claimed["ticket"]["minutes"] == 25
    assert {each["ticket"]["minutes"] for each in await told(stage)} == {0}


async def test_what_agents_say_to_each_other_with_a_change_is_told_inside_alone(stage, ada, leo):
    await ada.says("My screen is black")
    await leo.says("/time IT-1 25 min Looked at the cable")
    await leo.says("/transfer IT-1 network It is the dock")
    inside = [(each["event"], each["entry"].get("text")) for each in await told(stage, "inside")]
    assert inside[1:] == [
        ("timed", ""),
        ("noted", "Looked at the cable"),
        ("transferred", ""),
        ("noted", "It is the dock"),
    ]
    assert await events(stage) == ["opened", "transferred"]


async def test_secrets_are_hidden_and_files_are_told_by_their_names(stage, ada):
    plan = Upload("plan.pdf", "application/pdf", b"%PDF-1.4")
    await ada.says("I can't log in, my password is Tr0ub4dor&3", uploads=[plan])
    (opened,) = await told(stage)
    assert "Tr0ub4dor" not in json.dumps(opened)
    assert "[password hidden]" in opened["entry"]["text"]
    (file,) = opened["entry"]["attachments"]
    assert file == {"name": "plan.pdf", "content_type": "application/pdf", "size": 8}


async def test_a_letter_that_is_lost_is_told_inside_alone(stage, ada, leo):
    await ada.says("My screen is black")
    stage.parlour.trouble = [DeliveryFailed("no such user", permanent=True)]
    await leo.says("/reply IT-1 Is its lamp lit?")
    assert "undelivered" not in await events(stage)
    assert "undelivered" in await events(stage, "inside")
    lost = next(e for e in await told(stage, "inside") if e["event"] == "undelivered")
    assert lost["entry"]["old"] == "no such user"


async def test_a_refused_command_tells_nothing(stage, ada, leo, eva):
    await ada.says("My screen is black")
    await leo.says("/claim IT-1")
    before = await events(stage)
    await eva.says("/claim IT-1")
    assert await events(stage) == before


async def test_new_words_name_the_entry_that_they_replace(stage, ada):
    await ada.says("My screen is black")
    (opened,) = await told(stage)
    await ada.says("My screen is black again", nature=Nature.EDIT, replies_to=(ada.names[0],))
    edited = (await told(stage))[1]
    assert edited["event"] == "edited"
    said = [each for each in await stage.entries() if each.what is What.SAID]
    assert edited["entry"]["of"] == said[0].id
    assert opened["entry"]["of"] is None


async def test_all_of_one_ticket_is_in_one_lane_and_tickets_in_several(stage, ada, leo):
    for number in range(1, 6):
        await ada.says(f"My screen number {number} is black")
    await leo.says("/claim IT-3")
    rows = await stage.store.read(lambda work: work.outbox.latest("hook", 100))
    mine = [each for each in rows if each.to.room == "all"]
    lanes: dict[str, set[str]] = {}
    for each in mine:
        lanes.setdefault(each.reference, set()).add(each.lane)
    assert all(len(some) == 1 for some in lanes.values())
    assert len(set.union(*lanes.values())) == 4


async def test_an_answer_that_is_taken_back_in_time_is_told_to_nobody_outside(
    store, tmp_path, clock
):
    files, hearing = Files(tmp_path / "files"), {"hook": (ALL, INSIDE, REPLIES)}
    undo = settings(undo=timedelta(seconds=20))
    async with set_stage(store, files, clock, undo, subscribers=hearing) as stage:
        ada, leo = stage.person("ada@example.org", "Ada"), stage.person("leo@desk.example")
        await ada.says("My screen is black")
        await leo.says("/reply IT-1 Complete nonsense")
        await leo.says("/undo IT-1")
        await leo.says("/reply IT-1 Is its lamp lit?")
        rows = await stage.store.read(lambda work: work.outbox.latest("hook"))
        outside = [each for each in rows if each.to.room != "inside"]
        withdrawn = [each for each in outside if each.state is Delivery.WITHDRAWN]
        assert {each.to.room for each in withdrawn} == {"all", "replies"}
        assert all("nonsense" in each.text for each in withdrawn)
        left = [each for each in outside if each not in withdrawn]
        assert [(each.to.room, each.subject) for each in left] == [
            ("replies", "replied"),
            ("all", "replied"),
            ("all", "opened"),
        ]
        assert {each.not_before for each in left[:2]} == {clock() + timedelta(seconds=20)}
        assert await events(stage, "inside") == ["opened", "replied", "unsaid", "replied"]
        again = withdrawn[0].id
        assert await stage.store.write(lambda w: w.outbox.again(again, clock())) is None


async def test_a_desk_without_programs_queues_nothing_for_any(store, tmp_path, clock):
    async with set_stage(store, Files(tmp_path / "files"), clock) as stage:
        await stage.person("ada@example.org").says("My screen is black")
        assert await stage.store.read(lambda work: work.outbox.latest("hook")) == []


async def test_a_bulletin_that_fails_is_no_business_of_the_agents(stage, ada, leo):
    await ada.says("My screen is black")
    before, heard = await stage.entries(), len(leo.letters)
    (row,) = [
        each
        for each in await stage.store.read(lambda work: work.outbox.latest("hook"))
        if each.to.room == "all"
    ]
    failed = await stage.store.write(
        lambda work: work.outbox.give_up(row.id, "HTTP 404", stage.clock())
    )
    await stage.store.write(
        lambda work: undelivered(stage.desk, work, failed, "HTTP 404", stage.clock())
    )
    assert not await stage.store.write(
        lambda work: redirected(stage.desk, work, replace(failed), "HTTP 404", stage.clock())
    )
    assert await stage.entries() == before
    assert len(leo.letters) == heard
    again = await stage.store.write(lambda work: work.outbox.again(row.id, stage.clock()))
    assert again is not None
    assert (again.id, again.attempts, again.state.value) == (row.id, 0, "waiting")
    assert await stage.store.write(lambda work: work.outbox.again(row.id, stage.clock())) is None
