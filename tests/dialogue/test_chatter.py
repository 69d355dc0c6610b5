"""What a chat brings besides words said to the desk: signs, edits, deletions, what is overheard."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from chat_stage import AGENTS, Chat, Member, labels, said
from stage import settings

from bot.model.entry import Note, What
from bot.model.message import Speaker
from bot.model.ticket import Status
from bot.model.triage import Priority
from storage.tables import inbox, raws

WORDS = "My VPN is down since this morning"


def cast(chat: Chat) -> tuple[Member, Member, Member]:
    ana, bob = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "UBOB", "Bob Hill")
    return ana, Member(chat, "leo@desk.example", "Leo Prats"), bob


async def people(chat: Chat) -> set[str]:
    return {each.name for each in await chat.stage.store.read(lambda work: work.people.search(""))}


async def test_a_requesters_sign_on_a_colleagues_words_settles_it_and_thanks_them(chat):
    ana, _, bob = cast(chat)
    root = await ana.posts(WORDS)
    helped = await bob.joins(root, "Turn it off and on")
    await ana.signs("/resolve", helped)
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    assert "Bob Hill" in chat.public[-1]
    assert "Bob Hill" in chat.below[-1].text


async def test_a_requesters_sign_on_an_answer_that_the_desk_posted_settles_it(chat):
    ana, leo, _ = cast(chat)
    await ana.posts(WORDS)
    await leo.writes_below("reply: Turn it off and on")
    answer = next(each for each in ana.letters if "off and on" in each.text)
    await ana.signs("/resolve", f"help:out{answer.row}")
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    assert "Leo Prats" in chat.public[-1]


@pytest.mark.parametrize("words", ["/resolve", "/claim", "/close"])
async def test_other_peoples_signs_do_nothing_and_introduce_nobody(chat, words):
    ana, _, bob = cast(chat)
    root = await ana.posts(WORDS)
    before = await people(chat)
    await bob.signs(words, root)
    assert (await chat.stage.ticket()).status is Status.NEW
    assert await people(chat) == before


async def test_an_agents_sign_is_a_command(chat):
    ana, leo, _ = cast(chat)
    root = await ana.posts(WORDS)
    await leo.signs("/claim", root)
    assert (await chat.stage.ticket()).assignee
    await leo.signs("/claim", await chat.card_id())
    await leo.signs("/resolve", root)
    assert (await chat.stage.ticket()).status is Status.RESOLVED


async def test_what_is_overheard_leaves_no_bytes_and_no_people(chat):
    ana, _, bob = cast(chat)
    root = await ana.posts(WORDS)
    before = await people(chat)
    stray = bob.inbound("Lunch?", AGENTS, "77", overheard=True, internal=True)
    await chat.takes(stray)
    assert await people(chat) == before
    count = (
        sa.select(sa.func.count())
        .select_from(raws.join(inbox))
        .where(inbox.c.external_id == stray.external_id)
    )
    assert await chat.stage.store.read(lambda work: work.inbox.pen.run(count).scalar()) == 0
    assert root


async def test_edits_are_versions_and_the_summary_follows_while_nobody_is_at_it(chat):
    ana, leo, _ = cast(chat)
    root = await ana.posts(WORDS)
    await ana.edits(root, "My printer is jammed on floor 2")
    ticket = await chat.stage.ticket()
    assert "printer" in ticket.summary
    assert "jammed" in said(chat.cards[-1])
    await leo.signs("/claim", root)
    await ana.edits(root, "The lamp is broken")
    assert (await chat.stage.ticket()).summary == ticket.summary
    assert "lamp" in said(chat.cards[-1])


async def test_an_edit_back_to_the_first_words_is_a_version_too(chat):
    ana, _, _ = cast(chat)
    root = await ana.posts(WORDS)
    await ana.edits(root, "My printer is jammed on floor 2")
    await ana.edits(root, WORDS)
    assert (await chat.stage.entries())[-1].text == WORDS
    assert WORDS in said(chat.cards[-1])
    count = len(await chat.stage.entries())
    await ana.edits(root, WORDS)
    assert len(await chat.stage.entries()) == count


async def test_an_edit_that_makes_it_graver_raises_the_priority(chat):
    ana, _, _ = cast(chat)
    root = await ana.posts(WORDS)
    await ana.edits(root, "URGENT: production is down for the whole company, nobody can work")
    assert (await chat.stage.ticket()).priority > Priority.NORMAL


async def test_an_edited_note_stays_a_note_and_is_not_told_again(chat):
    ana, leo, _ = cast(chat)
    await ana.posts(WORDS)
    thread = (await chat.card_id()).split(":")[1]
    note = leo.inbound("Check the logs", AGENTS, thread, internal=True, overheard=True)
    await chat.takes(note)
    below, heard = len(chat.below), len(ana.letters)
    await leo.edits(note, "Check the firewall")
    last = (await chat.stage.entries())[-1]
    assert isinstance(last, Note)
    assert last.text == "Check the firewall"
    assert (len(chat.below), len(ana.letters)) == (below, heard)


async def test_edits_and_deletions_follow_a_merge(chat):
    ana, leo, bob = cast(chat)
    root = await ana.posts(WORDS)
    await bob.posts("The VPN does not connect for me")
    await leo.commands("/merge IT-2 IT-1")
    await ana.edits(root, "My VPN is down since yesterday")
    assert (await chat.stage.entries(2))[-1].text == "My VPN is down since yesterday"
    await ana.takes_back(root)
    assert (await chat.stage.entries(2))[-1].what is What.TAKEN_BACK


async def test_a_deletion_is_marked_and_everything_kept(chat):
    ana, _, _ = cast(chat)
    root = await ana.posts(WORDS)
    before = len(chat.public)
    await ana.takes_back(root)
    assert [each.what for each in await chat.stage.entries()][-1] is What.TAKEN_BACK
    assert "deleted" in chat.below[-1].text
    assert len(chat.public) == before


async def test_ask_first_asks_the_writer_and_a_press_opens_it_once(chat):
    ana, _, _ = cast(chat)
    root = ana.inbound(WORDS, "help", public=True, offer=True, interactive=True)
    answer = await chat.takes(root)
    assert [each.command for each in answer.buttons] == ["open"]
    assert await chat.stage.ticket() is None
    pressed = replace(root, external_id="trigger:1", known_as=root.external_id, offer=False)
    assert await chat.takes(pressed) is None, "it is acknowledged below the message"
    twice = replace(pressed, external_id="trigger:2")
    assert "IT-1" in (await chat.takes(twice)).text
    assert await chat.stage.ticket(2) is None
    await ana.joins(root, "It is the office network")
    assert (await chat.stage.entries())[-1].text == "It is the office network"


def shortcut(by: Member, about, *, text: str = WORDS, author: Speaker | None):
    pressed = by.inbound(text, "help", about.address.thread, interactive=True)
    return replace(pressed, known_as=about.external_id, forwarded=author, replies_to=())


async def test_a_shortcut_on_anothers_message_is_their_ticket(chat):
    ana, leo, bob = cast(chat)
    root = ana.inbound(WORDS, "help")
    answer = await chat.takes(shortcut(leo, root, author=ana.speaker))
    assert "IT-1" in answer.text
    ticket = await chat.stage.ticket()
    assert (await chat.stage.store.read(lambda w: w.people.get(ticket.requester))).name == ana.name
    again = await chat.takes(shortcut(bob, root, author=ana.speaker))
    assert "We know of this already" in again.text
    assert "IT-1" not in f"{again.text} {again.reference}", "it is none of theirs"
    assert await chat.stage.ticket(2) is None


async def test_who_makes_a_ticket_of_anothers_words_reads_none_of_the_answers(chat):
    ana, _, bob = cast(chat)
    await chat.takes(shortcut(bob, ana.inbound(WORDS, "help"), author=ana.speaker))
    person = await chat.stage.store.read(lambda work: work.people.find("parlour", "UBOB"))
    watchers = await chat.stage.store.read(lambda work: work.tickets.watchers(1))
    assert watchers == []
    assert person is not None


async def test_a_shortcut_on_ones_own_message(chat):
    ana, _, _ = cast(chat)
    root = ana.inbound(WORDS, "help")
    assert await chat.takes(shortcut(ana, root, author=None)) is None, "it is acknowledged below it"
    assert (await chat.stage.ticket()).conversation == root.address


async def test_a_shortcut_on_an_agents_and_on_a_bots_message(chat):
    ana, leo, _ = cast(chat)
    await chat.takes(shortcut(ana, leo.inbound(WORDS, "help"), author=leo.speaker))
    bot = Speaker("BDEPLOY", "Deploy bot", answerable=False)
    assert (await chat.takes(shortcut(leo, leo.inbound(WORDS, "help"), author=bot))) is not None
    assert (await chat.stage.ticket(2)).requester


async def test_a_shortcut_in_the_thread_of_a_ticket_is_that_ticket(chat):
    ana, leo, bob = cast(chat)
    root = await ana.posts(WORDS)
    stray = bob.inbound("Mine as well", "help", root.address.thread)
    answer = await chat.takes(shortcut(leo, stray, text="Mine as well", author=bob.speaker))
    assert "IT-" in answer.text
    assert (await chat.stage.ticket()).status is Status.NEW


async def test_a_ticket_sign_by_an_agent_makes_a_ticket(chat):
    ana, leo, _ = cast(chat)
    about = ana.inbound(WORDS, "help")
    pressed = replace(shortcut(leo, about, author=ana.speaker), sign=True)
    assert "IT-1" in (await chat.takes(pressed)).text
    assert labels(chat.cards[-1])
    assert settings()
