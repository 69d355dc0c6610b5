"""IMAP servers with odd manners, played from a script, and the grammar they are met with."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_session import HELP, mailbox, session

from adapters.email.connect import Trust
from adapters.email.imap import ConnectionLost, ServerSaysNo, Session
from adapters.email.imap_text import (
    Stored,
    folder_name,
    namespace,
    number_set,
    numbers,
    search_date,
    stored,
)
from adapters.email.imap_wire import Wire
from adapters.email.oauth import Tokens
from adapters.email.settings import OAuth
from bot.channel import WrongSettings
from sandbox.mail import MailServer


class Scripted:
    """An IMAP server that says what it is told: command → lines, {tag} standing for the tag.

    After a line that begins with a plus it waits for one of the client's.
    """

    def __init__(
        self, answers: dict[str, str], *, greeting: str = "* OK hi", can: str = ""
    ) -> None:
        self.answers = {"CAPABILITY": f"* CAPABILITY IMAP4rev1 {can}\n{{tag}} OK"} | answers
        self.greeting = greeting
        self.heard: list[str] = []
        self.imap_port = 0
        self._talks: set[asyncio.Task[None] | None] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.imap_port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await asyncio.gather(*filter(None, self._talks))

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._talks.add(asyncio.current_task())
        with suppress(ConnectionError):
            writer.write(f"{self.greeting}\r\n".encode())
            while line := (await reader.readline()).decode().strip():
                tag, _, command = line.partition(" ")
                self.heard.append(command)
                for said in self._answer(command).replace("{tag}", tag).split("\n"):
                    writer.write(f"{said}\r\n".encode())
                    if said.startswith("+"):
                        self.heard.append((await reader.readline()).decode().strip())
        writer.close()

    def _answer(self, command: str) -> str:
        return next((a for c, a in self.answers.items() if command.startswith(c)), "{tag} OK")


@asynccontextmanager
async def odd(answers: dict[str, str], *, can: str = "") -> AsyncIterator[tuple[Scripted, Session]]:
    """A session with a scripted server, its INBOX open."""
    async with Scripted(answers, can=can) as server, session(mailbox(server.imap_port)) as inbox:
        await inbox.select("INBOX")
        yield server, inbox


async def test_a_refused_token_is_fetched_anew_once_and_then_said(tmp_path: Path) -> None:
    refusal = "+ eyJzdGF0dXMiOiI0MDAifQ==\n{tag} NO [AUTHENTICATIONFAILED] Invalid credentials"
    (tmp_path / "token").write_text("stale")
    oauth = OAuth(token_file=str(tmp_path / "token"))
    async with Scripted({"AUTHENTICATE": refusal}, can="SASL-IR AUTH=XOAUTH2") as server:
        box = mailbox(server.imap_port, password="", oauth=oauth)
        with pytest.raises(WrongSettings, match=r"Invalid credentials\): correct user and oauth"):
            await asyncio.wait_for(Session.open(box, Trust(box), Tokens(oauth)), 2)
    assert sum(command.startswith("AUTHENTICATE XOAUTH2 dX") for command in server.heard) == 2
    assert server.heard.count("") == 2  # the blank line that the server waits for


async def test_a_new_token_lets_us_in_where_the_old_one_did_not(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("old")
    oauth = OAuth(token_file=str(tmp_path / "token"))
    tokens = Tokens(oauth)
    assert await tokens.current() == "old"
    async with await MailServer.start({HELP: ""}, tokens={HELP: "new"}) as server:
        (tmp_path / "token").write_text("new")
        box = mailbox(server.imap_port, password="", oauth=oauth)
        inbox = await Session.open(box, Trust(box), tokens)
        assert (await inbox.select("INBOX")).count == 0
        await inbox.close()


@pytest.mark.parametrize("code", ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"])
async def test_a_server_in_trouble_is_no_wrong_setting(code: str) -> None:
    async with Scripted({"LOGIN": f"{{tag}} NO [{code}] come again"}) as server:
        box = mailbox(server.imap_port)
        with pytest.raises(ConnectionLost, match="come again"):
            await Session.open(box, Trust(box), None)


async def test_a_server_that_wants_no_password_in_clear_says_so() -> None:
    async with Scripted({"LOGIN": "{tag} NO not here"}, can="LOGINDISABLED") as server:
        box = mailbox(server.imap_port)
        with pytest.raises(WrongSettings, match="set imap_security = 'starttls'"):
            await Session.open(box, Trust(box), None)


async def test_a_server_that_shows_us_the_door_is_quoted() -> None:
    async with Scripted({}, greeting="* BYE too many connections") as server:
        box = mailbox(server.imap_port)
        with pytest.raises(ConnectionLost, match="too many connections"):
            await asyncio.wait_for(Session.open(box, Trust(box), None), 2)


async def test_an_answer_to_nothing_ends_the_connection() -> None:
    async with odd({"UID SEARCH": "A999 OK what\n{tag} OK"}) as (_server, inbox):
        with pytest.raises(ConnectionLost, match="makes no sense"):
            await inbox.after(0)


async def test_without_move_mail_is_copied_and_only_it_is_expunged() -> None:
    async with odd({}, can="UIDPLUS") as (server, inbox):
        await inbox.put_away([3, 4, 5, 9], "Processed")
    assert server.heard[-4:-1] == [
        'UID COPY 3:5,9 "Processed"',
        r"UID STORE 3:5,9 +FLAGS.SILENT (\Deleted)",
        "UID EXPUNGE 3:5,9",
    ]


async def test_without_uidplus_nothing_is_expunged_at_all() -> None:
    async with odd({}) as (server, inbox):
        await inbox.put_away([3], "Processed")
    assert not any("EXPUNGE" in command for command in server.heard)


async def test_a_folder_that_already_exists_is_used() -> None:
    async with odd({"CREATE": "{tag} NO it exists"}, can="MOVE") as (server, inbox):
        await inbox.put_away([3], "Processed")
    assert 'UID MOVE 3 "Processed"' in server.heard


async def test_an_empty_body_may_come_as_a_string() -> None:
    answer = '* 1 FETCH (FLAGS (\\Seen) BODY[] "" UID 5)\n{tag} OK'
    async with odd({"UID FETCH": answer}) as (_server, inbox):
        assert await inbox.fetch(5) == b""


async def test_an_announcement_within_another_answer_is_heard() -> None:
    answer = "* SEARCH 7\n* 8 EXISTS\n{tag} OK"
    async with odd({"UID SEARCH": answer}, can="IDLE") as (server, inbox):
        assert await inbox.after(0) == [7]
        await asyncio.wait_for(inbox.wait_for_news(30), 1)
    assert "IDLE" not in server.heard


@pytest.mark.parametrize("idle", ["{tag} BAD not now", "+ go on\n{tag} OK"])
async def test_a_server_that_will_not_let_us_idle_is_not_asked_in_a_rush(idle: str) -> None:
    async with odd({"IDLE": idle}, can="IDLE") as (server, inbox):
        began = time.monotonic()
        await inbox.wait_for_news(0.2)
        if "BAD" in idle:
            assert time.monotonic() - began >= 0.19
    assert server.heard.count("IDLE") == 1


async def test_without_idle_the_server_is_asked_after_the_pause() -> None:
    async with odd({"NOOP": "* 1 EXISTS\n{tag} OK"}) as (server, inbox):
        await inbox.wait_for_news(0.05)
    assert server.heard[-2] == "NOOP"


async def test_a_refused_command_is_said_and_the_session_goes_on() -> None:
    async with odd({"UID STORE": "{tag} NO [READ-ONLY] no"}) as (_server, inbox):
        with pytest.raises(ServerSaysNo, match="READ-ONLY"):
            await inbox.mark_seen([1])
        assert await inbox.after(0) == []


def test_answers_are_read_in_any_order() -> None:
    lines = [
        b'1 FETCH (UID 5 RFC822.SIZE 100 INTERNALDATE "22-Nov-2026 10:00:00 +0000")',
        b'2 FETCH (RFC822.SIZE 7 INTERNALDATE " 1-jan-2026 10:00:00 +0000" UID 6)',
        b"3 FETCH (FLAGS (\\Seen))",
        b"done",
    ]
    assert list(stored(lines)) == [
        Stored(5, 100, date(2026, 11, 22)),
        Stored(6, 7, date(2026, 1, 1)),
    ]
    assert numbers([b"9 3 (MODSEQ 6)", b"", b"5"]) == [3, 5, 9]
    assert namespace([b'(("INBOX." ".")) NIL NIL']) == ("INBOX.", ".")
    assert namespace([b"NIL NIL NIL"]) == ("", "")
    assert search_date(date(2026, 3, 4)) == "04-Mar-2026"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("INBOX", '"INBOX"'),
        ("Años & más", '"A&APE-os &- m&AOE-s"'),
        ("日本語", '"&ZeVnLIqe-"'),
        ('a"b\\', '"a\\"b\\\\"'),
    ],
)
def test_folder_names_are_written_in_modified_utf_7(name: str, written: str) -> None:
    assert folder_name(name) == written


@given(st.sets(st.integers(1, 60), min_size=1))
def test_a_number_set_names_exactly_its_numbers(uids: set[int]) -> None:
    named: set[int] = set()
    for span in number_set(sorted(uids)).split(","):
        first, _, last = span.partition(":")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == uids


ANSWER = (
    b"* 1 FETCH (UID 5 BODY[] {9}\r\nab\r\n* c\r\nX)\r\n* 2 FETCH (UID 6 BODY[] {0}\r\n)\r\n"
    b'* 3 FETCH (BODY[] "" UID 7)\r\n* 4 EXISTS\r\n'
)


class DeafEnd(asyncio.Transport):
    def write(self, data: object) -> None:
        pass


@given(st.lists(st.integers(0, len(ANSWER) + 12), max_size=8))
async def test_an_answer_reads_the_same_in_whatever_pieces_it_comes(cuts: list[int]) -> None:
    wire = Wire()
    wire.transport = DeafEnd()
    wire.state = "SELECTED"
    asking = asyncio.ensure_future(wire.uid_fetch("5:7", "(UID BODY.PEEK[])"))
    await asyncio.sleep(0)
    (pending,) = wire.pending_async_commands.values()
    whole = ANSWER + f"{pending.tag} OK done\r\n".encode()
    ends = sorted({0, len(whole), *(min(cut, len(whole)) for cut in cuts)})
    for start, end in pairwise(ends):
        wire.data_received(whole[start:end])
    response = await asyncio.wait_for(asking, 1)
    literals = [line for line in response.lines if isinstance(line, bytearray)]
    assert literals == [b"ab\r\n* c\r\n", b""]
    assert re.fullmatch(rb'3 FETCH \(BODY\[\] "" UID 7\)', response.lines[-2])
    assert wire.news.is_set()


def test_settings_are_held_to_what_can_work() -> None:
    with pytest.raises(WrongSettings, match="would send the password in clear"):
        mailbox(143, imap_host="mail.example.org")
    with pytest.raises(WrongSettings, match="exactly one way to sign in"):
        mailbox(143, password_file="also")
    with pytest.raises(WrongSettings, match=r"help@example\.org"):
        mailbox(143, address="help")
    assert "hunter2" not in repr(mailbox(143, password="hunter2"))
    for host in ("localhost", "127.8.8.8", "::1"):
        assert mailbox(0, imap_host=host).imap_port == 143
