"""The report of the bell: how many rang."""

from collections.abc import Mapping

from bot.model.settings import Desk
from bot.report import Span, report
from bot.store import Work
from deskmate_bell.jobs import BELL


@report
def rung(work: Work, _settings: Desk, span: Span) -> Mapping[str, object]:
    """How many tickets were rung for, and how many of them wait for somebody."""
    opened = [each for each in work.tallies.opened(span.since, span.until) if each.channel == BELL]
    waiting = [each for each in opened if not (each.claimed or each.status.is_done)]
    return {
        "count": sum(each.count for each in opened),
        "waiting": sum(each.count for each in waiting),
    }
