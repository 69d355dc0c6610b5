"""From when until when, as people say it, by the clock of any place: "Saturday 22:00, 2 h"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.command import Call
from bot.model.fold import fold
from bot.model.notice import Notice
from bot.when import clauses, moment_said
from bot.zones import zones_meant

_PLACE = r"([^\W\d_][\w ./'’-]{1,40})"
_NEXT = re.compile(r"[\s,;:\u2013\u2014-]+")  # before the next clause
_ENDS = r"(?=\s*(?:[,;:\n()]|$))"  # of a clause
_MINUTE = timedelta(minutes=1)
_MOST_WORDS = 4  # of a place: "Palma de Mallorca"


@dataclass(slots=True)
class Spanning:
    """Reads the beginning, then the end, which may count from it: "2 h".

    `base` is from when on "2 h" counts where no beginning was said: the end that was planned.
    """

    call: Call
    base: datetime | None = None
    zone: ZoneInfo | None = None

    def after(self, notice: Notice | None) -> None:
        """What follows is about a notice: how long counts from the end that was planned."""
        if notice is not None:
            self.base = max(notice.ends_at, self.call.now)

    def begin(self, words: str) -> tuple[datetime | None, str]:
        """The moment that words begin with, and what follows; None for none. `Refused`."""
        if not words:
            return None, ""
        begin, end = clauses(words)[0]
        if fold(words[begin:end]) in self._now:
            self.base, left = self.call.now, _NEXT.sub("", words[end:], count=1)
        else:
            self.base, left = self._read(self._by_place(words), self.call.now, followed=True)
        return self.base, left

    def end(self, words: str) -> tuple[datetime | None, str]:
        """The moment until which it lasts: how long, or when it is over. Raises `Refused`."""
        if not words:
            return None, ""
        words, now = self._by_place(words), self.call.now
        base = self.base or now
        plain, left = self._read(words, now)
        later, _ = self._read(words, base)
        if plain - now == later - base:  # how long
            return later, left
        clock = self._read(words, later - _MINUTE)[0] == later  # and no day: the next such time
        return (later if clock and plain <= base else plain), left

    @property
    def _now(self) -> set[str]:
        texts = self.call.desk.texts
        return {fold(x) for each in texts.languages for x in texts.words("when.now", each)}

    def _read(self, words: str, now: datetime, *, followed: bool = False) -> tuple[datetime, str]:
        reader = self.call.reader
        reader = replace(reader, now=now, zone=self.zone or reader.zone)
        told: dict[str, Any] = {"reference": "", "command": "maintenance"}
        return moment_said(self.call.desk.texts, reader, words, followed=followed, **told)

    def _by_place(self, words: str) -> str:
        """The words without a place by whose clock they are: "22:00 New York time"."""
        line = words.partition("\n")[0]
        for pattern in self._patterns():
            for found in pattern.finditer(line):
                said = found[1].split()
                for count in range(min(len(said), _MOST_WORDS), 0, -1):
                    if zone := self._zone(" ".join(said[-count:])):
                        self.zone = zone
                        kept = " ".join(said[:-count])
                        return f"{words[: found.start()]}{kept}{words[found.end() :]}"
        return words

    def _zone(self, place: str) -> ZoneInfo | None:
        desk, language = self.call.desk, self.call.reader.language
        spoken = desk.texts.languages
        found = zones_meant(place, self.call.now, desk.settings.zones, spoken, language)
        return ZoneInfo(found[0]) if len(found) == 1 else None

    def _patterns(self) -> Iterator[re.Pattern[str]]:
        """What says by which clock: "hora de *", "* time"."""
        texts = self.call.desk.texts
        for language in texts.languages:
            for said in texts.words("when.clock_of", language):
                before, after = (re.escape(each.strip()) for each in said.split("*"))
                place = rf"{before}\s+{_PLACE}" if before else _PLACE
                tail = rf"\s+{after}" if after else ""
                yield re.compile(rf"(?<!\w){place}{tail}{_ENDS}", re.IGNORECASE)
