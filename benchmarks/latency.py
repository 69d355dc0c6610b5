"""One mail at a time: from the mail server's EXISTS to the acknowledgement's DATA accepted."""

from collections.abc import Iterator

from benchmarks import office
from benchmarks.burst import WARM, answered
from benchmarks.figure import Figure, Scale, at_most, percentile


def measure(scale: Scale) -> Iterator[Figure]:
    """The same world for both, one after the other."""
    desk, least = _taken(scale, desk=True), _taken(scale, desk=False)
    yield at_most("latency: p50", percentile(desk, 50), "ms", 10)
    yield at_most("latency: p99", percentile(desk, 99), "ms", 30)
    yield Figure("latency: the least program's p50", percentile(least, 50), "ms")
    yield Figure("latency: the least program's p99", percentile(least, 99), "ms")


def _taken(scale: Scale, *, desk: bool) -> list[float]:
    """Milliseconds, each."""
    opened = office.desk if desk else office.least
    with office.world() as world, office.folder() as place, opened(place, world):
        answered(world, WARM, seed=1)
        seconds = world.tell("singly", count=scale.singles, seed=2)["seconds"]
        return [each * 1000 for each in seconds]
