"""Time that agents spend on tickets: how it is noted, what is told of it, and to whom never."""

import pytest
from chat_stage import Member, said

from bot.model.entry import Note, What

WORDS = "My VPN is down since this morning"


def leo_of(chat) -> Member:
    return Member(chat, "leo@desk.example", "Leo Prats")


async def test_it_is_noted_with_words_among_agents(stage, ada, leo):
    await ada.says(WORDS)
    await leo.says("/time IT-1 25 min Looked at the switch")
    assert "Noted on IT-1: 25 min, 25 min in all. Your words stay between us." in leo.heard
    await leo.says("/tiempo IT-1 hora y media")
    assert "1 h 30 min, 1 h 55 min in all." in leo.heard
    assert "stay between us" not in leo.heard
    timed, note, more = (await stage.entries(1))[-3:]
    assert (timed.what, timed.old, timed.new) == (What.TIMED, "0", "25")
    assert isinstance(note, Note)
    assert note.text == "Looked at the switch"
    assert (more.old, more.new, more.channel) == ("25", "115", "parlour")
    assert (await stage.ticket()).minutes == 115


async def test_a_goodbye_below_it_is_no_note(stage, ada, leo):
    await ada.says(WORDS)
    await leo.says("/time IT-1 1h 30\n\nKind regards,\nLeo")
    assert "Noted on IT-1: 1 h 30 min, 1 h 30 min in all." in leo.heard
    assert (await stage.entries(1))[-1].what is What.TIMED


async def test_whoever_asks_reads_who_spent_it_and_when(stage, ada, leo, eva):
    await ada.says(WORDS)
    await leo.says("/time IT-1")
    assert "No time is noted on IT-1 yet. To note it: /time IT-1 25 min" in leo.heard
    await leo.says("/time IT-1 25 min Looked at the switch")
    await eva.says("/tiempo IT-1 media hora")
    await leo.says("/time IT-1")
    lines = leo.heard.splitlines()
    assert "IT-1 took 55 min in all:" in leo.heard
    assert [each.partition(" · ")[2] for each in lines if each.startswith("- ")] == [
        "Leo Prats: 25 min, “Looked at the switch”",
        "Eva Sanz: 30 min",
    ]
    await leo.says("/history IT-1")
    assert "Eva Sanz worked on it: 30 min, 55 min in all" in leo.heard


async def test_a_minus_takes_off_what_there_is_and_no_more(stage, ada, leo):
    await ada.says(WORDS)
    await leo.says("/time IT-1 -10 min")
    assert "No time is noted on it, so none can be taken off." in leo.heard
    await leo.says("/time IT-1 25")
    await leo.says("/time IT-1 -10 min that was another one")
    assert "−10 min, 15 min in all" in leo.heard
    await leo.says("/time IT-1 -16")
    assert "Only 15 min is noted on it" in leo.heard
    assert (await stage.ticket()).minutes == 15


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/time IT-1 a while", "We couldn't read “a while” as a time"),
        ("/time IT-1 25 min 3 users", "We couldn't read “25 min 3 users” as a time"),
        ("/time IT-1 24h 1 min", "At most 24 hours are noted at once"),
        ("/time IT-1 -25h", "At most 24 hours are noted at once"),
    ],
)
async def test_what_is_no_time_is_refused_with_what_is_one(stage, ada, leo, line, told):
    await ada.says(WORDS)
    await leo.says(line)
    assert told in leo.heard
    assert (await stage.ticket()).minutes == 0


async def test_requesters_hear_and_see_nothing_of_it(stage, ada, leo):
    await ada.says(WORDS)
    letters = len(ada.letters)
    await leo.says("/time IT-1 25 min Looked at the switch")
    assert len(ada.letters) == letters
    await leo.says("/resolve IT-1 It was the cable")
    for line in ("status IT-1", "my tickets", "status"):
        await ada.says(line)
    await ada.says("/time IT-1 5 min")
    assert (await stage.ticket()).minutes == 25
    heard = "\n".join(each.text for each in ada.letters)
    assert [each for each in ("25", "switch", "Time") if each in heard] == []


async def test_who_has_it_hears_what_others_did(stage, ada, leo, eva):
    await ada.says(WORDS)
    await leo.says("/claim IT-1")
    await leo.says("/time IT-1 5 min")
    letters = len(leo.letters)
    await eva.says("/tiempo IT-1 25 min Miré el switch")
    (letter,) = leo.letters[letters:]
    assert "Eva Sanz worked on it: 25 min, 30 min in all." in letter.text
    assert "> Miré el switch" in letter.text


async def test_done_tickets_bear_it_and_joined_ones_add_it_up(stage, ada, leo):
    await ada.says(WORDS)
    await ada.says("My lamp is broken")
    await leo.says("/time IT-1 25 min")
    await leo.says("/time IT-2 1h")
    await leo.says("/merge IT-2 IT-1")
    assert [(await stage.ticket(each)).minutes for each in (1, 2)] == [0, 85]
    await leo.says("/time IT-1 5 min")
    await leo.says("/resolve IT-2")
    await leo.says("/time IT-2 10 min the report")
    assert "10 min, 1 h 40 min in all" in leo.heard
    await leo.says("/time IT-1")
    assert "IT-2 took 1 h 40 min in all:" in leo.heard
    assert leo.heard.count("Leo Prats:") == 4


async def test_a_part_that_is_split_off_takes_none_of_it_along(stage, ada, leo):
    await ada.says(WORDS)
    await ada.says("And my badge opens no door", answers=ada.last)
    await leo.says("/time IT-1 25 min")
    await leo.says("/split IT-1 my badge")
    assert [(await stage.ticket(each)).minutes for each in (1, 2)] == [25, 0]


async def test_agents_see_it_on_the_card_in_the_room_and_when_they_are_briefed(chat, ana):
    await ana.posts(WORDS)
    leo = leo_of(chat)
    assert "Time:" not in said(chat.cards[-1])
    await leo.commands("/time IT-1 1h 25 looked at the switch")
    assert "Time: 1 h 25 min" in said(chat.cards[-1])
    told = chat.below[-1].text
    assert told.startswith("Leo Prats worked on it: 1 h 25 min, 1 h 25 min in all.")
    assert "> looked at the switch" in told
    for line in ("/status IT-1", "/brief IT-1"):
        assert "Time: 1 h 25 min" in (await leo.commands(line)).text


async def test_a_form_asks_for_it_where_no_ticket_is_named(chat, ana):
    await ana.posts(WORDS)
    leo = leo_of(chat)
    assert await chat.stage.counter.form(leo.asks("/time IT-1")) is None  # it tells what was spent
    form = await chat.stage.counter.form(leo.asks("/time"))
    assert [each.name for each in form.fields] == ["ticket", "spent", "text"]
    wrong = await leo.commands("/time IT-1", filled=(("spent", "a while"), ("text", "")))
    assert (wrong.refused, wrong.field) == (True, "spent")
    wrong = await leo.commands("/time IT-1", filled=(("spent", ""), ("text", "The switch")))
    assert (wrong.refused, wrong.field) == (True, "spent")
    assert "A time is missing" in wrong.text
    given = await leo.commands("/time IT-1", filled=(("spent", "1,5 h"), ("text", "The switch")))
    assert given.text == "Noted on IT-1: 1 h 30 min, 1 h 30 min in all. Your words stay between us."
