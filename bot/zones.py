"""By which clock somebody lives, as people say it: a city, a zone's name, or the time it is there.

Cities are called as Unicode's locale data calls them (Babel), in each language the desk speaks.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from bot.model.fold import fold

_UTC = "utc"
_REGIONS = (
    "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/",
    "Indian/", "Pacific/",
)  # fmt: skip
_TIME = re.compile(
    r"(?<![\w+:.-])(?P<hour>[01]?\d|2[0-3])\s?[:.h]\s?(?P<minute>[0-5]\d)(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b)?"
)
_AHEAD = re.compile(
    r"\b(?:utc|gmt)\s?(?P<sign>[+\u2212-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?\b"
)
_EITHER = frozenset("123456789")  # "3:40" is by night or in the afternoon, "03:40" is not
_HALF_DAY, _DAY = 12 * 60, 24 * 60  # minutes
_MOST_BESIDE = 4  # words: "it is 15:40 here"
_INEXACT = 7  # minutes that people's clocks and letters are late; zones are 15 apart
_HALF_A_YEAR = timedelta(days=182)


def zones_meant(
    words: str, now: datetime, ours: Sequence[str], languages: Collection[str], language: str
) -> list[str]:
    """The names of the zones that somebody may mean, likeliest first; none where it says nothing.

    One is sure. Of a time several are likely, unless it is that of one of `ours`: the zones by
    which the desk's own people live. `languages` are those in which cities may be called,
    `language` the speaker's.
    """
    called = _called(tuple(sorted(languages))).get(_plain(words), ())
    if called:
        return _clocks(called, now)
    times = _told(fold(words), now)
    if near := _clocks((each for each in ours if _shows(each, times, now)), now):
        return near
    fitting = (each for each in _countries() if _shows(each, times, now))
    return sorted(fitting, key=lambda each: _rank(each, language)) if times else []


def tells_zone(words: str, languages: Collection[str]) -> bool:
    """Whether words name a zone or tell a time, and nothing else is likely meant."""
    said = fold(words)
    told = _TIME.search(said) or _AHEAD.search(said)
    brief = len(said.split()) <= _MOST_BESIDE
    return bool(told and brief) or _plain(words) in _called(tuple(sorted(languages)))


def zone_called(zone: str, language: str) -> str:
    """What people call a zone: "Londres (Reino Unido)", "Singapur", "UTC"."""
    locale = _locale(language)
    city = _city(zone, locale)
    country = locale.territories.get(_countries().get(_known_as(zone), ""), "")
    return f"{city} ({country})" if country and country != city else city


@lru_cache
def _called(languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The zones by all that they are called: names, cities, and countries that no city is called.

    A country stands for all of its zones, those that stand for a part of the world first.
    """
    named = {name: (name,) for name in available_timezones() if name.startswith(_REGIONS)}
    found = {_plain(name): zone for name, zone in named.items()} | {_UTC: ("UTC",), "gmt": ("UTC",)}
    cities: dict[str, dict[str, None]] = {}
    countries: dict[str, tuple[str, ...]] = {}
    for zone, country in _countries().items():
        for older in (zone, *_older_names().get(zone, ())):
            if not older.startswith("Australia/") or older == zone:  # "Australia/West" is no city
                cities.setdefault(_plain(older.rpartition("/")[2]), {})[zone] = None
        for locale in map(_locale, languages):
            for city in _names(_city(zone, locale)):
                cities.setdefault(_plain(city), {})[zone] = None
            name = _plain(locale.territories.get(country, country))
            countries[name] = tuple(dict.fromkeys((*countries.get(name, ()), zone)))
    sorted_ = {name: tuple(sorted(zones, key=_is_small)) for name, zones in countries.items()}
    return sorted_ | {name: tuple(zones) for name, zones in cities.items()} | found


@lru_cache
def _countries() -> dict[str, str]:
    """The country of each zone, in the order of the time zone database."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {zone: country for country, _, zone, *_ in rows}


@lru_cache
def _older_names() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for older, zone in get_global("zone_aliases").items():
        found[zone] = (*found.get(zone, ()), older)
    return found


def _known_as(zone: str) -> str:
    return str(get_global("zone_aliases").get(zone, zone))


def _names(city: str) -> Iterator[str]:
    """ "Yangón (Rangún)" is called by both, "Knox, Indiana" by the first alone as well."""
    yield city
    yield from (each for each in re.split(r"[(),]", city)[: 2 if "(" in city else 1])


def _city(zone: str, locale: Locale) -> str:
    known = _known_as(zone)
    named = (known, *_older_names().get(known, ()))  # by one of them the locale data goes
    cities = (locale.time_zones.get(each, {}).get("city") for each in named)
    return str(next(filter(None, cities), known.rpartition("/")[2].replace("_", " ")))


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(words)))


def _told(said: str, now: datetime) -> list[int]:
    """The times of day, in minutes, that words may tell."""
    if ahead := _AHEAD.search(said):
        minutes = int(ahead["hours"]) * 60 + int(ahead["minutes"] or 0)
        there = now.hour * 60 + now.minute + (minutes if ahead["sign"] == "+" else -minutes)
        return [there % _DAY]
    found = _TIME.search(said)
    if not found:
        return []
    hour, minute = int(found["hour"]), int(found["minute"])
    told = hour * 60 + minute
    if found["half"]:
        return [told % _HALF_DAY + (_HALF_DAY if found["half"] == "p" else 0)]
    return [told, told + _HALF_DAY] if found["hour"] in _EITHER else [told]


def _shows(zone: str, times: Iterable[int], now: datetime) -> bool:
    """Whether a clock there shows one of these times, give or take some minutes."""
    local = now.astimezone(ZoneInfo(zone))
    shown = local.hour * 60 + local.minute
    return any(min((shown - each) % _DAY, (each - shown) % _DAY) <= _INEXACT for each in times)


def _clocks(zones: Iterable[str], now: datetime) -> list[str]:
    """The first zone of each clock: those that show the same in summer and winter are one."""
    found: dict[tuple[timedelta | None, ...], str] = {}
    for zone in zones:
        shown = (
            moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in (now, now + _HALF_A_YEAR)
        )
        found.setdefault(tuple(shown), zone)
    return list(found.values())


def _rank(zone: str, language: str) -> tuple[int, str]:
    """Where their language is spoken before others, the first of a country before its others."""
    country = _countries()[zone]
    spoken = language in get_official_languages(country, de_facto=True)
    first = next(each for each, other in _countries().items() if other == country) == zone
    return (-4 * spoken - 2 * first + _is_small(zone), zone)


def _is_small(zone: str) -> bool:
    """Whether it is none of those that stand for a part of the world on many systems."""
    return zone not in get_global("windows_zone_mapping").values()
