"""How people found the help they got."""

from collections.abc import Mapping

from bot.model.rating import HIGH, LOW, MARKS
from bot.model.settings import Desk as Settings
from bot.report import Span, report
from bot.store import Work

FEWEST = 20  # marks: of fewer, a share says more than is known
_MOST_LOW = 10  # tickets that are named


@report
def satisfaction(work: Work, settings: Settings, span: Span) -> Mapping[str, object]:
    """How many were asked and answered, which marks were given, and of what the low ones were."""
    asked, answered = work.ratings.asked(span.since, span.until)
    marks = work.ratings.marks(span.since, span.until)
    given = sum(marks.values())
    content = sum(count for mark, count in marks.items() if mark >= HIGH)
    low = work.ratings.low(span.since, span.until, _MOST_LOW)
    unhappy = sum(count for mark, count in marks.items() if mark <= LOW)
    return {
        "asked": asked,
        "answered": answered,
        "given": given,
        "marks": [{"mark": each, "count": marks[each]} for each in MARKS if each in marks],
        "content": content,
        "enough": given >= FEWEST,
        "share": round(100 * content / given) if given else 0,
        "low": [{"reference": settings.reference(each.ticket), "mark": each.mark} for each in low],
        "more": unhappy - len(low),
    }
