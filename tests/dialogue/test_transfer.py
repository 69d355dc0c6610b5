"""Another team goes on with a ticket: who has it, who hears of it, and what stays among agents."""

from contextlib import asynccontextmanager

import pytest
from chat_stage import AGENTS, Chat, Member, labels, said, set_chat
from stage import EVA, LEO, MAX, PARLOUR, settings

from bot.model.entry import Note, What
from bot.model.message import Upload
from bot.model.settings import Team
from bot.model.ticket import Status
from bot.model.triage import Priority

WORDS = "My VPN is down since this morning"
ELSEWHERE = "netroom"


@pytest.fixture
def max_(stage):
    return stage.person("max@desk.example", "Max Roth")


async def test_nobody_has_it_then_and_the_next_team_hears_of_it_with_the_words(
    stage, ada, leo, eva, max_
):
    await ada.says("My VPN is down, it is urgent")
    await leo.says("/claim IT-1")
    before = len(eva.letters)
    await leo.says("/transfer IT-1 network\n\nThe tunnel of the office is the fault.")
    ticket = await stage.ticket()
    assert (ticket.team, ticket.assignee, ticket.status) == ("network", None, Status.NEW)
    assert ticket.priority is Priority.URGENT
    assert "Leo Prats moved it from Support to Network: Ada Lin" in max_.heard
    assert "> The tunnel of the office is the fault." in max_.heard
    assert "IT-1 is with Network now, and Ada Lin was told. Your note goes with it" in leo.heard
    assert len(eva.letters) == before
    moved, note = (await stage.entries())[-2:]
    assert (moved.what, moved.old, moved.new) == (What.TRANSFERRED, "support", "network")
    assert isinstance(note, Note)


async def test_the_requester_is_told_in_one_line_and_nothing_that_is_for_agents(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says("/transfer IT-1 network She has kicked it again.")
    assert "The people of Network go on with this: “My VPN is down”." in ada.heard
    assert "kicked" not in "\n".join(each.text for each in ada.letters)
    assert len(ada.letters) == 2
    assert (await stage.ticket()).team == "network"


async def test_a_goodbye_under_the_command_is_no_note(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says("/transfer IT-1 network\n\nKind regards,\nLeo Prats")
    assert (await stage.entries())[-1].what is What.TRANSFERRED
    assert "Your note goes" not in leo.heard


async def test_what_answers_the_news_of_it_stays_among_agents(stage, ada, leo, max_):
    await ada.says("My VPN is down")
    await leo.says("/transfer IT-1 network")
    before = len(ada.letters)
    await max_.says("Why us?", answers=max_.last)
    assert isinstance((await stage.entries())[-1], Note)
    assert len(ada.letters) == before


async def test_files_go_along_with_the_note_and_not_to_the_requester(stage, ada, leo, max_):
    await ada.says("My VPN is down")
    await leo.says("/transfer IT-1 network", uploads=[Upload("a.log", "text/plain", b"abc")])
    assert [each.name for each in max_.last.uploads] == ["a.log"]
    assert "Files: a.log" in max_.heard
    assert not any(each.uploads for each in ada.letters)


@pytest.mark.parametrize(
    ("words", "team"),
    [
        ("network", "network"),
        ("NETWORK:", "network"),
        ("to Network, they know it", "network"),
        ("a redes y cables", "cables"),
        ("Redes y Cables", "cables"),
        ("cables", "cables"),
    ],
)
async def test_a_team_is_called_by_its_name_or_its_label(store, tmp_path, clock, words, team):
    async with set_teams(store, tmp_path, clock) as chat:
        await Member(chat, "UANA", "Ana Ruiz").posts(WORDS)
        answer = await Member(chat, "leo@desk.example").commands(f"/transfer IT-1 {words}")
        assert not answer.refused, answer.text
        assert (await chat.stage.ticket()).team == team


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/transfer IT-1 netwrok", "There is no team “netwrok”. You can choose: Network."),
        ("/transfer IT-1 moon", "You can choose: Support or Network."),
        ("/transfer IT-1", "That needs: team."),
        ("/transfer IT-1 support", "It is with Support already."),
        ("/transfer IT-9 network", "We find nothing that you can see under IT-9"),
    ],
)
async def test_what_is_no_other_team_is_refused_with_those_there_are(
    stage, ada, leo, command, told
):
    await ada.says("My VPN is down")
    await leo.says(command)
    assert told in leo.heard
    assert (await stage.ticket()).team == "support"


