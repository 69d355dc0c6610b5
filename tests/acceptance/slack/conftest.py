"""What the acceptance tests of Slack stand on: the whole desk in an office, on each database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from clock import Clock
from slack_desk import SlackStage, set_slack_stage

from sandbox.slack import Person


@pytest.fixture
async def stage(book_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[SlackStage]:
    async with set_slack_stage(book_url, tmp_path, clock) as scene:
        yield scene


@pytest.fixture
def ana(stage: SlackStage) -> Person:
    """Reads Spanish, in Madrid."""
    return stage.person("ana")


@pytest.fixture
def tom(stage: SlackStage) -> Person:
    """Reads English, in London."""
    return stage.person("tom")


@pytest.fixture
def bob(stage: SlackStage) -> Person:
    """Tom's colleague."""
    return stage.person("bob")


@pytest.fixture
def sara(stage: SlackStage) -> Person:
    """An agent who reads English."""
    return stage.person("sara")


@pytest.fixture
def hugo(stage: SlackStage) -> Person:
    """An agent who reads Spanish."""
    return stage.person("hugo")


@pytest.fixture
def eve(stage: SlackStage) -> Person:
    """Of another company, in a shared channel."""
    return stage.person("eve")
