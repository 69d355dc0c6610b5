"""Moments as agents type them: spelled, with dates and parts of the day; and what is refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.moment import read_moment
from bot.text import Reader, load_texts
from bot.when import calling

steady = settings(derandomize=True, deadline=None)

TEXTS = load_texts()
CALLED = calling(TEXTS)
MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, ten o'clock in Madrid
ZONES = st.sampled_from(["Europe/Madrid", "America/Mexico_City", "Asia/Kathmandu", "UTC"])
MINUTES = st.integers(1, 3 * 366 * 1440).map(lambda minutes: timedelta(minutes=minutes))
DAYS = st.sampled_from(["today", "hoy", "5 december", "2026-11-20", "23 de noviembre"])
WORDS = st.sampled_from(
    [
        *CALLED.units,
        *CALLED.between,
        *CALLED.numbers,
        *CALLED.before_hours,
        *CALLED.courtesy,
        *(each for each in CALLED.phrases if each not in ("today", "hoy")),
        *("0", "3", "15", "30", "2h", "15h30", "9:30", "03:00", "3pm", "1,5h", "-", "."),
    ]
)


def read(words: str, now: datetime = NOW, zone: ZoneInfo = MADRID) -> datetime | None:
    return read_moment(words, now, zone, CALLED)


def shown(words: str) -> str | None:
    """What a clock and a calendar in Madrid show then."""
    found = read(words)
    return f"{found.astimezone(MADRID):%Y-%m-%d %H:%M}" if found else None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Friday.", "2026-11-27 09:00"),
        ("next month", "2026-12-01 09:00"),
        ("el mes que viene", "2026-12-01 09:00"),
        ("el próximo mes a las 10", "2026-12-01 10:00"),
        ("in a month", "2026-12-23 10:00"),
        ("en un mes", "2026-12-23 10:00"),
        ("dentro de dos meses", "2027-01-23 10:00"),
        ("in 1 month and 3 days", "2026-12-26 10:00"),
        ("end of month", "2026-11-30 09:00"),
        ("until the end of the month", "2026-11-30 09:00"),
        ("a fin de mes", "2026-11-30 09:00"),
        ("a finales de mes por la tarde", "2026-11-30 15:00"),
        ("fin del mes que viene", "2026-12-31 09:00"),
        ("midnight", "2026-11-24 00:00"),
        ("a medianoche", "2026-11-24 00:00"),
        ("Friday at midnight", "2026-11-28 00:00"),
        ("a las 12 de la noche", "2026-11-24 00:00"),
        ("noon", "2026-11-23 12:00"),
        ("mañana a mediodía", "2026-11-24 12:00"),
        ("in a fortnight", "2026-12-07 10:00"),
        ("en quince días", "2026-12-08 10:00"),
        ("in two weeks", "2026-12-07 10:00"),
        ("1/12", "2026-12-01 09:00"),
        ("on 1/12 at 10", "2026-12-01 10:00"),
        ("el 1/12/2026", "2026-12-01 09:00"),
        ("01/12/27", "2027-12-01 09:00"),
        ("5/3", "2027-03-05 09:00"),  # over this year
        ("12/25", "2026-12-25 09:00"),  # no 25th month
        ("tomorrow morning, please", "2026-11-24 09:00"),
        ("viernes por favor.", "2026-11-27 09:00"),
        ("Friday 15h", "2026-11-27 15:00"),
        ("viernes 15h30", "2026-11-27 15:30"),
        ("a las 15h", "2026-11-23 15:00"),
        ("a las 15:30 h", "2026-11-23 15:30"),
        ("15h", "2026-11-24 01:00"),  # a span: no day stands with it, and no "at"
        ("for 2 hours", "2026-11-23 12:00"),
        ("durante 2 horas", "2026-11-23 12:00"),
        ("por media hora", "2026-11-23 10:30"),
        ("at 3", "2026-11-23 15:00"),
        ("at 3:30", "2026-11-23 15:30"),
        ("a las 3h", "2026-11-23 15:00"),
        ("at 03:30", "2026-11-24 03:30"),
        ("at 3 in the morning", "2026-11-24 03:00"),
        ("at 3am", "2026-11-24 03:00"),
        ("3 p. m.", "2026-11-23 15:00"),
        ("friday at 7", "2026-11-27 07:00"),
        ("viernes a las tres", "2026-11-27 15:00"),
        ("tres de la tarde", "2026-11-23 15:00"),
        ("hoy a las nueve de la noche", "2026-11-23 21:00"),
        ("a las 12 de la mañana", "2026-11-23 12:00"),
        ("a las dos y media", "2026-11-23 14:30"),
        ("mañana a las 10 y cuarto", "2026-11-24 10:15"),
        ("a la una menos cuarto", "2026-11-23 12:45"),
        ("half past three", "2026-11-23 15:30"),
        ("quarter to nine tomorrow", "2026-11-24 08:45"),
        ("in two hours", "2026-11-23 12:00"),
        ("dentro de tres días", "2026-11-26 10:00"),
        ("2 h 30", "2026-11-23 12:30"),
        ("2h 30 min", "2026-11-23 12:30"),
        ("1.5h", "2026-11-23 11:30"),
        ("1,5 horas", "2026-11-23 11:30"),
        ("an hour and a quarter", "2026-11-23 11:15"),
        ("a day and a half", "2026-11-24 22:00"),
        ("mañana por la tarde", "2026-11-24 15:00"),
        ("end of day", "2026-11-23 18:00"),
        ("el viernes a última hora", "2026-11-27 18:00"),
        ("monday 30 november", "2026-11-30 09:00"),
        ("5 de diciembre", "2026-12-05 09:00"),
        ("sábado 5 de diciembre a las 9", "2026-12-05 09:00"),
        ("the 5th of december", "2026-12-05 09:00"),
        ("Dec 5th 2027 10:00", "2027-12-05 10:00"),
        ("1 november", "2027-11-01 09:00"),
        ("22 de noviembre", "2027-11-22 09:00"),
        ("mar 5 de enero", "2027-01-05 09:00"),
        ("tomorrow Tuesday", "2026-11-24 09:00"),
        ("Tuesday next week", "2026-12-01 09:00"),
        ("Monday at 15:00", "2026-11-23 15:00"),
        ("this Monday at 15:00", "2026-11-23 15:00"),
        ("este lunes a las 15:00", "2026-11-23 15:00"),
        ("next Monday at 15:00", "2026-11-30 15:00"),
        ("15:00 next Monday", "2026-11-30 15:00"),
        ("el lunes que viene a las 15:00", "2026-11-30 15:00"),
        ("el próximo lunes a las 15:00", "2026-11-30 15:00"),
        ("next Friday at 15:00", "2026-11-27 15:00"),
        ("next week on Tuesday", "2026-12-01 09:00"),
        ("el viernes de la semana que viene a las 15h", "2026-12-04 15:00"),
    ],
)
def test_agents_type_moments_as_they_would_say_them(words: str, expected: str) -> None:
    assert shown(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        *("Friday at 3pm we wait", "a day or two", "una semana más o menos", "monday or tuesday"),
        *("until the part arrives", "the weekend", "friday 3", "viernes 2h", "13/13"),
        *("friday 5 december", "viernes 5 de diciembre", "tomorrow Wednesday", "31 november"),
        *("29 february", "5 mar", "0 december", "2h 5 december", "15:00 in the morning"),
        *("3am in the afternoon", "31/11", "at 2 in the evening", "half past"),
        *("y media", "viernes y media", "at 90 min", "a las 24h", "please"),
        *("9:30 y media", "menos cuarto", "2h menos cuarto", "2 h 30 november", "1.30h"),
    ],
)
def test_what_is_not_understood_as_a_whole_is_no_moment(words: str) -> None:
    assert read(words) is None


@steady
@given(MINUTES, ZONES, st.sampled_from(TEXTS.languages))
def test_what_the_desk_writes_is_read_back(ahead: timedelta, zone: str, language: str) -> None:
    here, meant = ZoneInfo(zone), NOW + ahead
    reader = Reader(language, here, NOW)
    written = TEXTS.render("history.opened", reader, at=meant, by="Ana", reasons=[]).partition(
        " · "
    )[0]
    found = read(written, NOW, here)
    assert found is not None
    first = meant.astimezone(here).replace(fold=0)  # of an hour that changed clocks show twice
    assert found in (meant, first.astimezone(UTC))


@steady
@given(st.text(max_size=90), ZONES)
def test_no_text_breaks_it(words: str, zone: str) -> None:
    found = read(words, NOW, ZoneInfo(zone))
    assert found is None or found.tzinfo is UTC


@steady
@given(st.lists(WORDS, max_size=6).map(" ".join), MINUTES, ZONES)
def test_no_moment_is_past_where_no_day_is_named(words: str, ahead: timedelta, zone: str) -> None:
    now = NOW + ahead
    found = read(words, now, ZoneInfo(zone))
    assert found is None or found >= now


@steady
@given(st.lists(WORDS | DAYS, max_size=6).map(" ".join), MINUTES, ZONES)
def test_a_named_day_breaks_nothing_either(words: str, ahead: timedelta, zone: str) -> None:
    found = read(words, NOW + ahead, ZoneInfo(zone))
    assert found is None or found.tzinfo is UTC
