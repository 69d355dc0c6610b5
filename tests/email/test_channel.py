"""The email door from end to end: real mail comes in, once, in order, and is marked."""

import asyncio
import imaplib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from mail_door import (
    ADA,
    HELP,
    Desk,
    Notebook,
    becomes,
    door,
    listening,
    mail,
    mailbox,
)
from mail_people import PASSWORD
from mail_session import WITHOUT_DOVECOT

from bot.model.message import Inbound
from sandbox import mail_dovecot, mail_settings
from sandbox.mail import MailServer
from sandbox.mail_letter import Letter

pytestmark = pytest.mark.usefixtures("in_a_hurry")


async def test_mail_that_waits_and_mail_that_comes_is_handed_over_once(
    server: MailServer, desk: Desk, notebook: Notebook
) -> None:
    await server.post(Letter(ADA, HELP, mail("one"), signed_in=ADA))
    async with listening(door(notebook, mailbox(server)), desk.receive):
        assert await desk.has(1) == ["one"]
        await becomes(lambda: notebook.uid == 101)
        await server.post(Letter(ADA, HELP, mail("two"), signed_in=ADA))
        assert await desk.has(2) == ["one", "two"]
        await becomes(lambda: notebook.uid == 102)
    async with listening(door(notebook, mailbox(server)), desk.receive):
        await server.deliver(mail("three"), HELP)
        assert await desk.has(3) == ["one", "two", "three"]
    first = desk.got[0]
    assert first.address.channel == "email"
    assert first.address.room == HELP
    assert (first.speaker.external_id, first.speaker.verified) == (ADA, True)
    assert desk.got[2].speaker.verified is False  # nobody vouched for it
    assert first.raw == (await server.messages(HELP))[0]


@pytest.mark.parametrize(("after", "inbox", "away"), [("seen", 2, 0), ("move", 0, 2)])
async def test_received_mail_is_marked_or_put_away(
    server: MailServer, desk: Desk, notebook: Notebook, after: str, inbox: int, away: int
) -> None:
    for subject in ("one", "two"):
        await server.deliver(mail(subject), HELP)
    async with listening(door(notebook, mailbox(server, after=after)), desk.receive):
        await becomes(lambda: notebook.uid == 102)
    assert len(await server.messages(HELP)) == inbox
    assert await asyncio.to_thread(unseen, server) == []
    if away:
        assert len(await server.messages(HELP, "Processed")) == away


def unseen(server: MailServer) -> list[bytes]:
    with other_program(server) as program:
        return [word for line in program.search(None, "UNSEEN")[1] for word in line.split()]


async def test_mail_that_somebody_else_read_first_is_not_missed(
    server: MailServer, desk: Desk, notebook: Notebook
) -> None:
    await server.deliver(mail("one"), HELP)

    def read() -> None:
        with other_program(server) as program:
            program.store("1", "+FLAGS", r"\Seen")

    await asyncio.to_thread(read)
    async with listening(door(notebook, mailbox(server, after="leave")), desk.receive):
        assert await desk.has(1) == ["one"]


async def test_at_the_first_start_old_mail_is_left_alone_if_so_wished(
    server: MailServer, desk: Desk, notebook: Notebook
) -> None:
    await server.deliver(mail("old"), HELP)
    async with listening(door(notebook, mailbox(server, first_start="new")), desk.receive):
        await becomes(lambda: notebook.uid == 101)
        await server.deliver(mail("new"), HELP)
        assert await desk.has(1) == ["new"]


async def test_one_mail_that_is_not_taken_holds_up_nobody_and_comes_again(
    server: MailServer, desk: Desk, notebook: Notebook, caplog: pytest.LogCaptureFixture
) -> None:
    desk.refuses = lambda subject: subject == "bad" and desk.tries < 6
    for subject in ("one", "bad", "three"):
        await server.deliver(mail(subject, f"{subject}@desk.example"), HELP)
    async with listening(door(notebook, mailbox(server, after="move")), desk.receive):
        assert await desk.has(2) == ["one", "three"]
        await becomes(lambda: notebook.uid == 101)
        await server.deliver(mail("four"), HELP)
        assert (await desk.has(3))[2] == "four"
        assert notebook.uid == 101
        assert (await desk.has(4))[3] == "bad"
        await becomes(lambda: notebook.uid == 104)
    assert desk.tries == 6  # each other one once, this one thrice
    assert "message 102 was not taken" in caplog.text
    assert "the book is closed" in caplog.text
    assert await server.messages(HELP) == []


