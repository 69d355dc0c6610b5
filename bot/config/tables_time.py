"""What may stand in the config of time: hours, calendars, whose they are, and notices."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.channel import WrongSettings
from bot.config.values import Spans
from bot.model.calendar import Hours
from bot.model.holiday import Holidays, holidays_of
from bot.model.person import Role
from bot.model.settings import Notices
from bot.model.target import Calendar

_NOTICES = Notices()
_LONGEST_AHEAD = 24 * 30  # hours before it begins, of which somebody is reminded


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursTable:
    """[desk.hours]: each weekday's spans, and the days without any."""

    monday: Spans = ()
    tuesday: Spans = ()
    wednesday: Spans = ()
    thursday: Spans = ()
    friday: Spans = ()
    saturday: Spans = ()
    sunday: Spans = ()
    closed: tuple[date, ...] = ()
    holidays: str = ""
    opened: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        """Holidays are of a country that is known."""
        if self.holidays:
            _holidays(self.holidays)

    def hours(self, zone: ZoneInfo) -> Hours:
        """As the calendar counts them."""
        days = (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )
        week = {day: spans for day, spans in enumerate(days) if spans}
        public = _holidays(self.holidays) if self.holidays else None
        return Hours(zone, week, frozenset(self.closed), public, frozenset(self.opened))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarTable(HoursTable):
    """[[calendars]]: hours by their name, and whose they are."""

    name: str
    zone: ZoneInfo | None = None
    contracts: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()

    def calendar(self, zone: ZoneInfo) -> Calendar:
        """As the model knows it; `zone` is the desk's."""
        hours = self.hours(self.zone or zone)
        return Calendar(self.name, hours, self.contracts, self.teams, self.offices)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesTable:
    """[notices]: how people hear of planned works."""

    remind_hours: tuple[float, ...] = (24, 1)
    rooms: dict[str, str] = field(default_factory=dict)
    announce: Literal["agent", "quality", "lead", "admin"] = "agent"
    pause: bool = _NOTICES.pause
    lately: timedelta = _NOTICES.lately

    def __post_init__(self) -> None:
        if any(not 0 < each <= _LONGEST_AHEAD for each in self.remind_hours):
            mend = f"write hours before the beginning, more than 0 and up to {_LONGEST_AHEAD}"
            raise WrongSettings("remind_hours", mend)

    @property
    def notices(self) -> Notices:
        """As the model knows it."""
        remind = tuple(timedelta(hours=each) for each in self.remind_hours)
        announce = Role[self.announce.upper()]
        return Notices(remind, self.rooms, announce, self.pause, self.lately)


def _holidays(code: str) -> Holidays:
    try:
        return holidays_of(code)
    except ValueError as error:
        mend = 'write a country, or one of its regions, by ISO 3166: "ES" or "ES-MD"'
        raise WrongSettings(f'holidays = "{code}": {error}', mend) from None
