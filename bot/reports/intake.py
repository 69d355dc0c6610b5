"""What came in, and what became of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from bot.model.settings import Desk as Settings
from bot.model.tally import Opened
from bot.report import Span, report
from bot.store import Work

Facts = Mapping[str, object]


@report
def intake(work: Work, settings: Settings, span: Span) -> Facts:
    """How many tickets were opened and where, how they stand, and how long they waited."""
    opened = work.tallies.opened(span.since, span.until)
    going = [each for each in opened if not each.status.is_done]
    answered, median = work.tallies.first_answers(span.since, span.until)
    return {
        "count": sum(each.count for each in opened),
        "channels": _by(opened, lambda each: each.channel),
        "kinds": _by(opened, lambda each: each.kind.value),
        "teams": _by(opened, lambda each: settings.label(each.team)),
        "solved": sum(each.count for each in opened if each.solved),
        "done": sum(each.count for each in opened if each.status.is_done),
        "going": sum(each.count for each in going),
        "unclaimed": sum(each.count for each in going if not each.claimed),
        "answered": answered,
        "minutes": round(median.total_seconds() / 60),
    }


def _by(opened: Iterable[Opened], name: Callable[[Opened], str]) -> list[Facts]:
    """How many of each, the most first."""
    counts: Counter[str] = Counter()
    for each in opened:
        counts[name(each)] += each.count
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [{"name": word, "count": count} for word, count in ordered]
