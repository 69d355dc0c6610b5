"""The report of a month, for those who lead and those who pay."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.charting import bars, busiest, by_day, by_week, volumes
from bot.model.chart import Chart
from bot.model.settings import Desk as Settings
from bot.model.ticket import Ticket
from bot.report import Facts, Report, Span
from bot.reports.articles import articles
from bot.reports.intake import intake
from bot.reports.promises import promises
from bot.reports.satisfaction import satisfaction
from bot.store import Work
from bot.story_of_day import solution
from bot.text import Reader, Texts

_COMMENTS = 5
_COMPLAINTS = 20


def _run(work: Work, settings: Settings, span: Span) -> Facts:
    """What came in, how long it took, what was promised, said, learned and complained of."""
    since, until, zone = span.since, span.until, settings.zone
    opened, solved = work.ledger.opened(since, until), work.ledger.solved(since, until)
    before = since - (until - since)
    held, told = work.ledger.estimates(since, until)
    ledger = articles.run(work, settings, span)
    saved = int(str(ledger["helped"])) * settings.knowledge.answer.total_seconds()
    complaints = work.ledger.complaints(since, until, limit=_COMPLAINTS)
    return {
        **intake.run(work, settings, span),
        "ended": sum(count for _, count in solved),
        "before": sum(count for _, count in work.ledger.opened(before, since)),
        "open": work.tallies.queue([each.name for each in settings.teams]),
        "days": by_day(opened, solved, since, until, zone),
        "week": by_week(opened, zone),
        "promises": promises.run(work, settings, span)["rows"],
        "satisfaction": satisfaction.run(work, settings, span),
        "comments": [
            {"reference": settings.reference(each.ticket), "mark": each.mark, "words": each.words}
            for each in work.ledger.comments(since, until, _COMMENTS)
        ],
        "articles": {**ledger, "hours": round(saved / 3600)},
        "held": held,
        "estimated": told,
        "calibrated": round(100 * held / told) if told else 0,
        "complaints": [_complaint(work, settings, each) for each in complaints],
    }


def _complaint(work: Work, settings: Settings, ticket: Ticket) -> Facts:
    """A complaint, and what came of it as far as its writer was told."""
    return {
        "reference": settings.reference(ticket.id),
        "summary": ticket.summary,
        "since": ticket.opened_at,
        "answered": ticket.first_answer_at is not None or ticket.status.is_done,
        "done": ticket.status.is_done,
        "words": solution(work.entries.of(ticket.id)) if ticket.status.is_done else "",
    }


def _draw(facts: Facts, texts: Texts, reader: Reader) -> Iterator[Chart]:
    """The charts of what there is: where nothing came in, there is no picture of it."""
    known: Mapping[str, Any] = facts
    if known["count"] or known["ended"]:
        yield volumes(known["days"], texts, reader)
    if known["promises"]:
        clocks = (
            (texts.render(f"label.clock.{x['clock']}", reader).capitalize(), x["share"])
            for x in known["promises"]
        )
        yield bars("promises", clocks, texts, reader, share=True)
    if known["count"]:
        yield busiest(known["week"], texts, reader)
        channels = ((x["name"].capitalize(), x["count"]) for x in known["channels"])
        yield bars("channels", channels, texts, reader)
    if marks := known["satisfaction"]["marks"]:
        yield bars("marks", ((str(x["mark"]), x["count"]) for x in marks), texts, reader)


monthly = Report("monthly", _run, _draw)
