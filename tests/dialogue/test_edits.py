"""What an edit or a deletion makes of what was said: to whom it is told, and what becomes of it."""

from dataclasses import replace

import pytest
from chat_stage import AGENTS, Chat, Member, said

from bot.model.entry import Message, Note, What
from bot.model.message import Nature
from bot.model.ticket import Status
from bot.model.triage import Priority

WORDS = "My VPN is down since this morning"


def cast(chat: Chat) -> tuple[Member, Member]:
    return Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")


async def below(chat: Chat, by: Member, text: str):
    """Something said below the card of the first ticket."""
    thread = (await chat.card_id()).split(":")[1]
    inbound = by.inbound(text, AGENTS, thread, internal=True, overheard=True, interactive=True)
    await chat.takes(inbound)
    return inbound


async def test_who_edits_an_answer_that_went_out_hears_once_that_the_first_one_stands(chat):
    ana, leo = cast(chat)
    await ana.posts(WORDS)
    answer = await below(chat, leo, "reply: try saef mode")
    told, posted = len(ana.letters), len(chat.below)
    await leo.edits(answer, "reply: try safe mode")
    assert "Ana Ruiz has your answer as you first wrote it" in leo.letters[-1].text
    assert "“reply:”" in leo.letters[-1].text
    assert chat.parlour.place(leo.letters[-1])[0] == f"dm-{leo.id}"
    assert (len(ana.letters), len(chat.below)) == (told, posted), "nobody else is told"
    await leo.edits(answer, "reply: try safe mode, please")
    await leo.takes_back(answer)
    assert len(leo.letters) == 1
    await leo.commands("/history IT-1")
    notes = [each for each in await chat.stage.entries() if isinstance(each, Note)]
    assert [each.text for each in notes] == ["try safe mode", "try safe mode, please"]


async def test_who_deletes_an_answer_that_went_out_hears_that_it_is_there(chat):
    ana, leo = cast(chat)
    await ana.posts(WORDS)
    answer = await below(chat, leo, "reply: try saef mode")
    await leo.takes_back(answer)
    assert "Ana Ruiz has your answer" in leo.letters[-1].text
    assert [each.what for each in await chat.stage.entries()][-1] is What.TAKEN_BACK


async def test_the_same_words_again_are_no_news(chat):
    ana, leo = cast(chat)
    await ana.posts(WORDS)
    answer = await below(chat, leo, "reply: try safe mode")
    await leo.edits(answer, "*reply:* try safe mode")
    assert leo.letters == []


async def test_a_note_that_is_edited_into_an_answer_stays_a_note_and_its_writer_hears_it(chat):
    ana, leo = cast(chat)
    await ana.posts(WORDS)
    note = await below(chat, leo, "have a look")
    told = len(ana.letters)
    await leo.edits(note, "reply: please wait")
    assert "is still a note" in leo.letters[-1].text
    await leo.edits(note, "reply: please wait a moment")
    assert len(leo.letters) == 1
    assert len(ana.letters) == told
    assert isinstance((await chat.stage.entries())[-1], Note)


async def test_a_note_behind_its_word_is_edited_like_any_other(chat):
    ana, leo = cast(chat)
    await ana.posts(WORDS)
    note = await below(chat, leo, "note: check the logs")
    await leo.edits(note, "note: check the firewall")
    assert [each.text for each in await chat.stage.entries() if isinstance(each, Note)] == [
        "check the logs",
        "check the firewall",
    ]
    assert leo.letters == []


async def test_an_answer_where_the_requester_reads_along_is_edited_for_them_too(chat):
    ana, leo = cast(chat)
    root = await ana.posts(WORDS)
    answer = await leo.joins(root, "try saef mode")
    await leo.edits(answer, "try safe mode")
    assert leo.letters == []
    last = (await chat.stage.entries())[-1]
    assert (last.what, last.text) == (What.EDITED, "try safe mode")


async def test_an_answer_that_was_read_there_is_edited_there_wherever_they_went_on(chat):
    ana, leo = cast(chat)
    root = await ana.posts(WORDS)
    answer = await leo.joins(root, "try saef mode")
    direct = ana.inbound("/status IT-1", "dm-UANA", internal=True, asked=True)
    await chat.takes(direct)
    await chat.takes(ana.inbound("it asks for a code", "dm-UANA", "9", ticket=1, internal=True))
    assert (await chat.stage.ticket()).conversation.room == "dm-UANA"
    await leo.edits(answer, "try safe mode")
    assert not [each for each in leo.letters if "first wrote" in each.text]
    assert (await chat.stage.entries())[-1].text == "try safe mode"


async def test_an_edit_that_makes_it_graver_is_told_once_and_the_card_says_why(chat):
    ana, _ = cast(chat)
    root = await ana.posts("my mouse is slow")
    assert "“slow”" in said(chat.cards[-1])
    posted = len(chat.below)
    await ana.edits(root, "URGENT: nobody can work")
    assert (await chat.stage.ticket()).priority is Priority.URGENT
    assert len(chat.below) == posted + 1
    assert chat.below[-1].text.startswith("Ana Ruiz changed what they wrote. Now it reads:")
    assert "to urgent" in chat.below[-1].text
    assert "says it is urgent: “URGENT”" in said(chat.cards[-1])
    assert "slow" not in said(chat.cards[-1])


