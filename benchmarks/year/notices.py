"""What those affected had to read of planned works: each word once, from the first to the last."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from benchmarks.year.papers import writers
from benchmarks.year.play import FINISHED, PLANNED, Year
from benchmarks.year.reference import Minutes, tick_from
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
_SAID = re.compile(r"We serve the lift (\d+)\.")  # in a chat, which has no subjects
_THERE = ZoneInfo("Europe/Madrid")
# On which day, at which hour there: an hour before closing on both days, at the time, after it.
_AT = (("reminder", 0, 17), ("reminder", 1, 17), ("begun", 1, 20))

Told = tuple[int, str, datetime, str]  # of which work, which word, when, to whom


def notices_told(year: Year, letters: Iterable[Letter], hours: Minutes) -> Iterator[Row]:
    """Hold what people had to read against what they were sent; a chat's words by their moment.

    In a chat nobody is reminded, or told that it begins, outside of the desk's `hours`.
    """
    due, sent = [*_due(year)], [*_sent(letters)]
    by_mail = {x.story.requester.address for x in year.done if x.story.requester.channel == MAIL}
    for name, mailed in (("mail", True), ("chats", False)):
        wanted = (
            (number, word, at, to)
            for number, word, at, to in due
            if (to in by_mail) == mailed
            and (mailed or word in ("notice", "finished") or hours.opens(at) is None)
        )
        found = (x for x in sent if (x[3] in by_mail) == mailed)
        bare = ((n, word if mailed else "", at, to) for n, word, at, to in wanted)
        yield compared(f"told of planned works ({name})", bare, found)


def _due(year: Year) -> Iterator[Told]:
    wrote = writers(year)
    for number, morning in enumerate(PLANNED, 1):
        for word, moment in _moments(morning):
            at = moment if word in ("notice", "finished") else tick_from(year.ticks, moment)
            for address, moments in wrote.items():
                last = max((x for x in moments if x <= at), default=None)
                if last is not None and last >= at - _LATELY and at <= year.ticks[-1]:
                    yield number, word, at, address


def _moments(morning: datetime) -> Iterator[tuple[str, datetime]]:
    """When each word goes out."""
    yield "notice", morning
    day = morning.astimezone(_THERE).date()
    for word, days, hour in _AT:
        there = datetime.combine(day + timedelta(days=days), time(hour), _THERE)
        yield word, there.astimezone(UTC)
    yield "finished", morning + FINISHED


def _sent(letters: Iterable[Letter]) -> Iterator[Told]:
    known = {said: word for word, both in _WORDS.items() for said in both}
    for each in letters:
        if each.ticket or each.inward or not each.recipient.startswith("person"):
            continue
        if each.to.channel == MAIL:
            if found := _SUBJECT.search(each.subject):
                yield int(found[2]), known[found[1]], each.created_at, each.recipient
        elif not each.subject and (said := _SAID.search(each.text)):
            yield int(said[1]), "", each.created_at, each.recipient
