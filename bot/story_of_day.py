"""The story of the day: the hardest ticket that was solved, with the names of who did it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.model.entry import Entry, Event, Message, Note, What
from bot.model.rating import MARKS, Rating
from bot.model.settings import Desk as Settings
from bot.model.ticket import Ticket
from bot.report import Facts, Span
from bot.store import Work

_LEAST = 1.0  # of what makes a ticket hard, for which it is told
_DAYS = timedelta(days=1)
_WORTH_HOURS = 60  # minutes of work that count as much as a day
_WORK = (What.CLAIMED, What.REPLIED, What.ASKED, What.NOTED, What.RESOLVED, What.STEPPED_IN)
_HARD = {What.REOPENED: 3.0, What.ESCALATED: 2.0}
_PRAISED = 3.0


@dataclass(frozen=True, slots=True)
class _Story:
    """A ticket with all that happened."""

    ticket: Ticket
    entries: tuple[Entry, ...]
    rating: Rating | None

    def count(self, what: What) -> int:
        """How often this happened."""
        return sum(each.what is what for each in self.entries)

    @property
    def lasted(self) -> timedelta:
        """From its beginning to its solution."""
        end = self.ticket.resolved_at or self.ticket.updated_at
        return end - self.ticket.opened_at

    @property
    def praise(self) -> str:
        """What its requester said of the help, where they gave the best mark."""
        best = self.rating is not None and self.rating.mark == MARKS[-1]
        return self.rating.words if self.rating is not None and best else ""

    @property
    def weight(self) -> float:
        """How hard it was, or how glad somebody is of it."""
        troubles = sum(weight * self.count(what) for what, weight in _HARD.items())
        worked = self.ticket.minutes / _WORTH_HOURS + min(self.lasted / _DAYS, 5) / 2
        return troubles + worked + (_PRAISED if self.praise else 0)


def success(work: Work, settings: Settings, span: Span) -> Facts | None:
    """What the texts may tell of it; None where nothing was hard."""
    solved = {x.id: x for x in work.ledger.hardest(span.since, span.until, span.team)}
    for each in work.ledger.comments(span.since, span.until):
        found = work.tickets.get(each.ticket)
        if found and found.status.is_done and span.team in ("", found.team):
            solved.setdefault(found.id, found)
    stories = [
        _Story(each, tuple(work.entries.of(each.id)), work.ratings.of(each.id))
        for each in solved.values()
    ]
    hardest = max(stories, key=lambda each: (each.weight, -each.ticket.id), default=None)
    crew = _crew(work, hardest.entries) if hardest else []
    if hardest is None or hardest.weight < _LEAST or not crew:
        return None
    requester = work.people.get(hardest.ticket.requester)
    return {
        "reference": settings.reference(hardest.ticket.id),
        "summary": hardest.ticket.summary,
        "names": crew,
        "requester": requester.display_name if requester else "",
        "days": round(hardest.lasted / _DAYS),
        "minutes": hardest.ticket.minutes,
        "reopened": hardest.count(What.REOPENED),
        "escalated": bool(hardest.count(What.ESCALATED)),
        "praise": hardest.praise,
        "words": solution(hardest.entries),
    }


def solution(entries: Iterable[Entry]) -> str:
    """What was said last with a solution, which its requester reads, too; "" where nothing was."""
    told = [x.words for x in entries if isinstance(x, Event) and x.what is What.RESOLVED]
    return told[-1] if told else ""


def _crew(work: Work, entries: Iterable[Entry]) -> list[str]:
    """The names of the agents who worked on it, the first to come first."""
    numbers = dict.fromkeys(_who(each) for each in entries if each.what in _WORK)
    known = (work.people.get(number) for number in numbers if number is not None)
    return [each.display_name for each in known if each is not None and each.is_agent]


def _who(entry: Message | Note | Event) -> int | None:
    """Who did this, or who is named as the one that said what solved it."""
    if isinstance(entry, Event) and entry.what is What.RESOLVED and entry.new.isdecimal():
        return int(entry.new)
    return entry.by
