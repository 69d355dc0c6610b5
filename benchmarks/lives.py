"""A desk that is started, killed and started again, and a look at what it kept."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds for the last desk to bring everything to its end
# The desk as operators start it, but that nobody waits 20 s for the letters of a dead courier.
PROGRAM = """
from datetime import timedelta
from bot import courier
from bot.cli import deskmate
courier.LEASE, courier.POLL = timedelta(seconds=2), timedelta(seconds=0.5)
deskmate()
"""
_WAITING = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')"


class Desk:
    """One desk by its config, whose book is desk.db beside it."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self._folder = config.parent
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Begin a life; returns when the desk says that it is open."""
        opened = self._openings()
        self._process = self._begun()
        await self.until(lambda: self._openings() > opened)

    async def kill(self, after: float) -> None:
        """End it so many seconds from now, in the middle of a word, if it still lives then."""
        await asyncio.sleep(after)
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            await asyncio.to_thread(self._process.wait)

    async def finish(self, messages: int) -> None:
        """The last life: all comes to its end, and the desk is asked to stop."""
        await self.start()
        await self.until(lambda: self._is_done(messages))
        assert self._process is not None, "it was started"
        self._process.terminate()
        if await asyncio.to_thread(self._process.wait, 20):
            raise RuntimeError(f"the desk ended with {self._process.returncode}")

    async def call(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run another command of the desk's."""
        line = [sys.executable, "-m", "bot", *words, "--config", str(self._config)]
        return await asyncio.to_thread(subprocess.run, line, cwd=ROOT, capture_output=True)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for something; RuntimeError when the desk ends first, TimeoutError after a while."""
        assert self._process is not None, "it was started"
        async with asyncio.timeout(PATIENCE):
            while not holds():
                if self._process.poll() is not None:
                    raise RuntimeError(f"the desk ended by itself with {self._process.returncode}")
                await asyncio.sleep(0.05)

    def _begun(self) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            words = [sys.executable, "-c", PROGRAM, "run", "--config", str(self._config)]
            return subprocess.Popen(words, cwd=ROOT, stderr=log)

    def _openings(self) -> int:
        """How often a desk has said that it is open."""
        log = self._folder / "log"
        return log.read_bytes().count(b"desk is open") if log.exists() else 0

    def _is_done(self, messages: int) -> bool:
        """Whether every message is in the book and every letter has left."""
        came = rows(self._folder, "SELECT count(*) FROM inbox")[0][0]
        return came == messages and not rows(self._folder, _WAITING)[0][0]


def rows(folder: Path, question: str) -> list[tuple[Any, ...]]:
    """What the book in this folder answers."""
    with closing(sqlite3.connect(f"file:{folder}/desk.db?mode=ro", uri=True)) as book:
        return book.execute(question).fetchall()
