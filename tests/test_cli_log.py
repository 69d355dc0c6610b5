"""What a running desk logs of one fault: one line, and one traceback for a mistake of ours."""

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from mail_door import ACCOUNTS, HELP, SALES, Notebook, becomes, door, listening, mail, mailbox

from adapters.email.channel import EmailChannel
from bot import app, logs
from bot.app import keep_open, utc_now
from bot.commands import COMMANDS
from bot.config import LogSettings
from bot.conversation import Conversation
from bot.desk import Desk
from bot.dialogue import Dialogue
from bot.ear import load_ear
from bot.job import Job
from bot.model.settings import Desk as Settings
from bot.scheduler import Scheduler
from bot.store import StoreError
from bot.text import load_texts
from sandbox.mail import MailServer
from storage import Database
from storage.database import open_engine
from storage.files import Files
from storage.lock import Leader


class Stumbling(Dialogue):
    """Answers nothing, but makes a mistake or finds the disk full."""

    def __init__(self, error: Exception) -> None:
        super().__init__(Desk(Settings(name="Help desk"), load_texts(), load_ear()), COMMANDS, ())
        self.error = error

    def answer(self, *_: object) -> None:
        raise self.error


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the desk logs; then the log is the interpreter's again."""
    root, stream = logging.root, io.StringIO()
    before = (root.handlers, root.level, [logging.getLogger(name).level for name in logs.OURS])
    logs.set_up(LogSettings(format="json", level="warning"), stream)
    yield stream
    root.handlers, level, levels = before
    root.setLevel(level)
    for name, each in zip(logs.OURS, levels, strict=True):
        logging.getLogger(name).setLevel(each)
    structlog.reset_defaults()


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with await MailServer.start(ACCOUNTS) as server:
        yield server


def lines(log: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(each) for each in log.getvalue().splitlines()]


async def opened(channel: EmailChannel) -> None:
    async def nobody(_: object) -> None: ...

    await keep_open("email", channel, nobody)


async def test_a_wrong_setting_is_one_line_each_time_it_is_tried(
    server: MailServer, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "WRONG_PAUSE", 3600.0)
    wrong = [mailbox(server, address, password="no") for address in (HELP, SALES)]
    channel = door(Notebook(), *wrong)
    opening = asyncio.create_task(opened(channel))
    await becomes(lambda: "door stays shut" in log.getvalue())
    opening.cancel()
    await asyncio.wait([opening])
    await channel.close()
    told = lines(log)
    assert [each["logger"] for each in told] == ["adapters.email.channel", "bot.app"]
    assert len({HELP in str(each) for each in told}) == 2, "each of the two mailboxes once"
    assert "exception" not in log.getvalue()


class Locked(Notebook):
    """A book that can't be read just now."""

    async def load(self, key: str) -> str:
        raise StoreError(f"the database is locked at {key}", "end the program that has it open")


async def test_a_door_that_cannot_look_into_the_book_waits_without_a_traceback(
    server: MailServer, log: io.StringIO
) -> None:
    channel = door(Locked(), mailbox(server))
    opening = asyncio.create_task(opened(channel))
    await becomes(lambda: "door waits" in log.getvalue())
    opening.cancel()
    await asyncio.wait([opening])
    await channel.close()
    (told,) = lines(log)
    assert (told["level"], told["mend"]) == ("warning", "end the program that has it open")
    assert "exception" not in told


class Cut(EmailChannel):
    """A door that tells of its network what it meets there."""

    async def listen(self, _: object) -> None:
        raise ConnectionResetError("the line was cut")


async def test_a_door_whose_network_is_away_is_one_line_without_a_traceback(
    log: io.StringIO,
) -> None:
    opening = asyncio.create_task(opened(Cut.__new__(Cut)))
    await becomes(lambda: "door" in log.getvalue())
    opening.cancel()
    await asyncio.wait([opening])
    (told,) = lines(log)
    assert (told["event"], told["level"]) == ("door without a connection", "warning")
    assert (told["channel"], told["problem"]) == ("email", "ConnectionResetError: the line was cut")
    assert "exception" not in told


async def test_a_job_that_cannot_reach_the_book_waits_without_a_traceback(
    sqlite_url: str, log: io.StringIO
) -> None:
    def full(*_: object) -> int:
        raise StoreError("the disk is full", "make room")

    store = await Database.open(sqlite_url)
    desk = Stumbling(ValueError()).desk
    job = Job("wake", timedelta(minutes=1), full)
    assert await Scheduler(store, desk, [job], utc_now).call(job) == 0
    await store.close()
    (told,) = lines(log)
    assert (told["event"], told["level"], told["mend"]) == ("job waits", "warning", "make room")
    assert "exception" not in told


async def test_who_waits_to_lead_says_whom_it_waits_for(sqlite_url: str, log: io.StringIO) -> None:
    async def waits(url: str) -> str:
        leader = Leader(url)
        with suppress(TimeoutError):
            async with asyncio.timeout(0.2), leader.hold():
                pass
        app._wait_told(leader)
        return lines(log)[-1]["event"]

    open_engine(sqlite_url).dispose()
    async with Leader(sqlite_url).hold():
        assert await waits(sqlite_url) == "another desk leads on this book; this one waits"
    away = "postgresql://nobody@127.0.0.1:1/desk"
    assert (
        await waits(away) == "the book doesn't answer; what only one desk does waits until it does"
    )


@pytest.mark.parametrize(
    ("error", "tracebacks", "told"),
    [
        (ValueError("oops"), 1, "was not taken (ValueError: oops)"),
        (
            StoreError("the disk is full", "make room"),
            0,
            "was not taken (StoreError: the disk is full: make room)",
        ),
        (OSError(28, "No space left"), 0, "was not taken (OSError: No space left on device)"),
    ],
)
async def test_a_message_that_failed_has_one_traceback_at_most(
    server: MailServer,
    log: io.StringIO,
    tmp_path: Path,
    sqlite_url: str,
    error: Exception,
    tracebacks: int,
    told: str,
) -> None:
    store = await Database.open(sqlite_url)
    conversation = Conversation(store, Files(tmp_path), Stumbling(error), utc_now, b"k" * 32)
    await server.deliver(mail("one"), HELP)
    async with listening(door(Notebook(), mailbox(server)), conversation.receive):
        await becomes(lambda: "was not taken" in log.getvalue())
    await store.close()
    first = log.getvalue().partition("was not taken")[0] + told
    assert told in log.getvalue()
    assert "Errno" not in first
    assert first.count("Traceback") == tracebacks
    assert log.getvalue().count("Traceback") == log.getvalue().count("message failed")
