"""How agents work by talking to the desk: each scene on both databases."""

from datetime import timedelta

import pytest

from bot.model.entry import Note, What
from bot.model.message import Speaker
from bot.model.ticket import Status


async def test_every_agent_of_the_team_hears_of_a_new_ticket_in_their_own_language(
    stage, ada, leo, eva
):
    await ada.says("My screen is black", subject="Screen")
    assert leo.last.language == "en"
    assert eva.last.language == "es"
    assert "> My screen is black" in leo.last.text
    assert "ada@example.org" in leo.last.text
    assert not stage.person("max@desk.example").letters


async def test_an_answer_to_the_acknowledgement_joins_the_ticket_and_reaches_the_agents(
    stage, ada, leo
):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("It is the left one", answers=ada.last)
    assert "It is the left one" in leo.last.text
    assert [each.what for each in await stage.entries()][-1] is What.SAID
    assert await stage.ticket(2) is None


async def test_an_agent_claims_answers_and_resolves_by_answering_mails(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    notice = leo.last
    await leo.says("/claim", answers=notice)
    assert "IT-1 is yours" in leo.last.text
    await leo.says("Hi Ada, is the cable plugged in?", answers=notice)
    assert ada.last.text.startswith("Hi Ada, is the cable plugged in?")
    assert ada.last.sender_name == "Leo Prats"
    await ada.says("It wasn't. Now it works!", answers=ada.last)
    assert "It wasn't" in leo.last.text
    await leo.says("/resolve The cable was loose.", answers=leo.last)
    assert "The cable was loose." in ada.last.text
    ticket = await stage.ticket()
    assert ticket.status is Status.RESOLVED
    assert ticket.first_answer_at is not None


async def test_a_second_claim_is_refused_politely_with_the_name(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim", answers=leo.last)
    await eva.says("/claim IT-1")
    assert "Leo Prats" in eva.last.text
    assert (await stage.ticket()).assignee != eva


async def test_nothing_of_a_message_is_done_when_one_of_its_commands_is_refused(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says("/claim\n/priority enormous\n\nHi Ada, it is fixed", answers=leo.last)
    assert (await stage.ticket()).assignee is None
    assert len(ada.letters) == heard
    assert "enormous" in leo.last.text


async def test_an_unknown_command_is_answered_with_what_is_near_it(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/clam", answers=leo.last)
    assert "/claim" in leo.last.text


async def test_an_agent_logs_a_contact_for_somebody_else_in_one_line(stage, leo):
    await leo.says("/log ada@example.org Called: the badge doesn't open the door")
    ada = stage.person("ada@example.org")
    assert "IT-1" in leo.last.text
    assert ada.last.reference == "IT-1"
    assert "Leo Prats" in ada.last.text
    await ada.says("It is door B", answers=ada.last)
    assert await stage.ticket(2) is None


async def test_an_agent_forwards_a_mail_and_the_writer_gets_the_ticket(stage, leo):
    writer = Speaker("ada@example.org", "Ada Lin")
    await leo.says("---------- Forwarded\nMy screen is black", forwarded=writer)
    ada = stage.person("ada@example.org")
    assert ada.last.reference == "IT-1"


async def test_people_in_copy_may_join_and_hear_the_answers(stage, ada, leo):
    bob = stage.person("bob@example.org", "Bob")
    await ada.says("Our printer is dead", others=(Speaker("bob@example.org", "Bob"),))
    assert not bob.letters
    await bob.says("For me too", answers=ada.names[0])
    assert await stage.ticket(2) is None
    await leo.says("On my way", answers=leo.last)
    assert "On my way" in bob.last.text


async def test_merged_tickets_lead_to_their_target_at_any_depth(stage, ada, leo):
    bob = stage.person("bob@example.org", "Bob")
    await ada.says("The printer is dead", subject="Printer")
    await bob.says("Nobody can print", subject="Print")
    await ada.says("Paper is stuck too", subject="Paper")
    await leo.says("/merge IT-1 IT-2")
    await leo.says("/merge IT-3 IT-1")
    assert "IT-3" in bob.last.text or "IT-1" in bob.last.text
    await bob.says("Any news on this printer thing?", answers=bob.letters[0])
    assert await stage.ticket(4) is None
    assert (await stage.entries(3))[-1].text.startswith("Any news")
    await leo.says("/history IT-3")
    assert "Nobody can print" in leo.last.text


async def test_a_hold_ends_by_itself(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim\n/hold 2h, the new one arrives then.", answers=leo.last)
    assert (await stage.ticket()).status is Status.HELD
    assert "the new one arrives then." in ada.last.text
    await stage.passes(hours=3)
    assert (await stage.ticket()).status is Status.OPEN
    assert "hold is over" in leo.last.text


@pytest.mark.parametrize(
    ("until", "day", "hour"),
    [("tomorrow", 1, 9), ("mañana a las 8", 1, 8), ("el viernes", 4, 9), ("2h30", 0, 11)],
)
async def test_a_hold_lasts_until_the_moment_that_people_say(stage, ada, leo, until, day, hour):
    await ada.says("My screen is black", subject="Screen")
    began = stage.clock()
    await leo.says(f"/hold {until}: The new one arrives then.\nAt 9 I am back.", answers=leo.last)
    ticket = await stage.ticket()
    assert ticket.status is Status.HELD
    assert ticket.held_until.date() - began.date() == timedelta(days=day)
    assert ticket.held_until.hour == hour
    assert ada.last.text.startswith("The new one arrives then.")


async def test_what_is_solved_closes_after_the_days_of_grace(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/resolve Done.", answers=leo.last)
    await stage.passes(days=4, minutes=1)
    assert "We close it on Saturday at 09:01." in ada.last.text
    letters = len(ada.letters)
    await stage.passes(minutes=10)
    assert (await stage.ticket()).status is Status.RESOLVED
    await stage.passes(days=1)
    assert (await stage.ticket()).status is Status.CLOSED
    assert len(ada.letters) == letters


async def test_whoever_said_that_it_is_solved_is_not_asked_again(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/resolve Done.", answers=leo.last)
    await ada.says("Thanks, it works!", answers=ada.last)
    letters = len(ada.letters)
    await stage.passes(days=4, minutes=1)
    await stage.passes(days=2)
    assert (await stage.ticket()).status is Status.CLOSED
    assert len(ada.letters) == letters


async def test_after_a_downtime_it_is_told_before_it_is_closed(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/resolve Done.", answers=leo.last)
    await stage.passes(days=10)
    assert (await stage.ticket()).status is Status.RESOLVED
    assert "We close it on" in ada.last.text
    await ada.says("It is black again", answers=ada.last)
    assert (await stage.ticket()).status is not Status.RESOLVED


async def test_a_command_can_be_answered_at_once_where_the_channel_can(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    answer = await leo.says("/claim IT-1", interactive=True)
    assert "IT-1 is yours" in answer.text
    assert len(leo.letters) == 1


async def test_plain_words_where_only_agents_read_are_a_note(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says("Probably the cable", answers=leo.last, internal=True)
    assert len(ada.letters) == heard
    assert isinstance((await stage.entries())[-1], Note)


async def test_the_team_of_the_door_gets_the_ticket(stage, ada, leo):
    await ada.says("The line is dead", subject="Line", team="network")
    assert stage.person("max@desk.example").letters
    assert not leo.letters


async def test_asking_waits_for_the_answer_and_the_answer_ends_the_wait(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/ask Which of the two?", answers=leo.last)
    assert (await stage.ticket()).status is Status.WAITING
    assert "Which of the two?" in ada.last.text
    await ada.says("The left one", answers=ada.last)
    assert (await stage.ticket()).status is Status.OPEN


async def test_help_tells_each_what_they_may_do(stage, ada, leo):
    await ada.says("help")
    assert "/claim" not in ada.last.text
    await leo.says("/help")
    assert "/claim IT-42" in leo.last.text


async def test_the_queue_shows_what_waits(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/queue")
    assert "IT-1" in leo.last.text
    assert "Ada Lin" in leo.last.text


async def test_a_refusal_outside_the_conversation_names_the_ticket(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    await eva.says("/claim IT-1")
    assert "IT-1" in eva.last.text


@pytest.mark.parametrize(
    "line",
    [
        "claim \u2068IT-1\u2069",  # as some programs copy a name
        "\u200fclaim IT-1\u200e",
        "claim\u200b [IT-1\u200b]:",
        "claim IT\u20111",
        "tomar \ufeffit-1",
    ],
)
async def test_a_copied_reference_is_read_whatever_marks_come_along(stage, ada, leo, line):
    await ada.says("My screen is black", subject="Screen")
    await leo.says(line, interactive=True, asked=True)
    assert (await stage.ticket()).assignee is not None


async def test_a_copied_reference_in_a_subject_is_read(stage, ada):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("It is still black", subject="Re: Screen \u2068[IT\u20111]\u2069")
    assert await stage.ticket(2) is None
