"""Whatever people say to the desk, in whatever order, its promises hold after each step.

`DESKMATE_DAYS` is how many days are played of each kind, other ones each time; without it a few,
always the same.
"""

import asyncio
import os
import tempfile
from pathlib import Path

import pytest
from chat_stage import set_chat
from clock import Clock
from conftest import empty
from day import Step, days
from day_chat import ChatPlay
from day_play import Play
from day_truths import hold
from hypothesis import given, settings
from stage import set_stage

from storage import Database
from storage.files import Files

MANY = int(os.environ.get("DESKMATE_DAYS", "0"))
LENGTH = 30  # steps at most


def some(few: int) -> settings:
    return settings(max_examples=MANY or few, derandomize=not MANY, deadline=None)


@some(24)
@given(days(LENGTH))
def test_any_day_by_letters_keeps_every_promise(day: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(by_letters(day, Path(folder), f"sqlite:///{folder}/desk.db"))


@some(24)
@given(days(LENGTH))
def test_any_day_in_a_chat_keeps_every_promise(day: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(in_a_chat(day, Path(folder), f"sqlite:///{folder}/desk.db"))


@pytest.mark.parametrize("play", [0, 1], ids=["letters", "chat"])
def test_any_day_on_postgresql_keeps_every_promise(play: int, postgresql_tables: str) -> None:
    @some(3)
    @given(days(LENGTH))
    def any_day(day: list[Step]) -> None:
        empty(postgresql_tables)
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run((by_letters, in_a_chat)[play](day, Path(folder), postgresql_tables))

    any_day()


async def by_letters(day: list[Step], folder: Path, url: str) -> None:
    store = await Database.open(url)
    try:
        async with set_stage(store, Files(folder / "files"), Clock()) as stage:
            await play(Play(stage), day)
    finally:
        await store.close()


async def in_a_chat(day: list[Step], folder: Path, url: str) -> None:
    store = await Database.open(url)
    try:
        async with set_chat(store, folder, Clock()) as chat:
            await play(ChatPlay(chat.stage, parlour=chat.parlour), day)
    finally:
        await store.close()


async def play(scene: Play, day: list[Step]) -> None:
    for step in day:
        hold(await scene.act(step), scene)
