"""What the book acknowledged is there after the process was killed, and whole."""

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

WRITE = """
import asyncio, sys
from datetime import UTC, datetime
from bot.model.mailroom import Arrival, Letter
from bot.model.message import Address
from storage import Database

AT = datetime(2026, 11, 23, tzinfo=UTC)

def both(name):
    def keep(work):
        work.inbox.arrive(Arrival(channel="x", external_id=name, at=AT, raw=b"raw" * 500))
        work.outbox.queue(
            Letter(to=Address("x", name), recipient="", lane="", text=name, created_at=AT)
        )
    return keep

async def write(database, run, one):
    for number in range(10_000):
        name = f"{run}-{one}-{number}"
        await database.write(both(name))
        print(name, flush=True)

async def main():
    database = await Database.open(sys.argv[1])
    await asyncio.gather(*(write(database, sys.argv[2], one) for one in range(8)))

asyncio.run(main())
"""


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    tmp_path: Path,
) -> None:
    chance = random.Random(1)  # noqa: S311 - no secret, only some moments
    acknowledged: set[str] = set()
    for run in range(10):
        acknowledged |= killed_while_writing(tmp_path, run, chance.uniform(0, 0.05))
    disk = sqlite3.connect(tmp_path / "desk.db")
    assert disk.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    came = {name for (name,) in disk.execute("SELECT external_id FROM inbox")}
    goes = {name for (name,) in disk.execute("SELECT room FROM outbox")}
    disk.close()
    assert len(acknowledged) > 50
    assert acknowledged <= came
    assert came == goes  # each function's rows came whole or not at all


def killed_while_writing(folder: Path, run: int, after: float) -> set[str]:
    """What was acknowledged by a process that is killed so many seconds after its first word."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITE, f"sqlite:///{folder}/desk.db", str(run)],
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(after)
        child.kill()
        lines = (first + child.stdout.read()).split("\n")
    return set(lines[:-1])  # the last may be cut short
