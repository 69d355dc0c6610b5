"""What of what was promised was kept."""

from collections.abc import Mapping

from bot.model.settings import Desk as Settings
from bot.model.target import Clock
from bot.report import Span, report
from bot.store import Work


@report
def promises(work: Work, settings: Settings, span: Span) -> Mapping[str, object]:  # noqa: ARG001 - as all are called
    """Of each kind that ended then, how many were kept and how many broken."""
    known = {each.clock: each for each in work.promises.tally(span.since, span.until)}
    rows = [
        {
            "clock": each.clock.value,
            "kept": each.kept,
            "all": each.kept + each.broken,
            "share": round(100 * each.kept / (each.kept + each.broken)),
        }
        for each in (known[clock] for clock in Clock if clock in known)
    ]
    return {"rows": rows}
