"""Opening hours against a slow reference that looks at every minute, clocks changed or not."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.calendar import Hours, NeverOpenError
from bot.model.holiday import holidays_of

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MADRID = ZoneInfo("Europe/Madrid")
NINE_TO_SIX = ((time(9), time(18)),)
CHANGES = {
    "Europe/Madrid": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),  # by half an hour
    "Africa/Cairo": (date(2026, 4, 24), date(2026, 10, 30)),  # at midnight
    "Asia/Kathmandu": (date(2026, 6, 1),),  # 5:45 hours before UTC
    "Pacific/Kiritimati": (date(2026, 6, 1),),  # 14 hours before UTC
    "Pacific/Pago_Pago": (date(2026, 6, 1),),  # 11 hours behind it
}
Spans = list[tuple[datetime, datetime]]


def reference(hours: Hours, first: date, days: int) -> Spans:
    """Spans in UTC of these local days, found minute by minute; those that touch are joined."""
    begin = datetime.combine(first, time(0), UTC) - 2 * DAY
    minutes = [begin + number * MINUTE for number in range((days + 5) * 1440)]
    walls = [each.astimezone(hours.zone).replace(tzinfo=None) for each in minutes]
    found: Spans = []
    for day in (first + timedelta(days=number) for number in range(days)):
        for opening, closing in () if day in hours.closed else hours.week.get(day.weekday(), ()):
            last = day if closing > opening else day + DAY
            opens, closes = datetime.combine(day, opening), datetime.combine(last, closing)
            start = next(at for at, wall in zip(minutes, walls, strict=True) if wall >= opens)
            struck = [at for at, wall in zip(minutes, walls, strict=True) if wall == closes]
            after = (at for at, wall in zip(minutes, walls, strict=True) if wall > closes)
            end = struck[-1] if struck else next(after)
            if start < end:
                found.append((start, end))
    return joined(sorted(found))


def joined(spans: Spans) -> Spans:
    whole: Spans = []
    for start, end in spans:
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


@st.composite
def changing_weeks(draw: st.DrawFn) -> tuple[Hours, date]:
    """Some opening hours, and a day on which the clocks of their zone change."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    change = draw(st.sampled_from(CHANGES[zone]))
    quarter = st.integers(0, 95).map(lambda q: time(q // 4, q % 4 * 15))
    day = st.lists(st.tuples(quarter, quarter), min_size=1, max_size=3).map(tuple)
    week = draw(st.fixed_dictionaries(dict.fromkeys(range(7), day)))
    closed = draw(
        st.frozensets(st.sampled_from([change + n * DAY for n in (-1, 0, 1)]), max_size=2)
    )
    return Hours(ZoneInfo(zone), week, closed), change


@settings(derandomize=True, max_examples=25, deadline=None)
@given(changing_weeks(), st.lists(st.integers(0, 3 * 1440), min_size=20, max_size=20))
def test_hours_are_those_that_a_look_at_every_minute_finds(given, minutes) -> None:
    hours, change = given
    spans = reference(hours, change - 5 * DAY, 11)
    middle = datetime.combine(change, time(0), hours.zone).astimezone(UTC) - DAY
    edges = [each for span in spans for each in span if abs(each - middle) < 2 * DAY]
    near = [each + shift for each in edges for shift in (-MINUTE, timedelta(0), MINUTE)]
    for now in [*(middle + number * MINUTE for number in minutes), *near]:
        within = next((span for span in spans if span[0] <= now < span[1]), None)
        assert hours.is_open(now) is (within is not None), now
        if within is None:
            assert hours.opens(now) == next(start for start, _ in spans if start > now), now
        else:
            assert hours.opens(now) is None
            if within[1] < spans[-1][1]:
                assert hours.closes(now) == within[1], now


@settings(derandomize=True, max_examples=25, deadline=None)
@given(changing_weeks(), st.integers(0, 4 * 1440), st.integers(1, 3 * 1440))
def test_open_hours_before_a_moment_are_those_that_count_minute_by_minute(
    given, minute, length
) -> None:
    hours, change = given
    spans = reference(hours, change - 12 * DAY, 18)
    now = datetime.combine(change, time(0), hours.zone).astimezone(UTC) - DAY + minute * MINUTE
    at, worked = now, 0
    while worked < length and at > spans[0][0]:
        at -= MINUTE
        worked += any(start <= at < end for start, end in spans)
    if worked == length:
        assert hours.before(now, length * MINUTE) == at


@settings(derandomize=True, max_examples=25, deadline=None)
@given(changing_weeks(), st.lists(st.integers(0, 4 * 1440), min_size=3, max_size=3))
def test_hours_worked_are_those_counted_minute_by_minute(given, minutes) -> None:
    hours, change = given
    spans = reference(hours, change - 5 * DAY, 12)
    middle = datetime.combine(change, time(0), hours.zone).astimezone(UTC) - DAY
    one, two, three = (middle + number * MINUTE for number in sorted(minutes))

    def counted(since: datetime, until: datetime) -> int:
        at = (since + number * MINUTE for number in range((until - since) // MINUTE))
        return sum(any(start <= each < end for start, end in spans) for each in at)

    assert hours.worked(one, two) == counted(one, two) * MINUTE
    assert hours.worked(one, two) + hours.worked(two, three) == hours.worked(one, three)
    assert hours.worked(three, one) == timedelta(0)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(changing_weeks(), st.integers(0, 4 * 1440), st.integers(0, 20_000), st.integers(0, 3000))
def test_so_many_open_hours_later_it_has_worked_so_long_and_not_a_moment_before(
    given, minute, first, more
) -> None:
    hours, change = given
    if hours.worked(utc := datetime.combine(change, time(0), UTC), utc + 30 * DAY) == timedelta(0):
        return  # its only spans are ones that the clock leaves out
    since = datetime.combine(change, time(0), hours.zone).astimezone(UTC) - DAY + minute * MINUTE
    due = hours.after(since, first * MINUTE)
    assert hours.worked(since, due) == first * MINUTE
    if first:
        assert hours.worked(since, due - timedelta(seconds=1)) < first * MINUTE
    assert hours.after(due, more * MINUTE) == hours.after(since, (first + more) * MINUTE)
    assert hours.after(since, (first + more) * MINUTE) >= due


def test_nothing_is_counted_where_it_never_opens_and_nobody_waits_for_the_answer() -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    lost = Hours(MADRID, {6: ((time(2, 15), time(2, 15)),)}, frozenset())
    assert lost.worked(now, now + 3 * DAY) == timedelta(0)
    closed = Hours(MADRID, {0: NINE_TO_SIX}, frozenset(now.date() + n * DAY for n in range(9000)))
    with pytest.raises(NeverOpenError):
        closed.after(now, MINUTE)
    assert closed.after(now, timedelta(0)) == now


def test_working_days_leave_out_those_on_which_nobody_comes() -> None:
    week = dict.fromkeys(range(5), NINE_TO_SIX)
    hours = Hours(MADRID, week, frozenset([date(2026, 12, 24)]), holidays_of("ES"))
    friday = datetime(2026, 12, 18, 10, 30, tzinfo=MADRID)
    tuesday = datetime(2026, 12, 29, 10, 30, tzinfo=MADRID)
    assert hours.days_after(friday, 5 * DAY) == tuesday
    assert hours.days_before(tuesday, 5 * DAY) == friday
    assert hours.days_after(friday, timedelta(hours=5)) == friday + timedelta(hours=5)
    assert hours.days_before(friday, timedelta(0)) == friday
    assert hours.days_after(friday, 1.5 * DAY) == datetime(2026, 12, 21, 22, 30, tzinfo=MADRID)
    always = Hours(MADRID)
    assert always.days_before(tuesday, 11 * DAY) == friday
    change = datetime(2026, 10, 26, 9, tzinfo=MADRID)  # clocks went back the day before
    assert always.days_before(change, 2 * DAY) == datetime(2026, 10, 24, 9, tzinfo=MADRID)
    closed = Hours(MADRID, week, frozenset(friday.date() + n * DAY for n in range(900)))
    assert closed.days_after(friday, DAY) > friday


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.integers(0, 100), st.integers(0, 60), st.integers(1, 6))
def test_so_many_working_days_are_over_when_they_were_said_to_be(begin, more, days) -> None:
    """What is to wait until a moment that people were told waits until then, days off or not."""
    week = dict.fromkeys(range(6), NINE_TO_SIX)
    hours = Hours(ZoneInfo("UTC"), week, frozenset([date(2026, 12, 24), date(2026, 12, 25)]))
    since = datetime(2026, 12, 14, tzinfo=UTC) + begin * DAY / 4
    now = since + more * DAY / 4
    over = hours.days_after(since, days * DAY) <= now
    assert over is (since <= hours.days_before(now, days * DAY))


def test_a_day_off_is_no_part_of_the_working_days() -> None:
    hours = Hours(MADRID, dict.fromkeys(range(5), NINE_TO_SIX))
    sunday = datetime(2026, 12, 20, 15, tzinfo=MADRID)
    assert hours.days_after(sunday, DAY) == datetime(2026, 12, 22, tzinfo=MADRID)
    assert hours.days_before(sunday, 5 * DAY) == datetime(2026, 12, 14, tzinfo=MADRID)


def test_public_holidays_are_those_of_the_region_by_local_days() -> None:
    madrid = Hours(MADRID, dict.fromkeys(range(7), NINE_TO_SIX), holidays=holidays_of("es-md"))
    assert not madrid.works_on(date(2026, 1, 6))
    assert not madrid.works_on(date(2026, 5, 2))
    assert madrid.works_on(date(2026, 6, 24))  # Catalonia's
    assert not Hours(MADRID, madrid.week, holidays=holidays_of("ES-CT")).works_on(date(2026, 6, 24))
    assert madrid.opens(datetime(2026, 1, 5, 19, tzinfo=MADRID)) == datetime(
        2026, 1, 7, 8, tzinfo=UTC
    )
    assert madrid.works_on(date(2026, 1, 7))
    here = Hours(
        MADRID,
        madrid.week,
        frozenset([date(2026, 12, 24)]),
        madrid.holidays,
        frozenset([date(2026, 5, 2)]),
    )
    assert here.works_on(date(2026, 5, 2))
    assert not here.works_on(date(2026, 12, 24))


def test_a_holiday_has_a_name_in_the_readers_language_where_there_is_one() -> None:
    spain, day = holidays_of("ES"), date(2026, 12, 25)
    assert spain.name(day, "es") == "Natividad del Señor"
    assert spain.name(day, "en") == "Christmas Day"
    assert spain.name(day, "fr") == "Natividad del Señor"
    assert holidays_of("US").name(day, "es") == "Christmas Day"
    assert spain.name(date(2026, 11, 24), "es") == ""


@pytest.mark.parametrize("code", ["", "XX", "ES-XX", "Spain"])
def test_a_code_of_no_country_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"not (available|have)"):
        holidays_of(code)


def test_a_desk_that_never_closes_counts_every_hour_and_one_that_never_opens_none() -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert Hours(MADRID).before(now, timedelta(hours=30)) == now - timedelta(hours=30)
    closed = Hours(MADRID, {0: NINE_TO_SIX}, frozenset(now.date() - n * DAY for n in range(80)))
    assert closed.before(now, MINUTE) is None


@pytest.mark.parametrize(("zone", "length"), [("Europe/Madrid", 23), ("America/New_York", 23)])
def test_a_day_in_spring_is_an_hour_short(zone: str, length: int) -> None:
    day = CHANGES[zone][0]
    hours = Hours(ZoneInfo(zone), {day.weekday(): ((time(0), time(0)),)})
    start = datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)
    assert hours.closes(start) == start + timedelta(hours=length)
    assert not hours.is_open(start - MINUTE)


def test_a_day_in_autumn_is_an_hour_long() -> None:
    day = CHANGES["Europe/Madrid"][1]
    hours = Hours(MADRID, {day.weekday(): ((time(0), time(0)),)})
    start = datetime.combine(day, time(0), MADRID).astimezone(UTC)
    assert hours.closes(start) == start + timedelta(hours=25)


def test_a_span_within_the_hour_that_does_not_exist_is_no_span() -> None:
    sunday = CHANGES["Europe/Madrid"][0]
    hours = Hours(MADRID, {6: ((time(2, 15), time(2, 45)),)})
    midnight = datetime.combine(sunday, time(0), MADRID).astimezone(UTC)
    assert hours.opens(midnight) == datetime(2026, 4, 5, 0, 15, tzinfo=UTC)


def test_a_night_shift_goes_on_into_a_holiday_but_does_not_begin_on_one() -> None:
    friday, saturday = date(2026, 12, 25), date(2026, 12, 26)
    night = ((time(22), time(6)),)
    hours = Hours(MADRID, {3: night, 4: night, 5: night}, frozenset([friday]))
    assert hours.is_open(datetime(2026, 12, 25, 3, 0, tzinfo=MADRID))
    assert not hours.is_open(datetime(2026, 12, 25, 23, 0, tzinfo=MADRID))
    assert not hours.is_open(datetime.combine(saturday, time(3), MADRID))
    assert hours.opens(datetime(2026, 12, 25, 12, tzinfo=MADRID)) == datetime(
        2026, 12, 26, 21, tzinfo=UTC
    )


def test_the_end_of_a_split_day_is_the_end_of_the_part_that_holds_now() -> None:
    hours = Hours(MADRID, {0: ((time(16), time(19)), (time(9), time(14)))})
    monday = datetime(2026, 11, 23, tzinfo=MADRID)
    assert hours.closes(monday + timedelta(hours=10)) == datetime(2026, 11, 23, 13, tzinfo=UTC)
    assert hours.opens(monday + timedelta(hours=15)) == datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert hours.closes(monday + timedelta(hours=19)) is None


def test_without_spans_the_desk_never_closes() -> None:
    now = datetime(2026, 2, 28, 23, 59, tzinfo=UTC)
    hours = Hours(MADRID)
    assert (hours.is_open(now), hours.closes(now), hours.opens(now)) == (True, None, None)


def test_a_week_of_whole_days_never_closes_either() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    hours = Hours(MADRID, dict.fromkeys(range(7), ((time(0), time(0)),)))
    assert (hours.is_open(now), hours.closes(now), hours.opens(now)) == (True, None, None)


def test_a_desk_that_is_closed_for_good_opens_at_no_time() -> None:
    closed = frozenset(date(2026, 11, 1) + number * DAY for number in range(100))
    hours = Hours(MADRID, dict.fromkeys(range(7), NINE_TO_SIX), closed)
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert (hours.is_open(now), hours.closes(now), hours.opens(now)) == (False, None, None)


def test_a_leap_day_and_the_end_of_a_year_are_days_like_any_other() -> None:
    hours = Hours(MADRID, dict.fromkeys(range(7), NINE_TO_SIX))
    assert hours.opens(datetime(2028, 2, 28, 20, tzinfo=UTC)) == datetime(
        2028, 2, 29, 8, tzinfo=UTC
    )
    assert hours.opens(datetime(2026, 12, 31, 20, tzinfo=UTC)) == datetime(
        2027, 1, 1, 8, tzinfo=UTC
    )
