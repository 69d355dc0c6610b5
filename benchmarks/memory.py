"""What the desk holds in memory: idle after its start, and after many mails."""

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import office
from benchmarks.burst import answered
from benchmarks.figure import Figure, Scale, at_most

_OPEN = b"desk is open"
_REST = 1.0  # seconds in which it comes to rest
_PATIENCE = 30.0  # seconds for its start
_PORTION = 100  # mails at once


def measure(scale: Scale) -> Iterator[Figure]:
    """The email door alone; megabytes as top counts them."""
    with office.world() as world, office.folder() as place, office.desk(place, world) as desk:
        _opened(place / "log")
        yield at_most("memory: idle after the start", desk.memory(), "MB", 70)
        _answer(world, scale.kept, seed=1)
        kept = desk.memory()
        yield at_most(f"memory: after {scale.kept} mails", kept, "MB", 70)
        yield Figure("memory: the most it ever held", desk.memory("VmHWM"), "MB")
        if scale.more:
            _answer(world, scale.more, seed=10_000)
            grown = desk.memory() - kept
            yield at_most(f"memory: growth over {scale.more} mails more", grown, "MB", 5)
    with office.world() as world, office.folder() as place, office.least(place, world) as least:
        answered(world, _PORTION, seed=1)
        yield Figure("memory: the least program", least.memory(), "MB")


def _opened(log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while _OPEN not in log.read_bytes():
        if time.monotonic() > end:
            raise RuntimeError(f"the desk didn't open: {log.read_text()}")
        time.sleep(0.05)
    time.sleep(_REST)


def _answer(world: office.World, count: int, *, seed: int) -> None:
    for portion in range(0, count, _PORTION):
        answered(world, min(_PORTION, count - portion), seed=seed + portion)
    time.sleep(_REST)
