"""Planned works: announced once to those affected, reminded, moved, ended, and seen in reports."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from chat_stage import Member, set_chat
from promised_desk import CHOSEN
from stage import Stage, set_stage, settings

from bot.model.calendar import Hours
from bot.model.entry import What
from bot.model.notice import Stage as State
from bot.model.promise import pauses
from bot.model.settings import Notices
from bot.model.target import Target, Targets
from storage.files import Files

HOUR = timedelta(hours=1)
MAIL = "We replace the mail server.\n\nWrite in the chat."
PLANNED = f"/maintenance tomorrow 20:00, 2 h, everybody: {MAIL}"


def told(somebody, words: str) -> list[str]:
    return [each.text for each in somebody.letters if words in each.text]


async def notices(stage: Stage):
    return await stage.store.read(lambda work: work.notices.latest())


@pytest.fixture
async def everyone(ada, stage):
    """Three who wrote before, one of them in Spanish."""
    await ada.says("The lamp in my room flickers")
    await stage.person("bo@example.org", "Bo").says("My chair is broken")
    await stage.person("luz@example.org", "Luz Vega").says("Se me ha roto el ratón, ayuda")


async def test_a_work_is_announced_once_to_everybody_in_their_language(stage, everyone, ada, leo):
    luz = stage.person("luz@example.org")
    await leo.says(f"{PLANNED}\nes: Cambiamos el servidor de correo.\nEscribe en el chat.")
    await stage.passes(minutes=5)
    (english,) = told(ada, "mail server")
    assert english == (
        "We replace the mail server.\n\n"
        "When: Tuesday at 20:00 – 22:00\n\n"
        "Meanwhile: Write in the chat.\n\n"
        "Is it a bad time for you? Reply here and a person reads it."
    )
    (spanish,) = told(luz, "servidor")
    assert "Cuándo: el martes a las 20:00 – las 22:00" in spanish
    assert "Mientras tanto: Escribe en el chat." in spanish
    assert "Announced as N-1 to everybody (" in leo.heard


async def test_people_are_reminded_before_it_begins_and_hear_when_it_does(
    stage, everyone, ada, leo
):
    await leo.says(PLANNED)  # at 9 on Monday, for Tuesday at 20
    before = len(told(ada, "When: Tuesday at 20:00"))
    await stage.passes(hours=10)
    assert len(told(ada, "When: Tuesday at 20:00")) == before
    await stage.passes(hours=1)
    assert len(told(ada, "When: Tuesday at 20:00")) == before + 1  # a day before, at 20
    await stage.passes(hours=23)
    assert len(told(ada, "When: Tuesday at 20:00")) == before + 2
    await stage.passes(hours=1)
    assert len(told(ada, "It has begun: We replace the mail server.")) == 1


async def test_a_report_during_it_hears_of_it_at_once_and_agents_see_what_came(
    stage, everyone, ada, leo
):
    await leo.says(PLANNED)
    await stage.passes(hours=35)
    await ada.says("I can't send any mail")
    assert "It may come of a planned work: We replace the mail server [N-1]" in ada.heard
    assert "It goes on until Tuesday at 22:00. Meanwhile: Write in the chat." in ada.heard
    await ada.says("The coffee machine leaks")
    assert "planned work" not in ada.heard
    await leo.says("/history IT-4")
    assert "may come of N-1" in leo.heard
    await leo.says("/notice-finish N-1 Mail is there again.")
    assert "N-1 is finished. We tell everybody." in leo.heard
    assert "Still open of what was about it: IT-4. To settle one: /resolve IT-4" in leo.heard
    assert "It is finished: We replace the mail server.\n\nMail is there again." in ada.heard
    await ada.says("My mail is slow again, please look")
    assert "planned work" not in ada.heard


async def test_what_takes_longer_is_owned_up_to_and_its_end_asked_for_once(
    stage, everyone, ada, leo
):
    await leo.says(PLANNED)
    await stage.passes(hours=37)
    await stage.passes(minutes=30)
    assert len(told(leo, "Is N-1 finished?")) == 1
    await leo.says("/notice-extend N-1 1 h")
    assert told(ada, "We take longer than we said")[0].startswith(
        "We take longer than we said: We replace the mail server.\n\n"
        "It now goes on until Tuesday at 23:30. That is our doing, and we are sorry."
    )
    await stage.passes(hours=1)
    assert len(told(leo, "Is N-1 finished?")) == 2
    assert told(ada, "It is finished") == []  # nobody said so


async def test_what_is_called_off_is_said_to_all_who_heard_of_it(stage, everyone, ada, leo):
    await leo.says(PLANNED)
    await leo.says("/notice-cancel N-1 The part isn't there yet.")
    assert "It does not take place: We replace the mail server." in ada.heard
    assert "The part isn't there yet." in ada.heard
    await stage.passes(hours=36)
    assert told(ada, "It has begun") == []
    await leo.says("/notice-extend N-1 1 h")
    assert "N-1 was called off already." in leo.heard


async def test_it_can_be_moved_and_is_reminded_of_anew(stage, everyone, ada, leo):
    await leo.says(PLANNED)
    await leo.says("/notice-move N-1 Thursday 18:00, Thursday 19:00")
    assert "Now: Thursday at 18:00 – 19:00" in ada.heard
    await stage.passes(hours=36)
    assert told(ada, "It has begun") == []
    await stage.passes(hours=21)
    assert len(told(ada, "When: Thursday at 18:00")) == 1


async def test_after_a_downtime_only_the_last_word_is_told(stage, everyone, ada, leo):
    await leo.says(PLANNED)
    before = len(ada.letters)
    await stage.passes(hours=36)
    assert [each.text.partition("\n")[0] for each in ada.letters[before:]] == [
        "It has begun: We replace the mail server."
    ]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (
            "/maintenance tomorrow 20:00, tomorrow 19:00, everybody: Mail",
            "It would be over before it begins",
        ),
        (
            "/maintenance 2026-11-01 20:00, 2 h, everybody: Mail",
            "That time is over: Sunday 1 November",
        ),
        ("/maintenance tomorrow 20:00, 2 h, the moon: Mail", "We don't know whom “the moon” means"),
        ("/maintenance tomorrow 20:00, 2 h, everybody:", "That needs: your words."),
        ("/notice-finish N-9", "There is no notice N-9. Nothing is planned."),
        ("/notice-finish", "Nothing is planned. To announce something: /maintenance"),
    ],
)
async def test_what_cannot_be_is_refused_with_what_can(stage, leo, line, answer):
    await leo.says(line)
    assert answer in leo.heard
    assert await notices(stage) == []


async def test_it_is_announced_by_the_clock_of_any_place(stage, everyone, ada, leo):
    await leo.says("/maintenance tomorrow 20:00 New York time, 23:30, everybody: Phones are off")
    (notice,) = await notices(stage)
    assert notice.starts_at.astimezone(ZoneInfo("America/New_York")).hour == 20
    assert notice.ends_at - notice.starts_at == timedelta(hours=3, minutes=30)
    assert "When: Wednesday at 01:00 – 04:30" in ada.heard


async def test_only_those_are_told_whom_it_affects(stage, everyone, ada, leo):
    bo = stage.person("bo@example.org")
    await leo.says("/tag IT-1 vpn")
    await leo.says("/person ada@example.org office Lyon")
    await leo.says("/maintenance tomorrow 20:00, 2 h, office Lyon: The lift is serviced")
    await leo.says("/maintenance tomorrow 20:00, 2 h, #vpn: We change the tunnel")
    assert len(told(ada, "The lift")) == 1
    assert len(told(ada, "We change the tunnel")) == 1
    assert told(bo, "The lift") == told(bo, "We change the tunnel") == []
    await bo.says("/notices")
    assert "Nothing is planned that affects you." in bo.heard
    await ada.says("/notices")
    assert "- The lift is serviced: Tuesday at 20:00 – 22:00 [N-1]" in ada.heard
    await ada.says("/status")
    assert "Planned:\n- The lift is serviced: Tuesday at 20:00" in ada.heard


async def test_what_was_said_in_one_language_can_be_said_in_another(stage, everyone, leo):
    luz = stage.person("luz@example.org")
    await leo.says(PLANNED)
    assert "It isn't there in español yet: /notice-words N-1" in leo.heard
    await leo.says("/notice-words N-1 es: Cambiamos el correo.\nHay chat.")
    await stage.passes(hours=35)
    assert "Ha empezado: Cambiamos el correo." in luz.heard


async def test_an_agent_says_what_a_ticket_comes_of(stage, everyone, ada, leo):
    await leo.says(PLANNED)
    await stage.passes(hours=35)
    await ada.says("Nothing reaches my customers")
    await leo.says("/notice-link N-1 IT-4")
    assert "IT-4 is about N-1: We replace the mail server" in leo.heard
    assert await stage.store.read(lambda work: work.notices.tickets(1)) == [4]
    await leo.says("/notice-link N-1 IT-4")
    assert "IT-4 is about no planned work." in leo.heard
    assert await stage.store.read(lambda work: work.notices.tickets(1)) == []


class TestPausing:
    """Promises of what comes of a work stand still while it goes on, if the desk wants that."""

    @pytest.fixture
    async def stage(self, store, tmp_path: Path, clock) -> AsyncIterator[Stage]:
        target = Targets((Target(name="All", first_answer=2 * HOUR),))
        chosen = replace(CHOSEN, targets=target, notices=Notices(pause=True))
        async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
            yield scene

    async def test_they_go_on_when_it_is_finished(self, stage, ada, leo):
        await ada.says("Nothing reaches my customers")
        await leo.says("/maintenance in 1 h, 3 h, everybody: We replace the mail server")
        await stage.passes(hours=1)
        await ada.says("I can't send any mail")
        await leo.says("/notice-link N-1 IT-1")
        await stage.passes(hours=2)
        await leo.says("/notice-finish")
        before, during = await stage.store.read(
            lambda work: [work.promises.of(number)[0] for number in (1, 2)]
        )
        (pause,) = pauses(before, stage.clock())
        assert pause[1] - pause[0] == 2 * HOUR
        assert before.due_at == stage.clock() + HOUR
        assert during.due_at == stage.clock() + 2 * HOUR


class TestByNight:
    """In a chat nobody is disturbed by night; what is announced by hand is said at once."""

    @pytest.fixture
    async def chat(self, store, tmp_path: Path, clock):
        day = ((time(8), time(18)),)
        hours = Hours(ZoneInfo("UTC"), dict.fromkeys(range(7), day))
        async with set_chat(store, tmp_path, clock, chosen=settings(hours=hours)) as scene:
            yield scene

    async def test_a_start_by_night_is_told_to_nobody_and_the_end_in_the_morning(self, chat, ana):
        leo = Member(chat, "leo@desk.example", "Leo Prats")
        await ana.posts("The printer on my floor jams")
        await leo.commands(PLANNED)
        assert len(told(ana, "We replace the mail server")) == 1
        await chat.stage.passes(hours=35)
        assert told(ana, "It has begun") == []
        (notice,) = await notices(chat.stage)
        assert notice.stage is State.STARTED
        await leo.commands("/notice-finish N-1")
        assert told(ana, "It is finished") == []
        await ana.posts("The lift is stuck between two floors")
        assert told(ana, "two floors")  # what waits for the morning keeps nothing else waiting
        await chat.stage.passes(hours=12)
        assert len(told(ana, "It is finished")) == 1


async def test_the_room_of_the_agents_reads_it_with_what_comes_next(chat, ana):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts("The printer on my floor jams")
    await leo.commands(PLANNED)
    posts = [each for room, _, each in chat.parlour.places if room == "agents"]
    (post,) = [each for each in posts if "announced N-1" in each.text]
    assert [each.command for each in post.buttons] == ["/notice_move N-1", "/notice_cancel N-1"]
    entries = await chat.stage.entries()
    assert What.NOTICED not in [each.what for each in entries]


async def test_a_problem_that_is_known_is_announced_as_one(stage, everyone, ada, leo):
    await leo.says("/maintenance now, 3 h, everybody: The VPN is down.\nThe office works.")
    assert "We know of it and are working on it. Planned until Monday at 12:00." in ada.heard
    assert ada.last.invitation is None
    await ada.says("/status")
    assert "Known problems:\n- The VPN is down: planned until Monday at 12:00 [N-1]" in ada.heard
    await ada.says("I can't get into the VPN")
    assert "It may come of a problem that we know of: The VPN is down [N-1]." in ada.heard
    await leo.says("/aviso-acabar N-1")
    assert "It is finished: The VPN is down." in ada.heard
