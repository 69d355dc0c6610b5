"""What those affected had to read of planned works: by mail each word once, from first to last."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from benchmarks.year.play import FINISHED, PLANNED, Year
from benchmarks.year.row import Row, compared
from benchmarks.year.world import MAIL
from bot.model.mailroom import Letter

_LATELY = timedelta(days=180)
_WORDS = {
    "notice": ("notice", "aviso"),
    "reminder": ("reminder", "recordatorio"),
    "begun": ("begun", "ha empezado"),
    "finished": ("finished", "terminado"),
}
_SUBJECT = re.compile(r"lift \d+: (.+) \[N-(\d+)\]$")
_THERE = ZoneInfo("Europe/Madrid")
# On which day, at which hour there: an hour before closing on both days, at the time, after it.
_AT = (("reminder", 0, 17), ("reminder", 1, 17), ("begun", 1, 20))


def notices_told(year: Year, letters: Iterable[Letter]) -> Row:
    """Hold what people who write by mail had to read against what they were sent."""
    return compared("told of planned works (mail)", _due(year), _sent(letters))


def _due(year: Year) -> Iterator[tuple[int, str, str]]:
    wrote: dict[str, list[datetime]] = {}
    for each in year.done:
        person = each.story.requester
        if person.channel == MAIL:
            said = (x.at for x in each.deeds if x.what in ("open", "answer", "reopen"))
            wrote.setdefault(person.address, []).extend(said)
    for number, morning in enumerate(PLANNED, 1):
        for word, at in _moments(morning):
            for address, moments in wrote.items():
                last = max((x for x in moments if x <= at), default=None)
                if last is not None and last >= at - _LATELY and at <= year.ticks[-1]:
                    yield number, word, address


def _moments(morning: datetime) -> Iterator[tuple[str, datetime]]:
    """When each word goes out."""
    yield "notice", morning
    day = morning.astimezone(_THERE).date()
    for word, days, hour in _AT:
        there = datetime.combine(day + timedelta(days=days), time(hour), _THERE)
        yield word, there.astimezone(UTC)
    yield "finished", morning + FINISHED


def _sent(letters: Iterable[Letter]) -> Iterator[tuple[int, str, str]]:
    known = {said: word for word, both in _WORDS.items() for said in both}
    for each in letters:
        found = _SUBJECT.search(each.subject)
        if (
            found
            and each.to.channel == MAIL
            and not each.inward
            and "desk.example" not in each.recipient
        ):
            yield int(found[2]), known[found[1]], each.recipient
