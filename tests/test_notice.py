"""Notices: the words that come of a planned work, each once, whatever was slept through."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.calendar import Hours
from bot.model.notice import (
    Affected,
    Notice,
    Reminding,
    Said,
    Scope,
    Stage,
    Word,
    announced,
    cancelled,
    finished,
    moved,
    stepped,
    told_up_to,
)
from bot.model.notice_text import read_notice
from bot.model.refused import Refused

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALWAYS = Hours(ZoneInfo("UTC"))
BY_DAY = Hours(ZoneInfo("UTC"), dict.fromkeys(range(5), ((time(9), time(18)),)))
USUAL = Reminding((24 * HOUR, HOUR), ALWAYS)


def notice(starts: timedelta = 30 * HOUR, lasts: timedelta = 2 * HOUR, **fields) -> Notice:
    made = Notice(
        said={"en": Said("Mail")},
        starts_at=NOW + starts,
        ends_at=NOW + starts + lasts,
        affected=(Affected(Scope.EVERYBODY),),
        by=1,
        at=NOW,
        id=7,
    )
    return announced(made, fields.pop("reminding", USUAL))


def told(made: Notice, moments: list[timedelta], reminding: Reminding = USUAL) -> list[Word]:
    """The words that are told where the desk is awake at these moments."""
    words: list[Word] = []
    for each in moments:
        if made.telling:
            words.append(made.telling)
            made = told_up_to(made, None)
        if made.knock_at is not None and made.knock_at <= NOW + each:
            made = stepped(made, reminding, NOW + each).notice
    return [*words, *([made.telling] if made.telling else [])]


def test_its_words_come_in_order_each_once():
    every = [n * HOUR for n in range(40)]
    assert told(notice(), every) == [Word.ANNOUNCED, Word.REMINDED, Word.REMINDED, Word.STARTED]


def test_of_what_was_slept_through_only_the_last_is_told():
    assert told(notice(), [timedelta(0), 29 * HOUR]) == [Word.ANNOUNCED, Word.REMINDED]
    assert told(notice(), [timedelta(0), 30 * HOUR]) == [Word.ANNOUNCED, Word.STARTED]
    assert told(notice(), [timedelta(0), 40 * HOUR]) == [Word.ANNOUNCED]  # it is over by plan


@settings(derandomize=True, max_examples=300)
@given(st.lists(st.integers(0, 60 * 40), max_size=30), st.integers(0, 36), st.integers(1, 10))
def test_whenever_the_desk_wakes_nothing_is_told_twice(minutes, starts, lasts):
    made = notice(starts * HOUR, lasts * HOUR)
    awake = [timedelta(minutes=each) for each in sorted(minutes)]
    words = told(made, [timedelta(0), *awake])
    assert words.count(Word.STARTED) <= 1
    assert words.count(Word.REMINDED) <= 2
    assert (
        Word.REMINDED not in words[words.index(Word.STARTED) :] if Word.STARTED in words else True
    )
    asked = [made]
    for each in awake:
        asked.append(stepped(asked[-1], USUAL, NOW + each).notice)
    assert sum(b.asked and not a.asked for a, b in pairwise(asked)) <= 1


def test_what_falls_into_the_night_is_reminded_of_at_the_end_of_the_day_before():
    reminding = Reminding((24 * HOUR, HOUR), BY_DAY)
    made = notice(timedelta(days=5, hours=-3), reminding=reminding)  # Saturday at 6
    evenings = [(NOW + timedelta(days=day)).replace(hour=17) for day in (3, 4)]
    assert list(reminding.moments(made)) == evenings
    for each in evenings:
        assert made.knock_at == each
        made = stepped(made, reminding, each).notice
    assert made.knock_at == made.starts_at


def test_one_that_begins_at_once_is_announced_as_begun():
    made = notice(timedelta(0))
    assert (made.stage, made.telling) == (Stage.STARTED, Word.ANNOUNCED)
    assert made.knock_at == made.ends_at


def test_its_end_is_asked_for_once_for_each_end():
    made = notice(timedelta(0))
    step = stepped(made, USUAL, NOW + 2 * HOUR)
    assert step.ask
    assert step.notice.knock_at is None
    later = moved(step.notice, made.starts_at, NOW + 3 * HOUR, USUAL, NOW + 2 * HOUR)
    assert later.knock_at == NOW + 3 * HOUR
    assert stepped(later, USUAL, NOW + 3 * HOUR).ask


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda x: finished(x, ""), "refused.notice_not_begun"),
        (lambda x: moved(x, x.starts_at, x.ends_at, USUAL, NOW), "refused.notice_same"),
        (lambda x: moved(x, x.ends_at, x.starts_at, USUAL, NOW), "refused.notice_ends_first"),
        (lambda x: moved(x, NOW - HOUR, x.ends_at, USUAL, NOW), "refused.notice_past"),
        (lambda x: finished(cancelled(x, ""), ""), "refused.notice_over"),
        (lambda x: cancelled(cancelled(x, ""), ""), "refused.notice_over"),
    ],
    ids=range(6),
)
def test_what_cannot_be_is_refused(change, key):
    with pytest.raises(Refused) as refused:
        change(notice())
    assert refused.value.key == key


def test_its_entry_in_calendars_is_a_later_one_with_each_change():
    made = notice()
    again = moved(made, made.starts_at, made.ends_at + HOUR, USUAL, NOW)
    assert [made.revision, again.revision, cancelled(again, "").revision] == [0, 1, 2]


def read(text: str):
    names = {"es": "es", "espanol": "es", "en": "en", "english": "en"}
    return read_notice(text, names, {"tags", "etiquetas"}, lambda _: "en")


def test_its_words_are_read_by_language():
    found = read(
        "tags: mail, #vpn\nWe replace\nthe server\n\nUse the chat.\n\nes: Cambiamos\nChat."
    )
    assert found.tags == ("mail", "vpn")
    assert found.said == {
        "en": Said("We replace the server", "Use the chat."),
        "es": Said("Cambiamos", "Chat."),
    }
    assert read("Español: Cambiamos").said == {"es": Said("Cambiamos")}
    assert read("Note: the lift is off").said == {"en": Said("Note: the lift is off")}
    assert read("We replace it. It takes long.").said == {
        "en": Said("We replace it. It takes long")
    }
    assert read("  \n").said == {}
