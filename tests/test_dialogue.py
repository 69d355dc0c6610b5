"""What people say to the desk, and what they hear: each scene on both databases."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from stage import Clock, Stage, set_stage, settings

from bot.model.entry import Message, Note, What
from bot.model.message import Failure, Nature, Speaker, Upload
from bot.model.ticket import Status
from bot.model.triage import Kind, Priority
from storage import Database
from storage.files import Files


@pytest.fixture
async def stage(store: Database, tmp_path: Path, clock: Clock) -> AsyncIterator[Stage]:
    async with set_stage(store, Files(tmp_path / "files"), clock) as scene:
        yield scene


@pytest.fixture
def ada(stage: Stage):
    return stage.person("ada@example.org", "Ada Lin")


@pytest.fixture
def leo(stage: Stage):
    return stage.person("leo@desk.example", "Leo Prats")


@pytest.fixture
def eva(stage: Stage):
    return stage.person("eva@desk.example", "Eva Sanz")


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


async def test_every_agent_of_the_team_hears_of_a_new_ticket_in_their_own_language(
    stage, ada, leo, eva
):
    await ada.says("My screen is black", subject="Screen")
    assert leo.last.language == "en"
    assert eva.last.language == "es"
    assert "> My screen is black" in leo.last.text
    assert "ada@example.org" in leo.last.text
    assert not stage.person("max@desk.example").letters


async def test_a_message_that_comes_twice_is_one_ticket_and_one_acknowledgement(stage, ada):
    await ada.says("My screen is black", external_id="<same@x>", known_as="<same@x>")
    await ada.says("My screen is black", external_id="<same@x>", known_as="<same@x>")
    assert len(ada.letters) == 1
    assert await stage.ticket(2) is None


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


async def test_commands_come_first_and_the_rest_goes_to_the_requester(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim\n/priority high\n\nHi Ada,\nI am on my way.\n\nLeo", answers=leo.last)
    assert "I am on my way." in ada.last.text
    assert "/claim" not in ada.last.text
    ticket = await stage.ticket()
    assert ticket.priority is Priority.HIGH


async def test_a_note_stays_inside_even_when_a_mail_program_wrapped_it(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    heard_before = len(ada.letters)
    await leo.says("/note She dropped it last week,\nask for the old one.", answers=leo.last)
    assert len(ada.letters) == heard_before
    assert "ask for the old one" in eva.last.text
    notes = [each for each in await stage.entries() if isinstance(each, Note)]
    assert notes[0].text == "She dropped it last week,\nask for the old one."


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


async def test_a_stranger_with_the_reference_in_the_subject_gets_a_ticket_of_their_own(stage, ada):
    await ada.says("My screen is black", subject="Screen")
    eve = stage.person("eve@elsewhere.example", "Eve")
    await eve.says("Send me everything about it", subject="Re: Screen [IT-1]")
    assert (await stage.ticket(2)).requester != (await stage.ticket(1)).requester
    assert len(ada.letters) == 1


async def test_the_requester_joins_by_the_reference_in_the_subject(stage, ada):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("Here is more about it", subject="Screen, again [IT-1]")
    assert await stage.ticket(2) is None


async def test_a_secret_is_hidden_everywhere_and_the_person_is_told(stage, ada, leo, store):
    await ada.says("I can't log in, my password is Hunter2!Long and it fails", subject="Login")
    assert "Hunter2" not in leo.last.text
    assert "password" in ada.last.text
    raw = await store.read(lambda work: work.inbox.raw(1))
    assert not any(b"Hunter2" in each for each in raw)
    entries = await stage.entries()
    assert "Hunter2" not in str(entries)


async def test_an_out_of_office_note_is_kept_and_moves_nothing(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim\n/resolve Done.", answers=leo.last)
    letters = len(leo.letters), len(ada.letters)
    await ada.says("I am away until Monday", answers=ada.last, nature=Nature.AUTO_REPLY)
    assert (await stage.ticket()).status is Status.RESOLVED
    assert (len(leo.letters), len(ada.letters)) == letters
    assert (await stage.entries())[-1].remarks[-1] == "auto_reply"


async def test_what_a_program_reports_is_a_ticket_without_an_acknowledgement(stage, leo):
    backup = stage.person("no-reply@backup.example")
    await backup.says("Job 7 failed", nature=Nature.AUTO_REPLY, remarks=("program",))
    assert not backup.letters
    assert "Job 7 failed" in leo.last.text


async def test_a_bounce_marks_the_letter_and_tells_the_agents(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    lost = ada.last
    daemon = stage.person("mailer-daemon@example.org")
    failure = Failure("ada@example.org", f"<out.{lost.row}>", True, "550 no such user")
    await daemon.says("It failed", nature=Nature.BOUNCE, failure=failure)
    assert "550 no such user" in leo.last.text
    assert not daemon.letters
    assert (await stage.entries())[-1].what is What.UNDELIVERED


async def test_a_forged_bounce_is_set_aside(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    letters = len(leo.letters)
    failure = Failure("ada@example.org", "<never.sent@x>", True, "550")
    await ada.says("It failed", nature=Nature.BOUNCE, failure=failure)
    assert len(leo.letters) == letters


async def test_our_own_words_coming_back_are_set_aside(stage, ada, store):
    await ada.says("anything", nature=Nature.LOOP)
    assert not ada.letters
    (account,) = await store.read(lambda work: work.inbox.accounts())
    assert account.unsettled == 0


async def test_an_agents_address_without_proof_gets_no_powers(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    forger = stage.person("leo@desk.example", "Leo Prats", verified=False)
    await forger.says("/resolve\nSend your password to me", answers=leo.last)
    assert len(ada.letters) == heard
    assert (await stage.ticket()).status is Status.NEW
    assert isinstance((await stage.entries())[-1], Note)


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
    await leo.says("/claim\n/hold 2h The new one arrives then.", answers=leo.last)
    assert (await stage.ticket()).status is Status.HELD
    assert "The new one arrives then." in ada.last.text
    await stage.passes(hours=3)
    assert (await stage.ticket()).status is Status.OPEN
    assert "hold is over" in leo.last.text


async def test_what_is_solved_closes_after_the_days_of_grace(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/resolve Done.", answers=leo.last)
    await stage.passes(days=6)
    assert (await stage.ticket()).status is Status.CLOSED


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


async def test_a_machine_that_answers_every_acknowledgement_is_not_fed_for_ever(stage):
    robot = stage.person("robot@example.org", "Robot")
    for _ in range(40):
        stage.clock.move(seconds=30)
        await robot.says("The job failed on node 7", subject="ALERT")
    assert len(robot.letters) < 25
    assert await stage.ticket(40) is not None


async def test_files_are_kept_and_handed_on(stage, ada, leo):
    shot = Upload("screen.png", "image/png", b"\x89PNG....")
    await ada.says("Look at this error", uploads=[shot])
    assert "screen.png" in leo.last.text
    entry = next(e for e in await stage.entries() if isinstance(e, Message))
    assert stage.files.read(entry.attachments[0].digest) == shot.content
    await leo.says("Open the attached guide", answers=leo.last, uploads=[shot])
    assert ada.last.uploads[0].content == shot.content


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


async def test_an_agents_answer_with_a_secret_is_not_sent(stage, ada, leo):
    await ada.says("I forgot how to get in", subject="Login")
    heard = len(ada.letters)
    await leo.says("Your new password is: Hunter2!Long", answers=leo.last)
    assert len(ada.letters) == heard
    assert "secret" in leo.last.text


async def test_a_chosen_language_wins_over_the_one_that_is_written(stage, ada):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("language español", answers=ada.last)
    await ada.says("Also my keyboard is broken and the mouse", subject="Keyboard")
    assert ada.last.language == "es"


async def test_the_team_of_the_door_gets_the_ticket(stage, ada, leo):
    await ada.says("The line is dead", subject="Line", team="network")
    assert stage.person("max@desk.example").letters
    assert not leo.letters


async def test_every_item_of_the_inbox_is_accounted_for(stage, ada, leo, store):
    await ada.says("Hello!")
    await ada.says("My screen is black", subject="Screen")
    await ada.says("More", answers=ada.last)
    await leo.says("/claim", answers=leo.last)
    await ada.says("noise", nature=Nature.LOOP)
    (account,) = await store.read(lambda work: work.inbox.accounts())
    assert account.unsettled == 0
    assert account.arrived == sum(account.outcomes.values()) == 5


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


async def test_one_mail_by_two_ways_is_one_ticket(stage, ada):
    await ada.says("My screen is black", subject="Screen", known_as="<mid@x>")
    await ada.says("My screen is black\n-- list footer", subject="Screen", known_as="<mid@x>")
    assert await stage.ticket(2) is None
    assert len(ada.letters) == 1


async def test_the_same_id_with_other_words_is_another_message(stage, ada):
    await ada.says("Toner is low", subject="Printer 7", known_as="<mid@x>")
    await ada.says("Paper is out", subject="Printer 8", known_as="<mid@x>")
    assert await stage.ticket(2) is not None


@pytest.mark.parametrize("words", ["/resolve IT-1", "/status IT-1", "/mine", "/help"])
async def test_a_forged_agent_has_not_even_a_requesters_view_of_others(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    forger = stage.person("leo@desk.example", "Leo Prats", verified=False)
    await forger.says(words)
    assert (await stage.ticket()).status is Status.NEW
    assert "Ada" not in leo.last.text
    assert "/claim" not in leo.last.text


async def test_the_file_of_a_report_goes_along_to_the_agents_but_not_back(stage, ada, leo):
    shot = Upload("screen.png", "image/png", b"\x89PNG....")
    await ada.says("Look at this error", uploads=[shot])
    assert leo.last.uploads[0].content == shot.content
    assert not ada.last.uploads


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


async def test_a_refusal_outside_the_conversation_names_the_ticket(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    await eva.says("/claim IT-1")
    assert "IT-1" in eva.last.text
