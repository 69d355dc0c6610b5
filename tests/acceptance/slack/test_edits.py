"""What people change, delete, pass on and send without words, over the wire."""

import pytest
from slack_desk import SHORTCUT

from bot.model.ticket import Status
from bot.model.triage import Priority

PIXEL = (b"\x89PNG\r\n\x1a\n", "image/png")


async def settled(stage) -> None:
    await stage.rests()
    await stage.rests()


async def test_who_changes_an_answer_that_went_out_hears_that_the_first_stands(stage, tom, sara):
    post = await tom.says("my printer is broken", channel=stage.help)
    await stage.rests()
    answer = await sara.says("reply: try saef mode", thread=stage.card())
    await stage.rests()
    await sara.edits(answer, "reply: try safe mode")
    await settled(stage)
    await sara.deletes(answer)
    await settled(stage)
    (letter,) = stage.slack.conversation(sara)
    assert "Tom Baker has your answer as you first wrote it" in letter.words
    assert "“reply:”" in letter.words
    assert "saef" in stage.read(post), "what Tom has"


async def test_a_note_that_becomes_an_answer_stays_a_note_and_its_writer_hears_it(
    stage, tom, sara, hugo
):
    post = await tom.says("my printer is broken", channel=stage.help)
    await stage.rests()
    note = await hugo.says("he is careless", thread=stage.card())
    await stage.rests()
    await hugo.edits(note, "responder: un momento")
    await settled(stage)
    (letter,) = stage.slack.conversation(hugo)
    assert "sigue siendo una nota" in letter.words
    assert len(stage.answers(post)) == 1


async def test_a_note_below_a_report_of_a_colleague_says_who_reads_it(stage, sara, hugo):
    await sara.uses_command("/desk", "new my own screen flickers")
    await settled(stage)
    await hugo.presses("Write a note", on=stage.card())
    assert "Sara Stone envió esto y lee también nuestra sala" in hugo.form.words
    await hugo.closes_form()
    await hugo.says("she is careless", thread=stage.card())
    assert "Sara Stone envió IT-1 y lee esta sala" in await stage.told(hugo, "Sara Stone")
    await hugo.says("very careless", thread=stage.card())
    await settled(stage)
    assert hugo.ephemerals == []


@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        ("hello", "hello, my VPN is down", "My VPN is down"),
        ("thanks", "thanks but my VPN is down", "thanks but my VPN is down"),
        (":mega: my VPN is down", "my VPN is down", "my VPN is down"),
    ],
)
async def test_an_edit_that_makes_a_report_of_it_is_one(stage, tom, before, after, title):
    post = await tom.says(before, channel=stage.help)
    await settled(stage)
    assert not await stage.tickets()
    await tom.edits(post, after)
    await settled(stage)
    assert (await stage.ticket()).summary == title
    assert "IT-1" in stage.read(post)
    await tom.edits(post, f"{after}!")
    await settled(stage)
    assert len(await stage.tickets()) == 1


async def test_in_a_direct_talk_too(stage, tom):
    post = await tom.says("hello")
    await settled(stage)
    await tom.edits(post, "hello, my VPN is down")
    await settled(stage)
    assert (await stage.ticket()).summary == "My VPN is down"
    assert "IT-1" in stage.read(post)


async def test_what_agents_announced_is_offered_when_it_reads_like_a_report(stage, sara):
    post = await sara.says(":mega: maintenance tomorrow", channel=stage.help)
    await settled(stage)
    await sara.edits(post, "my screen is broken")
    await stage.slack.until(lambda: sara.ephemerals)
    await settled(stage)
    assert not await stage.tickets()
    await sara.presses("Open a ticket", on=sara.ephemerals[0])
    await settled(stage)
    assert [each.summary for each in await stage.tickets()] == ["my screen is broken"]


async def test_an_edit_that_raises_the_priority_is_told_once_and_the_card_shows_why(stage, tom):
    post = await tom.says("my mouse is slow", channel=stage.help)
    await stage.rests()
    await tom.edits(post, "URGENT: nobody can work")
    await settled(stage)
    (told,) = stage.below()
    assert told.startswith("Tom Baker changed what they wrote. Now it reads:")
    assert "This raises the priority from normal to urgent" in told
    assert "says it is urgent: “URGENT”" in stage.card().words
    assert "slow" not in stage.card().words
    assert (await stage.ticket()).priority is Priority.URGENT


async def test_files_alone_have_a_title_and_leave_no_empty_lines(stage, bob):
    await bob.says("", channel=stage.help, files=[("screen.png", *PIXEL)])
    await settled(stage)
    await bob.says("", channel=stage.help, files=[("a.png", *PIXEL), ("b.png", *PIXEL)])
    await settled(stage)
    assert stage.card().words.startswith("IT-1 · screen.png\n")
    assert stage.card(2).words.startswith("IT-2 · a.png, b.png\n")
    assert stage.below()[0] == "Bob Hill sent: screen.png"


async def test_titles_and_reasons_bear_no_marks_and_name_nobody(stage, ana, tom):
    written = "hola @Tom Baker, mi *laptop* _no_ prende ~ya~\n```error\n  dos```\nfin"
    await ana.says(written, channel=stage.help)
    await settled(stage)
    card = stage.card().words
    assert card.startswith("IT-1 · Mi laptop no prende ya\n")
    assert "“no prende”" in card
    assert "> error\n>   dos\n> fin" in card
    assert (await stage.ticket()).summary == "Mi laptop no prende ya"


async def test_a_message_that_is_shared_is_titled_by_its_words(stage, tom, bob):
    post = await bob.says("the wifi is *broken* in room 3", channel=stage.lounge)
    await tom.shares(post)
    await settled(stage)
    assert stage.card().words.startswith("IT-1 · the wifi is broken in room 3\n")


async def test_whose_message_is_passed_on_hears_by_whom_and_from_where(stage, tom, bob, hugo):
    post = await bob.says("the wifi is broken in room 3", channel=stage.lounge)
    await tom.uses_shortcut(SHORTCUT, on=post)
    await settled(stage)
    assert "Tom Baker passed on to us what you wrote in #lounge: “the wifi" in stage.read(post)
    other = await bob.says("my badge is broken", channel=stage.lounge)
    await hugo.reacts("ticket", on=other)
    await settled(stage)
    assert "Hugo Sanz passed on to us what you wrote: “my badge" in stage.read(other)
    assert (await stage.ticket(2)).status is Status.NEW
