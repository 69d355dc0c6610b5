"""Commands that tell how the desk does, in figures."""

from datetime import timedelta

from bot.command import Call, Parameter, Type, command
from bot.model.message import Answer
from bot.model.refused import Refused
from bot.report import Report, Span

_DAYS = 7
_MOST_DAYS = 366
_INSTANT = timedelta(microseconds=1)  # what is opened at this very moment counts


@command(
    Parameter("report", Type.REPORT, required=False),
    Parameter("days", Type.NUMBER, required=False),
    changes=False,
)
def figures(call: Call, report: Report | None, days: int | None) -> Answer:
    """A report on the last days, and which others there are."""
    asked = _DAYS if days is None else days
    if not 0 < asked <= _MOST_DAYS:
        raise Refused("refused.days", value=asked, most=_MOST_DAYS).at("days")
    desk = call.desk
    told = report or call.reports[0]
    span = Span(call.now - timedelta(days=asked), call.now + _INSTANT)
    words = told.tell(call.work, desk.settings, desk.texts, call.reader, span)
    others = [
        desk.texts.render(f"label.report.{each.name}", call.reader)
        for each in call.reports
        if each is not told
    ]
    return call.answer("done.figures", words=words, others=others, days=asked)
