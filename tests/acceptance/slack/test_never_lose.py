"""Whatever breaks between the desk and Slack: nothing is lost, nothing is done or said twice."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from clock import Clock
from mail_people import Somebody
from mail_stage import CAST, at_work
from slack_desk import SlackStage, open_office, set_slack_stage, start_mail, with_mail

from bot.courier import PARALLEL
from storage.database import engine_for

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}


@pytest.fixture
def clock():
    """A little ahead: how far was read begins at this machine's time."""
    return Clock(datetime.now(UTC) + timedelta(minutes=1))


@asynccontextmanager
async def desk_of(office, config, clock, sockets=2):
    """The desk at work in an office that was there before."""
    async with at_work(config, clock) as app:
        await office.slack.connected(sockets)
        stage = SlackStage(app, office, clock)
        yield stage
        await stage.keeps_its_counsel()


async def test_an_event_that_slack_sends_again_opens_no_second_ticket(stage, tom):
    stage.slack.redelivery = (0.0, 0.0)
    stage.slack.deliveries.limit = 0.05
    stage.slack.slow("users.info", 0.3)
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.slack.until(lambda: stage.answers(post))
    await asyncio.sleep(0.2)
    await stage.rests()
    assert len(await stage.tickets()) == 1
    assert len(stage.answers(post)) == 1


@pytest.mark.promise("A1", channels=("slack",), languages=("en", "es"))
async def test_what_was_said_while_the_desk_was_away_is_answered(book_url, tmp_path, clock):
    clock = Clock(clock.now)
    async with open_office(clock) as office:
        config = office.config(book_url, tmp_path)
        tom, ana, sara = (office.people[key] for key in ("tom", "ana", "sara"))
        office.slack.redelivery = ()
        async with desk_of(office, config, clock) as stage:
            known = await tom.says(SAID["tom"], channel=office.help)
            talk = await ana.says(SAID["ana"])
            await stage.rests()
        clock.move(minutes=10)
        await tom.says("It says error 42", thread=known)
        await ana.says("HX-400", thread=talk)
        fresh = await tom.says("The printer jams", channel=office.help)
        direct = await ana.says("Necesito una silla")
        note = await sara.says("He kicked it", thread=stage.card())
        async with desk_of(office, config, clock) as stage:
            await stage.hears("It says error 42", 1)
            await stage.hears("HX-400", 2)
            await stage.hears("He kicked it", 1)
            await stage.slack.until(lambda: stage.answers(fresh) and stage.answers(direct))
            await stage.rests()
            assert "IT-" in stage.read(fresh)
            assert "Ana" in stage.read(direct)
            assert len(await stage.tickets()) == 4
            assert len(stage.answers(known)) == 2
            assert note.words in stage.below()
        async with desk_of(office, config, clock) as stage:
            await stage.rests()
            assert len(await stage.tickets()) == 4


async def test_nothing_is_missed_while_slack_renews_its_connections(stage, tom):
    for number in range(3):
        await tom.says(f"Printer {number} jams", channel=stage.help)
        await stage.slack.disconnect()
        await tom.says(f"Screen {number} is black", channel=stage.lounge)
        await tom.says(f"@Help desk Phone {number} is dead", channel=stage.lounge)
        await stage.slack.connected(2)
        stage.clock.move(minutes=5)
    await stage.rests()
    tickets = [each.summary for each in await stage.tickets()]
    assert len(tickets) == len(set(tickets)) == 6


async def test_a_cable_that_breaks_is_plugged_in_again_and_nothing_is_missing(stage, tom):
    stage.slack.redelivery = ()
    await stage.rests()
    stage.slack.cut()
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.slack.until(lambda: stage.answers(post), within=5)
    await stage.rests()
    assert len(await stage.tickets()) == 1
    assert len(stage.answers(post)) == 1


async def test_a_lost_answer_leads_to_no_second_post(stage, tom):
    stage.slack.lose_answer("chat.postMessage", times=2)
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.slack.until(lambda: stage.answers(post))
    for _ in range(3):
        await stage.rests(minutes=2)
    assert len(stage.answers(post)) == 1
    assert stage.card()
    states = await stage.app.store.read(lambda work: work.outbox.states())
    assert {name: count for name, count in states.items() if count} == {"sent": 2}


async def test_a_pause_that_slack_asks_for_is_kept_and_nothing_is_lost(stage, tom):
    stage.slack.rate_limit("chat.postMessage", seconds=1, channel=stage.help)
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests(seconds=20)
    assert not stage.answers(post)
    await asyncio.sleep(1)
    await stage.rests(seconds=20)
    await stage.slack.until(lambda: stage.answers(post))
    calls = [each for each in stage.slack.calls if each.method == "chat.postMessage"]
    tried = [each.error for each in calls if each.args["channel"] == stage.help.id]
    assert tried == ["ratelimited", ""]


