"""Moments on Discord: a mark that each reader's client shows, and words where it shows none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord import layout
from adapters.discord.layout_parts import rows
from adapters.discord.markdown import bold, escape, heading, line, quotation, small
from adapters.discord.markdown_pieces import SHORTEST, pieces, shortened
from bot.model.message import Answer, Button
from bot.model.stamp import Stamp, Style, spelled, stamped

NINE = datetime(2026, 11, 27, 8, tzinfo=UTC)
DAY = stamped(Stamp(NINE, Style.DAY, "el viernes a las 09:00", "el {}"))
CLOCK = stamped(Stamp(NINE, Style.CLOCK, "las 09:00", "las {}"))
SHOWN, TIME = "<t:1795766400:F>", "<t:1795766400:t>"
steady = settings(derandomize=True, deadline=None)
BITS = ["a ", "word ", "*", "_", "`", "```", "\n", "> ", "x" * 30, DAY, CLOCK]
TEXTS = st.lists(st.sampled_from(BITS), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (f"Hasta {DAY}.", f"Hasta el {SHOWN}."),
        (f"Hasta {CLOCK}.", f"Hasta las {TIME}."),
        (f"- {CLOCK} · Ana", f"- las {TIME} · Ana"),
        (f"in `code {CLOCK}`", "in `code las 09:00`"),
        (f"1*{DAY}*2", rf"1\*el {SHOWN}\*2"),
    ],
)
def test_a_stamp_is_discords_own(text, written):
    assert escape(text) == written


def test_a_block_of_code_says_it_in_words():
    assert escape(f"```\n{CLOCK}\n```", code=True) == "```\nlas 09:00\n```"


def test_what_is_no_markdown_says_it_in_words():
    assert line(f"Hasta {DAY}", 80) == "Hasta el viernes a las 09:00"
    assert heading(f"Hasta {DAY}") == "### Hasta el viernes a las 09:00"
    assert bold(DAY) == "**el viernes a las 09:00**"
    (row,) = rows([Button(f"Hasta {CLOCK}", "/hold")], [Button("x", "/y")])[:1]
    assert row["components"][0]["label"] == "Hasta las 09:00"


def test_small_print_and_quotes_show_it():
    assert small(f"since {DAY}") == f"-# since el {SHOWN}"
    assert quotation(DAY) == f"> el {SHOWN}"


@pytest.mark.parametrize("ahead", range(960, 1_000))
def test_a_question_that_is_cut_keeps_its_stamps_whole(ahead):
    post = layout.offer(Answer("x" * ahead + DAY + "y" * 300), "1")
    said = post["components"][0]["content"]
    assert said in ("x" * ahead, f"{'x' * ahead}el {SHOWN}" + "y" * (1_000 - ahead - len(DAY)))


@steady
@given(TEXTS, st.integers(SHORTEST, 200))
def test_no_part_ends_within_a_stamp(text, limit):
    whole = escape(text, quote=True, code=True)
    parts = pieces(whole, limit)
    marks = whole.count("<t:")
    assert sum(each.count(SHOWN) + each.count(TIME) for each in parts) == marks
    short = shortened(whole, limit)
    assert short.count("<t:") == short.count(SHOWN) + short.count(TIME)


@steady
@given(TEXTS, st.integers(2, 120))
def test_no_mark_of_ours_ever_leaves(text, limit):
    for said in (escape(text, quote=True, code=True), line(text, limit), small(text)):
        assert not any("\ufdd0" <= each <= "\ufdef" for each in said)
    assert line(spelled(text), limit) == line(text, limit)