async def test_a_mail_that_failed_before_a_restart_comes_again_after_it(
    server: MailServer, desk: Desk, notebook: Notebook
) -> None:
    desk.refuses = lambda subject: subject == "bad"
    for subject in ("one", "bad", "three"):
        await server.deliver(mail(subject), HELP)
    async with listening(door(notebook, mailbox(server)), desk.receive):
        await desk.has(2)
        await becomes(lambda: notebook.uid == 101)
    desk.refuses = lambda _: False
    async with listening(door(notebook, mailbox(server)), desk.receive):
        assert (await desk.has(4))[2:] == ["bad", "three"]  # the desk knows "three" again


async def test_a_failed_mail_that_somebody_deletes_is_waited_for_no_longer(
    server: MailServer, desk: Desk, notebook: Notebook
) -> None:
    desk.refuses = lambda subject: subject == "bad"
    await server.deliver(mail("bad"), HELP)
    async with listening(door(notebook, mailbox(server)), desk.receive):
        await desk.until(lambda: desk.tries > 0)

        def delete() -> None:
            with other_program(server) as program:
                program.store("1", "+FLAGS", r"\Deleted")
                program.expunge()

        await asyncio.to_thread(delete)
        await server.deliver(mail("good"), HELP)
        assert await desk.has(1) == ["good"]
        await becomes(lambda: notebook.uid == 102)


async def test_what_belongs_together_keeps_its_order_and_the_rest_does_not_wait(
    server: MailServer, notebook: Notebook
) -> None:
    reply = "In-Reply-To: <a1@desk.example>\r\n"
    letters = [
        mail("a1", "a@desk.example"),
        mail("b1", "b@desk.example"),
        mail("a2", "a@desk.example"),
        mail("c1", "c@desk.example", reply),
    ]
    for raw in letters:
        await server.deliver(raw, HELP)
    begun: list[str] = []
    ended: list[str] = []
    first_goes_on = asyncio.Event()

    async def receive(inbound: Inbound) -> None:
        begun.append(inbound.subject)
        if inbound.subject == "a1":
            await first_goes_on.wait()
        ended.append(inbound.subject)

    async with listening(door(notebook, mailbox(server)), receive):
        await becomes(lambda: ended == ["b1"])
        await asyncio.sleep(0.02)
        assert begun == ["a1", "b1"]
        first_goes_on.set()
        await becomes(lambda: len(ended) == 4)
    assert ended[:2] == ["b1", "a1"]


async def test_several_chunks_arrive_whole_and_many_at_once(
    server: MailServer, notebook: Notebook
) -> None:
    for number in range(250):
        await server.deliver(mail(f"m{number}", f"u{number}@desk.example"), HELP)
    now, most, total = 0, 0, 0

    async def receive(_: Inbound) -> None:
        nonlocal now, most, total
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        total += 1

    async with listening(door(notebook, mailbox(server)), receive):
        await becomes(lambda: notebook.uid == 350)
    assert total == 250
    assert 8 < most <= 32


@WITHOUT_DOVECOT
async def test_with_dovecot_too_mail_comes_once_and_is_put_away(
    desk: Desk, notebook: Notebook
) -> None:
    with mail_dovecot.Dovecot({HELP: PASSWORD}) as dovecot:
        box = mail_settings.mailbox(HELP, PASSWORD, imap_port=dovecot.imap_port, after="move")
        for number in range(120):
            dovecot.deliver(mail(f"m{number}"), HELP)
        async with listening(door(notebook, box), desk.receive):
            assert await desk.has(120) == [f"m{number}" for number in range(120)]
            await becomes(lambda: notebook.uid == 120)
            dovecot.deliver(mail("pushed"), HELP)
            assert (await desk.has(121))[120] == "pushed"
            await becomes(lambda: notebook.uid == 121)
            dovecot.renumber()
            dovecot.deliver(mail("after"), HELP)
            assert (await desk.has(122))[121] == "after"


@contextmanager
def other_program(server: MailServer) -> Iterator[imaplib.IMAP4]:
    """The mail program of somebody who looks into the desk's mailbox as well."""
    with imaplib.IMAP4("127.0.0.1", server.imap_port, timeout=5) as program:
        program.login(HELP, PASSWORD)
        program.select("INBOX")
        yield program
