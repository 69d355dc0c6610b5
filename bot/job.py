"""What a job is: a plain function that is called every so often and asks the book what is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk import Desk
from bot.store import Work

Run = Callable[[Work, Desk, datetime], int]
"""Does what is due at this moment, in one transaction, and returns how much that was.

What it counts must not be due afterwards: it is called again at once until it returns 0.
"""


@dataclass(frozen=True, slots=True)
class Job:
    """A function with its rhythm. It is called again at once while it finds something to do."""

    name: str
    every: timedelta
    run: Run


def job(every: timedelta) -> Callable[[Run], Job]:
    """Declare a function as the job of its name."""

    def declare(run: Run) -> Job:
        return Job(run.__name__, every, run)

    return declare
