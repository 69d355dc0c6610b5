"""How long things took lately, and what may be said of the next one."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.pace import FEWEST, bucket, cells, likely, told, weight
from bot.model.triage import Kind, Priority

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def seen(*minutes: float, at: datetime = NOW) -> dict[int, float]:
    found: dict[int, float] = {}
    for each in minutes:
        name = bucket(each * MINUTE)
        found[name] = found.get(name, 0.0) + weight(at)
    return found


def test_nothing_is_said_while_little_is_known():
    assert likely([], NOW) is None
    assert likely([{}], NOW) is None
    assert likely([seen(*[10] * (int(FEWEST) - 1))], NOW) is None
    assert likely([seen(*[10] * int(FEWEST))], NOW) is not None


def test_what_is_long_ago_is_forgotten():
    old = seen(*[10] * 200, at=NOW - timedelta(days=30 * 5))
    assert likely([old], NOW) is None
    fresh = seen(*[60] * 60)
    both = {each: old.get(each, 0) + fresh.get(each, 0) for each in {*old, *fresh}}
    assert likely([both], NOW) >= 60 * MINUTE


@settings(derandomize=True, deadline=None)
@given(st.lists(st.floats(0, 5000), min_size=int(FEWEST), max_size=200))
def test_it_is_never_better_than_history(minutes):
    within = likely([seen(*minutes)], NOW)
    done = sum(each * MINUTE <= within for each in minutes)
    assert done >= 0.8 * len(minutes)
    assert told(within) >= within


@settings(derandomize=True, deadline=None)
@given(
    st.lists(st.floats(1, 5000), min_size=60, max_size=200),
    st.lists(st.floats(1, 5000), max_size=10),
)
def test_a_few_like_it_lean_on_all(every, few):
    wide, narrow = seen(*every, *few), seen(*few)
    both, alone = likely([wide, narrow], NOW), likely([wide], NOW)
    assert both is not None
    most = max([*every, *few]) * MINUTE
    assert both <= 1.2 * most + MINUTE
    if not few:
        assert both == alone


def test_what_is_slow_here_is_said_to_be_slow():
    wide = seen(*[10] * 300, *[400] * 60)
    assert likely([wide], NOW) < 20 * MINUTE
    assert likely([wide, seen(*[400] * 60)], NOW) > 390 * MINUTE


def test_of_one_that_waits_already_only_those_count_that_took_longer():
    wide = seen(*[10] * 300, *[100] * 20, *[300] * 20)
    assert likely([wide], NOW, 30 * MINUTE) > 290 * MINUTE
    assert likely([seen(*[10] * 300)], NOW, 30 * MINUTE) is None


def test_it_is_told_as_people_say_it():
    minutes = [told(each * MINUTE) / MINUTE for each in (0.2, 5, 21.5, 61, 200, 245, 700)]
    assert minutes == [5, 5, 25, 75, 210, 270, 720]


def test_a_ticket_belongs_to_wider_and_narrower_cells():
    monday = cells(Kind.INCIDENT, Priority.HIGH, "support", NOW)
    assert monday[0] == "all"
    assert monday[-1] == "all/support/high/incident/2"
    assert cells(Kind.INCIDENT, Priority.HIGH, "support", NOW + timedelta(days=5))[-1].endswith(
        "weekend"
    )
