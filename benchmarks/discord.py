"""Reports in a channel of Discord: the desk beside a client that only echoes, in the same run."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks import chat, office
from benchmarks.aside import Aside, aside
from benchmarks.figure import Figure, Scale, at_least, at_most

_WORLD = "benchmarks.discord_world"
_DOOR = """\
[discord]
token = "{token}"
api_url = "{api_url}"
gateway_url = "{gateway_url}"
[[discord.rooms]]
channel = "{room}"
"""


def measure(scale: Scale) -> Iterator[Figure]:
    """The programs take turns, so that they meet the same disturbances."""
    rounds = [
        (chat.round_of(_WORLD, _echo, scale), chat.round_of(_WORLD, _desk, scale))
        for _ in range(scale.rounds)
    ]
    echoes, desks = zip(*rounds, strict=True)
    yield from chat.told("discord: the echo", echoes)
    yield from chat.told("discord", desks)
    yield from chat.compared("discord", rounds)
    cards = chat.round_of(_WORLD, _desk_with_cards, scale)
    yield from chat.told("discord, a card of each", [cards])
    part = cards.rate / median(echo.rate for echo in echoes)
    yield at_least("discord, a card of each: part of the echo's rate", part, "", 0.5)
    starts = [_starts() for _ in range(scale.starts)]
    echo, connected, answered = (median(each) for each in zip(*starts, strict=True))
    yield Figure("discord: the echo's start, to its connection", echo, "s")
    yield Figure("discord: start, to the connection", connected, "s")
    yield at_most("discord: start, to the answer to what waited", answered, "s", 1)


def _starts() -> tuple[float, float, float]:
    """Seconds to the echo's connection, to the desk's, and to its answer to what was missed."""
    with (
        aside(_WORLD) as world,
        office.folder() as place,
        _running_echo(place, world) as program,
    ):
        echo = world.tell("connected")["at"] - program.began
    with aside(_WORLD) as world, office.folder() as place:
        door = _DOOR.format(**world.ready)
        world.tell("people", number=1)
        with chat.desk(place, door):
            world.tell("connected")
            time.sleep(chat.SETTLES)  # from now on what is said here is the desk's
        with chat.desk(place, door) as program:
            connected = world.tell("connected")["at"] - program.began
        with chat.desk(place, door) as program:
            answered = world.tell("first")["at"] - program.began
    return echo, connected, answered


@contextmanager
def _running_echo(place: Path, world: Aside) -> Iterator[office.Program]:
    words = [world.ready[each] for each in ("token", "api_url", "gateway_url")]
    with office.running([sys.executable, "-m", "benchmarks.discord_echo", *words], place) as echo:
        yield echo


@contextmanager
def _echo(place: Path, world: Aside) -> Iterator[office.Program]:
    """The echo, connected."""
    with _running_echo(place, world) as program:
        world.tell("connected")
        yield program


@contextmanager
def _desk(place: Path, world: Aside, rooms: str = "") -> Iterator[office.Program]:
    """The desk, connected."""
    with chat.desk(place, _DOOR.format(**world.ready), rooms) as program:
        world.tell("connected")
        yield program


@contextmanager
def _desk_with_cards(place: Path, world: Aside) -> Iterator[office.Program]:
    """The same, and each ticket has a card in the agents' room."""
    with _desk(place, world, f'rooms = {{ discord = "{world.ready["agents"]}" }}\n') as program:
        yield program
