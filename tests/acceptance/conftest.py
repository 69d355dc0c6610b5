"""What the acceptance tests stand on: the whole desk with real mailboxes, on each database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from mail_people import Somebody
from mail_stage import Clock, MailStage, set_mail_stage


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "promise(row, channels, languages): the row of docs/promises.md that it shows"
    )


@pytest.fixture
async def stage(book_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[MailStage]:
    async with set_mail_stage(book_url, tmp_path, clock) as scene:
        yield scene


@pytest.fixture
def ana(stage: MailStage) -> Somebody:
    """Writes in Spanish, from Madrid."""
    return stage.person("ana")


@pytest.fixture
def tom(stage: MailStage) -> Somebody:
    """Writes in English, from Madrid."""
    return stage.person("tom")


@pytest.fixture
def bob(stage: MailStage) -> Somebody:
    """Tom's colleague."""
    return stage.person("bob")


@pytest.fixture
def eve(stage: MailStage) -> Somebody:
    """Nobody knows her."""
    return stage.person("eve")


@pytest.fixture
def sara(stage: MailStage) -> Somebody:
    """An agent who reads English."""
    return stage.person("sara")


@pytest.fixture
def hugo(stage: MailStage) -> Somebody:
    """An agent who reads Spanish."""
    return stage.person("hugo")
