"""What the tests of faults stand on: a desk that never waits long, and two who write to it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from mail_people import Somebody
from mail_stage import Clock, MailStage, set_mail_stage

from adapters.email import channel, watch
from bot import courier


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(watch, "_FIRST_PAUSE", 0.02)
    monkeypatch.setattr(courier, "POLL", timedelta(seconds=0.1))


@pytest.fixture
async def stage(sqlite_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[MailStage]:
    async with set_mail_stage(sqlite_url, tmp_path, clock) as scene:
        yield scene


@pytest.fixture
def tom(stage: MailStage) -> Somebody:
    """Writes to the desk."""
    return stage.person("tom")


@pytest.fixture
def sara(stage: MailStage) -> Somebody:
    """An agent."""
    return stage.person("sara")
