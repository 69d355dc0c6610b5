"""What a report is: a plain function that reads the book over a stretch of time and gives figures.

Its words stand in the texts under `report.<its name>`, what people call it under
`label.report.<its name>`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model.chart import Chart
from bot.model.settings import Desk as Settings
from bot.store import Work
from bot.text import Reader, Texts


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, in UTC; `until` is no longer in it. Whose part of it is asked for."""

    since: datetime
    until: datetime
    team: str = ""  # of one team alone, where a report knows teams
    person: int = 0  # for one reader, where a report says what concerns them


Facts = Mapping[str, object]
Run = Callable[[Work, Settings, Span], Facts]
"""Reads the book, changes nothing, and gives what its text names."""

Draw = Callable[[Facts, Texts, Reader], Iterable[Chart]]
"""Makes the charts that show some of these figures, in the words of their reader."""


def _no_charts(_facts: Facts, _texts: Texts, _reader: Reader) -> Iterable[Chart]:
    return ()


@dataclass(frozen=True, slots=True)
class Told:
    """A report as its reader reads it: its words, and the charts that go along."""

    title: str
    text: str
    charts: tuple[Chart, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Report:
    """A function that gives figures, by its name; `draw` makes pictures of some of them."""

    name: str
    run: Run
    draw: Draw = _no_charts
    own: Run | None = None  # of one that goes to everybody: what of it concerns its reader alone
    news: tuple[str, ...] = ()  # which of its facts are worth a letter; any if it names none

    def tell(
        self,
        work: Work,
        settings: Settings,
        texts: Texts,
        reader: Reader,
        span: Span,
        *,
        inside: bool = False,
    ) -> str:
        """The figures of that time, in the words of the reader; `inside` a chat in few."""
        return self.told(work, settings, texts, reader, span, inside=inside).text

    def told(
        self,
        work: Work,
        settings: Settings,
        texts: Texts,
        reader: Reader,
        span: Span,
        *,
        inside: bool = False,
    ) -> Told:
        """The same with its title and its charts."""
        return self.say(self.facts(work, settings, span), texts, reader, inside=inside)

    def facts(self, work: Work, settings: Settings, span: Span) -> Facts:
        """What its texts may name."""
        beside = {"since": span.since, "until": span.until, "desk": settings.name}
        return {**beside, "team": settings.label(span.team), **self.run(work, settings, span)}

    def is_worth(self, facts: Facts) -> bool:
        """Whether there is anything to tell."""
        return not self.news or any(facts[each] for each in self.news)

    def say(self, facts: Facts, texts: Texts, reader: Reader, *, inside: bool) -> Told:
        """What was found, in the words of a reader."""
        facts = {**facts, "inside": inside, "report": self.name}
        named = f"paper.{self.name}"
        return Told(
            texts.render(named if texts.has(named) else "paper.other", reader, **facts),
            texts.render(f"report.{self.name}", reader, **facts),
            tuple(self.draw(facts, texts, reader)),
            facts,
        )


def report(run: Run) -> Report:
    """Declare a function as the report of its name."""
    return Report(run.__name__, run)
