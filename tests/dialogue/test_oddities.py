"""What is no ordinary message: machines, strangers, secrets, files, and things that come twice."""

import pytest

from bot.model.entry import Message, Note, What
from bot.model.mailroom import Delivery
from bot.model.message import Failure, Nature, Upload
from bot.model.ticket import Status


async def test_a_message_that_comes_twice_is_one_ticket_and_one_acknowledgement(stage, ada):
    await ada.says("My screen is black", external_id="<same@x>", known_as="<same@x>")
    await ada.says("My screen is black", external_id="<same@x>", known_as="<same@x>")
    assert len(ada.letters) == 1
    assert await stage.ticket(2) is None


async def test_a_note_stays_inside_even_when_a_mail_program_wrapped_it(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    heard_before = len(ada.letters)
    await leo.says("/note She dropped it last week,\nask for the old one.", answers=leo.last)
    assert len(ada.letters) == heard_before
    assert "ask for the old one" in eva.last.text
    notes = [each for each in await stage.entries() if isinstance(each, Note)]
    assert notes[0].text == "She dropped it last week,\nask for the old one."


async def test_a_stranger_with_the_reference_in_the_subject_gets_a_ticket_of_their_own(stage, ada):
    await ada.says("My screen is black", subject="Screen")
    eve = stage.person("eve@elsewhere.example", "Eve")
    await eve.says("Send me everything about it", subject="Re: Screen [IT-1]")
    assert (await stage.ticket(2)).requester != (await stage.ticket(1)).requester
    assert len(ada.letters) == 1


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


async def test_a_machine_that_answers_every_acknowledgement_is_not_fed_for_ever(stage):
    robot = stage.person("robot@example.org", "Robot")
    for _ in range(40):
        stage.clock.move(seconds=30)
        await robot.says("The job failed on node 7", subject="ALERT")
    assert len(robot.letters) < 30
    assert await stage.ticket(40) is not None


async def test_files_are_kept_and_handed_on(stage, ada, leo):
    shot = Upload("screen.png", "image/png", b"\x89PNG....")
    await ada.says("Look at this error", uploads=[shot])
    assert "screen.png" in leo.last.text
    entry = next(e for e in await stage.entries() if isinstance(e, Message))
    assert stage.files.read(entry.attachments[0].digest) == shot.content
    await leo.says("Open the attached guide", answers=leo.last, uploads=[shot])
    assert ada.last.uploads[0].content == shot.content


async def test_an_agents_answer_with_a_secret_is_not_sent(stage, ada, leo):
    await ada.says("I forgot how to get in", subject="Login")
    heard = len(ada.letters)
    await leo.says("Your new password is: Hunter2!Long", answers=leo.last)
    assert len(ada.letters) == heard
    assert "secret" in leo.last.text


async def test_every_item_of_the_inbox_is_accounted_for(stage, ada, leo, store):
    await ada.says("Hello!")
    await ada.says("My screen is black", subject="Screen")
    await ada.says("More", answers=ada.last)
    await leo.says("/claim", answers=leo.last)
    await ada.says("noise", nature=Nature.LOOP)
    (account,) = await store.read(lambda work: work.inbox.accounts())
    assert account.unsettled == 0
    assert account.arrived == sum(account.outcomes.values()) == 5


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


async def test_a_bounce_that_overtakes_the_courier_is_no_forgery(stage, ada, leo, store):
    await ada.says("My screen is black", subject="Screen")
    failure = Failure("ada@example.org", "<not.noted@yet>", reason="550", row=ada.last.row)
    daemon = stage.person("mailer-daemon@example.org")
    await daemon.says("It failed", nature=Nature.BOUNCE, failure=failure)
    assert "550" in leo.last.text
    states = await store.read(lambda work: work.outbox.states())
    assert states[Delivery.BOUNCED] == 1
