"""The least program that could do the desk's work: fetch, keep durably once, acknowledge.

It knows no people, conversations, languages or texts. Its figures are the floor under the desk's.
"""

import asyncio
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from email.policy import SMTP as WIRE
from email.policy import compat32
from email.utils import parseaddr

import aioimaplib  # type: ignore[import-untyped]  # it ships no types
from aiosmtplib import SMTP

from benchmarks.mails import DESK
from benchmarks.server import PASSWORD

HOST = "127.0.0.1"
CHUNK = 50  # mails a command
CONNECTIONS = 4  # to the sending server, as the desk has them
_TABLES = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS tickets
        (id INTEGER PRIMARY KEY, seen TEXT UNIQUE, sender TEXT, subject TEXT, raw BLOB);
"""
_KEEP = (
    "INSERT INTO tickets (seen, sender, subject, raw) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)


async def main(imap_port: int, smtp_port: int, database: str, *agents: str) -> None:
    """Answer the mailbox until ended; agents get a letter of each mail too."""
    book = sqlite3.connect(database, isolation_level=None)
    book.executescript(_TABLES)
    imap = aioimaplib.IMAP4(HOST, imap_port, timeout=30)
    await imap.wait_hello_from_server()
    await imap.login(DESK, PASSWORD)
    await imap.select("INBOX")
    lines = [SMTP(hostname=HOST, port=smtp_port, start_tls=False) for _ in range(CONNECTIONS)]
    for line in lines:
        await line.connect()
    last = 0
    while True:
        found = await imap.uid_search(f"UID {last + 1}:*", charset=None)
        uids = [uid for uid in map(int, found.lines[0].split()) if uid > last]
        for start in range(0, len(uids), CHUNK):
            last = await _take(imap, uids[start : start + CHUNK], book, lines, agents)
        if not uids:
            idle = await imap.idle_start(timeout=60)
            await imap.wait_server_push()
            imap.idle_done()
            await idle


async def _take(
    imap: aioimaplib.IMAP4,
    uids: Sequence[int],
    book: sqlite3.Connection,
    lines: Sequence[SMTP],
    agents: Sequence[str],
) -> int:
    span = f"{uids[0]}:{uids[-1]}"
    fetched = await imap.uid("fetch", span, "(UID BODY.PEEK[])")
    mails = iter([bytes(line) for line in fetched.lines if isinstance(line, bytearray)])
    await asyncio.gather(*(_answer(mails, book, line, agents) for line in lines))
    await imap.uid("store", span, r"+FLAGS.SILENT (\Seen)")
    return uids[-1]


async def _answer(
    mails: Iterable[bytes], book: sqlite3.Connection, line: SMTP, agents: Sequence[str]
) -> None:
    """Take from the pile until it is empty; several lines share it."""
    for raw in mails:
        head: Message = BytesHeaderParser(policy=compat32).parsebytes(raw)
        writer, subject = parseaddr(head["From"])[1], head["Subject"]
        kept = book.execute(_KEEP, (head["Message-ID"], writer, subject, raw))
        if kept.rowcount:
            for reader in (writer, *agents):
                letter = _letter(reader, subject, kept.lastrowid or 0)
                await line.sendmail(DESK, [reader], letter)


def _letter(reader: str, subject: str, number: int) -> bytes:
    letter = EmailMessage(policy=WIRE)
    letter["From"], letter["To"], letter["Subject"] = DESK, reader, f"Re: {subject}"
    letter["Auto-Submitted"] = "auto-replied"
    letter.set_content(f"We have your message. Its number is IT-{number}.\n")
    return letter.as_bytes()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]))
