"""Whatever the desk says, Discord takes it and nothing of it is lost."""

import re
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_words import ANSWERS, OUTBOUNDS

from adapters.discord import layout
from adapters.discord.layout_page import page
from adapters.discord.layout_parts import is_shown
from adapters.discord.markdown import plain
from sandbox.discord.components import walk
from sandbox.discord.content import check_new

steady = settings(derandomize=True, deadline=None)
LARGE = settings(
    steady,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PEOPLE = st.lists(
    st.sampled_from(["1442806870123450368", "1442806870123450377", "0", "x", "<@1>"]), max_size=4
).map(tuple)
MESSAGES = st.tuples(OUTBOUNDS, PEOPLE).map(lambda drawn: replace(drawn[0], mentions=drawn[1]))
WHERE = "1442806870123450400:1442806870123450401"


def letters(text):
    """What is no white space and no mark that begins a line anew where a text is parted."""
    return re.sub(r"[\s`>#*…-]", "", text)


def read(posts):
    """All words of posts, each of which Discord takes."""
    for post in posts:
        check_new(post)
    shown = [part for post in posts for _, part in walk(post["components"])]
    return letters("".join(plain(each["content"]) for each in shown if each["type"] == 10))


def pressed(posts):
    shown = [part for post in posts for _, part in walk(post["components"])]
    ids = [each["custom_id"] for each in shown if each["type"] == 2]
    return ids + [
        option["value"] for each in shown if each["type"] == 3 for option in each["options"]
    ]


def commands(buttons):
    return list(dict.fromkeys(f"say:{each.command}" for each in buttons if is_shown(each)))


@LARGE
@given(MESSAGES)
def test_any_words_are_taken_and_said_whole(message):
    for named in (False, True):
        posts = layout.words(message, named=named)
        said = read(posts)
        for whole in (message.greeting, message.text, message.reference):
            assert letters(whole) in said
        assert pressed(posts) == commands(message.buttons)


@LARGE
@given(MESSAGES)
def test_any_card_is_taken(message):
    read([layout.card(message)])


def modest(message):
    """The same with a page of texts that are long or many, not both: all of them are looked for."""
    longest = 9_000 if len(message.panel) <= 3 else 200
    panel = (
        replace(
            each,
            text=each.text[:longest],
            quote=each.quote[:longest],
            small=each.small[:longest],
            facts=tuple((name, value[:longest]) for name, value in each.facts),
            buttons=tuple(replace(one, label=one.label[:90]) for one in each.buttons[:20]),
            more=tuple(replace(one, command=one.command[:110]) for one in each.more),
        )
        for each in message.panel
    )
    return replace(message, panel=tuple(panel))


@LARGE
@given(MESSAGES.map(modest))
def test_any_page_is_taken_and_said_whole(message):
    posts = [page(message.panel, 1, "Refresh")]
    while (after := page(message.panel, len(posts) + 1, "Refresh")) != posts[-1]:
        posts.append(after)
    said, offered = read(posts), set(pressed(posts))
    for each in set(message.panel):
        for whole in (each.text, each.quote, each.small):
            assert letters(whole) in said
        for button in (*each.buttons, *each.more):
            assert not is_shown(button) or f"say:{button.command}" in offered


@LARGE
@given(ANSWERS)
def test_any_answer_is_taken_and_said_whole(answer):
    for alone in (False, True):
        assert letters(answer.text) in read(layout.answer(answer, alone=alone))
    read([layout.offer(answer, WHERE)])
