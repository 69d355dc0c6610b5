"""Clocks: by which one each person lives, and when the desk opens and closes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.model.person import Person
from bot.model.settings import Desk as Settings
from bot.store import Work

Opening = tuple[datetime | None, datetime | None]


def zone_of(settings: Settings, name: str) -> ZoneInfo:
    """The zone of this name; the desk's where nobody knows it."""
    try:
        return ZoneInfo(name) if name else settings.zone
    except (ZoneInfoNotFoundError, ValueError):
        return settings.zone


class Clocks:
    """The clocks of a desk and its people."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opening: tuple[datetime, Opening] | None = None

    def opening(self, now: datetime) -> Opening:
        """When the desk opens and closes, worked out once a minute: it is at full ones only."""
        minute = now.replace(second=0, microsecond=0)
        if self._opening is None or self._opening[0] != minute:
            hours = self._settings.hours
            self._opening = minute, (hours.opens(now), hours.closes(now))
        return self._opening[1]

    def several(self, work: Work, now: datetime, *zones: str) -> bool:
        """Whether agents, the desk and these zones aren't all as far from UTC."""
        agents = (each.zone for each in work.people.agents())
        known = (zone_of(self._settings, each) for each in ("", *agents, *zones))
        offsets: set[timedelta | None] = {now.astimezone(each).utcoffset() for each in known}
        return len(offsets) > 1

    def asks(self, work: Work, person: Person, now: datetime) -> bool:
        """Whether they are to be asked for their zone.

        They are with the first that they report, where nobody told it and the desk's people live
        by several clocks; not where the desk is open at any time.
        """
        if person.zone or person.is_agent or not any(self.opening(now)):
            return False
        if work.tallies.reported(person.id) > 1:
            return False
        return self.several(work, now, *self._settings.zones)
