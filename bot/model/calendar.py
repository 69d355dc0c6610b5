"""When the desk is open: spans of a week in a zone, and days that are closed.

Spans in UTC are half-open. What is counted is real time: a day in spring may have 23 hours.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.holiday import Holidays

_SEARCH_DAYS = 60
_YEAR = 366
_CLOSED_FOR_GOOD = 1000  # days in a row
_DAY = timedelta(days=1)
_FOR_EVER = timedelta(days=30)  # a span this long is made of whole days: no end is in sight


Span = tuple[datetime, datetime]


class NeverOpenError(ValueError):
    """Raised where hours are to be counted of a calendar that has none."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours: for each weekday (0 is Monday) its spans of local time.

    A span that ends at or before its start goes on past midnight. No spans at all: always open.
    """

    zone: ZoneInfo
    week: Mapping[int, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()
    holidays: Holidays | None = None
    opened: frozenset[date] = frozenset()  # days on which it works although they are holidays
    _known: dict[date, tuple[Span, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def always(self) -> bool:
        """Whether the desk never closes."""
        return not any(self.week.values())

    def works_on(self, day: date) -> bool:
        """Whether somebody comes to the desk on this day: a span begins, or it never closes."""
        return self.always or (bool(self.week.get(day.weekday())) and not self.is_off(day))

    def is_off(self, day: date) -> bool:
        """Whether a local day is one of its holidays."""
        if day in self.closed:
            return True
        return self.holidays is not None and day not in self.opened and day in self.holidays

    def closes(self, now: datetime) -> datetime | None:
        """When the span that holds `now` ends; None when the desk is closed or never closes."""
        end = self._end(now)
        return end if end is not None and end - now < _FOR_EVER else None

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is at the desk."""
        return self.always or self._end(now) is not None

    def opens(self, now: datetime) -> datetime | None:
        """The next opening from `now` on; None when it is open or never opens again."""
        if self.is_open(now):
            return None
        return next((start for start, _ in self._spans(now) if start > now), None)

    def before(self, now: datetime, length: timedelta) -> datetime | None:
        """The last moment from which on it was open for this long until `now`.

        None where it wasn't within two months.
        """
        if self.always:
            return now - length
        left = length
        for start, end in reversed(list(self._spans(now - _SEARCH_DAYS * _DAY, _SEARCH_DAYS + 3))):
            worked = min(end, now) - start
            if worked >= left:
                return min(end, now) - left
            left -= max(worked, timedelta(0))
        return None

    def spans(self, since: datetime, until: datetime) -> Iterator[Span]:
        """The open times from `since` until `until`, in their order; none touches another."""
        if self.always:
            if since < until:
                yield since, until
            return
        for start, end in _joined(self._pieces(since, until)):
            begin, stop = max(start, since), min(end, until)
            if begin < stop:
                yield begin, stop

    def worked(self, since: datetime, until: datetime) -> timedelta:
        """How long it was open from `since` until `until`; 0 where that is earlier."""
        return sum((end - start for start, end in self.spans(since, until)), timedelta(0))

    def after(self, since: datetime, length: timedelta) -> datetime:
        """The first moment until which it was open for this long from `since` on.

        Raises `NeverOpenError` where it doesn't open any more.
        """
        if self.always or length <= timedelta(0):
            return since + max(length, timedelta(0))
        left, done = length, since
        for start, end in self._pieces(since):
            begin = max(start, done)
            if end - begin >= left:
                return begin + left
            if end > begin:
                left, done = left - (end - begin), end
        raise NeverOpenError(str(self.zone))

    def _pieces(self, since: datetime, until: datetime | None = None) -> Iterator[Span]:
        """The spans of each day from that of `since` on; of two days they may overlap.

        Without `until` it ends only where it is closed for good.
        """
        day, shut = since.astimezone(self.zone).date() - _DAY, 0
        last = until.astimezone(self.zone).date() if until else None
        while shut < _CLOSED_FOR_GOOD and (last is None or day <= last):
            found = self._of_day(day)
            yield from found
            shut = 0 if found else shut + 1
            day += _DAY

    def days_before(self, now: datetime, length: timedelta) -> datetime:
        """So many working days before `now`, at the same time of the day; less than a day as it is.

        A day on which nobody comes to the desk doesn't count, nor does any part of it; at most a
        year is looked at.
        """
        return self._days_off(now, length, -_DAY)

    def days_after(self, now: datetime, length: timedelta) -> datetime:
        """So many working days after `now`, in the same way."""
        return self._days_off(now, length, _DAY)

    def _days_off(self, now: datetime, length: timedelta, step: timedelta) -> datetime:
        days, rest = divmod(length, _DAY)
        local = now.astimezone(self.zone)
        day, clock = local.date(), local.time()
        idle = not self.works_on(day)
        for _ in range(_YEAR if days else 0):
            day += step
            days -= self.works_on(day)
            if not days:
                break
        if idle:  # as if it were the end of the working day before
            day, clock = max(day, day + step), time()
        there = moment_of(day, clock, self.zone) if length >= _DAY else now
        return there + rest * (step // _DAY)

    def _end(self, now: datetime) -> datetime | None:
        return next((end for start, end in self._spans(now) if start <= now < end), None)

    def _spans(
        self, now: datetime, days: int = _SEARCH_DAYS
    ) -> Iterator[tuple[datetime, datetime]]:
        """Half-open spans in UTC, adjoining ones joined, from the day before `now`."""
        day = now.astimezone(self.zone).date() - _DAY
        yield from _joined(piece for n in range(days) for piece in self._of_day(day + n * _DAY))

    def _of_day(self, day: date) -> tuple[Span, ...]:
        """The spans that begin on a local day, the earliest first."""
        found = self._known.get(day)
        if found is None:
            found = () if self.is_off(day) else tuple(self._made(day))
            self._known[day] = found
        return found

    def _made(self, day: date) -> Iterator[Span]:
        for opening, closing in sorted(self.week.get(day.weekday(), ())):
            last = day if closing > opening else day + _DAY
            start = _instant(day, opening, self.zone, end=False)
            end = _instant(last, closing, self.zone, end=True)
            if start < end:
                yield start, end


def _joined(pieces: Iterable[Span]) -> Iterator[Span]:
    """Those that adjoin or overlap as one."""
    pending: Span | None = None
    for start, end in pieces:
        if pending and start <= pending[1]:
            pending = (pending[0], max(pending[1], end))
            continue
        if pending:
            yield pending
        pending = (start, end)
    if pending:
        yield pending


def moment_of(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """When a clock first shows this on a day, in UTC; where it is put past it, that moment."""
    return _instant(day, clock, zone, end=False)


def _instant(day: date, clock: time, zone: ZoneInfo, *, end: bool) -> datetime:
    """The moment of a local time, in UTC: in a gap the change itself, of two the outer one."""
    local = datetime.combine(day, clock, zone)
    late, early = (local.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    if early <= late:  # ordinary, or an hour that comes twice: open at the first, close at the last
        return late if end else early
    offset = late.astimezone(zone).utcoffset()  # a gap: look for the change between the two
    while early - late > timedelta(seconds=1):
        middle = late + (early - late) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            late = middle
        else:
            early = middle
    return early.replace(microsecond=0)
