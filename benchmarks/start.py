"""From nothing to the first answer: a mail waits in the mailbox, and the program is started."""

import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from benchmarks import office
from benchmarks.figure import Figure, Scale, at_most


def measure(scale: Scale) -> Iterator[Figure]:
    """With compiled files in place, as after an installation's first run."""
    _help()
    desks = [_starts(desk=True) for _ in range(scale.starts)]
    leasts = [_starts(desk=False) for _ in range(scale.starts)]
    yield at_most("start: the first of all, to the answer", median(d[0] for d in desks), "s", 1)
    yield at_most("start: a later one, to the answer", median(d[1] for d in desks), "s", 1)
    yield Figure("start: the least program's", median(one[1] for one in leasts), "s")
    helped = median(_help() for _ in range(scale.starts))
    yield at_most("start: deskmate --help", helped * 1000, "ms", 200)


def _starts(*, desk: bool) -> tuple[float, float]:
    """Seconds to the answer: at the first start, which makes the book, and at the second."""
    opened = office.desk if desk else office.least
    with office.world() as world, office.folder() as place:
        taken = []
        for seed in (1, 2):
            world.tell("put", count=1, seed=seed)
            with opened(place, world) as program:
                taken.append(world.tell("first")["at"] - program.began)
        return taken[0], taken[1]


def _help() -> float:
    began = time.monotonic()
    command = [sys.executable, "-m", "bot", "--help"]
    subprocess.run(command, cwd=office.ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began
