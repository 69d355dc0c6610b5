"""Long text for Slack, cut so that each part can be read."""

import re
import time
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.mrkdwn import SHORTEST, escape, pieces, plain, shortened

LIMITS = st.integers(SHORTEST, 60)
BITS = ["a", "bc ", " ", "\n", "\n\n", "&", "<", ">", "é", "👍🏽", "🇪🇸"]
TEXTS = st.lists(st.sampled_from(BITS)).map("".join)
LETTERS = ["👨\u200d👩\u200d👧", "👍🏽", "🇪🇸", "e\u0301", "❤\ufe0f"]
HOSTILE = ["<", "&", " ", "\n", "\u0301", "🇪", "\u200d", "<a ", "&amp;", "a "]
SIGNS = st.lists(
    st.sampled_from(["<@U1>", "<#C1|a b>", "<u:|a long b>", "word ", "&amp;", "\n", "end. ", "x"])
).map("".join)


def bare(text):
    return "".join(text.split())


@given(TEXTS, LIMITS)
def test_pieces_hold_everything_but_the_space_between_them(text, limit):
    parts = pieces(escape(text), limit)
    assert bare("".join(parts)) == bare(escape(text))
    assert all(0 < len(part) <= limit for part in parts)
    assert bare("".join(plain(part, str) for part in parts)) == bare(text)


@given(SIGNS, LIMITS)
def test_no_sign_of_slacks_is_parted(text, limit):
    sign = re.compile("<[^<>]*>|&amp;")
    assert [each for part in pieces(text, limit) for each in sign.findall(part)] == (
        sign.findall(text)
    )
    short = shortened(text, limit)
    assert not set(sign.sub("", short)) & set("<>&")


@given(st.text(), LIMITS)
def test_any_text_is_cut_to_the_limit(text, limit):
    short = shortened(text, limit)
    assert len(short) <= limit
    assert text.startswith(short.removesuffix("…")) or short == text
    assert all(len(part) <= limit for part in pieces(text, limit))
    assert bare("".join(pieces(text, limit))) == bare(text)


@given(
    st.lists(st.sampled_from(["👨\u200d👩\u200d👧", "👍🏽", "🇪🇸", "e\u0301", "❤\ufe0f"])), LIMITS
)
def test_no_character_is_parted_from_its_marks(letters, limit):
    for part in [*pieces("".join(letters), limit), shortened("".join(letters), limit)]:
        assert category(part[:1] or "a")[0] != "M"
        assert not part.startswith(("\u200d", "🏽"))
        assert part.removesuffix("…").count("🇪") == part.count("🇸")
        assert not part.removesuffix("…").endswith("\u200d")


def test_pieces_end_with_paragraphs_then_lines_then_words():
    text = "One two three.\n\nFour five six.\nSeven eight nine ten."
    assert pieces(text, 100) == [text]
    assert pieces(text, 35) == ["One two three.\n\nFour five six.", "Seven eight nine ten."]
    assert pieces(text, 25) == ["One two three.", "Four five six.", "Seven eight nine ten."]
    assert pieces("Seven eight nine ten", 16) == ["Seven eight nine", "ten"]


def test_a_line_keeps_its_indentation_at_the_head_of_a_piece():
    assert pieces("def f(x):\n    return x + 1", 17) == ["def f(x):", "    return x + 1"]


def test_a_link_with_words_stays_whole_at_the_head_of_a_piece():
    text = "<https://x.example|my page>" + "x" * 40
    assert pieces(text, 30) == ["<https://x.example|my page>xxx", "x" * 30, "x" * 7]
    assert shortened(text, 30) == "<https://x.example|my page>xx…"


def test_a_link_stays_whole_where_its_label_holds_the_only_space():
    text = "x<https:/|a bbbbbbbbbbbb>" + "y" * 30
    assert pieces(text, 30) == ["x", "<https:/|a bbbbbbbbbbbb>yyyyyy", "y" * 24]


def test_what_is_longer_than_a_piece_is_cut_all_the_same():
    assert pieces("x" * 40, 16) == ["x" * 16, "x" * 16, "x" * 8]
    assert pieces("<https://" + "x" * 40 + ">", 16)[0] == "<https://xxxxxxx"


def test_a_short_text_stays_as_it_is():
    assert shortened("See you at five.", 16) == "See you at five."
    assert pieces("See you at five.", 16) == ["See you at five."]


def test_a_long_text_ends_after_a_word():
    assert shortened("The printer on the third floor", 20) == "The printer on the…"
    assert shortened("x" * 30, 20) == "x" * 19 + "…"
    assert shortened("R&amp;D &amp; friends", 16) == "R&amp;D &amp;…"


def test_of_blank_text_nothing_is_left():
    assert pieces("", 16) == []
    assert pieces(" \n" * 40, 16) == []


@pytest.mark.parametrize("cut", [pieces, shortened])
def test_a_limit_without_room_for_a_word_is_refused(cut):
    with pytest.raises(ValueError, match="15 characters"):
        cut("Words", SHORTEST - 1)


@pytest.mark.parametrize("bit", HOSTILE)
def test_hostile_text_is_cut_in_time_proportional_to_its_length(bit):
    begun = time.perf_counter()
    pieces(bit * 50_000, 3000)
    shortened(bit * 50_000, 3000)
    assert time.perf_counter() - begun < 1.0  # quadratic would be minutes
