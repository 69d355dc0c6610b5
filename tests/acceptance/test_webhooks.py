"""Programs hear of what happens at a whole desk, over real sockets, and never hold anybody up."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from clock import Clock
from mail_people import until
from mail_stage import MailStage, at_work, set_mail_stage
from structlog.testing import capture_logs
from webhook_receiver import SECRET, Receiver, receiving

from adapters.webhook import channel
from adapters.webhook.settings import Webhook, WebhookSettings
from bot import courier
from bot.model.entry import What
from bot.model.mailroom import Delivery, Letter


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "_PATIENCE", aiohttp.ClientTimeout(total=2))
    monkeypatch.setattr(courier, "POLL", timedelta(seconds=0.1))
    monkeypatch.setattr(courier, "GRACE", 0.2)


@pytest.fixture
async def crm() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def other() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


def hearing(*webhooks: Webhook) -> dict[str, object]:
    return {"webhook": WebhookSettings(webhooks=webhooks)}


def to(receiver: Receiver, name: str = "crm", **differs: object) -> Webhook:
    return Webhook(url=receiver.url, name=name, secret=SECRET, **differs)


async def rows(stage: MailStage, name: str) -> list[Letter]:
    """What is queued for a program or was, oldest first."""
    found = await stage.app.store.read(lambda work: work.outbox.latest("webhook", 200))
    return [each for each in reversed(found) if each.to.room == name]


async def stands(stage: MailStage, name: str, *states: Delivery) -> None:
    """Wait until what was told to a program stands so."""

    async def holds() -> bool:
        return [each.state for each in await rows(stage, name)] == [*states]

    await until(holds)


async def test_a_program_hears_signed_and_in_order_what_happens_by_mail(
    crm: Receiver, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with set_mail_stage(sqlite_url, tmp_path, clock, beside=hearing(to(crm))) as stage:
        ana, sara = stage.person("ana"), stage.person("sara")
        await ana.writes("No me va la VPN, ¿qué hago?", subject="VPN")
        await sara.writes("/note IT-1 between us", subject="IT-1")
        await sara.writes("/resolve IT-1 It was the cable", subject="IT-1")
        await crm.hears(2)
        assert crm.events() == ["opened", "resolved"]
        assert all(each.signed for each in crm.heard)
        opened, resolved = (each.facts for each in crm.heard)
        assert opened["entry"]["text"] == "No me va la VPN, ¿qué hago?"
        assert opened["by"]["addresses"] == [{"channel": "email", "id": "ana@example.org"}]
        assert resolved["by"]["name"] == sara.name
        assert b"between us" not in b"".join(each.body for each in crm.heard)
        assert opened["id"] == crm.heard[0].name
        await stands(stage, "crm", Delivery.SENT, Delivery.SENT)


async def test_dead_programs_hold_up_neither_another_one_nor_anybody(
    crm: Receiver, other: Receiver, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    other.speaks.clear()
    lost = Webhook(url="http://127.0.0.1:1/", name="lost", secret=SECRET)
    beside = hearing(to(other, "silent"), lost, to(crm))
    async with set_mail_stage(sqlite_url, tmp_path, clock, beside=beside) as stage:
        ana, tom = stage.person("ana"), stage.person("tom")
        for number in range(6):
            await ana.writes(f"Screen {number} is black", subject=f"Screen {number}")
            await tom.writes(f"Printer {number} is empty", subject=f"Printer {number}")
        await crm.hears(12)
        assert sorted(each.facts["ticket"]["number"] for each in crm.heard) == [*range(1, 13)]
        assert "IT-" in await ana.reads()
        await stands(stage, "crm", *[Delivery.SENT] * 12)
        silent, lost_rows = await rows(stage, "silent"), await rows(stage, "lost")
        assert {each.state for each in silent + lost_rows} <= {Delivery.WAITING, Delivery.SENDING}
        assert any("no connection" in each.error for each in lost_rows)
        other.speaks.set()

        async def arrived() -> bool:  # what is under way now may have to wait once more
            clock.move(minutes=1)
            stage.app.courier.wake()
            return {each.state for each in await rows(stage, "silent")} == {Delivery.SENT}

        await until(arrived)


async def test_what_a_program_refuses_is_the_operators_to_mend_and_reaches_nobody_else(
    crm: Receiver, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    crm.answers = [(404, {})]
    with capture_logs() as told:
        async with set_mail_stage(sqlite_url, tmp_path, clock, beside=hearing(to(crm))) as stage:
            await stage.person("ana").writes("The VPN is down", subject="VPN")
            await stands(stage, "crm", Delivery.FAILED)
            await stage.settles()
            entries = await stage.entries()
            assert What.UNDELIVERED not in [each.what for each in entries]
            (row,) = await rows(stage, "crm")
            assert (row.error, row.attempts) == ("HTTP 404", 1)
            again = await stage.app.store.write(lambda work: work.outbox.again(row.id, clock()))
            assert again is not None
            await stands(stage, "crm", Delivery.SENT)
    first, second = crm.heard
    assert (first.name, first.body) == (second.name, second.body)
    (line,) = [each for each in told if each["event"] == "letter failed"]
    assert (line["channel"], line["room"], line["reason"]) == ("webhook", "crm", "HTTP 404")


async def test_what_was_under_way_when_the_desk_ended_comes_again_under_the_same_name(
    crm: Receiver, sqlite_url: str, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "_PATIENCE", aiohttp.ClientTimeout(total=30))
    crm.speaks.clear()
    async with set_mail_stage(sqlite_url, tmp_path, clock, beside=hearing(to(crm))) as stage:
        await stage.person("ana").writes("The VPN is down", subject="VPN")
        await crm.hears(1)
        config = stage.app.config
    crm.speaks.set()
    clock.move(minutes=1)  # its lease is over
    async with at_work(config, clock):
        await crm.hears(2)
    first, second = crm.heard
    assert (first.name, first.body) == (second.name, second.body)
    assert second.signed


async def test_of_one_ticket_nothing_overtakes_what_had_to_wait(
    crm: Receiver, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    crm.answers = [(503, {"Retry-After": "30"})]
    async with set_mail_stage(sqlite_url, tmp_path, clock, beside=hearing(to(crm))) as stage:
        ana, tom = stage.person("ana"), stage.person("tom")
        await ana.writes("The VPN is down", subject="VPN")
        await crm.hears(1)
        await stage.person("sara").writes("/resolve IT-1", subject="IT-1")
        await tom.writes("My screen is black", subject="Screen")
        await crm.hears(2)
        assert crm.events("IT-2") == ["opened"]
        await stands(stage, "crm", Delivery.WAITING, Delivery.WAITING, Delivery.SENT)
        clock.move(seconds=40)
        stage.app.courier.wake()
        await crm.hears(4)
        assert crm.events("IT-1") == ["opened", "opened", "resolved"]
