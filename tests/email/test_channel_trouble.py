"""The email door when servers renumber, cut, fall silent or refuse, and mails are broken."""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime

import pytest
from mail_door import (
    HELP,
    KEY,
    SALES,
    Desk,
    Notebook,
    becomes,
    door,
    listening,
    mail,
    mailbox,
)

from adapters.email import intake, watch
from adapters.email.codec import decode
from adapters.email.cursor import Place
from adapters.email.mail import Mail
from bot.channel import WrongSettings
from sandbox.mail import MailServer

pytestmark = pytest.mark.usefixtures("in_a_hurry")


async def test_a_renumbered_mailbox_is_looked_through_again(
    server: MailServer, desk: Desk, notebook: Notebook
) -> None:
    await server.deliver(mail("one"), HELP)
    async with listening(door(notebook, mailbox(server)), desk.receive):
        await desk.has(1)
        await becomes(lambda: notebook.uid == 101)
        before = notebook[KEY]
        await server.faults.imap.renumber(HELP)
        await server.deliver(mail("two"), HELP)
        assert await desk.has(3) == ["one", "one", "two"]  # the desk knows "one" again
        await becomes(lambda: notebook.uid == 102 and notebook[KEY] != before)
        assert before.split()[0] != notebook[KEY].split()[0]


async def test_after_a_renumbering_days_that_were_read_are_left_alone(
    server: MailServer, desk: Desk, notebook: Notebook
) -> None:
    await server.deliver(mail("one"), HELP)
    notebook[KEY] = str(Place(1, 7, datetime(2999, 1, 1, tzinfo=UTC).date()))
    async with listening(door(notebook, mailbox(server)), desk.receive):
        await becomes(lambda: notebook.uid == 101)
        await server.deliver(mail("two"), HELP)
        assert await desk.has(1) == ["two"]


async def test_a_cut_connection_is_made_anew_and_nothing_is_missed(
    server: MailServer, desk: Desk, notebook: Notebook, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(door(notebook, mailbox(server)), desk.receive):
        for number in range(3):
            await server.deliver(mail(f"m{number}"), HELP)
            await desk.has(number + 1)
            server.faults.imap.drop()
        await server.deliver(mail("last"), HELP)
        await becomes(lambda: notebook.uid == 104)
    assert {inbound.subject for inbound in desk.got} == {"m0", "m1", "m2", "last"}
    assert "the server hung up" in caplog.text


async def test_a_server_that_falls_silent_is_left_for_a_new_connection(
    server: MailServer, desk: Desk, notebook: Notebook
) -> None:
    patient = door(notebook, mailbox(server), timeout_seconds=0.2, poll_seconds=0.05)
    async with listening(patient, desk.receive):
        await server.deliver(mail("one"), HELP)
        await desk.has(1)
        server.faults.imap.mute()
        await asyncio.sleep(0.4)
        await server.deliver(mail("two"), HELP)
        server.faults.imap.speak()
        await desk.until(lambda: "two" in [inbound.subject for inbound in desk.got])


async def test_a_message_over_the_limit_comes_in_part_and_says_so(
    server: MailServer, desk: Desk, notebook: Notebook
) -> None:
    whole = mail("big", body="x" * 70 + "\r\n" + ("y" * 76 + "\r\n") * 5000)
    await server.deliver(whole, HELP)
    async with listening(door(notebook, mailbox(server, max_bytes=300_000)), desk.receive):
        await desk.has(1)
    (got,) = desk.got
    assert "truncated" in got.remarks
    assert got.subject == "big"
    assert got.raw == whole[: watch.PART]
    assert await server.messages(HELP) == [whole]


async def test_a_mail_that_breaks_the_reader_is_handed_over_as_it_came(
    server: MailServer, desk: Desk, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbling(raw: bytes, *, own_addresses: Collection[str]) -> Mail:
        if b"MIME of death" in raw:
            raise RecursionError
        return decode(raw, own_addresses=own_addresses)

    monkeypatch.setattr(intake, "decode", stumbling)
    for subject in ("MIME of death", "two"):
        await server.deliver(mail(subject), HELP)
    async with listening(door(notebook, mailbox(server)), desk.receive):
        assert sorted(await desk.has(2)) == ["", "two"]
    (dead,) = (inbound for inbound in desk.got if not inbound.subject)
    assert dead.remarks == ("unreadable",)
    assert dead.raw == mail("MIME of death")


@pytest.fixture
def errors(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[str]]]:
    with caplog.at_level(logging.ERROR):
        yield lambda: [record.getMessage() for record in caplog.records]


async def test_one_wrong_mailbox_is_told_and_the_others_stay_open(
    server: MailServer, desk: Desk, notebook: Notebook, errors: Callable[[], list[str]]
) -> None:
    wrong = mailbox(server, SALES, password="wrong")
    async with listening(door(notebook, wrong, mailbox(server)), desk.receive) as task:
        await becomes(lambda: len(errors()) == 1)
        await server.deliver(mail("one"), HELP)
        assert await desk.has(1) == ["one"]
        assert not task.done()
    assert errors()[0].startswith(f"{SALES}: IMAP 127.0.0.1:{server.imap_port} refuses")


async def test_when_every_mailbox_is_wrong_the_door_says_so(
    server: MailServer, desk: Desk, notebook: Notebook
) -> None:
    wrong = [mailbox(server, address, password="wrong") for address in (HELP, SALES)]
    with pytest.raises(WrongSettings, match="refuses"):
        await asyncio.wait_for(door(notebook, *wrong).listen(desk.receive), 5)


async def test_our_own_mistake_leaves_by_the_front_door(
    server: MailServer, desk: Desk, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_key: str) -> str:
        raise LookupError("no such table")

    monkeypatch.setattr(notebook, "load", broken)
    with pytest.raises(LookupError, match="no such table"):
        await asyncio.wait_for(door(notebook, mailbox(server)).listen(desk.receive), 5)
