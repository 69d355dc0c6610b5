"""A ticket goes to those who know more: to whom, who hears why, and who reads the summary."""

from dataclasses import replace

import pytest
from chat_stage import AGENTS, Chat, Member, said, set_chat
from stage import PARLOUR, set_stage, settings

from bot.model.entry import Note, What
from bot.model.settings import Team
from bot.model.ticket import Status
from storage.files import Files

WORDS = "My VPN is down since this morning"
SUMMARY = "The tunnel of the office drops every hour."
UPWARDS = (Team("support", "Support", escalates_to="network"), Team("network", "Network"))


@pytest.fixture
async def stage(store, tmp_path, clock):
    chosen = settings(teams=UPWARDS)
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
        yield scene


@pytest.fixture
def max_(stage):
    return stage.person("max@desk.example", "Max Roth")


async def test_it_goes_to_the_team_above_with_a_summary(stage, ada, leo, max_):
    await ada.says("My VPN is down")
    await leo.says("/claim IT-1")
    await leo.says(f"/escalate IT-1 {SUMMARY}")
    ticket = await stage.ticket()
    assert (ticket.team, ticket.level, ticket.assignee) == ("network", 2, None)
    assert ticket.status is Status.NEW
    assert "escalated it to level 2, from Support to Network" in max_.heard
    assert f"> {SUMMARY}" in max_.heard
    assert "IT-1 is with Network at level 2 now. Ada Lin knows who" in leo.heard
    event, note = (await stage.entries())[-2:]
    assert (event.what, event.old, event.new) == (What.ESCALATED, "support:1", "network:2")
    assert (type(note), note.text) == (Note, SUMMARY)


