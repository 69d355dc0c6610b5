"""Reads the single values of the config: text, numbers, durations, days, time zones, hours.

Each reader returns the value, or `UNFIT` after it has noted on the page what is wrong.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Literal, cast, get_args, get_origin
from zoneinfo import ZoneInfo, available_timezones

from bot.config.page import Page, guess, said
from bot.config.places import Place

Spans = tuple[tuple[time, time], ...]
"""The opening hours of a day; written "09:00-14:00, 15:00-18:00"."""

LONGEST = timedelta(days=3650)
"""No duration is longer, so that every moment so far from now is one that a calendar has."""

UNFIT = object()
"""What a reader returns in place of a value that can't be used."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A key that may stand in a table: the field it fills, of which kind, in which unit."""

    key: str
    name: str
    kind: Any
    unit: str
    required: bool
    secret: bool
    most: timedelta = LONGEST  # of a duration


def read_text(slot: Slot, kind: Any, raw: object, place: Place, page: Page) -> object:
    """Text, or the path of a file, which begins in the folder of the config."""
    if not isinstance(raw, str):
        mend = "write one alone, in quotes" if isinstance(raw, list) else "write it in quotes"
        page.note(place, f"{slot.key} is {said(raw)}", mend)
        return UNFIT
    if slot.secret and raw:
        page.secrets.append(place)
    if kind is Path or (slot.key.endswith("_file") and raw):
        return kind(page.folder / Path(raw).expanduser())
    return raw


def read_choice(slot: Slot, kind: Any, raw: object, place: Place, page: Page) -> object:
    """One word of a few."""
    if get_origin(kind) is Literal:
        choices = {each: each for each in get_args(kind)}
    else:
        choices = {_word(each): each for each in kind}
    for written, meant in choices.items():
        if type(raw) is type(written) and raw == written:
            return meant
    alike = any(type(raw) is type(each) for each in choices)
    shown = f"{slot.key} = {_shown(raw)}" if alike else f"{slot.key} is {said(raw)}"
    page.note(place, shown, "write " + " or ".join(map(_shown, choices)))
    return UNFIT


def is_choice(kind: Any) -> bool:
    """Whether this kind is one word of a few."""
    return get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, Enum))


def read_number(slot: Slot, kind: Any, raw: object, place: Place, page: Page) -> object:
    """A number; a port and a duration within what they can be."""
    whole = kind is int
    if isinstance(raw, bool) or not isinstance(raw, int if whole else (int, float)):
        what = "a whole number" if whole else "a number"
        page.note(place, f"{slot.key} is {said(raw)}", f"write {what} without quotes")
        return UNFIT
    if unit := re.search(r"_(seconds|minutes|hours|days)$", slot.key):
        most = slot.most / timedelta(**{unit[1]: 1})
        if not 0 <= raw <= most:
            shown = int(most) or int(most * 100) / 100
            mend = f"write a smaller number, {shown} or less" if raw > 0 else "write 0 or more"
            page.note(place, f"{slot.key} = {raw}", mend)
            return UNFIT
    if re.search(r"(^|_)port$", slot.key) and not 0 <= raw <= _LAST_PORT:
        page.note(place, f"{slot.key} = {raw} is no port", f"write one from 1 to {_LAST_PORT}")
        return UNFIT
    return raw


def read_duration(slot: Slot, _kind: Any, raw: object, place: Place, page: Page) -> object:
    """A time span in the unit that the key names."""
    amount = read_number(slot, float, raw, place, page)
    return UNFIT if amount is UNFIT else timedelta(**{slot.unit: cast("float", amount)})


def read_yes_or_no(slot: Slot, _kind: Any, raw: object, place: Place, page: Page) -> object:
    """True or false."""
    if not isinstance(raw, bool):
        page.note(place, f"{slot.key} is {said(raw)}", "write true or false, without quotes")
        return UNFIT
    return raw


def read_day(slot: Slot, _kind: Any, raw: object, place: Place, page: Page) -> object:
    """A day, as TOML's own date or in quotes."""
    if type(raw) is date:
        return raw
    try:
        return date.fromisoformat(raw if isinstance(raw, str) else "")
    except ValueError:
        page.note(place, f"{slot.key}: {_shown(raw)} is no day", 'write it like "2026-12-25"')
        return UNFIT


def read_clock(slot: Slot, _kind: Any, raw: object, place: Place, page: Page) -> object:
    """A time of the day, as TOML's own or in quotes; "" is none."""
    if raw == "":
        return None
    if isinstance(raw, time):
        return raw
    found = _CLOCK.fullmatch(raw.strip()) if isinstance(raw, str) else None
    hour, minute = (int(each) for each in found.groups()) if found else (_NO_HOUR, 0)
    try:
        return time(hour, minute)
    except ValueError:
        page.note(place, f"{slot.key} = {_shown(raw)} is no time", 'write it like "08:30"')
        return UNFIT


def read_zone(slot: Slot, _kind: Any, raw: object, place: Place, page: Page) -> object:
    """A time zone by its name."""
    if zone := known_zone(raw):
        return zone
    page.note(place, f"{slot.key} = {_shown(raw)} is no time zone", zone_mend(raw))
    return UNFIT


def known_zone(name: object) -> ZoneInfo | None:
    """The time zone of this name, if there is one."""
    try:
        return ZoneInfo(name) if isinstance(name, str) else None
    except (OSError, ValueError, KeyError):  # a folder, a path, or simply not there
        return None


def zone_mend(wish: object) -> str:
    """What to write in place of this time zone: "Europe/Madrid" for "Madrid"."""
    names = sorted(available_timezones())
    cities = {name.rpartition("/")[2]: name for name in names}
    word = str(wish).replace(" ", "_")
    near = guess(word, names) or cities.get(guess(word, cities), "")
    return f'did you mean "{near}"?' if near else 'write it like "Europe/Madrid"'


def read_spans(slot: Slot, _kind: Any, raw: object, place: Place, page: Page) -> object:
    """Opening hours of a day; "24:00" is the end of it, "" a day that is closed."""
    words = raw.split(",") if isinstance(raw, str) and raw.strip() else []
    spans = [span for span in map(_span, words) if span]
    if len(spans) < len(words) or not isinstance(raw, str):
        mend = f'write it like {slot.key} = "09:00-14:00, 15:00-18:00"'
        page.note(place, f"{slot.key} = {_shown(raw)} are no hours", mend)
        return UNFIT
    return tuple(spans)


def _span(words: str) -> tuple[time, time] | None:
    found = _SPAN.fullmatch(words.strip())
    if found is None:
        return None
    hour, minute, last_hour, last_minute = (int(each or 0) for each in found.groups())
    if (last_hour, last_minute) == (24, 0):
        last_hour = 0
    try:
        return time(hour, minute), time(last_hour, last_minute)
    except ValueError:
        return None


def _shown(raw: object) -> str:
    return f'"{raw}"' if isinstance(raw, str) else str(raw)


def _word(member: Enum) -> str:
    """An enum's member as the config writes it: its text, or the name of a number."""
    return member.value if isinstance(member.value, str) else member.name.lower()


_LAST_PORT = 65535
_NO_HOUR = 24
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")
_SPAN = re.compile(r"(\d{1,2})(?::(\d\d))?\s*[-–]\s*(\d{1,2})(?::(\d\d))?")
