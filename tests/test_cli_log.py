"""What a running desk logs of one fault: one line, and one traceback for a mistake of ours."""

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
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
from bot.model.settings import Desk as Settings
from bot.store import StoreError
from bot.text import load_texts
from sandbox.mail import MailServer
from storage import Database
from storage.files import Files


class Stumbling(Dialogue):
    """Answers nothing, but makes a mistake or finds the disk full."""

    def __init__(self, error: Exception) -> None:
        super().__init__(Desk(Settings(name="Help desk"), load_texts(), load_ear()), COMMANDS)
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
