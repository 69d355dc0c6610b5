"""Who speaks in the dialogues, and the desk they speak to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from chat_stage import Chat, Member, set_chat
from stage import Clock, Somebody, Stage, set_stage

from storage import Database
from storage.files import Files


@pytest.fixture
async def stage(store: Database, tmp_path: Path, clock: Clock) -> AsyncIterator[Stage]:
    async with set_stage(store, Files(tmp_path / "files"), clock) as scene:
        yield scene


@pytest.fixture
def ada(stage: Stage) -> Somebody:
    return stage.person("ada@example.org", "Ada Lin")


@pytest.fixture
def leo(stage: Stage) -> Somebody:
    return stage.person("leo@desk.example", "Leo Prats")


@pytest.fixture
def eva(stage: Stage) -> Somebody:
    return stage.person("eva@desk.example", "Eva Sanz")


@pytest.fixture
async def chat(store: Database, tmp_path: Path, clock: Clock) -> AsyncIterator[Chat]:
    async with set_chat(store, tmp_path, clock) as scene:
        yield scene


@pytest.fixture
def ana(chat: Chat) -> Member:
    return Member(chat, "UANA", "Ana Ruiz")
