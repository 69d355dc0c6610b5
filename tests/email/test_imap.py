"""IMAP sessions against the sandbox's server, a private Dovecot, and servers with odd manners."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Protocol

import pytest
from mail_session import HELP, PASSWORD, WITHOUT_DOVECOT, mailbox, session

from adapters.email.connect import Trust
from adapters.email.imap import ConnectionLost, Session
from adapters.email.imap_text import number_set
from bot.channel import WrongSettings
from sandbox import mail_dovecot
from sandbox.mail import MailServer

HELLO = b"From: ada@desk.example\r\nSubject: :( * hi\r\n\r\nHello \xc3\xa1 \xff\r\n"


class Server(Protocol):
    """What the tests need of a server, whichever it is."""

    imap_port: int

    async def deliver(self, raw: bytes, to: str) -> None: ...
    async def renumber(self) -> None: ...
    async def cut(self) -> None: ...


class Sandbox:
    def __init__(self, server: MailServer) -> None:
        self._server = server
        self.imap_port = server.imap_port
        self.deliver = server.deliver

    async def renumber(self) -> None:
        await self._server.faults.imap.renumber(HELP)

    async def cut(self) -> None:
        self._server.faults.imap.drop()


class Dovecot:
    def __init__(self, server: mail_dovecot.Dovecot) -> None:
        self._server = server
        self.imap_port = server.imap_port

    async def deliver(self, raw: bytes, to: str) -> None:
        self._server.deliver(raw, to)

    async def renumber(self) -> None:
        self._server.renumber()

    async def cut(self) -> None:
        self._server.stop()


@pytest.fixture(params=["sandbox", pytest.param("dovecot", marks=WITHOUT_DOVECOT)])
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    if request.param == "sandbox":
        async with await MailServer.start({HELP: PASSWORD}) as sandbox:
            yield Sandbox(sandbox)
    else:
        with mail_dovecot.Dovecot({HELP: PASSWORD}) as dovecot:
            yield Dovecot(dovecot)


async def test_a_message_is_found_measured_and_fetched_byte_for_byte(server: Server) -> None:
    await server.deliver(HELLO, HELP)
    async with session(mailbox(server.imap_port)) as inbox:
        folder = await inbox.select("INBOX")
        (uid,) = await inbox.after(0)
        (message,) = await inbox.stored([uid])
        assert folder.count == 1
        assert folder.validity > 0
        assert message.uid == uid == await inbox.newest()
        assert message.size == len(HELLO)
        assert abs((message.day - datetime.now(UTC).date()).days) <= 1
        assert await inbox.fetch(uid) == HELLO
        assert await inbox.fetch(uid, first=9) == HELLO[:9]
        assert await inbox.since(message.day) == [uid]


async def test_the_newest_message_does_not_answer_for_those_after_it(server: Server) -> None:
    await server.deliver(HELLO, HELP)
    async with session(mailbox(server.imap_port)) as inbox:
        await inbox.select("INBOX")
        assert await inbox.after(await inbox.newest()) == []


async def test_an_empty_folder_has_nothing_new_and_no_newest(server: Server) -> None:
    async with session(mailbox(server.imap_port)) as inbox:
        folder = await inbox.select("INBOX")
        assert folder.count == await inbox.newest() == 0
        assert await inbox.after(0) == []


async def test_a_message_that_is_gone_is_none_and_an_empty_one_is_empty(server: Server) -> None:
    await server.deliver(b"\r\n", HELP)
    async with session(mailbox(server.imap_port)) as inbox:
        await inbox.select("INBOX")
        uid = await inbox.newest()
        assert await inbox.fetch(uid + 7) is None
        assert await inbox.stored([uid + 7]) == []
        assert await inbox.fetch(uid) in (b"", b"\r\n")


async def test_several_messages_come_with_one_command_and_those_gone_are_left_out(
    server: Server,
) -> None:
    for number in range(3):
        await server.deliver(HELLO + b"%d\r\n" % number, HELP)
    async with session(mailbox(server.imap_port)) as inbox:
        await inbox.select("INBOX")
        uids = await inbox.after(0)
        found = await inbox.fetch_all([*uids, uids[-1] + 7])
        assert found == {uid: HELLO + b"%d\r\n" % n for n, uid in enumerate(uids)}


async def test_news_arrives_while_waiting(server: Server) -> None:
    async with session(mailbox(server.imap_port)) as inbox:
        await inbox.select("INBOX")
        assert await inbox.after(0) == []
        waiting = asyncio.create_task(inbox.wait_for_news(30))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await server.deliver(HELLO, HELP)
        await asyncio.wait_for(waiting, 5)
        assert len(await inbox.after(0)) == 1


async def test_news_from_before_the_wait_is_not_slept_through(server: Server) -> None:
    async with session(mailbox(server.imap_port)) as inbox:
        await inbox.select("INBOX")
        assert await inbox.after(0) == []
        await server.deliver(HELLO, HELP)
        await asyncio.wait_for(inbox.wait_for_news(30), 5)
        assert len(await inbox.after(0)) == 1


async def test_waiting_ends_by_itself_and_the_session_goes_on(server: Server) -> None:
    async with session(mailbox(server.imap_port)) as inbox:
        await inbox.select("INBOX")
        for _ in range(3):
            await inbox.wait_for_news(0.01)
        assert await inbox.after(0) == []


async def test_a_batch_is_marked_seen_and_stays(server: Server) -> None:
    for _ in range(3):
        await server.deliver(HELLO, HELP)
    async with session(mailbox(server.imap_port)) as inbox:
        await inbox.select("INBOX")
        uids = await inbox.after(0)
        await inbox.mark_seen(uids)
        assert await inbox.after(0) == uids
        lines = await inbox._line.ask(inbox._line.wire.uid_fetch(number_set(uids), "(FLAGS)"))
        assert sum(rb"\Seen" in line for line in lines) == 3


@pytest.mark.parametrize("folder", ["Processed", "Años/Erledigt & fertig"])
async def test_a_batch_moves_to_a_folder_that_is_made_for_it(server: Server, folder: str) -> None:
    for _ in range(3):
        await server.deliver(HELLO, HELP)
    async with session(mailbox(server.imap_port)) as inbox:
        await inbox.select("INBOX")
        uids = await inbox.after(0)
        await inbox.put_away(uids[:2], folder)
        await inbox.put_away(uids[2:], folder)
        assert await inbox.after(0) == []
        assert (await inbox.select(folder)).count == 3


async def test_three_thousand_answers_in_one_read_are_read(server: Server) -> None:
    for _ in range(3000 if isinstance(server, Sandbox) else 1500):
        await server.deliver(b"\r\n", HELP)
    async with session(mailbox(server.imap_port), patience=20) as inbox:
        count = (await inbox.select("INBOX")).count
        uids = await inbox.after(0)
        assert len(await inbox.stored(uids)) == len(uids) == count


async def test_a_big_message_comes_whole(server: Server) -> None:
    big = b"Subject: big\r\n\r\n" + (b"x" * 76 + b"\r\n") * 100_000
    await server.deliver(big, HELP)
    async with session(mailbox(server.imap_port), patience=20) as inbox:
        await inbox.select("INBOX")
        assert await inbox.fetch(await inbox.newest()) == big


async def test_a_cut_ends_the_wait_at_once(server: Server) -> None:
    async with session(mailbox(server.imap_port)) as inbox:
        await inbox.select("INBOX")
        await inbox.after(0)
        waiting = asyncio.create_task(inbox.wait_for_news(60))
        await asyncio.sleep(0.1)
        await server.cut()
        with pytest.raises(ConnectionLost):
            await asyncio.wait_for(waiting, 2)
        with pytest.raises(ConnectionLost):
            await inbox.after(0)


async def test_renumbering_shows_in_the_validity(server: Server) -> None:
    await server.deliver(HELLO, HELP)
    async with session(mailbox(server.imap_port)) as inbox:
        before = await inbox.select("INBOX")
    await server.renumber()
    async with session(mailbox(server.imap_port)) as inbox:
        after = await inbox.select("INBOX")
    assert before.validity != after.validity
    assert before.count == after.count == 1


async def test_a_wrong_password_is_a_wrong_setting(server: Server) -> None:
    box = mailbox(server.imap_port, password="wrong")
    with pytest.raises(WrongSettings, match=r"refuses help@desk\.example .*: correct user and"):
        await Session.open(box, Trust(box), None)


async def test_a_missing_folder_is_a_wrong_setting(server: Server) -> None:
    async with session(mailbox(server.imap_port)) as inbox:
        with pytest.raises(WrongSettings, match="'Nowhere' can't be opened"):
            await inbox.select("Nowhere")


@WITHOUT_DOVECOT
async def test_where_folders_live_under_inbox_the_new_one_does_too() -> None:
    with mail_dovecot.Dovecot({HELP: PASSWORD}, dotted=True) as dovecot:
        dovecot.deliver(HELLO, HELP)
        async with session(mailbox(dovecot.imap_port)) as inbox:
            await inbox.select("INBOX")
            await inbox.put_away(await inbox.after(0), "Old/Processed")
            assert (await inbox.select("INBOX.Old.Processed")).count == 1


async def test_a_mute_server_costs_the_patience_and_the_connection() -> None:
    async with (
        await MailServer.start({HELP: PASSWORD}) as server,
        session(mailbox(server.imap_port), patience=0.3) as inbox,
    ):
        await inbox.select("INBOX")
        server.faults.imap.mute()
        with pytest.raises(ConnectionLost, match=r"no answer within 0\.3 s"):
            await inbox.after(0)
        server.faults.imap.speak()
        with pytest.raises(ConnectionLost):
            await inbox.after(0)


async def test_a_cancelled_call_takes_the_connection_with_it() -> None:
    async with (
        await MailServer.start({HELP: PASSWORD}) as server,
        session(mailbox(server.imap_port)) as inbox,
    ):
        await inbox.select("INBOX")
        server.faults.imap.mute()
        asking = asyncio.create_task(inbox.after(0))
        await asyncio.sleep(0.05)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        server.faults.imap.speak()
        with pytest.raises(ConnectionLost):
            await inbox.after(0)
