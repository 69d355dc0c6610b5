"""Whose turn it is: fair whatever comes, and the same whoever asks."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.model.duty import Candidate, Duty, leveled, next_of, skilled
from bot.model.settings import Assignment

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ROUND, LEAST = Assignment.ROUND_ROBIN, Assignment.LEAST_LOADED
moments = st.none() | st.integers(0, 5).map(lambda n: NOW + timedelta(minutes=n))
crews = st.lists(
    st.builds(
        Candidate,
        person=st.integers(1, 9),
        skills=st.sets(st.sampled_from(["vpn", "es"])).map(tuple),
        load=st.integers(0, 4),
        assigned_at=moments,
        level=st.integers(1, 3),
    ),
    unique_by=lambda each: each.person,
    max_size=6,
)


@given(st.integers(1, 7), st.integers(0, 40))
def test_in_turn_shares_differ_by_one_at_most(agents: int, tickets: int) -> None:
    crew = [Candidate(number) for number in range(agents)]
    had: Counter[int] = Counter(dict.fromkeys(range(agents), 0))
    for at in range(tickets):
        found = next_of(crew, ROUND)
        assert found is not None
        had[found.person] += 1
        crew[found.person] = replace(found, assigned_at=NOW + timedelta(seconds=at))
        assert max(had.values()) - min(had.values()) <= 1


@given(crews)
def test_by_load_nobody_is_chosen_while_somebody_has_less(crew: list[Candidate]) -> None:
    found = next_of(crew, LEAST)
    assert (found is None) is (not crew)
    assert found is None or all(found.load <= each.load for each in crew)


@given(crews, st.sampled_from([ROUND, LEAST]), st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_found_decides_nothing(
    crew: list[Candidate], how: Assignment, random: Random
) -> None:
    shuffled = list(crew)
    random.shuffle(shuffled)
    assert next_of(shuffled, how) == next_of(crew, how)


@given(crews, st.integers(1, 4))
def test_what_is_escalated_goes_to_its_level_else_the_next_above_else_to_anybody(
    crew: list[Candidate], level: int
) -> None:
    found = leveled(crew, level)
    above = sorted(each.level for each in crew if each.level >= level)
    if level == 1 or not above:
        assert found == crew
    else:
        assert found == [each for each in crew if each.level == above[0]]


@given(crews, st.sampled_from(["", "vpn", "fr"]))
def test_who_has_the_skill_is_asked_first_and_everybody_where_nobody_has_it(
    crew: list[Candidate], skill: str
) -> None:
    asked = skilled(crew, skill)
    knows = [each for each in crew if skill in each.skills]
    assert list(asked) == (knows or crew)


def test_away_ends_at_its_very_moment() -> None:
    duty = Duty(away_until=NOW)
    assert duty.is_away(NOW - timedelta(microseconds=1))
    assert not duty.is_away(NOW)
    assert not Duty().is_away(NOW)
