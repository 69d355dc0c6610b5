"""How many automatic answers one person gets, whatever writes to the desk in their name."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.model.message import Address
from bot.model.reach import HOUR, MOST, Reach

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PAUSES = st.lists(st.integers(0, 4000), max_size=120)


def answered(pauses: list[int]) -> list[datetime]:
    """When somebody who writes after each of these pauses (in seconds) is answered."""
    now, until, answers = NOW, None, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        again = Reach(Address("email", ""), "a@x", until).again(now)
        if again is not None:
            until = again
            answers.append(now)
    return answers


@given(PAUSES)
def test_within_an_hour_nobody_gets_more_than_twice_the_most(pauses: list[int]) -> None:
    answers = answered(pauses)
    for first in answers:
        assert sum(first <= each <= first + HOUR for each in answers) <= 2 * MOST


@given(PAUSES)
def test_the_first_ones_are_answered_always(pauses: list[int]) -> None:
    assert len(answered(pauses)) >= min(len(pauses), MOST)


@given(st.lists(st.integers(180, 4000), max_size=120))
def test_who_writes_every_three_minutes_is_always_answered(pauses: list[int]) -> None:
    assert len(answered(pauses)) == len(pauses)


def test_a_clock_that_is_put_back_silences_nobody() -> None:
    ahead = Reach(Address("email", ""), "a@x", NOW + 3 * HOUR)
    assert ahead.again(NOW) == NOW + HOUR / MOST


def test_two_programs_that_answer_each_other_stop_at_the_most() -> None:
    assert len(answered([1] * 119)) == MOST
