"""The stage of a measurement: the world in its process, the measured program in another."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from benchmarks.mails import AGENT, AUTHSERV_ID, DESK
from benchmarks.server import PASSWORD
from sandbox.mail_settings import mailbox_table, write_config

ROOT = Path(__file__).resolve().parent.parent
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
    """The mail server's process, and its ports."""

    _process: subprocess.Popen[str]
    imap: int
    smtp: int

    def tell(self, do: str, **order: object) -> dict[str, Any]:
        """Give an order (a method of `benchmarks.server.World`) and return its answer."""
        assert self._process.stdin is not None
        print(json.dumps({"do": do, **order}), file=self._process.stdin, flush=True)
        return _answer(self._process.stdout)


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
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.server"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    _pin(process.pid, first=False)
    try:
        ports = _answer(process.stdout)
        yield World(process, ports["imap"], ports["smtp"])
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)


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
        _pin(process.pid, first=True)
        program = Program(process, began)
        try:
            yield program
        finally:
            process.terminate()
            process.wait(30)


def _answer(pipe: IO[str] | None) -> dict[str, Any]:
    assert pipe is not None
    line = pipe.readline()
    if not line:
        raise RuntimeError("the mail server ended; its last words stand above")
    answer: dict[str, Any] = json.loads(line)
    return answer


def _pin(pid: int, *, first: bool) -> None:
    """Keep the two sides out of each other's way: a core for either."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(pid, {cores[0] if first else cores[1]})