async def test_the_requester_hears_to_whom_and_why_and_not_the_summary(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says(f"/escalate IT-1 {SUMMARY}")
    assert "It needs people who know more about it, and they are in Network." in ada.heard
    assert "tunnel" not in "\n".join(each.text for each in ada.letters)


async def test_up_to_the_third_level_and_no_further_in_one_team(stage, ada, leo, max_):
    await ada.says("My VPN is down")
    for _ in range(2):
        await leo.says(f"/escalate IT-1 {SUMMARY}")
    assert ((await stage.ticket()).team, (await stage.ticket()).level) == ("network", 3)
    await max_.says(f"/escalate IT-1 {SUMMARY}")
    assert "It is at the highest level already" in max_.heard
    await max_.says(f"/escalate IT-1 to support {SUMMARY}")
    assert ((await stage.ticket()).team, (await stage.ticket()).level) == ("support", 3)


async def test_words_that_name_no_team_are_all_summary(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says("/escalate IT-1 to be seen by somebody who knows tunnels")
    note = (await stage.entries())[-1]
    assert note.text == "to be seen by somebody who knows tunnels"


@pytest.mark.parametrize(
    "words",
    [
        "network is down",
        "Network Error 42 at each start",
        "to support the new laptops it takes a driver",
        "2 users wait for it",
        "2 PCs wait for it",
        "networks drop",
    ],
)
async def test_a_summary_that_begins_like_a_team_or_a_level_keeps_its_first_words(
    stage, ada, leo, words
):
    await ada.says("My VPN is down")
    await leo.says(f"/escalate IT-1 {words}")
    ticket, note = await stage.ticket(), (await stage.entries())[-1]
    assert (ticket.team, ticket.level, note.text) == ("network", 2, words)


@pytest.mark.parametrize(
    ("words", "summary"),
    [
        ("support: it drops", "it drops"),
        ("Support, it drops", "it drops"),
        ("to support It drops", "It drops"),
        ("support - it drops", "it drops"),
        ("support\nit drops", "it drops"),
        (
            "support: it drops - hourly\n- on Monday\n\n- on Friday",
            "it drops - hourly\n- on Monday\n\n- on Friday",
        ),
        ("to Support It drops", "It drops"),
        ("support ¿Quién sabe?", "¿Quién sabe?"),
    ],
)
async def test_a_team_is_named_where_a_stop_or_a_sentence_follows(stage, ada, leo, words, summary):
    await ada.says("My VPN is down")
    await leo.says(f"/escalate IT-1 {words}")
    ticket, note = await stage.ticket(), (await stage.entries())[-1]
    assert (ticket.team, ticket.level, note.text) == ("support", 2, summary)


@pytest.mark.parametrize(
    ("words", "told", "offers"),
    [
        ("3 foo", "“3 foo”", True),
        ("3 users wait for it", "“3 users wait for it”", True),
        ("2 users wait for it", "“2 users wait for it”", False),
        ("31 users wait for it", "“31 users wait for it”", False),
        ("level 3: it drops", "“it drops”", False),
        ("it drops\non floor 3", "“it drops\non floor 3”", False),
    ],
)
async def test_the_answer_says_what_was_taken_as_the_summary(stage, ada, leo, words, told, offers):
    await ada.says("My VPN is down")
    await leo.says(f"/escalate IT-1 {words}")
    assert f"at level {(await stage.ticket()).level} now." in leo.last.text
    assert f"Your summary stays between us: {told}" in leo.last.text
    assert ("If you meant level 3: /escalate IT-1 3: and" in leo.last.text) is offers


async def test_what_was_read_as_a_summary_is_soon_put_right(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says("/escalate IT-1 3 foo")
    await leo.says("/escalate IT-1 3: foo")
    ticket, note = await stage.ticket(), (await stage.entries())[-1]
    assert (ticket.level, note.text) == (3, "foo")


@pytest.mark.parametrize("named", ["3:", "level 3:", "nivel 3 -", "to level 3"])
async def test_a_level_may_be_named_in_its_own_team(stage, ada, leo, named):
    await ada.says("My VPN is down")
    await leo.says(f"/escalate IT-1 {named} Ask Eva")
    ticket, note = await stage.ticket(), (await stage.entries())[-1]
    assert (ticket.team, ticket.level, note.text) == ("support", 3, "Ask Eva")
    assert "with Support at level 3" in leo.heard
    await leo.says("/escalate IT-1 2: Ask Eva")
    assert "It is at level 3 already" in leo.heard


async def test_without_a_summary_it_asks_for_one(stage, ada, leo):
    await ada.says("My VPN is down")
    for line in ("/escalate IT-1", "/escalate IT-1 network"):
        await leo.says(line)
        assert "That needs: your words." in leo.heard
    assert (await stage.ticket()).level == 1


async def test_what_is_done_is_not_escalated(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says("/resolve IT-1")
    await leo.says(f"/escalate IT-1 {SUMMARY}")
    assert "It is solved already" in leo.heard


async def test_history_and_status_tell_the_level(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says(f"/escalate IT-1 {SUMMARY}")
    await leo.says("/history IT-1")
    assert "Leo Prats escalated it: Support, level 1 → Network, level 2" in leo.heard
    await leo.says("/status IT-1")
    assert "Network, level 2." in leo.heard


async def test_in_one_room_the_summary_stands_below_the_card(store, tmp_path, clock):
    teams = tuple(replace(each, rooms={PARLOUR: AGENTS}) for each in UPWARDS)
    async with set_chat(store, tmp_path, clock, chosen=settings(teams=teams)) as chat:
        ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example")
        await ana.posts(WORDS)
        await leo.commands(f"/escalate IT-1 {SUMMARY}")
        told = [each.text for each in chat.below]
        assert told == [
            f"Leo Prats escalated it to level 2, from Support to Network.\n\n> {SUMMARY}"
        ]
        assert "for Network, level 2" in said(chat.cards[-1])
        assert SUMMARY not in "\n".join(chat.public)


async def test_the_form_asks_for_the_team_if_any_and_the_summary(chat: Chat, ana):
    await ana.posts(WORDS)
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    form = await chat.stage.counter.form(leo.asks("/escalate IT-1"))
    rung, words = form.fields
    assert (rung.required, words.required) == (False, True)
    assert [each.label for each in rung.choices] == [
        "Support", "Network", "Level 2", "Level 3, quality",
    ]  # fmt: skip
    assert (words.label, words.hint) == ("Summary for whoever is next", "This stays between us.")
    answer = await leo.commands(form.command, filled=(("text", SUMMARY),))
    assert not answer.refused
    assert ((await chat.stage.ticket()).team, (await chat.stage.ticket()).level) == ("support", 2)
    answer = await leo.commands(form.command, filled=(("rung", "3"), ("text", SUMMARY)))
    assert "with Support at level 3" in answer.text
    answer = await leo.commands(form.command, filled=(("rung", "2"), ("text", SUMMARY)))
    assert (answer.refused, answer.field) == (True, "rung")
    answer = await leo.commands(form.command, filled=(("rung", "7"), ("text", SUMMARY)))
    assert (answer.refused, answer.field) == (True, "rung")
