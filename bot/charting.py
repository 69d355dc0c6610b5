"""Charting: makes charts of figures, in the words of their reader."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.ledger import Hourly
from bot.model.chart import Chart, Form, Series
from bot.text import Reader, Texts

HOURS = range(24)
_DAY = timedelta(days=1)
_SHORT = 3  # letters of a month below a line

Day = tuple[date, int, int]
"""A day with how much came in, and how much was solved."""
Week = Sequence[Sequence[int]]
"""How much came in: for each day of the week, from Monday on, each hour."""


def by_day(
    opened: Hourly, solved: Hourly, since: datetime, until: datetime, zone: ZoneInfo
) -> list[Day]:
    """Each day of that time on this clock, those without anything as well."""
    came, gone = _daily(opened, zone), _daily(solved, zone)
    first, last = (each.astimezone(zone).date() for each in (since, until - _INSTANT))
    days = (first + n * _DAY for n in range((last - first).days + 1))
    return [(day, came[day], gone[day]) for day in days]


def by_week(opened: Hourly, zone: ZoneInfo) -> Week:
    """How much came in at each hour of the week, on this clock."""
    found: Counter[tuple[int, int]] = Counter()
    for at, count in opened:
        local = at.astimezone(zone)
        found[local.weekday(), local.hour] += count
    return [[found[day, hour] for hour in HOURS] for day in range(7)]


def volumes(days: Sequence[Day], texts: Texts, reader: Reader) -> Chart:
    """What came in and what was solved, day by day."""
    months = texts.words("format.months", reader.language)
    labels = tuple(f"{day.day} {months[day.month - 1][:_SHORT]}" for day, *_ in days)
    came, gone = tuple(each[1] for each in days), tuple(each[2] for each in days)
    most = max(range(len(days)), key=lambda n: came[n])
    facts = {"opened": sum(came), "solved": sum(gone), "most": came[most], "day": labels[most]}
    names = [texts.render(f"chart.{each}", reader) for each in ("opened", "solved")]
    return Chart(
        name="volumes",
        form=Form.LINES,
        title=texts.render("chart.volumes", reader),
        head=texts.render("chart.day", reader),
        labels=labels,
        series=(Series(names[0], came), Series(names[1], gone)),
        alt=texts.render("chart.volumes_alt", reader, **facts, days=len(days)),
    )


def busiest(week: Week, texts: Texts, reader: Reader) -> Chart:
    """When it comes in, hour by hour of the week."""
    names = texts.words("format.weekdays", reader.language)
    count, day, hour = max((week[day][hour], -day, -hour) for day in range(7) for hour in HOURS)
    facts = {"count": count, "day": names[-day], "hour": f"{-hour}:00"}
    return Chart(
        name="hours",
        form=Form.HEAT,
        title=texts.render("chart.hours", reader),
        head=texts.render("chart.hour", reader),
        labels=tuple(f"{hour}:00" for hour in HOURS),
        series=tuple(
            Series(name.capitalize(), tuple(row)) for name, row in zip(names, week, strict=True)
        ),
        alt=texts.render("chart.hours_alt", reader, **facts),
    )


def bars(
    name: str,
    rows: Iterable[tuple[str, float]],
    texts: Texts,
    reader: Reader,
    *,
    share: bool = False,
) -> Chart:
    """One bar for each row, under the texts of this name; of a `share` the scale ends at 100 %."""
    rows = tuple(rows)
    title, head, column = (
        texts.render(f"chart.{name}{part}", reader) for part in ("", "_head", "_column")
    )
    told = [f"{label} {value:g}{' %' if share else ''}" for label, value in rows]
    return Chart(
        name=name,
        form=Form.BARS,
        title=title,
        head=head,
        labels=tuple(label for label, _ in rows),
        series=(Series(column, tuple(value for _, value in rows)),),
        alt=texts.render("chart.bars_alt", reader, title=title, rows=", ".join(told)),
        most=100 if share else 0,
        unit="%" if share else "",
    )


def rows_of(chart: Chart) -> list[Mapping[str, str]]:
    """The figures of a chart as lines of a mail: of a whole week, each day's sum and its height."""
    if chart.form is Form.HEAT:
        return [{"label": each.name, "told": _condensed(chart, each)} for each in chart.series]
    _, *rows = chart.table()
    names = [each.name.lower() for each in chart.series] if len(chart.series) > 1 else [""]
    return [
        {
            "label": label,
            "told": ", ".join(
                f"{figure} {name}".rstrip() for figure, name in zip(row, names, strict=True)
            ),
        }
        for label, *row in rows
    ]


def _condensed(chart: Chart, series: Series) -> str:
    top = max(series.values, default=0)
    total = chart.told(sum(series.values))
    if not top:
        return total
    return f"{total} ({chart.labels[series.values.index(top)]}: {chart.told(top)})"


def _daily(hourly: Hourly, zone: ZoneInfo) -> Counter[date]:
    found: Counter[date] = Counter()
    for at, count in hourly:
        found[at.astimezone(zone).date()] += count
    return found


_INSTANT = timedelta(microseconds=1)
