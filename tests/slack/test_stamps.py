"""Moments in Slack: dates that each reader's client shows, and words wherever it shows none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import blocks
from adapters.slack.blocks_parts import line, plain_text
from adapters.slack.mrkdwn import escape, pieces, plain, shortened, undated
from bot.model.message import Address, Answer, Outbound, Section, Shows
from bot.model.stamp import Stamp, Style, spelled, stamped

NINE = datetime(2026, 11, 27, 8, tzinfo=UTC)
DAY = stamped(Stamp(NINE, Style.DAY, "Friday at 09:00 <CET>"))
CLOCK = stamped(Stamp(NINE, Style.CLOCK, "las 09:00", "las {}"))
DATE = "<!date^1795766400^{date_long} {time}|Friday at 09:00 &lt;CET&gt;>"
TIME = "<!date^1795766400^las {time}|las 09:00>"
TEXTS = st.lists(st.sampled_from(["a ", "<", "&", "\n", "> ", "x" * 20, DAY, CLOCK])).map("".join)


@pytest.mark.parametrize(
    ("text", "written"),
    [(f"until {DAY}.", f"until {DATE}."), (f"a < b, hasta {CLOCK}", f"a &lt; b, hasta {TIME}")],
)
def test_a_stamp_is_a_date_of_slacks(text, written):
    assert escape(text) == written


def test_what_slack_does_not_format_says_it_in_words():
    assert plain_text(f"since {DAY}", 100)["text"] == "since Friday at 09:00 <CET>"
    assert line(f"*since* {CLOCK}") == "since las 09:00"


def test_a_notification_says_it_in_words():
    post = blocks.answer(Answer(f"It rests until {DAY}."))
    assert post["text"] == "It rests until Friday at 09:00 &lt;CET&gt;."
    assert post["blocks"][0]["text"]["text"] == f"It rests until {DATE}."
    section = Section(facts=(("Since", DAY),))
    card = Outbound(
        1, Address("slack", "C1"), "", f"since {DAY}", NINE, shows=Shows.CARD, panel=(section,)
    )
    drawn = blocks.card(card)
    assert drawn["text"] == "since Friday at 09:00 &lt;CET&gt;"
    assert drawn["blocks"][0]["fields"][0]["text"] == f"*Since*\n{DATE}"


@given(TEXTS)
def test_any_words_read_the_same(text):
    assert plain(undated(escape(text)), str) == spelled(text)


@given(TEXTS, st.integers(len(DATE) + 1, 200))
def test_no_date_is_parted(text, limit):
    whole = escape(text, quote=True)
    for parts in (pieces(whole, limit), [shortened(whole, limit)]):
        kept = sum(each.count(DATE) + each.count(TIME) for each in parts)
        assert kept == sum(each.count("<!date") for each in parts)
    assert sum(each.count("<!date") for each in pieces(whole, limit)) == whole.count("<!date")
