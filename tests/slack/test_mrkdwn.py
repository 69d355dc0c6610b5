"""Slack's text as people read it, and people's words as Slack wants them."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.slack.mrkdwn import escape, plain, tidy

NAMES = {"U1": "Ana Ruiz", "W2": "Carla Gómez", "C9": "help", "S1": "helpers"}


def name(member):
    return NAMES.get(member, "")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("R&amp;D says 1 &lt; 2 &gt; 0", "R&D says 1 < 2 > 0"),
        ("&amp;lt; stays", "&lt; stays"),
        ("&quot; and &nbsp; are nobody's", "&quot; and &nbsp; are nobody's"),
        ("<@U1> is in", "@Ana Ruiz is in"),
        ("<@U1|ana>", "@Ana Ruiz"),
        ("<@W2>", "@Carla Gómez"),
        ("<@U404|bob>", "@bob"),
        ("<@U404>", "@U404"),
        ("<#C1|vpn>", "#vpn"),
        ("<#C9>", "#help"),
        ("<#C9|>", "#help"),
        ("<#C404>", "#C404"),
        ("<!here> <!channel> <!everyone>", "@here @channel @everyone"),
        ("<!here|here>", "@here"),
        ("<!here|@here>", "@here"),
        ("<!subteam^S404|@team>", "@team"),
        ("<!subteam^S1>", "@helpers"),
        ("<!subteam^S404>", "@S404"),
        ("<!date^1763802000^{date} at {time}|Nov 22, 09:00 UTC>", "Nov 22, 09:00 UTC"),
        ("<!date^1763802000^{date}^https://x.example|22 Nov &amp; on>", "22 Nov & on"),
        ("<https://x.example/a?b=1&amp;c=2>", "https://x.example/a?b=1&c=2"),
        ("<https://x.example|the page>", "the page (https://x.example)"),
        ("<https://x.example|Q&amp;A>", "Q&A (https://x.example)"),
        ("<https://x.example|https://x.example>", "https://x.example"),
        ("<http://x.example|x.example>", "http://x.example"),
        ("<https://www.x.example/|X.example>", "X.example (https://www.x.example/)"),
        ("<https://www.x.example/a|x.example/a/>", "https://www.x.example/a"),
        ("<https://x.example/a/b/c|https://x.example/a…>", "https://x.example/a/b/c"),
        ("<https://x.example/a/b/c|x.example/…/c>", "https://x.example/a/b/c"),
        (
            "<https://evil.example|https://bank.example>",
            "https://bank.example (https://evil.example)",
        ),
        ("<mailto:ana@x.example|ana@x.example>", "ana@x.example"),
        ("<mailto:ana@x.example|Ana>", "Ana (ana@x.example)"),
        ("<tel:+34600111222|+34600111222>", "+34600111222"),
        ("<slack://channel?id=C1|open>", "open (slack://channel?id=C1)"),
        ("*bold* _it_ ~gone~ `code` :+1:", "*bold* _it_ ~gone~ `code` :+1:"),
        ("```\na &lt; b\n```", "```\na < b\n```"),
        ("&gt; quoted", "> quoted"),
        ("a\u00a0b\u202fc\u200bd\ufeff", "a b cd"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("👨\u200d👩\u200d👧 نمی\u200cخواهم", "👨\u200d👩\u200d👧 نمی\u200cخواهم"),
        ("<>", "<>"),
        ("<what is this>", "<what is this>"),
        ("1 < 2", "1 < 2"),
        ("<!>", "@"),
        ("", ""),
    ],
)
def test_people_read_words_where_slack_has_signs(text, read):
    assert plain(text, name) == read


@given(st.text(alphabet="<>@#!|^&;lgtamp:/U1 \n…", max_size=60))
def test_no_text_of_slacks_brings_the_reading_down(text):
    assert isinstance(plain(text, name), str)


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]))


@given(WORDS)
@example("<!channel> <@U1> <https://evil.example|bank> &amp; &lt;!here&gt;")
@example("> quoted\n>>> rest")
def test_what_was_escaped_reads_as_it_was_written(words):
    assert plain(escape(words), name) == tidy(words)


@given(st.text(alphabet="> a&<\n!", max_size=40))
def test_quotes_that_stay_quotes_read_the_same(words):
    quoted = escape(words, quote=True)
    assert plain(quoted, name) == words
    assert ">" not in quoted.replace("\n>", "\n").removeprefix(">")


@given(WORDS)
def test_nothing_escaped_is_a_sign_of_slacks(words):
    escaped = escape(words)
    assert "<" not in escaped
    assert ">" not in escaped


def test_a_bare_address_is_still_one():
    assert escape("See https://x.example/a_b?c=1#d") == "See https://x.example/a_b?c=1#d"


def test_what_formats_is_left_as_it_is():
    assert escape("*.py and snake_case and `ls ~`") == "*.py and snake_case and `ls ~`"


def test_a_quote_is_let_through_where_it_is_asked_for():
    assert escape("> said\nand 2 > 1\n>>> all", quote=True) == "> said\nand 2 &gt; 1\n>&gt;&gt; all"
    assert escape("> said") == "&gt; said"


@pytest.mark.parametrize("bit", ["<", ">", "&", "<@", "<https://x|", "&amp;", "<!date^", "|", "<>"])
def test_hostile_text_is_read_in_time_proportional_to_its_length(bit):
    def seconds(times):
        text = bit * times
        begun = time.perf_counter()
        plain(text, name)
        escape(text, quote=True)
        return time.perf_counter() - begun

    assert min(seconds(100_000) for _ in range(2)) < 1.0  # quadratic would be minutes
