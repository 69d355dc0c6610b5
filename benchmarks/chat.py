"""Reports in a chat's support room: what is measured of a program, and how that is told."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import office
from benchmarks.aside import Aside, aside
from benchmarks.figure import Figure, Scale, at_least, at_most, percentile
from sandbox.mail_settings import write_config

RATE, AT_ONCE, WARM = 50.0, 32, 200
_SECONDS = 2  # of the steady stream
_PEOPLE = 150  # who report in turn, all known by the time it counts; nobody so often that the
# desk takes them for a machine
_STRANGERS = 50
SETTLES = 0.5  # seconds from its connection until a program has nothing left to do
_CONFIG = """\
[desk]
name = "Help desk"
burst_seconds = 0
[[teams]]
name = "support"
label = "Support"
"""

Opened = Callable[[Path, Aside], AbstractContextManager[office.Program]]


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one program in one round: from a report sent to its answer taken."""

    singly: list[float]  # milliseconds, each
    steadily: list[float]  # the same, RATE a second
    strangers: list[float]  # the same as singly, each from somebody new
    rate: float  # reports a second, AT_ONCE of them under way
    cost: float  # milliseconds of processor time a report, at that rate
    idle: float  # megabytes after the start
    memory: float  # megabytes at the end


def told(who: str, rounds: Sequence[Round]) -> Iterator[Figure]:
    """The medians of its rounds."""

    def middle(figure: Callable[[Round], float]) -> float:
        return median(figure(each) for each in rounds)

    yield Figure(f"{who}: one at a time, p50", middle(lambda one: percentile(one.singly, 50)), "ms")
    yield Figure(f"{who}: one at a time, p99", middle(lambda one: percentile(one.singly, 99)), "ms")
    yield Figure(f"{who}: 50 a second, p50", middle(lambda one: percentile(one.steadily, 50)), "ms")
    yield Figure(f"{who}: 50 a second, p99", middle(lambda one: percentile(one.steadily, 99)), "ms")
    yield Figure(f"{who}: from somebody new, p50", middle(lambda one: median(one.strangers)), "ms")
    yield Figure(f"{who}: reports a second", middle(lambda one: one.rate), "/s")
    yield Figure(f"{who}: processor time a report", middle(lambda one: one.cost), "ms")
    yield Figure(f"{who}: memory, idle", middle(lambda one: one.idle), "MB")
    yield Figure(f"{who}: memory, at the end", middle(lambda one: one.memory), "MB")


def compared(who: str, rounds: list[tuple[Round, Round]]) -> Iterator[Figure]:
    """Beside the echo of the same round."""
    for name, words in (("singly", "one at a time"), ("steadily", "50 a second")):
        both = [(getattr(echo, name), getattr(desk, name)) for echo, desk in rounds]
        times = median(percentile(desk, 50) / percentile(echo, 50) for echo, desk in both)
        more = median(percentile(desk, 99) - percentile(echo, 99) for echo, desk in both)
        yield at_most(f"{who}: {words}, p50 beside the echo's", times, "times", 3)
        yield at_most(f"{who}: {words}, p99 above the echo's", more, "ms", 10)
    part = median(desk.rate / echo.rate for echo, desk in rounds)
    yield at_least(f"{who}: part of the echo's rate", part, "", 0.5)


def round_of(module: str, opened: Opened, scale: Scale) -> Round:
    """Measure one program in a world of its own, which is this module's."""
    with aside(module) as world, office.folder() as place, opened(place, world) as program:
        time.sleep(SETTLES)
        world.tell("people", number=_PEOPLE)
        idle = program.memory()
        world.tell("flow", number=WARM, at_once=AT_ONCE)
        singly = world.tell("flow", number=scale.singles, at_once=1)["taken"]
        steadily = world.tell("stream", number=int(RATE * _SECONDS), rate=RATE)["taken"]
        spent = program.processor()
        seconds = world.tell("flow", number=scale.mails, at_once=AT_ONCE)["seconds"]
        cost = (program.processor() - spent) / scale.mails
        world.tell("people", number=_STRANGERS)
        strangers = world.tell("flow", number=_STRANGERS, at_once=1)["taken"]
        memory = program.memory()
        rate = scale.mails / seconds
        return Round(_ms(singly), _ms(steadily), _ms(strangers), rate, cost * 1000, idle, memory)


@contextmanager
def desk(place: Path, door: str, rooms: str = "") -> Iterator[office.Program]:
    """`deskmate run` in this folder with this door; `rooms` are the agents', as the config's."""
    config = write_config(place, _CONFIG, rooms, door)
    (place / "data").mkdir(exist_ok=True)
    words = ["-m", "bot", "run", "--config", str(config)]
    with office.running([sys.executable, *words], place) as program:
        yield program


def _ms(seconds: list[float]) -> list[float]:
    return [each * 1000 for each in seconds]