async def test_a_hundred_messages_at_once_are_each_acknowledged_once(sqlite_url, tmp_path, clock):
    async with open_office(clock) as office:
        config = office.config(sqlite_url, tmp_path)
        crowd = [office.slack.person(f"Person {number}") for number in range(100)]
        office.help.members.update((each.id, None) for each in crowd)
        office.slack.pace()
        async with desk_of(office, config, clock) as stage:
            posts = await asyncio.gather(
                *(
                    one.says(f"{SAID['tom']} {n}", channel=office.help)
                    for n, one in enumerate(crowd)
                )
            )
            await office.slack.settled()
            account = await stage.account()
            assert (account.tickets, account.unsettled) == (100, 0)
            await office.slack.until(lambda: sum(bool(stage.answers(each)) for each in posts) > 2)
            refused = [each for each in office.slack.calls if each.error == "ratelimited"]
            assert len(refused) <= PARALLEL  # only what was under way when Slack asked to wait
        office.slack.pace(on=False)
        clock.move(minutes=5)
        async with desk_of(office, config, clock) as stage:  # whose patience isn't tried any more
            await stage.rests()
            await stage.rests()
            assert [len(stage.answers(each)) for each in posts] == [1] * 100
            assert [stage.card(number) for number in range(1, 101)]


async def test_a_book_that_cannot_be_written_leaves_events_unacknowledged(
    sqlite_url, tmp_path, clock
):
    async with set_slack_stage(sqlite_url, tmp_path, clock) as stage:
        tom = stage.person("tom")
        await stage.rests()
        stage.slack.redelivery = (0.3, 0.3, 0.3, 0.3)
        stage.slack.deliveries.limit = 0.1
        engine = engine_for(sqlite_url)
        with engine.connect() as other:
            other.execute(sa.text("BEGIN IMMEDIATE"))
            post = await tom.says(SAID["tom"], channel=stage.help)
            await asyncio.sleep(0.2)
            assert not stage.answers(post)
            other.rollback()
        engine.dispose()
        await stage.slack.until(lambda: stage.answers(post), within=5)
        await stage.rests()
        assert len(await stage.tickets()) == 1
        assert len(stage.answers(post)) == 1
        assert not stage.slack.deliveries.given_up


async def test_a_full_disk_leaves_a_file_with_slack_until_there_is_room(stage, tmp_path, tom):
    files = tmp_path / "files"
    files.mkdir(exist_ok=True)
    await stage.rests()
    stage.slack.redelivery = (0.3, 0.3, 0.3)
    stage.slack.deliveries.limit = 0.2
    moved = tmp_path / "elsewhere"
    files.rename(moved)
    files.write_text("no folder")
    log = ("log.txt", b"line 1\n", "text/plain")
    post = await tom.says(SAID["tom"], channel=stage.help, files=[log])
    assert not await stage.tickets()
    files.unlink()
    moved.rename(files)
    await stage.slack.until(lambda: stage.answers(post), within=5)
    await stage.rests()
    (said, *_) = [each for each in await stage.entries() if hasattr(each, "text")]
    assert [each.name for each in said.attachments] == ["log.txt"]
    assert len(await stage.tickets()) == 1


@pytest.mark.parametrize("how", ["revoked", "down from the start", "wrong token"])
async def test_mail_goes_on_while_slack_is_shut(book_url, tmp_path, clock, how):
    async with open_office(clock) as office, await start_mail() as server:
        token = "xoxb-wrong" if how == "wrong token" else office.slack.bot_token
        config = with_mail(office.config(book_url, tmp_path, bot_token=token), server)
        if how == "down from the start":
            await office.slack.go_down()
        async with at_work(config, clock) as app:
            stage = SlackStage(app, office, clock, server)
            if how == "revoked":
                await office.slack.connected(2)
                await office.slack.revoke()
            letter = Somebody(server, clock, stage.rests, *CAST["tom"])
            await letter.writes(SAID["tom"], subject="VPN")
            assert "IT-1" in await letter.reads()
            await letter.inbox.close()


async def test_slack_goes_on_while_mail_is_down_and_slack_comes_back(book_url, tmp_path, clock):
    async with open_office(clock) as office:
        server = await start_mail()
        config = with_mail(office.config(book_url, tmp_path), server)
        await server.stop()
        await office.slack.go_down()
        async with at_work(config, clock) as app:
            stage = SlackStage(app, replace(office), clock)
            await asyncio.sleep(0.3)
            await office.slack.come_up()
            await office.slack.connected(2)
            post = await office.people["tom"].says(SAID["tom"], channel=office.help)
            await office.slack.until(lambda: stage.answers(post))
            assert "IT-1" in stage.read(post)
