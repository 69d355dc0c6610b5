"""The whole desk when servers drop, refuse, fall silent and start anew: nothing is lost."""

import asyncio
import logging

import pytest
from mail_people import HELP, SALES, Somebody, until
from mail_stage import MailStage, mailbox, set_mail_stage

from bot.model.mailroom import Delivery
from sandbox.mail import MailServer


async def in_state(stage: MailStage, state: Delivery, count: int = 1) -> None:
    """Wait until so many letters are in this state."""

    async def holds() -> bool:
        states = await stage.app.store.read(lambda work: work.outbox.states())
        return states[state] == count

    await until(holds)


async def in_time(stage: MailStage, somebody: Somebody) -> None:
    """Let time pass until something reaches somebody."""

    async def comes() -> bool:
        stage.clock.move(minutes=10)
        somebody.waiting += await somebody.inbox.fresh()
        return bool(somebody.waiting)

    await until(comes)


async def test_a_connection_cut_while_waiting_is_made_anew_and_nothing_is_missed(stage, tom):
    for number in range(1, 4):
        await tom.writes(f"Chair {number} is broken", subject=f"Chair {number}")
        assert f"IT-{number}" in (await tom.reads()).subject
        stage.imap.cut()
    assert (await stage.account()).duplicates == 0


async def test_a_connection_cut_in_the_middle_of_a_mail_brings_it_whole_in_the_end(stage, tom):
    stage.imap.break_after(60_000)
    guide = b"%PDF" + bytes(range(256)) * 800
    await tom.writes("See the guide", subject="Guide", files={"guide.pdf": guide})
    assert "IT-1" in (await tom.reads()).subject
    assert stage.imap.is_whole
    said = (await stage.entries())[1]
    assert stage.app.files.read(said.attachments[0].digest) == guide
    assert await tom.catches_up() == []


async def test_a_server_that_greets_and_falls_silent_is_left_for_a_new_connection(
    sqlite_url, tmp_path, clock
):
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        await reader.read()
        writer.close()

    async with (
        await asyncio.start_server(greet, "127.0.0.1", 0) as silent,
        set_mail_stage(sqlite_url, tmp_path, clock, timeout_seconds=0.2) as stage,
    ):
        working, stage.imap.far = stage.imap.far, silent.sockets[0].getsockname()[1]
        stage.imap.cut()
        await asyncio.sleep(0.3)
        stage.imap.far = working
        await stage.person("tom").writes("My chair is broken", subject="Chair")
        assert "IT-1" in (await stage.person("tom").reads()).subject


async def test_a_renumbered_mailbox_is_looked_through_and_nobody_is_answered_twice(stage, tom):
    await tom.writes("My chair is broken", subject="Chair")
    assert "IT-1" in (await tom.reads()).subject
    await stage.settles()
    await stage.server.faults.imap.renumber(HELP)
    await tom.writes("My desk is broken", subject="Desk")
    assert "IT-2" in (await tom.reads()).subject
    assert await tom.catches_up() == []
    account = await stage.account()
    assert (account.arrived, account.duplicates) == (2, 1)


async def test_servers_that_are_started_anew_find_the_desk_again(stage, tom, sara):
    await tom.writes("My chair is broken", subject="Chair")
    notice = await sara.reads()
    await stage.settles()
    await stage.imap.take_away()
    await stage.smtp.take_away()
    async with await MailServer.start(
        dict.fromkeys([HELP, tom.address, sara.address], "pw")
    ) as new:
        for address in (HELP, tom.address, sara.address):
            for raw in await stage.server.messages(address):
                await new.deliver(raw, address)
        stage.imap.far, stage.smtp.far = new.imap_port, new.smtp_port
        await asyncio.sleep(0.05)
        await stage.imap.mend()
        await stage.smtp.mend()
        for somebody in (tom, sara):
            await somebody.moves(new)
        await sara.writes("I am on my way.", answers=notice)
        assert "IT-1" in (await tom.reads()).subject
        assert "I am on my way." in await tom.reads()
    assert await stage.ticket(2) is None


async def test_a_letter_waits_for_a_sending_server_that_is_away(stage, tom, sara):
    await tom.writes("My chair is broken", subject="Chair")
    notice = await sara.reads()
    await tom.reads()
    await stage.settles()
    await stage.smtp.take_away()
    await sara.writes("I am on my way.", answers=notice)
    await asyncio.sleep(0.1)
    assert await tom.inbox.fresh() == []
    await stage.smtp.mend()
    await in_time(stage, tom)
    assert "I am on my way." in await tom.reads()


