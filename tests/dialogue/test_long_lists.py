"""Lists that end say so, with what is left and how it is seen; the words can be typed there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from chat_stage import HELP, Chat, Member, rooms, said, set_chat
from stage import settings

COUNT = 45  # tickets: two pages, and a part of a third


@pytest.fixture
async def chat(store, tmp_path, clock):
    chosen = settings(**rooms("support"), burst=timedelta(0))
    async with set_chat(store, tmp_path, clock, chosen=chosen) as scene:
        yield scene


@pytest.fixture
async def ana(chat: Chat) -> Member:
    """Somebody with very much on her mind."""
    ana = Member(chat, "UANA", "Ana Ruiz")
    for number in range(COUNT):
        words = f"Screen number {number} is black"
        await chat.stage.conversation.receive(ana.inbound(words, HELP, public=True))
    await chat.rests()
    return ana


@pytest.fixture
def leo(chat: Chat) -> Member:
    return Member(chat, "leo@desk.example", "Leo Prats")


def rows(answer) -> list[str]:
    return [line for line in answer.text.splitlines() if line.startswith("- ")]


async def pages(member: Member, word: str) -> list[str]:
    """What is listed from page to page, followed by what each offers."""
    listed = []
    for _ in range(10):
        answer = await member.commands(word)
        listed += rows(answer)
        (*_, offered) = ["", *(each for each in answer.text.splitlines() if "more: " in each)]
        if not offered:
            return listed
        assert offered.startswith(f"And {COUNT - len(listed)} more: /desk ")
        word = offered.partition("/desk ")[2]
    raise AssertionError("a list without an end")


async def test_the_queue_is_read_page_by_page_to_its_end(ana, leo):
    assert len(set(await pages(leo, "queue"))) == COUNT


async def test_what_somebody_reported_is_read_to_its_end(ana):
    assert len(set(await pages(ana, "mine"))) == COUNT


async def test_what_an_agent_has_is_read_to_its_end(chat, ana, leo):
    def take_all(work):
        leo = next(each for each in work.people.agents() if each.name == "Leo Prats")
        for ticket in work.tickets.queue(["support"], 100):
            work.tickets.save(replace(ticket, assignee=leo.id, version=ticket.version + 1))

    await chat.stage.store.write(take_all)
    assert len(set(await pages(leo, "mine"))) == COUNT
    await chat.stage.counter.home(leo.speaker)
    await chat.rests()
    page = said(chat.homes[-1])
    assert "And 33 more: /desk mine" in page
    assert "Nothing is waiting for your teams" in page, "also behind a page of what somebody has"


async def test_a_page_behind_the_end_is_the_last_one(ana, leo):
    answer = await leo.commands("queue 99")
    assert len(rows(answer)) == COUNT % 20
    assert "more" not in answer.text


async def test_pages_can_be_asked_for_by_mail_and_in_the_room(stage, ada):
    leo = stage.person("leo@desk.example", "Leo Prats")
    await ada.says("My screen is black")
    for words in ("/queue 2", "queue 2"):
        await leo.says(words)
        assert "- IT-1" in leo.last.text
    await leo.says("/mine two")
    assert "/mine [‹which page›]" in leo.last.text


async def test_a_page_of_ones_own_counts_what_it_does_not_show(chat, ana, leo):
    for member in (ana, leo):
        await chat.stage.counter.home(member.speaker)
    await chat.rests()
    pages = {each.recipient: said(each) for each in chat.homes}
    assert "And 33 more: /desk mine" in pages[ana.id]
    assert "And 33 more: /desk queue" in pages[leo.id]


async def test_which_one_is_meant_is_asked_about_a_few_and_tells_of_the_others(ana):
    answer = await ana.commands("/resolve")
    assert answer.refused
    assert len(rows(answer)) == 10
    assert f"And {COUNT - 10} more: /desk mine" in answer.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("reopen IT-99", "Type /desk mine"),
        ("/resolve", "as in: /desk resolve IT-"),
        ("link", "/desk link"),
        ("language Klingon", "You can choose"),
        ("language", "Type: /desk language"),
    ],
)
async def test_what_a_private_answer_offers_can_be_typed_where_it_is_shown(chat, words, told):
    tom = Member(chat, "UTOM", "Tom Baker")
    for report in ("My screen is black", "My phone is dead"):
        await tom.posts(report)
    answer = await tom.commands(words)
    assert told in answer.text
    assert "Answer" not in answer.text
