"""Reports in a Slack channel: the desk beside a Bolt app that only echoes, in the same run.

A third program, which also keeps each report on disk, shows what being durable costs alone.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks import chat, office
from benchmarks.aside import Aside
from benchmarks.figure import Figure, Scale, at_least

_WORLD = "benchmarks.slack_world"
_SOCKETS = 2  # as the desk has them by default; the echo has one
_DOOR = """\
[slack]
bot_token = "{bot_token}"
app_token = "{app_token}"
api_url = "{api_url}"
[[slack.rooms]]
channel = "{room}"
"""


def measure(scale: Scale) -> Iterator[Figure]:
    """The programs take turns, so that they meet the same disturbances."""
    programs = (_echo, _keeper, _desk)
    rounds = [
        [chat.round_of(_WORLD, opened, scale) for opened in programs] for _ in range(scale.rounds)
    ]
    echoes, keepers, desks = zip(*rounds, strict=True)
    yield from chat.told("slack: the echo", echoes)
    yield from chat.told("slack: the echo with a book", keepers)
    yield from chat.told("slack", desks)
    yield from chat.compared("slack", list(zip(echoes, desks, strict=True)))
    cards = chat.round_of(_WORLD, _desk_with_cards, scale)
    yield from chat.told("slack, a card of each", [cards])
    part = cards.rate / median(echo.rate for echo in echoes)
    yield at_least("slack, a card of each: part of the echo's rate", part, "", 0.5)


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
        yield program


@contextmanager
def _desk(place: Path, world: Aside, rooms: str = "") -> Iterator[office.Program]:
    """The desk, connected."""
    with chat.desk(place, _DOOR.format(**world.ready), rooms) as program:
        world.tell("connected", sockets=_SOCKETS)
        yield program


@contextmanager
def _desk_with_cards(place: Path, world: Aside) -> Iterator[office.Program]:
    """The same, and each ticket has a card in the agents' room."""
    with _desk(place, world, f'rooms = {{ slack = "{world.ready["agents"]}" }}\n') as program:
        yield program