@pytest.mark.parametrize(
    "fault", ["451 4.3.0 later", "mail:421 4.7.0 busy", "data:452 4.2.2 full", "drop_before"]
)
async def test_a_passing_refusal_is_tried_again_and_the_reader_gets_one_mail(
    stage, tom, sara, fault
):
    await answered(stage, tom, sara, fault, fault, fault)
    await in_time(stage, tom)
    assert not stage.server.faults.smtp  # it came after the last of them
    assert "I am on my way." in await tom.reads()
    assert await tom.catches_up() == []


async def test_a_final_refusal_is_told_to_the_agent_who_wrote(stage, tom, sara):
    await answered(stage, tom, sara, "550 5.1.1 nobody here")
    told = await sara.reads()
    assert "This didn't reach tom@example.org" in told
    assert "> I am on my way." in told
    assert "550 5.1.1 nobody here" in told
    await in_state(stage, Delivery.FAILED)
    assert not (await known(stage, tom)).reachable
    await tom.writes("My desk is broken", subject="Desk")
    assert "IT-2" in (await tom.reads()).subject
    assert (await known(stage, tom)).reachable


async def test_a_line_cut_after_the_mail_was_taken_makes_one_mail_by_its_id(stage, tom, sara):
    await answered(stage, tom, sara, "drop_after_data")
    first = await tom.reads()
    await in_state(stage, Delivery.WAITING)
    stage.clock.move(minutes=5)
    await in_state(stage, Delivery.WAITING, 0)
    again = await tom.catches_up()
    assert {each.name for each in again} <= {first.name}
    assert {each.words for each in again} <= {first.words}


async def test_one_silent_conversation_holds_up_nobody_else(stage, tom, sara):
    (post,) = stage.app.channels["email"]._posts
    post.relay._final = 0.5
    await answered(stage, tom, sara, "hang")
    first = await tom.reads()
    ana = stage.person("ana")
    await ana.writes("Mi silla está rota", subject="Silla")
    assert "IT-2" in (await ana.reads()).subject
    await in_state(stage, Delivery.WAITING)
    stage.clock.move(minutes=5)
    await in_state(stage, Delivery.WAITING, 0)
    assert {each.name for each in await tom.catches_up()} <= {first.name}


async def test_a_wrong_password_is_said_clearly_and_the_other_mailbox_works(
    sqlite_url, tmp_path, clock, caplog
):
    boxes = (mailbox(), mailbox(SALES, password="wrong"))
    with caplog.at_level(logging.ERROR):
        async with set_mail_stage(sqlite_url, tmp_path, clock, boxes=boxes) as stage:
            tom = stage.person("tom")
            await tom.writes("My chair is broken", subject="Chair")
            assert "IT-1" in (await tom.reads()).subject

            async def is_said() -> bool:
                return bool(caplog.records)

            await until(is_said)
    (line,) = {record.getMessage() for record in caplog.records}
    assert line.startswith(f"{SALES}: IMAP 127.0.0.1:")
    assert "refuses" in line
    assert line.endswith("correct user and the password")


async def test_a_server_that_thinks_longer_than_the_lease_gets_no_second_copy(stage, tom, sara):
    await answered(stage, tom, sara, "hang")
    await tom.reads()
    stage.clock.move(minutes=3)
    stage.app.courier.wake()
    await asyncio.sleep(0.3)
    assert await tom.inbox.fresh() == []
    stage.server.drop_smtp()
    await in_state(stage, Delivery.WAITING)


async def answered(stage: MailStage, tom: Somebody, sara: Somebody, *faults: str) -> None:
    """Tom reported something; Sara's answer is on its way, and only that meets the faults."""
    await tom.writes("My chair is broken", subject="Chair")
    notice = await sara.reads()
    await tom.reads()
    await stage.settles()
    await stage.imap.take_away()  # so that it is the desk that meets the faults, and not she
    await sara.writes("I am on my way.", answers=notice)
    stage.server.faults.smtp.extend(faults)
    await stage.imap.mend()


async def known(stage: MailStage, somebody: Somebody):
    """Somebody as the book knows them."""
    found = await stage.app.store.read(lambda work: work.people.find("email", somebody.address))
    assert found is not None
    return found[0]
