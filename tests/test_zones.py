"""By which clock somebody lives: cities, zones, countries and times, as people say them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.zones import tells_zone, zone_called, zones_meant

NOW = datetime(2026, 11, 23, 14, 40, tzinfo=UTC)  # a Monday; 15:40 in Madrid
OURS = ("Europe/Madrid",)
LANGUAGES = ("en", "es")
steady = settings(derandomize=True, deadline=None)


def meant(words: str, ours: tuple[str, ...] = OURS, language: str = "es") -> list[str]:
    return zones_meant(words, NOW, ours, LANGUAGES, language)


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("europe/madrid", "Europe/Madrid"),
        ("AMERICA/NEW_YORK", "America/New_York"),
        ("Madrid", "Europe/Madrid"),
        ("ciudad de mexico", "America/Mexico_City"),
        ("Ciudad de México", "America/Mexico_City"),
        ("mexico city", "America/Mexico_City"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("LONDRES", "Europe/London"),
        ("London.", "Europe/London"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("Rangún", "Asia/Yangon"),
        ("Calcutta", "Asia/Kolkata"),
        ("Kiev", "Europe/Kyiv"),
        ("Argentina", "America/Argentina/Buenos_Aires"),
        ("Reino Unido", "Europe/London"),
        ("UTC", "UTC"),
        ("gmt", "UTC"),
    ],
)
def test_a_place_is_known_in_any_case_and_language(words, zone):
    assert [ZoneInfo(each) for each in meant(words)] == [ZoneInfo(zone)]
    assert tells_zone(words, LANGUAGES)


@pytest.mark.parametrize(
    "words", ["15:40", "15.38", "15h45", "it is 15:40 here", "son las 3:40 pm", "3:40", "UTC+1"]
)
def test_a_time_that_one_of_our_zones_shows_means_that_one(words):
    assert meant(words) == ["Europe/Madrid"]


def test_a_time_of_no_zone_of_ours_means_those_where_their_language_is_spoken_first():
    assert {"America/Mexico_City", "America/Costa_Rica"} <= set(meant("8:40")[:5])
    assert meant("9:40 am", language="en")[:2] == ["America/Grand_Turk", "America/New_York"]
    assert meant("20:25") == ["Asia/Kathmandu"], "nobody else's clocks are so"


def test_zones_of_ours_that_show_the_same_are_one():
    assert meant("15:40", ("Europe/Madrid", "Europe/Paris")) == ["Europe/Madrid"]
    assert meant("15:40", ("Europe/Madrid", "Africa/Lagos")) == ["Europe/Madrid", "Africa/Lagos"]


def test_a_country_of_several_clocks_means_one_zone_of_each():
    assert meant("España") == ["Europe/Madrid", "Atlantic/Canary"]
    assert "America/New_York" in meant("United States")[:5]


@pytest.mark.parametrize("words", ["", "Sevilla", "norte", "of the hall", "25:70", "15", "4:5"])
def test_what_says_no_clock_means_none(words):
    assert meant(words) == []
    assert not tells_zone(words, LANGUAGES)


def test_a_time_within_a_report_tells_no_zone():
    assert not tells_zone("of the warehouse is dark since 15:40", LANGUAGES)


@pytest.mark.parametrize(
    ("zone", "language", "called"),
    [
        ("Europe/London", "es", "Londres (Reino Unido)"),
        ("Europe/London", "en", "London (United Kingdom)"),
        ("America/Argentina/Cordoba", "es", "Córdoba (Argentina)"),
        ("America/Buenos_Aires", "en", "Buenos Aires (Argentina)"),
        ("Asia/Singapore", "es", "Singapur"),
        ("UTC", "es", "UTC"),
        ("Europe/Madrid", "xx", "Madrid (Spain)"),
    ],
)
def test_a_zone_is_called_as_people_call_it(zone, language, called):
    assert zone_called(zone, language) == called


@pytest.mark.parametrize("zone", sorted(each for each in available_timezones() if "/" in each))
def test_whatever_a_zone_is_called_it_can_be_called_so(zone):
    assert zone_called(zone, "en")
    if not zone.startswith(("Etc/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/", "SystemV/")):
        (found,) = meant(zone)
        assert ZoneInfo(found).utcoffset(NOW) == ZoneInfo(zone).utcoffset(NOW)


@steady
@given(st.text(max_size=40))
def test_any_words_are_read(words):
    found = meant(words)
    assert all(ZoneInfo(each) for each in found)
    assert isinstance(tells_zone(words, LANGUAGES), bool)
