"""What the acceptance tests of Discord stand on: the whole desk on a server, on each database."""

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import discord
import pytest
from channel_words import WORDS
from clock import Clock
from discord_desk import DiscordStage, set_discord_stage

from sandbox.discord import Person

HERE = Path(__file__).parent
ON = {"ana": "postgresql", "hugo": "postgresql", "tom": "sqlite", "sara": "sqlite"}
ON |= {"es": "postgresql", "en": "sqlite"}
"""The database for whoever a scene is about, or for the language that is spoken in it."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a scene that is played in two languages, play each on one database."""
    left_out = [each for each in items if HERE in each.path.parents and _is_left_out(each)]
    items[:] = [each for each in items if each not in set(left_out)]
    config.hook.pytest_deselected(items=left_out)


def _is_left_out(item: pytest.Item) -> bool:
    params = getattr(item, "callspec", None) and item.callspec.params
    book = params and params.get("book_url")
    about = [ON[each] for each in (params or {}).values() if isinstance(each, str) and each in ON]
    return bool(book and about and about[0] != book)


@pytest.fixture
def language() -> str:
    """The desk's own, which its agents' room speaks; a scene is parametrized with another."""
    return "en"


@pytest.fixture
async def stage(
    book_url: str, tmp_path: Path, clock: Clock, language: str
) -> AsyncIterator[DiscordStage]:
    async with set_discord_stage(book_url, tmp_path, clock, language=language) as scene:
        yield scene


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library pauses for five seconds before it identifies anew: nobody waits for that here."""

    async def at_once(_client: object, _shard: int | None, *, initial: bool = False) -> None: ...

    monkeypatch.setattr(discord.Client, "before_identify_hook", at_once)


@pytest.fixture
def words(language: str) -> SimpleNamespace:
    """What people say and read in that language."""
    return WORDS[language]


@pytest.fixture
def person(stage: DiscordStage, language: str) -> Person:
    """Who asks, in that language."""
    return stage.person({"es": "ana", "en": "tom"}[language])


@pytest.fixture
def agent(stage: DiscordStage, language: str) -> Person:
    """Who answers, in that language."""
    return stage.person({"es": "hugo", "en": "sara"}[language])


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
