"""Marks around words are no words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.emphasis import unfenced, unmarked

steady = settings(derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("mi *laptop* _no_ prende, ~raro~ `x`", "mi laptop no prende, raro x"),
        ("*_really_ urgent*: (*now*) **bold**", "really urgent: (now) bold"),
        ('¿_Nada_? «*todo*» "`x`"', '¿Nada? «todo» "x"'),
        ("it says `disk full`.", "it says disk full."),
        ("*The VPN is down*", "The VPN is down"),
        ("~~old~~ new", "old new"),
        ("```error\n  dos```\nfin", "error\n  dos\nfin"),
        ("See: ```Traceback``` now", "See: \nTraceback\n now"),
    ],
)
def test_words_stand_without_the_marks_around_them(written: str, read: str) -> None:
    assert unmarked(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "2 * 3 * 4", "2*3*4", "*.txt and *.doc", "my_file_name.py", "__init__.py", "_foo_bar_",
        "~/docs and ~ana", "a * b", "/usr/*/bin/*", "* one\n* two", "5 `", "C:\\*", "snake_ case_",
        "~/a/~", "", "x*y z*",
    ],
)  # fmt: skip
def test_what_is_no_pair_of_marks_stays(written: str) -> None:
    assert unmarked(written) == written


def test_fences_alone_are_taken_away_where_a_text_is_quoted() -> None:
    assert unfenced("look:\n```\nerror *1*\n  two\n```\nbye") == "look:\nerror *1*\n  two\nbye"
    assert unfenced("```") == ""
    assert unfenced("a `b` *c*") == "a `b` *c*"


@steady
@given(st.text("ab *_~`\n.", max_size=200))
def test_no_letter_is_lost_and_none_is_added(text: str) -> None:
    letters = [each for each in text if each.isalnum()]
    assert [each for each in unmarked(text) if each.isalnum()] == letters


@steady
@given(st.text("ab \n.,*", max_size=200))
def test_text_without_pairs_is_left_alone(text: str) -> None:
    plain = text.replace("*", "")
    assert unmarked(plain) == plain
