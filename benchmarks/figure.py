"""What a measurement tells: a figure, and the goal it is held to."""

from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `met` is None where there is no goal."""

    what: str
    value: float
    unit: str
    goal: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        digits = max(0, 3 - len(f"{self.value:.0f}"))
        verdict = {True: "yes", False: "NO", None: ""}[self.met]
        value = f"{self.value:.{digits}f} {self.unit}".strip()
        return f"| {self.what} | {value} | {self.goal} | {verdict} |"


HEAD = "| what | figure | goal | met |\n| --- | --- | --- | --- |"


def at_most(what: str, value: float, unit: str, most: float) -> Figure:
    """A figure that should be small."""
    return Figure(what, value, unit, f"≤ {most:g}", value <= most)


def at_least(what: str, value: float, unit: str, fewest: float) -> Figure:
    """A figure that should be large."""
    return Figure(what, value, unit, f"≥ {fewest:g}", value >= fewest)


def percentile(values: list[float], percent: int) -> float:
    """The value below which that part of them lies."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    mails: int = 500  # in one burst
    rounds: int = 3  # of which the median counts
    singles: int = 100  # mails that come one at a time
    kept: int = 2_000  # mails after which memory is looked at
    more: int = 0  # mails after those, for what it grows by
    starts: int = 5
    stored: int = 50_000  # tickets of a book that is full


QUICK = Scale(mails=100, rounds=1, singles=30, kept=300, starts=2, stored=5_000)
LONG = Scale(rounds=5, singles=300, more=10_000, starts=9)
