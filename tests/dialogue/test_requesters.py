"""What requesters say to the desk, and what they hear: each scene on both databases."""

from datetime import timedelta

import pytest
from stage import set_stage, settings

from bot.model.entry import Message
from bot.model.ticket import Status
from bot.model.triage import Kind, Priority
from storage.files import Files


async def test_a_report_is_acknowledged_with_name_reference_and_what_was_understood(stage, ada):
    await ada.says("Since this morning my VPN doesn't connect, I can't work.", subject="VPN broken")
    assert ada.last.greeting == "Hi Ada,"
    assert ada.last.reference == "IT-1"
    assert "VPN broken" in ada.last.text
    assert "Leo Prats and Eva Sanz" in ada.last.text
    ticket = await stage.ticket()
    assert (ticket.kind, ticket.status) == (Kind.INCIDENT, Status.NEW)


async def test_somebody_who_writes_in_spanish_is_answered_in_spanish(stage):
    luis = stage.person("luis@example.org", "Luis Gil")
    await luis.says("Hola, no me funciona la impresora de la segunda planta")
    assert luis.last.language == "es"
    assert luis.last.greeting.startswith("Hola, Luis")


async def test_commands_come_first_and_the_rest_goes_to_the_requester(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim\n/priority high\n\nHi Ada,\nI am on my way.\n\nLeo", answers=leo.last)
    assert "I am on my way." in ada.last.text
    assert "/claim" not in ada.last.text
    ticket = await stage.ticket()
    assert ticket.priority is Priority.HIGH


async def test_a_slash_in_a_requesters_words_is_no_command(stage, ada):
    await ada.says("/backup is full on the build server and nothing works", subject="Disk")
    assert ada.last.reference == "IT-1"


async def test_a_requester_cannot_command_what_agents_may(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("/assign Leo", answers=ada.last)
    assert (await stage.ticket()).assignee is None
    assert "erson reads it" in ada.heard


@pytest.mark.parametrize("words", ["solved", "Solved!", "resuelto", "/resolve", "/resolve IT-1"])
async def test_a_requester_says_it_is_solved_in_one_word(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    await ada.says(words, answers=ada.last)
    assert (await stage.ticket()).status is Status.RESOLVED


async def test_a_requester_asks_how_it_stands(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim", answers=leo.last)
    await ada.says("status", answers=ada.last)
    assert "Leo Prats" in ada.last.text
    assert "IT-1" in ada.last.text


async def test_a_greeting_opens_nothing_and_joins_what_follows(stage, ada):
    await ada.says("Hello, good morning!")
    assert await stage.ticket() is None
    assert "?" in ada.last.text
    await ada.says("My screen is black")
    said = [each.text for each in await stage.entries() if isinstance(each, Message)]
    assert sorted(said) == ["Hello, good morning!", "My screen is black"]


@pytest.mark.parametrize(
    "subject", ["Re: Thank you for writing to Helpdesk", "Hello", "(no subject)"]
)
async def test_what_a_subject_does_not_say_the_letters_say_by_the_words_below(
    stage, ada, leo, subject
):
    await ada.says("My screen is black. It hums, too.", subject=subject)
    assert (await stage.ticket()).subject == "My screen is black."
    await leo.says("/reply IT-1 Is the cable in?")
    assert ada.last.subject == "My screen is black. [IT-1]"


async def test_thanks_reopen_nothing(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/resolve Done.", answers=leo.last)
    letters = len(leo.letters)
    await ada.says("Thanks a lot!", answers=ada.last)
    assert (await stage.ticket()).status is Status.RESOLVED
    assert len(leo.letters) == letters
    assert "Thanks a lot!" in [e.text for e in await stage.entries() if isinstance(e, Message)]


async def test_an_answer_soon_after_the_solution_opens_it_again(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim\n/resolve Done.", answers=leo.last)
    await ada.says("It is black again, sorry", answers=ada.last)
    assert (await stage.ticket()).status is Status.OPEN
    assert "black again" in leo.last.text


async def test_an_answer_long_after_the_solution_begins_a_new_ticket_that_names_the_old(
    stage, ada, leo
):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/resolve Done.", answers=leo.last)
    stage.clock.move(days=60)
    await ada.says("The screen is black again, like then", answers=ada.last)
    ticket = await stage.ticket(2)
    assert ticket.follows == 1
    assert "IT-1" in ada.last.text


async def test_the_requester_joins_by_the_reference_in_the_subject(stage, ada):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("Here is more about it", subject="Screen, again [IT-1]")
    assert await stage.ticket(2) is None


async def test_several_short_messages_are_one_ticket(store, tmp_path, clock):
    chosen = settings(burst=timedelta(seconds=120))
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        ada = stage.person("ada@example.org", "Ada Lin")
        await ada.says("my vpn is down")
        clock.move(seconds=20)
        await ada.says("since this morning")
        clock.move(seconds=20)
        await ada.says("also the mail doesn't work")
        assert len(ada.letters) == 1
        assert await stage.ticket(2) is None
        clock.move(minutes=10)
        await ada.says("my chair is broken")
        assert await stage.ticket(2) is not None


async def test_a_chosen_language_wins_over_the_one_that_is_written(stage, ada):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("language español", answers=ada.last)
    await ada.says("Also my keyboard is broken and the mouse", subject="Keyboard")
    assert ada.last.language == "es"


async def test_a_requester_who_opens_it_again_hears_so_once(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim\n/resolve Done.", answers=leo.last)
    heard = len(ada.letters)
    await ada.says("reopen", answers=ada.last)
    assert len(ada.letters) == heard + 1
    assert "Leo Prats" in ada.last.text


@pytest.mark.parametrize(
    "words",
    [
        "help my printer is on fire",
        "Cerrar sesión no funciona",
        "Tickets for the concert don't print",
        "Estado de mi pedido",
        "Language barrier with the new phone",
        "close the window in room 4 please",
    ],
)
async def test_a_report_that_begins_with_a_commands_word_is_a_report(stage, ada, words):
    await ada.says(words)
    assert await stage.ticket() is not None
    assert ada.last.reference == "IT-1"


@pytest.mark.parametrize("words", ["¿estado?", "Status?", "status IT-1", "estado [IT-1]"])
async def test_a_requester_asks_for_the_state_in_a_word(stage, ada, words):
    await ada.says("My screen is black", subject="Screen")
    await ada.says(words, answers=ada.last)
    assert await stage.ticket(2) is None
    assert len(await stage.entries()) == 2
