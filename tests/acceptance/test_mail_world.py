"""What the real world does to a help desk's mail, end to end: nothing is lost, nothing loops."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from mail_people import HELP, SALES
from mail_stage import Clock, MailStage, desk_settings, mailbox, set_mail_stage

from bot.cli.audit import disagreements
from bot.model.mailroom import Delivery, Outcome
from bot.model.ticket import Status

CORPUS = Path(__file__).parent.parent / "corpus" / "mail"
AWAY = "I am away until Monday. Estoy de vacaciones hasta el lunes."


@pytest.fixture
async def stage(sqlite_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[MailStage]:
    """The same desk; SQLite serves, since mail knows nothing of the book."""
    async with set_mail_stage(sqlite_url, tmp_path, clock) as scene:
        yield scene


async def test_the_whole_corpus_comes_in_and_each_mail_ends_somewhere(sqlite_url, tmp_path, clock):
    """E1, E2, E3, E27: three hundred odd mails, none stops those behind it."""
    paths = sorted(CORPUS.glob("*/*.eml"))
    desk = desk_settings(agents=())  # nobody to be told: the mails are what matters
    async with set_mail_stage(sqlite_url, tmp_path, clock, desk=desk) as stage:
        for path in paths:
            await stage.server.deliver(path.read_bytes(), HELP)
        await stage.settles(patience=30)
        account = await stage.account()
    assert account.arrived + account.duplicates == len(paths)
    assert account.arrived == sum(account.outcomes.values())
    assert account.unsettled == 0
    assert Outcome.QUARANTINE not in account.outcomes
    assert account.outcomes[Outcome.TICKET] > len(paths) / 3
    assert list(disagreements([account])) == []


async def test_a_mail_without_an_id_is_a_ticket_each_time(stage, tom):
    """E4: empty and missing ids are no identity."""
    for number, name in enumerate(["", "Message-ID: \r\n", "Message-ID: <>\r\n"]):
        raw = f"From: Tom <{tom.address}>\r\nTo: {HELP}\r\nSubject: Chair {number}\r\n{name}\r\n"
        await tom.posts(f"{raw}Chair {number} is broken.\r\n".encode())
    assert sorted(each.subject for each in await tom.catches_up()) == [
        f"Chair {number} [IT-{number + 1}]" for number in range(3)
    ]


async def test_the_same_id_over_other_words_is_another_mail(stage, tom):
    """E5: a copier that numbers all its mails alike loses none."""
    for name in ("Toner", "Paper"):
        raw = f"From: Tom <{tom.address}>\r\nTo: {HELP}\r\nSubject: {name}\r\n"
        await tom.posts(f"{raw}Message-ID: <1@copier>\r\n\r\n{name} is out.\r\n".encode())
    assert len(await tom.catches_up()) == 2
    assert await stage.ticket(2) is not None


async def test_a_mail_that_comes_twice_is_answered_once(stage, tom):
    """E5, E26: the same bytes again are counted, and no more."""
    raw = f"From: Tom <{tom.address}>\r\nTo: {HELP}\r\nSubject: Chair\r\nMessage-ID: <a@b>\r\n"
    for _ in range(3):
        await tom.posts(f"{raw}\r\nMy chair is broken.\r\n".encode())
    assert len(await tom.catches_up()) == 1
    account = await stage.account()
    assert (account.arrived, account.duplicates) == (1, 2)


async def test_one_mail_to_two_of_our_mailboxes_is_one_ticket(sqlite_url, tmp_path, clock):
    """E6: each mailbox has it, nobody is acknowledged twice, and the two don't talk."""
    boxes = (mailbox(), mailbox(SALES))
    async with set_mail_stage(sqlite_url, tmp_path, clock, boxes=boxes) as stage:
        tom = stage.person("tom")
        raw = (
            f"From: Tom <{tom.address}>\r\nTo: {HELP}, {SALES}\r\nSubject: Chair\r\n"
            "Message-ID: <a@b>\r\n\r\nMy chair is broken.\r\n"
        ).encode()
        await tom.posts(raw, to=HELP)
        await tom.posts(raw, to=SALES)
        assert len(await tom.catches_up()) == 1
        account = await stage.account()
        assert account.outcomes == {Outcome.TICKET: 1}
        assert len(await stage.server.messages(HELP)) == len(await stage.server.messages(SALES))


async def test_our_own_letters_coming_back_open_nothing(stage, tom):
    """E7: a list or a rule that returns our mail doesn't start a loop."""
    await tom.writes("My chair is broken", subject="Chair")
    letter = await tom.reads()
    for _ in range(3):
        await tom.posts(letter.message.as_bytes())
    await tom.posts(f"From: {HELP}\r\nTo: {HELP}\r\nSubject: Me\r\n\r\nIt is me.\r\n".encode())
    assert await tom.catches_up() == []
    assert await stage.ticket(2) is None
    account = await stage.account()
    assert account.outcomes[Outcome.ASIDE] >= 2


