"""How long something took, as people write it in both languages: read whole or not at all."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lasting import lasting
from bot.model.duration import LONGEST, read_duration
from bot.text import Reader, load_texts

steady = settings(derandomize=True, deadline=None)

TEXTS = load_texts()
CALLED = lasting(TEXTS)
WORDS = (
    st.text(st.sampled_from("abcdxyzáñ "), min_size=1)
    .map(str.strip)
    .filter(lambda said: said and read_duration(f"25 min {said}", CALLED) == (25, said))
)


def read(words: str) -> tuple[int, str] | None:
    return read_duration(words, CALLED)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        *(("25", 25), ("25 min", 25), ("25min.", 25), ("25 m", 25), ("25'", 25), ("1 minute", 1)),
        *(("1h", 60), ("1 h 30", 90), ("1h30", 90), ("1h30min", 90), ("1h 30 min.", 90)),
        *(("1 h. 30 min.", 90), ("1 h, 30 min", 90), ("2 hours and 5 minutes", 125), ("1:30", 90)),
        *(("0:45", 45), ("01:05 h", 65), ("1,5 h", 90), ("1.5h", 90), ("0.25 hours", 15)),
        *(("an hour", 60), ("an hour and a half", 90), ("hour and a half", 90), ("2 hrs", 120)),
        *(("one and a half hours", 90), ("two hours and a quarter", 135), ("half an hour", 30)),
        *(("a quarter of an hour", 15), ("three quarters of an hour", 45), ("fifteen minutes", 15)),
        *(("forty-five minutes", 45), ("twenty five min", 25), ("an hour and three quarters", 105)),
        *(("media hora", 30), ("Media hora", 30), ("hora y media", 90), ("una hora y media", 90)),
        *(("dos horas y media", 150), ("cuarto de hora", 15), ("tres cuartos de hora", 45)),
        *(("una hora y cuarto", 75), ("una hora y veinte", 80), ("veinticinco minutos", 25)),
        *(("cuarenta y cinco minutos", 45), ("dieciséis min", 16), ("2 horas, 5 minutos", 125)),
        *(("-10 min", -10), ("- 10", -10), ("\u221210 min", -10), ("minus 10 min", -10)),
        *(("menos media hora", -30), ("-1:30", -90), ("25 h", 1500), ("0,33 h", 20)),
    ],
)
def test_people_write_durations_in_many_ways(words: str, minutes: int) -> None:
    assert read(words) == (minutes, "")


@pytest.mark.parametrize(
    ("words", "minutes", "rest"),
    [
        ("25 min Looked at the switch", 25, "Looked at the switch"),
        ("media hora Miré el switch", 30, "Miré el switch"),
        ("1h 30 looked at 3 switches", 90, "looked at 3 switches"),
        ("25, 3 users were down", 25, "3 users were down"),
        ("25 min: 3 users", 25, "3 users"),
        ("25 min - 3 users", 25, "3 users"),
        ("25 min. 3 users", 25, "3 users"),
        ("25 min a colleague helped", 25, "a colleague helped"),
        ("25 min and it was the cable", 25, "and it was the cable"),
        ("una hora y veinte, con Ana", 80, "con Ana"),
        ("1 h\n30 users called", 60, "30 users called"),
        ("-10 min that was another ticket", -10, "that was another ticket"),
    ],
)
def test_words_may_follow(words: str, minutes: int, rest: str) -> None:
    assert read(words) == (minutes, rest)


@pytest.mark.parametrize(
    "words",
    [
        *("", "soon", "h", "hour", "min", "and a half", "1,5", "10.5", "0", "0 min", "0:00", "-"),
        *("15:00", "1:75", "1:30:00", "25%", "5GB", "2026-12-01", "2 days", "1 d", "3 s", "x 25"),
        *("2 hours-long", "25 min 3 users", "25 min 10 min", "1 h, 30", "1 h 30, 20 min", "2 2 h"),
        *("1 hour and 5 users", "99999", "about 20 min", "half past", "25 min 1 h looked", "--5"),
    ],
)
def test_what_may_mean_something_else_is_no_duration(words: str) -> None:
    assert read(words) is None


@steady
@given(
    st.integers(0, 99),
    st.integers(0, 59),
    st.sampled_from(("", "-")),
    st.sampled_from(("{}h {}min", "{} h {} min", "{}h{}", "{} horas y {} minutos", "{} h, {} m.")),
    WORDS,
)
def test_hours_and_minutes_are_read_before_any_words(
    hours: int, minutes: int, sign: str, way: str, words: str
) -> None:
    spent = int(f"{sign}1") * (hours * 60 + minutes)
    found = read(f"{sign}{way.format(hours, minutes)} {words}")
    assert found == ((spent, words) if spent else None)


@steady
@given(st.integers(-LONGEST, LONGEST).filter(bool), st.sampled_from(TEXTS.languages))
def test_what_the_desk_says_of_one_reads_the_same(minutes: int, language: str) -> None:
    reader = Reader(language, ZoneInfo("UTC"), datetime(2026, 11, 23, tzinfo=UTC))
    assert read(TEXTS.lasting(minutes, reader)) == (minutes, "")


@steady
@given(st.text(max_size=40))
def test_whatever_is_written_is_read_or_not(words: str) -> None:
    found = read(words)
    assert found is None or (found.minutes and words.endswith(found.rest))


@steady
@given(
    st.lists(
        st.sampled_from(("1", "30", "h", "min", "and", "half", "an", ",", "x", "y")), max_size=6
    )
)
def test_none_of_its_words_is_left_behind(parts: list[str]) -> None:
    found = read(" ".join(parts))
    if found is None or not found.rest:
        return
    first = found.rest.split()[0]
    mark = parts[len(parts) - len(found.rest.split()) - 1] == ","
    assert mark or first not in ("1", "30", "h", "min"), found