async def test_the_card_names_no_reason_that_an_edit_took_away(chat):
    ana, _ = cast(chat)
    root = await ana.posts("My screen *flickers*, and it hums")
    assert "“flickers”" in said(chat.cards[-1])
    await ana.edits(root, "My screen hums")
    assert "flickers" not in said(chat.cards[-1])


@pytest.mark.parametrize("before", ["hola", "thanks", "Thank you!"])
async def test_a_greeting_or_thanks_that_become_a_report_are_one(chat, before):
    ana, _ = cast(chat)
    root = await ana.posts(before)
    assert await chat.stage.ticket() is None
    await ana.edits(root, "my VPN is down")
    ticket = await chat.stage.ticket()
    assert ticket.summary == "my VPN is down"
    assert ticket.conversation == root.address
    said_ = [each.text for each in await chat.stage.entries() if isinstance(each, Message)]
    assert said_ == ["my VPN is down"]
    await ana.edits(root, "my VPN is down, and my mail")
    assert await chat.stage.ticket(2) is None
    assert (await chat.stage.entries())[-1].what is What.EDITED
    await ana.joins(root, "since ten")
    assert (await chat.stage.entries())[-1].text == "since ten"


async def test_what_the_desk_never_heard_becomes_a_report_once(chat):
    ana, _ = cast(chat)
    root = ana.inbound("my VPN is down", "help", public=True)
    await ana.edits(root, "my VPN is down")
    assert (await chat.stage.ticket()).summary == "my VPN is down"
    await chat.takes(root)  # found late in the room's history
    assert await chat.stage.ticket(2) is None
    assert [each.text for each in await chat.stage.entries() if isinstance(each, Message)] == [
        "my VPN is down"
    ]


async def test_the_same_edit_that_comes_twice_is_one_report(chat):
    ana, _ = cast(chat)
    root = await ana.posts("hola")
    edit = ana.inbound("my VPN is down", "help", root.address.thread, nature=Nature.EDIT)
    edit = replace(edit, replies_to=(root.external_id,), public=True)
    await chat.takes(edit)
    await chat.takes(edit)
    assert (await chat.stage.ticket()).summary == "my VPN is down"
    assert await chat.stage.ticket(2) is None


@pytest.mark.parametrize("after", ["hola a todos", "gracias", "!!", ""])
async def test_what_says_nothing_still_is_no_report(chat, after):
    ana, _ = cast(chat)
    root = await ana.posts("hola")
    told = len(chat.public)
    await ana.edits(root, after)
    assert await chat.stage.ticket() is None
    assert len(chat.public) == told


async def test_edits_of_what_people_say_among_themselves_are_none_of_ours(chat):
    ana, _ = cast(chat)
    root = await ana.posts(WORDS)
    stray = ana.inbound("lunch?", "lounge", overheard=True, public=True)
    edit = ana.inbound("my VPN is down", "lounge", nature=Nature.EDIT, overheard=True)
    edit = replace(edit, replies_to=(stray.external_id,))
    await chat.takes(stray)
    await ana.edits(root, WORDS + ".")
    await chat.takes(edit)
    assert await chat.stage.ticket(2) is None


async def test_what_settled_a_ticket_and_becomes_trouble_goes_on_with_it_once(chat):
    ana, _ = cast(chat)
    await ana.posts(WORDS)
    solved = await ana.posts("solved, thanks")
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    await ana.edits(solved, "solved, thanks. But now my mail is gone")
    assert (await chat.stage.ticket()).status is Status.NEW
    assert "my mail is gone" in chat.below[-1].text
    await ana.edits(solved, "solved, thanks. But now my mail is gone, all of it")
    assert await chat.stage.ticket(2) is None
    words = [each for each in await chat.stage.entries() if isinstance(each, Message)]
    assert [each.what for each in words] == [What.SAID, What.SAID, What.EDITED]


async def test_a_command_that_is_edited_into_one_is_not_carried_out_again(chat):
    ana, leo = cast(chat)
    await ana.posts(WORDS)
    solved = await ana.posts("solved")
    told = len(ana.letters)
    await ana.edits(solved, "reopen")
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    assert len(ana.letters) == told
    order = await leo.posts("claim IT-1", asked=True, interactive=True)
    await leo.edits(order, "resolve IT-1 now")
    assert await chat.stage.ticket(2) is None


async def test_thanks_that_become_trouble_open_it_again(chat):
    ana, leo = cast(chat)
    root = await ana.posts(WORDS)
    await leo.writes_below("reply: try it now")
    await leo.commands("/resolve IT-1")
    thanks = await ana.joins(root, "thanks!")
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    await ana.edits(thanks, "thanks, but it is down again")
    assert (await chat.stage.ticket()).status is Status.OPEN
    assert "down again" in chat.below[-1].text