async def test_what_is_done_stays_and_what_was_merged_goes_with_the_other(stage, ada, leo):
    await ada.says("My VPN is down")
    await ada.says("My lamp is broken")
    await leo.says("/resolve IT-1")
    await leo.says("/transfer IT-1 network")
    assert "It is solved already" in leo.heard
    await leo.says("/reopen IT-1")
    await leo.says("/merge IT-1 IT-2")
    await leo.says("/transfer IT-2 network")
    assert "IT-1 is with Network now" in leo.heard
    teams = [(await stage.ticket(number)).team for number in (1, 2)]
    assert teams == ["network", "support"]


async def test_twice_is_refused_and_back_again_is_not(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says("/transfer IT-1 network")
    await leo.says("/transfer IT-1 network")
    assert "It is with Network already" in leo.heard
    await leo.says("/transfer IT-1 support")
    assert (await stage.ticket()).team == "support"


async def test_a_requester_is_kindly_sent_to_their_own_words(stage, ada):
    await ada.says("My VPN is down")
    await ada.says("/transfer", answers=ada.last)
    assert "A person reads it and does it for you" in ada.heard
    assert (await stage.ticket()).team == "support"


async def test_the_form_offers_the_teams(chat, ana):
    await ana.posts(WORDS)
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    form = await chat.stage.counter.form(leo.asks("/transfer IT-1"))
    team, words = form.fields
    assert [each.label for each in team.choices] == ["Support", "Network"]
    assert (words.label, words.hint) == ("For that team alone", "This stays between us.")
    refused = await leo.commands(form.command, filled=(("team", "moon"),))
    assert refused.field == "team"


async def test_what_is_about_whom_stays_unread_by_an_agent_who_reported_it(stage, leo, max_):
    await max_.says("/new My own screen flickers")
    await leo.says("/transfer IT-1 network He broke it himself.")
    assert "He broke it himself" not in "\n".join(each.text for each in max_.letters)


@asynccontextmanager
async def set_teams(store, folder, clock):
    teams = (
        Team("support", "Support", rooms={PARLOUR: AGENTS}),
        Team("network", "Network", rooms={PARLOUR: ELSEWHERE}),
        Team("cables", "Redes y Cables"),
    )
    async with set_chat(
        store, folder, clock, chosen=settings(teams=teams, agents=(LEO, EVA, MAX))
    ) as chat:
        yield chat


def below(chat: Chat, room: str) -> list[str]:
    """The words of what was posted in a room."""
    return [each.text for place, _, each in chat.parlour.places if place == room and each.text]


async def test_each_room_shows_where_it_went(store, tmp_path, clock):
    async with set_teams(store, tmp_path, clock) as chat:
        ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example")
        await ana.posts(WORDS)
        await leo.commands("/claim IT-1")
        await leo.commands("/transfer IT-1 network Look at the tunnel")
        old = [each for each in chat.cards if each.to.room == AGENTS][-1]
        new = [each for each in chat.cards if each.to.room == ELSEWHERE][-1]
        assert "Network goes on with it" in said(old)
        assert labels(old) == ["/history IT-1"]
        assert labels(new)[0] == "/claim IT-1"
        assert WORDS in said(new)
        for room in (AGENTS, ELSEWHERE):
            assert (
                "moved it from Support to Network.\n\n> Look at the tunnel" in below(chat, room)[-1]
            )


async def test_what_is_written_below_the_card_it_left_reaches_the_new_room(store, tmp_path, clock):
    async with set_teams(store, tmp_path, clock) as chat:
        ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
        await ana.posts(WORDS)
        await leo.commands("/transfer IT-1 network")
        await leo.writes_below("It began on Monday")
        assert "It began on Monday" in below(chat, ELSEWHERE)[-1]
        assert "It began on Monday" not in "\n".join(chat.public)


async def test_it_comes_back_to_the_card_it_left(store, tmp_path, clock):
    async with set_teams(store, tmp_path, clock) as chat:
        ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
        await ana.posts(WORDS)
        await leo.commands("/transfer IT-1 network")
        await leo.commands("/transfer IT-1 support")
        here = [each for each in chat.cards if each.to.room == AGENTS]
        assert len({each.row for each in here}) == 1
        assert labels(here[-1])[0] == "/claim IT-1"


@pytest.mark.parametrize(
    "line", ["/transferir IT-1 network", "/escalar IT-1 network: Pregunta por el túnel"]
)
async def test_who_had_it_hears_that_another_team_goes_on(stage, ada, leo, eva, line):
    await ada.says("My VPN is down")
    await leo.says("/claim IT-1")
    await eva.says(line)
    assert "Network has it now, by Eva Sanz; until now it was yours: Ada Lin" in leo.heard
    heard = len(ada.letters)
    await leo.says("I was about to call her", answers=leo.last)
    assert isinstance((await stage.entries())[-1], Note)
    assert len(ada.letters) == heard
