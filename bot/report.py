"""What a report is: a plain function that reads the book over a stretch of time and gives figures.

Its words stand in the texts under `report.<its name>`, what people call it under
`label.report.<its name>`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model.settings import Desk as Settings
from bot.store import Work
from bot.text import Reader, Texts


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, in UTC; `until` is no longer in it."""

    since: datetime
    until: datetime


Run = Callable[[Work, Settings, Span], Mapping[str, object]]
"""Reads the book, changes nothing, and gives what its text names."""


@dataclass(frozen=True, slots=True)
class Report:
    """A function that gives figures, by its name."""

    name: str
    run: Run

    def tell(self, work: Work, settings: Settings, texts: Texts, reader: Reader, span: Span) -> str:
        """The figures of that time, in the words of the reader."""
        facts = {"since": span.since, "until": span.until, **self.run(work, settings, span)}
        return texts.render(f"report.{self.name}", reader, **facts)


def report(run: Run) -> Report:
    """Declare a function as the report of its name."""
    return Report(run.__name__, run)
