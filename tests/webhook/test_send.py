"""The webhook door over real sockets: what is posted, and what follows from each answer."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import aiohttp
import pytest
from webhook_receiver import SECRET, Receiver

from adapters.webhook import channel
from adapters.webhook.answer import failure
from adapters.webhook.channel import DOOR, WebhookChannel
from adapters.webhook.codec import headers
from adapters.webhook.settings import Webhook, WebhookSettings, key_of
from bot.channel import DeliveryFailed, WrongSettings


async def failed(door: WebhookChannel, message) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await door.send(message)
    return caught.value


async def test_it_is_posted_with_a_signature_that_the_program_can_check(crm, door, letter):
    assert await door.send(letter()) == "5e5e-7"
    (heard,) = crm.heard
    assert heard.signed
    assert heard.headers["Content-Type"] == "application/json"
    assert heard.facts == {
        "version": 1,
        "id": "5e5e-7",
        "event": "opened",
        "ticket": {"reference": "IT-1", "summary": "Añil ⟂"},
    }


async def test_another_secret_is_no_signature(crm, door, letter):
    crm.key = b"what only somebody else would use"
    await door.send(letter())
    assert not crm.heard[0].signed


def test_the_signature_is_the_one_that_the_standard_publishes():
    key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330.9, b'{"test": 2432232314}', key)
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert made["webhook-timestamp"] == "1614265330"


async def test_the_same_letter_bears_the_same_name_and_body_at_every_attempt(crm, door, letter):
    crm.answers = [(500, {})]
    await failed(door, letter())
    await door.send(letter())
    first, second = crm.heard
    assert first.name == second.name
    assert first.body == second.body
    assert second.signed


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (500, False),
        (503, False),
        (301, False),
        (429, False),
        (408, False),
        (400, True),
        (404, True),
    ],
)
async def test_what_is_refused_for_good_is_given_up_and_all_else_tried_again(
    crm, door, letter, status, permanent
):
    crm.answers = [(status, {})]
    failure = await failed(door, letter())
    assert (failure.permanent, failure.reason) == (permanent, f"HTTP {status}")


async def test_a_redirection_is_not_followed(crm, door, letter):
    crm.answers = [(307, {"Location": crm.url})]
    await failed(door, letter())
    assert len(crm.heard) == 1


async def test_it_waits_as_long_as_it_is_asked_to(crm, door, letter):
    soon = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    crm.answers = [(503, {"Retry-After": "120"}), (429, {"Retry-After": soon})]
    assert (await failed(door, letter())).after == timedelta(minutes=2)
    after = (await failed(door, letter())).after
    assert timedelta(minutes=4) < after <= timedelta(minutes=5)


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("", None),
        ("later", None),
        ("99999999999999999999", timedelta(days=1)),
        ("-5", None),
        ("Mon, 23 Nov 2026 08:00:00 GMT", timedelta(0)),
        ("Mon, 23 Nov 2026 09:01:00 -0000", timedelta(minutes=1)),
        ("Fri, 23 Nov 2096 09:00:00 GMT", timedelta(days=1)),
    ],
)
def test_whatever_it_asks_is_taken_for_no_more_than_it_can_be(said, after):
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert failure(503, said, now).after == after
    assert failure(404, said, now).after is None


async def test_who_is_gone_is_asked_no_more_until_the_desk_starts_again(crm, door, letter, caplog):
    crm.answers = [(410, {})]
    assert (await failed(door, letter(7))).permanent
    assert (await failed(door, letter(8))).permanent
    assert [each.name for each in crm.heard] == ["5e5e-7"]
    assert [each.getMessage() for each in caplog.records] == ["webhook: crm is gone"]
    again = WebhookChannel(door_settings(crm), "5e5e")
    await again.send(letter(9))
    await again.close()


async def test_who_does_not_answer_is_tried_again(crm, door, letter, monkeypatch):
    monkeypatch.setattr(channel, "_PATIENCE", aiohttp.ClientTimeout(total=0.2))
    crm.speaks.clear()
    failure = await failed(door, letter())
    assert (failure.permanent, failure.ambiguous) == (False, True)
    assert failure.reason == "no answer within 0 s"


async def test_nobody_there_is_told_without_the_address(letter):
    settings = WebhookSettings(
        webhooks=(Webhook(url="http://127.0.0.1:1/hook?key=k", name="crm", secret=SECRET),)
    )
    door = WebhookChannel(settings, "5e5e")
    failure = await failed(door, letter())
    await door.close()
    assert not failure.permanent
    assert failure.reason == "no connection (Connection refused)"


async def test_what_waits_for_a_webhook_that_was_taken_out_is_given_up(door, letter):
    failure = await failed(door, letter(room="erp"))
    assert failure.permanent
    assert '"erp"' in failure.reason


async def test_a_secret_that_is_gone_holds_it_back_until_it_is_mended(crm, letter, tmp_path):
    file = tmp_path / "secret"
    settings = WebhookSettings(webhooks=(Webhook(url=crm.url, name="crm", secret_file=str(file)),))
    door = WebhookChannel(settings, "5e5e")
    failure = await failed(door, letter())
    assert (failure.permanent, failure.after) == (False, timedelta(minutes=1))
    file.write_text("whsec_short")
    assert "bytes in base64" in (await failed(door, letter())).reason
    assert not crm.heard
    file.write_text(SECRET)
    await door.send(letter())
    await door.close()
    assert crm.heard[0].signed


async def test_two_desks_give_their_deliveries_different_names(crm, letter):
    names = []
    for secret in (b"a" * 32, b"b" * 32, b"a" * 32):
        door = DOOR.open(door_settings(crm), "webhook", secret, None)
        names.append(await door.send(letter()))
        await door.close()
    assert names[0] == names[2] != names[1]


async def test_a_check_posts_a_signed_ping_to_each(crm: Receiver, tmp_path: Path):
    lost = Webhook(url="http://127.0.0.1:1/", name="lost", secret=SECRET)
    file = tmp_path / "secret"
    bare = Webhook(url=crm.url, name="bare", secret_file=str(file))
    settings = WebhookSettings(webhooks=(*door_settings(crm).webhooks, lost, bare))
    door = WebhookChannel(settings, "5e5e")
    began = time.monotonic()
    good, refused, unread = await door.check()
    await door.close()
    assert time.monotonic() - began < 5
    assert good == "crm took a ping, though everybody on the way can read it"
    assert isinstance(refused, WrongSettings)
    assert "lost didn't take a ping (no connection" in str(refused)
    assert isinstance(unread, WrongSettings)
    assert "bare: secret_file" in str(unread)
    (heard,) = crm.heard
    assert heard.signed
    assert (heard.facts["event"], heard.facts["version"]) == ("ping", 1)


async def test_nothing_comes_in_by_it(door):
    listening = asyncio.create_task(door.listen(None))
    await asyncio.sleep(0)
    assert not listening.done()
    listening.cancel()
    assert door.read(b"{}", "crm") is None


def door_settings(crm: Receiver) -> WebhookSettings:
    return WebhookSettings(webhooks=(Webhook(url=crm.url, name="crm", secret=SECRET),))
