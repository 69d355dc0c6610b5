"""Many mails at once: mails a second and processor time a mail, with and without an agent."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median

from benchmarks import office
from benchmarks.burst import Burst, burst
from benchmarks.figure import Figure, Scale, at_least, at_most

Opened = Callable[..., AbstractContextManager[office.Program]]


def measure(scale: Scale) -> Iterator[Figure]:
    """Desk and least program take turns, so that both meet the same disturbances."""
    yield from _compared(scale, agent=False)
    yield from _compared(scale, agent=True)


def _compared(scale: Scale, *, agent: bool) -> Iterator[Figure]:
    rounds = [
        (_one(office.desk, scale, agent=agent), _one(office.least, scale, agent=agent))
        for _ in range(scale.rounds)
    ]
    who = "sustained, an agent hears of each" if agent else "sustained"
    ratio = median(desk.rate / least.rate for desk, least in rounds)
    rate, cost = (median(getattr(desk, name) for desk, _ in rounds) for name in ("rate", "cost"))
    floor, least_cost = (
        median(getattr(one, name) for _, one in rounds) for name in ("rate", "cost")
    )
    yield Figure(f"{who}: mails a second", rate, "/s")
    yield Figure(f"{who}: the least program", floor, "/s")
    yield at_least(f"{who}: part of the least program's rate", ratio, "", 0.5)
    yield at_most(f"{who}: processor time a mail", cost, "ms", 5)
    yield Figure(f"{who}: the least program's", least_cost, "ms")


def _one(opened: Opened, scale: Scale, *, agent: bool) -> Burst:
    with office.world() as world, office.folder() as place:
        program = opened(Path(place), world, agent=agent)
        return burst(world, program, scale.mails, seed=1, letters=1 + agent)
