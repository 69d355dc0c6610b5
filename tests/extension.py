"""The example of a package beside the desk, as pip installs it, and a bell for it to speak with."""

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "deskmate-bell"
PATIENCE = 20.0  # seconds
CONFIG = """
[desk]
zone = "Europe/Madrid"
[[agents]]
name = "Leo Prats"
addresses = {{ bell = "leo" }}
language = "en"
[bell]
host = "127.0.0.1"
port = {port}
"""


def install(source: Path, target: Path) -> Path:
    """Install a package without any network, into a folder of its own."""
    copy = target / "source"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    words = [sys.executable, "-m", "pip", "install", "--quiet", *offline]
    place = target / "installed"
    subprocess.run([*words, "--target", str(place), str(copy)], check=True, timeout=120)
    return place


@dataclass
class BellAtCounter:
    """The bell's own side: it takes the desk's connection, rings, and shows what it is told."""

    port: int = 0
    shown: list[str] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    breaks: bool = False  # it shows nothing
    writer: asyncio.StreamWriter | None = None
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        await self._tell()
        async for line in reader:
            word, number, *words = line.decode().strip().split(" ", 2)
            if word == "taken":
                self.taken.append(int(number))
            elif not self.breaks:
                self.shown += words
                writer.write(f"shown {number}\n".encode())
            await self._tell()
        writer.close()

    async def rings(self, number: int, badge: str, words: str) -> None:
        """Somebody holds their badge to it and says what they need; the desk has it on disk."""
        await self.until(lambda: self.writer is not None)
        assert self.writer is not None
        self.writer.write(f"ring {number} {badge} {words}\n".encode())
        await self.until(lambda: number in self.taken)

    async def shows(self, pattern: str) -> str:
        """Wait until a line of the display is like that; returns it."""
        await self.until(lambda: any(re.search(pattern, each) for each in self.shown))
        return next(each for each in self.shown if re.search(pattern, each))

    async def until(self, holds) -> None:
        async with asyncio.timeout(PATIENCE), self.changed:
            await self.changed.wait_for(holds)

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()


@asynccontextmanager
async def bell_at_counter() -> AsyncIterator[BellAtCounter]:
    bell = BellAtCounter()
    server = await asyncio.start_server(bell.serve, "127.0.0.1", 0)
    bell.port = server.sockets[0].getsockname()[1]
    try:
        yield bell
    finally:
        server.close()
        if bell.writer is not None:
            bell.writer.close()


def config_file(folder: Path, port: int) -> Path:
    path = folder / "config.toml"
    path.write_text(CONFIG.format(port=port), "utf-8")
    path.chmod(0o600)
    return path
