"""What the acceptance tests of Discord stand on: the whole desk on a server, on each database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from clock import Clock
from discord_desk import DiscordStage, set_discord_stage

from sandbox.discord import Person


@pytest.fixture
async def stage(book_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[DiscordStage]:
    async with set_discord_stage(book_url, tmp_path, clock) as scene:
        yield scene


@pytest.fixture
def ana(stage: DiscordStage) -> Person:
    """Writes Spanish."""
    return stage.person("ana")


@pytest.fixture
def tom(stage: DiscordStage) -> Person:
    """Writes English."""
    return stage.person("tom")


@pytest.fixture
def bob(stage: DiscordStage) -> Person:
    """Tom's colleague."""
    return stage.person("bob")


@pytest.fixture
def sara(stage: DiscordStage) -> Person:
    """An agent who reads English."""
    return stage.person("sara")


@pytest.fixture
def hugo(stage: DiscordStage) -> Person:
    """An agent who reads Spanish."""
    return stage.person("hugo")
