"""Where the marks that people gave are told: on the next claim, in figures, and to programs."""

import json
from dataclasses import replace

import pytest
from chat_stage import Chat, Member
from stage import set_stage, settings

from bot.channel import Subscriber
from bot.model.rating import Rating
from bot.reports.satisfaction import FEWEST
from storage.files import Files

HEARING = {"hook": (Subscriber("all"), Subscriber("inside", notes=True))}


async def has_given(ada, leo, *marks: str) -> None:
    """Each mark on a ticket of its own."""
    for number, mark in enumerate(marks, 1):
        await ada.says(f"Something is wrong with lamp {number}", subject=f"Lamp {number}")
        await leo.says(f"/resolve IT-{number} A new bulb")
        await ada.says(f"/rate IT-{number} {mark}")
        ada.stage.clock.move(hours=1)


async def test_who_claims_reads_the_latest_marks_with_their_words(stage, ada, leo):
    await has_given(ada, leo, "1 Nobody came", "3", "5 Quick\nand kind", "4")
    await ada.says("My VPN is down", subject="VPN")
    await leo.says("/claim IT-5")
    told = leo.last.text.partition("What they said about our help:\n")[2]
    assert told.splitlines()[:3] == [
        "- IT-4 · Lamp 4 · 4 of 5",
        "- IT-3 · Lamp 3 · 5 of 5: “Quick and kind”",
        "- IT-2 · Lamp 2 · 3 of 5",
    ]
    assert "Nobody came" not in leo.last.text


async def test_who_never_gave_one_is_told_of_without(stage, ada, leo):
    await ada.says("My lamp is dark", subject="Lamp")
    await leo.says("/resolve IT-1 A new bulb")
    await ada.says("My VPN is down", subject="VPN")
    await leo.says("/claim IT-2")
    assert "What they said" not in leo.last.text


async def test_another_teams_agent_reads_them_as_they_may_read_those_tickets(stage, ada, leo):
    max_ = stage.person("max@desk.example", "Max Roth")
    await has_given(ada, leo, "2 Nobody came")
    await ada.says("My VPN is down", subject="VPN")
    await leo.says("/transfer IT-2 network The tunnel drops")
    await max_.says("/history IT-1")
    assert "gave 2 of 5: Nobody came" in max_.heard
    await max_.says("/claim IT-2")
    assert "2 of 5: “Nobody came”" in max_.heard


async def test_nobody_reads_their_own_in_a_briefing_nor_does_their_room(chat: Chat):
    leo, eva = (Member(chat, f"{name}@desk.example", name.title()) for name in ("leo", "eva"))
    await leo.commands("/new My lamp is dark")
    await eva.commands("/resolve IT-1 A new bulb")
    await leo.commands("/rate IT-1 1 Nobody came")
    await leo.commands("/new My VPN is down")
    await eva.commands("/assign IT-2 leo")
    handed = chat.below[-1].text
    assert ("handed it to" in handed, "Nobody came" in handed) == (True, False)
    assert "Nobody came" not in (await leo.commands("/brief IT-2")).text
    assert "Nobody came" in (await eva.commands("/brief IT-2")).text


async def test_figures_count_what_was_asked_and_answered(stage, ada, leo):
    bob = stage.person("bob@example.org", "Bob Hill")
    await has_given(ada, leo, "2 Nobody came", "5")
    await bob.says("My badge opens no door", subject="Badge")
    await leo.says("/resolve IT-3 A new badge")
    told = (await leo.says("/figures how the help was", interactive=True)).text
    assert told.splitlines()[1:-2] == [
        "- Asked: 2, of whom 1 answered.",
        "- Marks: 2: 1 × 2, 1 × 5.",
        "- Happy, with 4 or 5: 1 of 2. Too few for a percentage.",
        "- Low, with 1 or 2: IT-1 (2).",
    ]
    stage.clock.move(days=8)
    told = (await leo.says("/figures how the help was", interactive=True)).text
    assert told.splitlines()[1:-2] == ["- Asked: 0.", "- Marks: 0."]


@pytest.mark.parametrize(("count", "share"), [(FEWEST - 1, ""), (FEWEST, "which is 40 %.")])
async def test_a_share_is_told_of_many_marks_alone(stage, ada, leo, count, share):
    await ada.says("My lamp is dark", subject="Lamp")

    def give(work) -> None:
        (ticket,) = work.tickets.newest(1)
        for number in range(count):
            mark = 5 if number < FEWEST * 2 / 5 else 1
            kept = work.tickets.add(replace(ticket, id=0))
            work.ratings.keep(Rating(kept.id, mark=mark, at=stage.clock()))

    await stage.store.write(give)
    stage.clock.move(hours=1)
    told = (await leo.says("/figures how the help was", interactive=True)).text
    assert (share in told, "%" in told) == (True, bool(share))
    assert f" and {count - 18} more." in told


async def test_programs_hear_of_a_mark_and_only_those_inside_of_its_words(store, tmp_path, clock):
    files = Files(tmp_path)
    async with set_stage(store, files, clock, settings(), subscribers=HEARING) as stage:
        ada, leo = stage.person("ada@example.org", "Ada"), stage.person("leo@desk.example")
        await has_given(ada, leo, "4 Quick and kind")
        rows = await store.read(lambda work: work.outbox.latest("hook", 100))
    told = {each.to.room: json.loads(each.text) for each in rows if each.subject == "rated"}
    entries = {name: each["entry"] for name, each in told.items()}
    assert {(each["old"], each["new"]) for each in entries.values()} == {("", "4")}
    assert [entries[name]["text"] for name in ("all", "inside")] == ["", "Quick and kind"]
