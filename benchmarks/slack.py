"""Reports in a Slack channel: the desk beside a Bolt app that only echoes, in the same run.

A third program, which also keeps each report on disk, shows what being durable costs alone.
"""

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
_SOCKETS = 2  # as the desk has them by default; the echo has one
_CONFIG = """\
[desk]
name = "Help desk"
burst_seconds = 0
[[teams]]
name = "support"
label = "Support"
{rooms}
[slack]
bot_token = "{bot_token}"
app_token = "{app_token}"
api_url = "{api_url}"
[[slack.rooms]]
channel = "{room}"
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


def measure(scale: Scale) -> Iterator[Figure]:
    """The programs take turns, so that they meet the same disturbances."""
    programs = (_echo, _keeper, _desk)
    rounds = [[_round(opened, scale) for opened in programs] for _ in range(scale.rounds)]
    echoes, keepers, desks = zip(*rounds, strict=True)
    yield from _told("slack: the echo", echoes)
    yield from _told("slack: the echo with a book", keepers)
    yield from _told("slack", desks)
    yield from _compared("slack", list(zip(echoes, desks, strict=True)))
    cards = _round(_desk_with_cards, scale)
    yield from _told("slack, a card of each", [cards])
    part = cards.rate / median(echo.rate for echo in echoes)
    yield at_least("slack, a card of each: part of the echo's rate", part, "", 0.5)


def _told(who: str, rounds: Sequence[Round]) -> Iterator[Figure]:
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


def _compared(who: str, rounds: list[tuple[Round, Round]]) -> Iterator[Figure]:
    """Beside the echo of the same round."""
    for name, told in (("singly", "one at a time"), ("steadily", "50 a second")):
        both = [(getattr(echo, name), getattr(desk, name)) for echo, desk in rounds]
        times = median(percentile(desk, 50) / percentile(echo, 50) for echo, desk in both)
        more = median(percentile(desk, 99) - percentile(echo, 99) for echo, desk in both)
        yield at_most(f"{who}: {told}, p50 beside the echo's", times, "times", 3)
        yield at_most(f"{who}: {told}, p99 above the echo's", more, "ms", 10)
    part = median(desk.rate / echo.rate for echo, desk in rounds)
    yield at_least(f"{who}: part of the echo's rate", part, "", 0.5)


def _round(opened: Opened, scale: Scale) -> Round:
    with (
        aside("benchmarks.slack_world") as world,
        office.folder() as place,
        opened(place, world) as program,
    ):
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


def _ms(seconds: list[float]) -> list[float]:
    return [each * 1000 for each in seconds]


@contextmanager
def _echo(place: Path, world: Aside) -> Iterator[office.Program]:
    """The echo, connected."""
    with _least("benchmarks.echo", place, world) as program:
        yield program


@contextmanager
def _keeper(place: Path, world: Aside) -> Iterator[office.Program]:
    """The echo with a book, connected."""
    with _least("benchmarks.keeper", place, world, str(place / "keeper.db")) as program:
        yield program


@contextmanager
def _least(module: str, place: Path, world: Aside, *more: str) -> Iterator[office.Program]:
    words = [world.ready[each] for each in ("bot_token", "app_token", "api_url")]
    with office.running([sys.executable, "-m", module, *words, *more], place) as program:
        world.tell("connected", sockets=1)
        time.sleep(0.5)
        yield program


@contextmanager
def _desk(place: Path, world: Aside, rooms: str = "") -> Iterator[office.Program]:
    """`deskmate run` in this folder, connected."""
    config = write_config(place, _CONFIG.format(rooms=rooms, **world.ready))
    (place / "data").mkdir()
    words = ["-m", "bot", "run", "--config", str(config)]
    with office.running([sys.executable, *words], place) as program:
        world.tell("connected", sockets=_SOCKETS)
        time.sleep(0.5)
        yield program


@contextmanager
def _desk_with_cards(place: Path, world: Aside) -> Iterator[office.Program]:
    """The same, and each ticket has a card in the agents' room."""
    with _desk(place, world, f'rooms = {{ slack = "{world.ready["agents"]}" }}') as program:
        yield program
