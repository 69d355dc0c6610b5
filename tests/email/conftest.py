"""What the tests of the email door stand on: a mail server, and a desk and a notebook behind it."""

from collections.abc import AsyncIterator

import pytest
from mail_door import ACCOUNTS, Desk, Notebook

from adapters.email import channel, watch
from sandbox.mail import MailServer


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with await MailServer.start(ACCOUNTS) as server:
        yield server


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The door looks again at once where it would take its time."""
    monkeypatch.setattr(channel, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(watch, "_FIRST_PAUSE", 0.05)
