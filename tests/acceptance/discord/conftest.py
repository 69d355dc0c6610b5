"""A desk on a Discord server, and who writes there."""

from collections.abc import AsyncIterator

import pytest
from discord_desk import DiscordStage, set_discord_stage


@pytest.fixture
async def stage(book_url, tmp_path, clock) -> AsyncIterator[DiscordStage]:
    async with set_discord_stage(book_url, tmp_path, clock) as scene:
        yield scene


@pytest.fixture
def tom(stage):
    return stage.person("tom")


@pytest.fixture
def sara(stage):
    return stage.person("sara")
