"""Stamps in texts: what is put in comes out again, whatever stands around it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.stamp import Stamp, Style, beginning, shown, spelled, stamped, unstamped

NINE = datetime(2026, 11, 27, 8, tzinfo=UTC)
FRIDAY = Stamp(NINE, Style.DAY, "el viernes a las 09:00", "el {}")
steady = settings(derandomize=True, deadline=None)
SECONDS = st.integers(0, 253_402_300_799)  # up to the year 9999
WORDS = st.text().map(unstamped)
STAMPS = st.builds(
    Stamp,
    SECONDS.map(lambda each: datetime.fromtimestamp(each, UTC)),
    st.sampled_from(Style),
    WORDS,
    WORDS.filter(lambda each: "{}" not in each).map(lambda each: f"{each}{{}}"),
)
PARTS = st.lists(WORDS | STAMPS, max_size=8)


def written(part: str | Stamp) -> str:
    return stamped(part) if isinstance(part, Stamp) else part


def test_a_stamp_says_how_it_reads_where_no_network_shows_it():
    text = f"Seguimos {stamped(FRIDAY)}."
    assert spelled(text) == "Seguimos el viernes a las 09:00."
    assert shown(text, lambda each: each.around("9:00")) == "Seguimos el 9:00."


def test_a_moment_before_networks_count_is_words():
    assert stamped(Stamp(datetime(1969, 1, 1, tzinfo=UTC), Style.DAY, "long ago")) == "long ago"


@steady
@given(PARTS)
def test_what_is_put_in_comes_out(parts):
    seen = []

    def note(stamp: Stamp) -> str:
        seen.append(stamp)
        return stamp.words

    words = [each.words if isinstance(each, Stamp) else each for each in parts]
    text = "".join(map(written, parts))
    assert shown(text, note) == "".join(words) == spelled(text)
    assert seen == [
        each for each in parts if isinstance(each, Stamp) and each.at.timestamp() < 10**11
    ]


@steady
@given(PARTS)
def test_words_from_outside_hold_no_stamp(parts):
    text = unstamped("".join(map(written, parts)))
    assert spelled(text) == text
    assert not any("\ufdd0" <= each <= "\ufdef" for each in text)


@steady
@given(PARTS, st.integers(0, 80))
def test_no_stamp_is_cut_in_two(parts, limit):
    text = "".join(map(written, parts))
    cut = beginning(text, limit)
    assert text.startswith(cut)
    assert len(cut) <= limit
    assert not any("\ufdd0" <= each <= "\ufdef" for each in spelled(cut))


@pytest.mark.parametrize("mark", ["\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"])
def test_a_lone_mark_is_taken_out_and_nothing_else(mark):
    assert unstamped(f"a{mark}é\ue0a0") == "aé\ue0a0"
