"""Rounds: how each job fared when it was called last, as the book keeps it."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store import Work

OFTEN = timedelta(minutes=10)  # a job that does nothing is noted so seldom, to spare the disk


@dataclass(frozen=True, slots=True)
class Round:
    """One call of a job: when, how long it took, how much it did, and why it failed if it did."""

    at: datetime
    took: timedelta
    done: int
    failed: str = ""

    def is_noted(self, before: "Round | None") -> bool:
        """Whether it is worth a line in the book, after the one that stands there."""
        quiet = before is not None and not (self.done or self.failed or before.failed)
        return not quiet or before is None or self.at - before.at >= OFTEN


def load_round(work: Work, job: str) -> Round | None:
    """The last that was noted of a job; None before the first."""
    said = work.cursors.load(f"job/{job}")
    if not said:
        return None
    at, took, done, failed = json.loads(said)
    return Round(datetime.fromisoformat(at), timedelta(seconds=took), done, failed)


def save_round(work: Work, job: str, last: Round) -> None:
    """Note one, in place of the one before."""
    said = [last.at.isoformat(), last.took.total_seconds(), last.done, last.failed]
    work.cursors.save(f"job/{job}", json.dumps(said))
