"""What is said later and weighs more: priority and mood rise with it, and fall by no words."""

import pytest

from bot.model.entry import Event, What
from bot.model.ticket import Status
from bot.model.triage import Priority


def weighed(entries) -> list[Event]:
    return [each for each in entries if each.what is What.WEIGHED]


async def test_graver_words_raise_the_priority_and_the_agent_sees_why(stage, ada, leo):
    await ada.says("My mail is slow", subject="Mail")
    await leo.says("/claim", answers=leo.last)
    heard = len(leo.letters)
    await ada.says("This is now down for everybody, deadline in 1 hour!", answers=ada.last)
    assert (await stage.ticket()).priority is Priority.URGENT
    assert len(leo.letters) == heard + 1
    assert "> This is now down for everybody" in leo.last.text
    assert "many people: “for everybody" in leo.last.text
    assert "from normal to urgent" in leo.last.text
    (event,) = weighed(await stage.entries())
    assert (event.old, event.new) == ("normal", "urgent")
    assert any(each.startswith("many:") for each in event.reasons)
    await leo.says("/history IT-1")
    assert "priority normal → urgent" in leo.last.text


async def test_while_nobody_has_it_the_whole_team_hears_of_it(stage, ada, leo, eva):
    await ada.says("El correo va lento", subject="Correo")
    await ada.says("Ahora nadie puede trabajar, ¡es urgente!", answers=ada.last)
    assert "now urgent" in leo.last.text or "to urgent" in leo.last.text
    assert "urgente" in eva.last.text


async def test_an_answer_to_that_letter_is_for_the_requester(stage, ada, leo):
    await ada.says("My mail is slow", subject="Mail")
    await ada.says("Nobody can work, this is urgent!", answers=ada.last)
    await leo.says("I am on it, Ada.", answers=leo.last)
    assert ada.last.text.startswith("I am on it")


@pytest.mark.parametrize("words", ["It is the left one.", "No rush at all, it can wait."])
async def test_calm_words_lower_nothing(stage, ada, leo, words):
    await ada.says("Nobody can print, this is urgent!", subject="Printer")
    await ada.says(words, answers=ada.last)
    assert (await stage.ticket()).priority is Priority.URGENT
    assert not weighed(await stage.entries())


async def test_ordinary_words_leave_a_low_priority_where_it_is(stage, ada, leo):
    await ada.says("My mouse is a bit slow, no rush", subject="Mouse")
    assert (await stage.ticket()).priority is Priority.LOW
    await ada.says("It is the one with the red wheel.", answers=ada.last)
    assert (await stage.ticket()).priority is Priority.LOW


async def test_an_agents_own_words_weigh_nothing(stage, ada, leo):
    await ada.says("My mail is slow", subject="Mail")
    await leo.says("Is it urgent? Can nobody work?", answers=leo.last)
    await leo.says("/note Nobody can work, this is urgent!", answers=leo.letters[0])
    assert (await stage.ticket()).priority is Priority.NORMAL


async def test_quoted_words_weigh_nothing(stage, ada, leo):
    await ada.says("My mail is slow", subject="Mail")
    quote = "It is the left one.\n\n> Is it urgent, can nobody work?"
    await ada.says("It is the left one.", full_text=quote, answers=ada.last)
    assert not weighed(await stage.entries())


async def test_a_strangers_words_weigh_nothing(stage, ada):
    await ada.says("My mail is slow", subject="Mail")
    eve = stage.person("eve@elsewhere.example", verified=False)
    await eve.says("Nobody can work, this is urgent!", answers=ada.last)
    assert (await stage.ticket()).priority is Priority.NORMAL


async def test_somebody_who_gets_upset_is_noticed_once(stage, ada, leo):
    await ada.says("My mail is slow", subject="Mail")
    await ada.says("I am fed up with this.", answers=ada.last)
    ticket = await stage.ticket()
    assert (ticket.upset, ticket.priority) == (True, Priority.NORMAL)
    assert "upset: “fed up”" in leo.last.text
    await ada.says("Really fed up.", answers=ada.last)
    assert len(weighed(await stage.entries())) == 1


async def test_the_reason_to_reopen_weighs_too(stage, ada, leo):
    await ada.says("My printer is slow", subject="Printer")
    await leo.says("/claim IT-1\n/resolve IT-1")
    await ada.says("/reopen There is smoke coming out of it", answers=ada.last)
    ticket = await stage.ticket()
    assert (ticket.status, ticket.priority) == (Status.OPEN, Priority.URGENT)
    assert "smoke" in leo.last.text
