"""The stage of a measurement: the world in its process, the measured program in another."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.aside import ROOT, Aside, aside, pin
from benchmarks.mails import AGENT, AUTHSERV_ID, DESK
from benchmarks.server import PASSWORD
from sandbox.mail_settings import mailbox_table, write_config

_TICK = os.sysconf("SC_CLK_TCK")
_CONFIG = """\
[desk]
name = "Help desk"
zone = "Europe/Madrid"

[desk.hours]
monday = "09:00-14:00, 15:00-18:00"
wednesday = "09:00-18:00"
friday = "08:00-15:00"

[[organisations]]
name = "Customer One"
domains = ["customer1.example"]

"""
_AGENT = f"""\
[[agents]]
name = "Sara Stone"
addresses = {{ email = "{AGENT}" }}
teams = ["support"]
language = "en"

"""


@dataclass(frozen=True, slots=True)
class World:
    """The mail server's process (`benchmarks.server`), and its ports."""

    _aside: Aside
    imap: int
    smtp: int

    def tell(self, do: str, **order: object) -> dict[str, Any]:
        """Give an order (a method of `benchmarks.server.World`) and return its answer."""
        return self._aside.tell(do, **order)


@dataclass(frozen=True, slots=True)
class Program:
    """A running program that is measured."""

    process: subprocess.Popen[bytes]
    began: float  # on the system's clock, just before it was started

    def processor(self) -> float:
        """Seconds of processor time that it has used, all threads."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / _TICK

    def memory(self, kind: str = "VmRSS") -> float:
        """Megabytes (as top counts them) that it holds now, or at most held ("VmHWM")."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith(f"{kind}:"))
        return int(line.split()[1]) / 1024


@contextmanager
def world() -> Iterator[World]:
    """Start the mail server, on a core of its own where there are two."""
    with aside("benchmarks.server") as server:
        yield World(server, server.ready["imap"], server.ready["smtp"])


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for one desk, on the disk that TMPDIR names."""
    with tempfile.TemporaryDirectory(prefix="deskmate-bench-") as name:
        yield Path(name)


@contextmanager
def desk(place: Path, world: World, *, agent: bool = False) -> Iterator[Program]:
    """`deskmate run` in this folder, where its book may be already; an `agent` hears of all."""
    ports = {"imap_port": world.imap, "smtp_port": world.smtp}
    box = mailbox_table(DESK, PASSWORD, authserv_ids=[AUTHSERV_ID], **ports)
    config = write_config(place, _CONFIG, _AGENT if agent else "", box)
    (place / "data").mkdir(exist_ok=True)
    with running([sys.executable, "-m", "bot", "run", "--config", str(config)], place) as program:
        yield program


@contextmanager
def least(place: Path, world: World, *, agent: bool = False) -> Iterator[Program]:
    """The least program, its database in this folder; an `agent` hears of all."""
    words = [str(world.imap), str(world.smtp), str(place / "least.db"), *([AGENT] if agent else [])]
    with running([sys.executable, "-m", "benchmarks.least", *words], place) as program:
        yield program


@contextmanager
def running(command: list[str], place: Path) -> Iterator[Program]:
    """A program on a core of its own; what it says goes to a log in the folder."""
    with (place / "log").open("ab") as log:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        pin(process.pid, first=True)
        program = Program(process, began)
        try:
            yield program
        finally:
            process.terminate()
            process.wait(30)
