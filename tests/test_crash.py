"""The desk is killed or its disk full: what was acknowledged is there, the rest comes again."""

import asyncio
import resource
import subprocess
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mail_people import HELP, Inbox, Somebody, until
from mail_stage import CAST, config_file

from benchmarks import kill_discord
from benchmarks.kill_mail import measure
from bot.secret_key import LENGTH, secret_key
from sandbox.mail import MailServer

ROOT = Path(__file__).resolve().parent.parent
PRINT_SECRET = """
import pathlib, sys
from bot.secret_key import secret_key
print(secret_key(pathlib.Path(sys.argv[1])).hex())
"""
UNLIMITED = resource.RLIM_INFINITY
ACCOUNTS = dict.fromkeys([HELP, *(address for address, _ in CAST.values())], "pw")


async def test_nothing_is_lost_or_doubled_when_the_desk_is_killed_again_and_again(
    tmp_path: Path,
) -> None:
    figures = await measure(tmp_path, mails=80, kills=6, seed=7)
    assert figures.is_clean, figures
    assert (figures.mails, figures.kills) == (80, 6)
    assert figures.answers  # else nothing was shown of them
    assert figures.tickets == figures.mails - figures.answers


async def test_nothing_is_lost_or_doubled_when_a_desk_on_discord_is_killed_again_and_again(
    tmp_path: Path,
) -> None:
    figures = await kill_discord.measure(tmp_path, messages=80, kills=5, seed=7)
    assert figures.is_clean, figures
    assert (figures.messages, figures.kills) == (80, 5)
    assert figures.answers  # else nothing was shown of them
    assert figures.unheard
    assert figures.tickets == figures.messages - figures.answers


async def test_a_full_disk_acknowledges_nothing_and_goes_on_when_there_is_room(
    tmp_path: Path,
) -> None:
    async with await MailServer.start(ACCOUNTS) as server, running(tmp_path, server) as desk:
        tom = Somebody(server, lambda: datetime.now(UTC), settled, *CAST["tom"])
        sara = Somebody(server, lambda: datetime.now(UTC), settled, *CAST["sara"])
        await tom.writes("My chair is broken", subject="Chair")
        assert "IT-1" in (await tom.reads()).subject
        assert "IT-1" in (await sara.reads()).subject
        resource.prlimit(desk.pid, resource.RLIMIT_FSIZE, (1, UNLIMITED))
        await tom.writes("My desk is broken", subject="Desk", files={"desk.pdf": b"%PDF" * 9000})
        await asyncio.sleep(0.7)
        assert await tom.inbox.fresh() == []
        at_desk = Inbox(server, HELP)
        assert await at_desk.unread() == 1
        assert desk.returncode is None
        resource.prlimit(desk.pid, resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))
        assert "IT-2" in (await tom.reads()).subject
        notice = await sara.reads()
        assert notice.files == {"desk.pdf": b"%PDF" * 9000}

        async def is_read() -> bool:
            return not await at_desk.unread()

        await until(is_read)
        assert await tom.inbox.fresh() == []
        for each in (at_desk, tom.inbox, sara.inbox):
            await each.close()


def test_a_disk_that_is_full_at_the_first_start_leaves_no_half_secret(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret"
    with largest_file(LENGTH // 2), pytest.raises(OSError, match="too large"):
        secret_key(path)
    key = secret_key(path)
    assert len(key) == LENGTH
    assert secret_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_two_desks_that_start_at_once_have_one_secret(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib as p, bot.secret_key as s; print(s.secret_key(p.Path(sys.argv[1])))"
    )
    words = [sys.executable, "-c", program, str(tmp_path / "secret")]
    desks = [subprocess.Popen(words, cwd=ROOT, stdout=PIPE) for _ in range(4)]
    assert len({desk.communicate()[0] for desk in desks}) == 1
    assert {desk.returncode for desk in desks} == {0}


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@asynccontextmanager
async def running(folder: Path, server: MailServer) -> AsyncIterator[Process]:
    """The desk as operators run it, in a process of its own; asked to stop at the end."""
    config = config_file(folder, server.imap_port, server.smtp_port)
    words = ["-m", "bot", "run", "--config", str(config)]
    desk = await create_subprocess_exec(sys.executable, *words, cwd=ROOT, stderr=PIPE)
    listening = asyncio.create_task(desk.communicate())  # a log that nobody reads would stop it
    try:
        yield desk
    finally:
        desk.terminate()
        _, log = await listening
    assert desk.returncode == 0, log.decode()


async def settled() -> None:
    """Nobody waits for this desk: it is in another process."""