async def test_two_desks_that_acknowledge_each_other_stop_at_once(stage, tom):
    """E7: an answer by a machine to our acknowledgement is kept and not answered."""
    await tom.writes("My chair is broken", subject="Chair")
    letter = await tom.reads()
    marks = {"auto_submitted": "auto-replied", "precedence": "bulk"}
    await tom.writes("Your request [X-7] was received.", answers=letter, **marks)
    assert await tom.catches_up() == []
    assert await stage.ticket(2) is None
    assert "auto_reply" in (await stage.entries())[-1].remarks


@pytest.mark.parametrize(
    "marks",
    [{"auto_submitted": "auto-replied"}, {"x_autoreply": "yes"}, {"precedence": "auto_reply"}],
    ids=lambda marks: next(iter(marks)),
)
async def test_an_absence_note_moves_nothing(stage, tom, sara, marks):
    """E8: it reopens nothing, answers nothing, and tells nobody."""
    await tom.writes("My chair is broken", subject="Chair")
    await sara.writes("/claim\n/resolve A new one is there.", answers=await sara.reads())
    await sara.catches_up()
    *_, resolved = await tom.catches_up()
    await tom.writes(AWAY, answers=resolved, **marks)
    assert await tom.catches_up() == []
    assert await sara.catches_up() == []
    assert (await stage.ticket()).status is Status.RESOLVED


async def test_a_question_about_absence_notes_is_a_question(stage, tom):
    """E8: the subject alone swallows nothing."""
    await tom.writes("How do I set one for next week?", subject="Out of office")
    assert "IT-1" in (await tom.reads()).subject


async def test_auto_submitted_no_is_written_by_a_person(stage, tom):
    """E8: "no" is not automatic."""
    await tom.writes("My chair is broken", subject="Chair", auto_submitted="no")
    assert "IT-1" in (await tom.reads()).subject


async def test_a_bounce_marks_the_letter_and_tells_the_agents(stage, tom, sara):
    """E9: it becomes no ticket, its sender no person, and nobody answers it."""
    await tom.writes("My chair is broken", subject="Chair")
    lost = await tom.reads()
    await sara.reads()
    await stage.server.deliver(bounce(lost.name, tom.address), HELP)
    told = await sara.reads()
    assert "550 5.1.1 User unknown" in told
    assert "didn't reach tom@example.org" in told
    await stage.settles()
    assert await stage.ticket(2) is None
    assert stage.server.outbox == []
    states = await stage.app.store.read(lambda work: work.outbox.states())
    assert states[Delivery.BOUNCED] == 1
    found = await stage.app.store.read(lambda work: work.people.find("email", tom.address))
    assert found is not None
    assert not found[0].reachable


async def test_a_forged_bounce_is_set_aside(stage, tom, sara):
    """E9: a bounce of what we never sent proves nothing."""
    await tom.writes("My chair is broken", subject="Chair")
    await sara.catches_up()
    await stage.server.deliver(bounce("<desk.1.1.0123456789abcdef@desk.example>", HELP), HELP)
    await stage.settles()
    assert await sara.catches_up() == []


@pytest.mark.parametrize("after", ["seen", "move", "leave"])
async def test_whatever_becomes_of_read_mail_it_is_read_once(sqlite_url, tmp_path, clock, after):
    """E26: the place is kept by number; who else reads the box makes no difference."""
    boxes = (mailbox(after=after),)
    async with set_mail_stage(sqlite_url, tmp_path, clock, boxes=boxes) as stage:
        tom = stage.person("tom")
        await tom.writes("My chair is broken", subject="Chair")
        assert "IT-1" in (await tom.reads()).subject
        await tom.writes("My desk is broken", subject="Desk")
        assert "IT-2" in (await tom.reads()).subject
        account = await stage.account()
        assert (account.arrived, account.duplicates) == (2, 0)


def bounce(message_id: str, recipient: str) -> bytes:
    """What a mail server says that could not deliver a letter."""
    return (
        "Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example.org>\r\n"
        f"To: {HELP}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "Message-ID: <bounce@mx.example.org>\r\nAuto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=b;"
        " report-type=delivery-status\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
        f"<{recipient}>: host said: 550 5.1.1 User unknown\r\n--b\r\n"
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n--b\r\n"
        f"Content-Type: message/rfc822\r\n\r\nFrom: {HELP}\r\nMessage-ID: {message_id}\r\n"
        "Subject: It\r\n\r\nIt.\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize("left", ["> /claim", "> Hi Sara,\n> \n> My VPN is down\n"])
async def test_an_agents_mail_that_holds_only_what_it_answers_goes_to_nobody(
    stage, tom, sara, left
):
    await tom.writes("My VPN is down", subject="VPN")
    await tom.reads()
    await sara.writes(left, answers=await sara.reads())
    told = await sara.reads()
    assert "Your message holds only a quotation, so nothing was sent" in told
    assert await tom.catches_up() == []
    assert (await stage.account()).outcomes == {Outcome.TICKET: 1, Outcome.COMMAND: 1}
