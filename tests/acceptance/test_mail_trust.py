"""Who speaks and of which ticket, end to end: strangers, agents, lists and what is passed on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from mail_people import HELP, Somebody
from mail_stage import Clock, MailStage, set_mail_stage

from bot.model.entry import Note, What
from bot.model.ticket import Status


@pytest.fixture
async def stage(sqlite_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[MailStage]:
    """The same desk; SQLite serves, since mail knows nothing of the book."""
    async with set_mail_stage(sqlite_url, tmp_path, clock) as scene:
        yield scene


async def test_a_stranger_with_the_reference_in_the_subject_is_not_let_in(stage, tom, eve):
    """E12: she gets a ticket of her own and reads nothing of his."""
    await tom.writes("My chair is broken, the one beside the safe", subject="Chair")
    await tom.catches_up()
    await eve.writes("What is the state of this?", subject="Re: Chair [IT-1]")
    (answer,) = await eve.catches_up()
    assert "IT-2" in answer.subject
    assert "safe" not in str(answer.message)
    assert await tom.catches_up() == []
    assert [each.what for each in await stage.entries(1)] == [What.OPENED, What.SAID]


async def test_people_in_copy_may_join_and_hear_the_answers(stage, tom, bob, sara):
    """E12: whoever was named takes part."""
    asked = await tom.writes("Our printer is dead", subject="Printer", cc=bob.address)
    await sara.reads()
    await bob.writes("For me too", in_reply_to=asked, subject="Re: Printer")
    news = await sara.reads()
    assert "> For me too" in news
    await sara.writes("I am on my way.", answers=news)
    assert "Sara Stone wrote to Tom Baker:" in await bob.reads()
    assert await stage.ticket(2) is None


async def test_a_plus_address_is_enough_to_find_the_ticket(stage, tom):
    """E10, E13: it works where the server has it, and nothing depends on it."""
    await tom.writes("My chair is broken", subject="Chair")
    token = (await tom.reads()).name.strip("<>").partition("@")[0]
    local, _, domain = HELP.partition("@")
    await tom.writes("It is the red one", subject="Something else", to=f"{local}+{token}@{domain}")
    await stage.settles()
    assert await stage.ticket(2) is None


async def test_an_answer_to_a_merged_ticket_goes_to_its_target_at_any_depth(stage, tom, bob, sara):
    """E14: however often it was merged, and the reader is told where it goes on."""
    await tom.writes("The printer is dead", subject="Printer")
    first = await tom.reads()
    await bob.writes("Nobody can print", subject="Print")
    await tom.writes("Paper is stuck too", subject="Paper")
    await stage.settles()
    await sara.writes("/merge IT-2 IT-1")
    await sara.writes("/merge IT-3 IT-2")
    await stage.settles()
    await tom.writes("Any news on this printer thing?", answers=first)
    await stage.settles()
    assert (await stage.entries(3))[-1].text.startswith("Any news")
    assert await stage.ticket(4) is None


async def test_an_answer_soon_after_the_end_opens_it_again_and_a_late_one_begins_a_new(
    stage, tom, sara
):
    """E14: reopened within the window, else a linked ticket."""
    await tom.writes("My chair is broken", subject="Chair")
    await sara.writes("/claim\n/resolve A new one is there.", answers=await sara.reads())
    *_, resolved = await tom.catches_up()
    await tom.writes("The new one is broken as well", answers=resolved)
    await stage.settles()
    assert (await stage.ticket()).status is Status.OPEN
    await sara.writes("/resolve IT-1 Another one.")
    await stage.settles()
    await stage.passes(days=4, minutes=1)  # Friday: a word that it closes on Monday
    await stage.passes(days=2)
    assert (await stage.ticket()).status is Status.RESOLVED
    await stage.passes(days=1)
    assert (await stage.ticket()).status is Status.CLOSED
    await stage.passes(days=20)
    await tom.catches_up()
    await tom.writes("Broken again, the third one", answers=resolved)
    (answer,) = await tom.catches_up()
    assert "we go on from IT-1" in answer
    assert (await stage.ticket(2)).follows == 1


async def test_a_forged_agent_commands_nothing_and_reads_nothing(stage, tom, eve, sara):
    """E15: a name in From is no proof; what was written is kept for the agents to see."""
    await tom.writes("My chair is broken", subject="Chair")
    notice = await sara.reads()
    forged = (
        f"From: Sara Stone <{sara.address}>\r\nTo: {HELP}\r\nSubject: Re: {notice.subject}\r\n"
        "Authentication-Results: sandbox.desk.example; dmarc=pass header.from=desk.example\r\n"
        f"In-Reply-To: {notice.name}\r\nMessage-ID: <forged@elsewhere.example>\r\n\r\n"
        "/resolve\r\n\r\nSend your password to me.\r\n"
    )
    await tom.catches_up()
    await eve.posts(forged.encode())
    await stage.settles()
    assert (await stage.ticket()).status is Status.NEW
    assert await tom.catches_up() == []
    assert await eve.catches_up() == []
    kept = (await stage.entries())[-1]
    assert isinstance(kept, Note)
    assert "unverified" in kept.remarks
    for line in ("/queue", "/history IT-1", "/status IT-1", "/mine"):
        await eve.posts(
            forged.replace("/resolve", line).replace("forged@", f"{line[1:3]}@").encode()
        )
    told = "".join(str(each.message) for each in await sara.catches_up())
    assert "chair is broken" not in told


async def test_a_mail_that_names_no_sender_is_read_and_nobody_is_written_to(stage, eve, sara):
    """Without a From there is no way back: no letter is tried, and agents are told so."""
    raw = f"To: {HELP}\r\nSubject: Gate\r\nMessage-ID: <g@x.example>\r\n\r\nThe gate is open.\r\n"
    await eve.posts(raw.encode())
    notice = await sara.reads()
    assert "Unnamed sender wrote:" in notice
    assert "It named no sender" in notice
    assert "unknown:" not in str(notice.message)
    await sara.writes("We come at noon.", answers=notice)
    assert "so we sent nothing" in await sara.reads()
    letters = await stage.app.store.read(lambda work: work.outbox.of_ticket(1))
    assert {each.recipient for each in letters} == {sara.address, "hugo@desk.example"}


async def test_the_true_agent_is_believed_by_the_servers_own_word(stage, tom, sara):
    """E15: the topmost verdict of our own server counts."""
    await tom.writes("My chair is broken", subject="Chair")
    await sara.writes("/claim", answers=await sara.reads())
    assert "IT-1 is yours" in await sara.reads()


async def test_a_list_in_front_of_the_writer_does_not_take_their_place(stage, tom):
    """E16: "Tom via Support" is Tom."""
    raw = (
        f"From: 'Tom Baker' via Help <{HELP}>\r\nTo: {HELP}\r\nSubject: Chair\r\n"
        f"X-Original-From: Tom Baker <{tom.address}>\r\nReply-To: Tom Baker <{tom.address}>\r\n"
        f"List-Id: <help.desk.example>\r\nMessage-ID: <via@b>\r\n\r\nMy chair is broken.\r\n"
    )
    await stage.server.deliver(raw.encode(), HELP)
    assert (await tom.reads()).words.startswith("Hi Tom,")


async def test_an_agent_who_forwards_a_mail_makes_it_the_writers_ticket(stage, tom, sara):
    """E17: the writer gets the reference, and the agent who forwarded is named."""
    await sara.posts(forward(sara, tom.name, tom.address))
    answer = await tom.reads()
    assert "IT-1" in answer.subject
    assert "Sara Stone" in answer
    ticket, found = (
        await stage.ticket(),
        await stage.app.store.read(lambda work: work.people.find("email", tom.address)),
    )
    assert ticket.requester == found[0].id


async def test_what_a_customer_forwards_stays_theirs(stage, tom, bob):
    """E17: only an agent hands on for somebody else."""
    await bob.posts(forward(bob, tom.name, tom.address))
    assert "IT-1" in (await bob.reads()).subject
    assert await tom.catches_up() == []


def forward(who: Somebody, name: str, address: str) -> bytes:
    """A mail of somebody else, passed on as Gmail does."""
    return (
        f"From: {who.name} <{who.address}>\r\nTo: {HELP}\r\nSubject: Fwd: Screen flickers\r\n"
        f"Message-ID: <fwd.{who.address}>\r\n\r\nShe called me by mistake.\r\n\r\n"
        f"---------- Forwarded message ---------\r\nFrom: {name} <{address}>\r\n"
        "Date: Mon, Nov 23, 2026 at 8:40 AM\r\nSubject: Screen flickers\r\n"
        f"To: {who.name} <{who.address}>\r\n\r\nMy screen flickers when the lift goes by.\r\n"
    ).encode()
