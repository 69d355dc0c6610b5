"""A package beside the desk, as docs/extending.md makes one: it is installed, and does its work."""

import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from clock import Clock
from extension import EXAMPLE, ROOT, BellAtCounter, bell_at_counter, config_file, install
from mail_stage import at_work

from bot.cli.operator import read_config
from bot.model.entry import What
from bot.shelves import load_shelves
from bot.voice import lint

PAGE = ROOT / "docs" / "extending.md"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(EXAMPLE, tmp_path_factory.mktemp("bell"))


@pytest.fixture
def installed(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package is there as long as the test."""
    monkeypatch.syspath_prepend(place)
    yield place
    for name in [each for each in sys.modules if each.partition(".")[0] == "deskmate_bell"]:
        del sys.modules[name]


@pytest.fixture
async def bell() -> AsyncIterator[BellAtCounter]:
    async with bell_at_counter() as counter:
        yield counter


async def test_a_desk_with_it_is_rung_for_answers_and_rings_by_itself(
    installed: Path, bell: BellAtCounter, tmp_path: Path, clock: Clock
) -> None:
    config = read_config(config_file(tmp_path, bell.port))
    async with at_work(config, clock) as app:
        await bell.rings(1, "ada", "My screen is black")
        assert "IT-1" in await bell.shows("^ada: ")
        job = next(each for each in load_shelves().jobs if each.name == "ring_for_waiting")
        assert await app.scheduler.call(job) == 0
        clock.move(minutes=11)
        assert await app.scheduler.call(job) == 1
        told = await bell.shows("waits")
        assert told == "1 ticket waits, IT-1 for the longest: answer /claim IT-1 to take it."
        clock.move(minutes=11)
        assert await app.scheduler.call(job) == 0
        await bell.rings(2, "leo", "/ready IT-1")
        await bell.shows(r"^ada: .*It lies ready for you at the counter\. .*IT-1$")
        await bell.rings(3, "leo", "/figures the bell")
        assert "until now the bell rang for 1 ticket" in await bell.shows("^leo: .*the bell rang")
        entries = await app.store.read(lambda work: work.entries.of(1))
        assert [each.what for each in entries][-1] is What.REPLIED
        await bell.rings(2, "leo", "/ready IT-1")  # the bell brings it twice
        assert await app.store.read(lambda work: work.entries.of(1)) == entries


async def test_its_requester_reads_it_in_spanish(
    installed: Path, bell: BellAtCounter, tmp_path: Path, clock: Clock
) -> None:
    config = read_config(config_file(tmp_path, bell.port))
    async with at_work(config, clock):
        await bell.rings(1, "eva", "Hola, no me funciona la pantalla del portátil, ¿me ayudáis?")
        await bell.shows("^eva: ")
        await bell.rings(2, "leo", "/mostrador IT-1")
        await bell.shows("^eva: .*Está listo en el mostrador")


async def test_a_requester_is_refused_its_command_kindly(
    installed: Path, bell: BellAtCounter, tmp_path: Path, clock: Clock
) -> None:
    config = read_config(config_file(tmp_path, bell.port))
    async with at_work(config, clock) as app:
        await bell.rings(1, "ada", "My screen is black")
        await bell.rings(2, "ada", "/ready IT-1")
        entries = await app.store.read(lambda work: work.entries.of(1))
        assert What.REPLIED not in [each.what for each in entries]


def test_its_texts_keep_to_the_voice_of_the_desk(installed: Path) -> None:
    shelves = load_shelves()
    faults = lint(shelves.texts(), None, shelves.folders)
    assert [str(each) for each in faults] == []
    assert "bell.ready" in shelves.texts().sources["es"]


def test_the_operator_sees_what_it_brings_and_whether_the_bell_is_there(
    place: Path, tmp_path: Path
) -> None:
    path = config_file(tmp_path, 1)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check", "--config", str(path)],
        env=os.environ | {"PYTHONPATH": f"{place}:{ROOT}"},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
    )
    brings = "channel bell, command ready, job ring_for_waiting, report rung, texts bell"
    assert f"ok      package deskmate-bell: {brings}\n" in done.stdout
    assert "WRONG   bell: no bell at 127.0.0.1:1 (" in done.stdout
    assert (done.returncode, done.stderr) == (3, "")


def test_the_page_shows_the_package_as_it_is() -> None:
    shown = dict(re.findall(r"(?ms)^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", PAGE.read_text("utf-8")))
    files = [each for each in EXAMPLE.rglob("*") if each.suffix in (".py", ".toml")]
    assert len(files) >= 12
    for file in files:
        name = file.relative_to(EXAMPLE).as_posix()
        if name.endswith("__init__.py"):
            continue  # a sentence each
        assert shown.pop(name) == file.read_text("utf-8"), name
    assert not shown
