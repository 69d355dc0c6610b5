"""Joining two tickets from within one, and what agents are shown of a ticket."""

from dataclasses import replace

import pytest
from stage import LEO, set_stage, settings

from bot.model.ticket import Status
from storage.files import Files


async def test_merging_within_a_ticket_lets_it_go_on_in_the_one_that_is_named(stage, ada, leo):
    await ada.says("The printer is dead", subject="Printer")
    notice = leo.last
    await ada.says("Nobody can print", subject="Print")
    await leo.says("/merge IT-2", answers=notice)
    assert (await stage.ticket(1)).merged_into == 2
    assert (await stage.ticket(2)).status is Status.NEW
    assert "IT-1 goes on in IT-2" in leo.last.text


async def test_merging_without_a_second_ticket_asks_for_it(stage, ada, leo):
    await ada.says("The printer is dead", subject="Printer")
    await leo.says("/merge IT-1")
    assert (await stage.ticket()).status is Status.NEW
    assert "/merge IT-1 ‹the other reference›" in leo.last.text
    await leo.says("/merge", answers=leo.letters[0])
    assert "/merge IT-1 ‹the other reference›" in leo.last.text


async def test_words_beside_a_merge_do_not_reach_somebody_else(stage, ada, leo):
    bob = stage.person("bob@example.org", "Bob")
    await bob.says("Nobody can print", subject="Print")
    await ada.says("The printer is dead", subject="Printer")
    heard = len(bob.letters)
    await leo.says("/merge IT-1\n\nHi Ada, your payslip is safe.", answers=leo.last)
    assert len(bob.letters) == heard
    assert (await stage.ticket(2)).merged_into is None
    assert "/reply" in leo.last.text


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("/priority enormous", "/priority IT-1"),
        ("/hold", "/hold IT-1"),
        ("/claim at once", "/claim IT-1"),
        ("/priority IT-2 enormous", "/priority IT-2"),
    ],
)
async def test_a_refusal_shows_how_it_is_written_for_this_ticket(stage, ada, leo, line, shown):
    await ada.says("My screen is black", subject="Screen")
    notice = leo.last
    await ada.says("My chair is broken", subject="Chair")
    await leo.says(line, answers=notice)
    assert shown in leo.last.text
    assert "IT-42" not in leo.last.text


async def test_the_help_within_a_ticket_speaks_of_that_ticket(stage, ada):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("help", answers=ada.last)
    assert "/status [IT-1]" in ada.last.text
    assert "IT-42" not in ada.last.text


async def test_the_state_tells_nothing_of_letters_to_agents(stage, ada, leo, eva):
    await ada.says("My VPN is down")
    await leo.says("/assign IT-1 Eva Sanz")
    assert "IT-1" in eva.heard
    await leo.says("/status IT-1")
    assert [each for each in leo.last.text.splitlines() if each.startswith("- to ")] == [
        "- to ada@example.org: sent"
    ]


async def test_letters_that_fared_alike_are_one_line_of_the_state(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    for words in ("Which one?", "The left one?", "Is it on?"):
        await leo.says(words, answers=leo.letters[0])
    await leo.says("/status IT-1")
    lines = [line for line in leo.last.text.splitlines() if "ada@example.org" in line]
    assert lines == ["- to ada@example.org: 4 × sent"]


async def test_the_only_agent_is_not_promised_herself(store, tmp_path, clock):
    chosen = settings(agents=(LEO,))
    async with set_stage(store, Files(tmp_path), clock, chosen) as stage:
        leo = stage.person("leo@desk.example", "Leo Prats")
        await leo.says("What now?")
        assert leo.last.reference == "IT-1"
        assert "Leo Prats" not in leo.last.text
        assert "waits for you" in leo.last.text


async def test_an_agent_who_asks_is_promised_a_colleague(store, tmp_path, clock):
    chosen = settings(agents=(LEO, replace(LEO, name="Eva Sanz", addresses={"parlour": "eva@x.y"})))
    async with set_stage(store, Files(tmp_path), clock, chosen) as stage:
        leo = stage.person("leo@desk.example", "Leo Prats")
        await leo.says("My own screen is black")
        assert "Eva Sanz from Support sees it next" in leo.last.text
