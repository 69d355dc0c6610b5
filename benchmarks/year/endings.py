"""When what was solved had to be closed, and its requester warned of it, reckoned anew."""

from bisect import bisect_left, bisect_right
from datetime import datetime

from benchmarks.year.play import Done, Year
from benchmarks.year.reference import Days

_WARNED, _CLOSED = 4, 5  # working days after it was solved
_BETWEEN = 1  # working days from the warning to the end, at least

_NIGHT, _BEFORE_IT = -1, -2  # seconds: on a day off, and before any of them

End = tuple[int, datetime]  # which ticket, when
Count = tuple[int, float]  # days that were over, seconds of the next


class Endings:
    """By working days of the desk, counted one by one."""

    def __init__(self, year: Year) -> None:
        self._ticks = year.ticks
        self._days = Days("support")  # whose days are the desk's
        self._counted = [self._days.count(each) for each in year.ticks]
        self.warned: list[End] = []
        self.closed: list[End] = []
        for each in year.done:
            self._follow(each)

    def _follow(self, life: Done) -> None:
        done = [x for x in life.deeds if x.what in ("resolve", "reopen")]
        for at, deed in enumerate(done):
            if deed.what == "resolve":
                until = next((x.at for x in done[at:] if x.what == "reopen"), None)
                self._end(life.number, deed.at, until)

    def _end(self, number: int, solved: datetime, reopened: datetime | None) -> None:
        warned = self._tick(self._after(solved, _WARNED))
        if warned is None or (reopened is not None and warned >= reopened):
            return
        self.warned.append((number, warned))
        count, second = self._days.count(warned)
        reached = count + _BETWEEN, second or _NIGHT  # a day that is over is reached
        closed = self._tick(self._after(solved, _CLOSED), reached)
        if closed is not None and (reopened is None or closed < reopened):
            self.closed.append((number, closed))

    def _after(self, at: datetime, days: int) -> Count:
        count, second = self._days.count(at)
        return count + days, second if second >= 0 else _BEFORE_IT

    def _tick(self, over: Count, reached: Count = (0, 0)) -> datetime | None:
        """The first call of the jobs when more than so many days had passed, and so many."""
        place = max(bisect_right(self._counted, over), bisect_left(self._counted, reached))
        return self._ticks[place] if place < len(self._ticks) else None
