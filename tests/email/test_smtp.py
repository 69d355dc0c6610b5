"""The relay against the sandbox's SMTP server, with everything that goes wrong on the way."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.email.connect import Trust
from adapters.email.oauth import Tokens
from adapters.email.settings import Login, Mailbox, OAuth
from adapters.email.smtp import Relay
from bot.channel import DeliveryFailed, WrongSettings
from sandbox import mail_settings
from sandbox.mail import MailServer
from sandbox.mail_certificate import certificate, missing

HELP, ADA, BOB = "help@desk.example", "ada@desk.example", "bob@elsewhere.example"
LETTER = b"From: help@desk.example\r\nTo: ada\r\n\r\n.a line with a dot\r\n.\r\nthe end\r\n"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with await MailServer.start({HELP: "pw", ADA: "pw"}, vouches=False) as server:
        yield server


def mailbox(port: int, **settings: object) -> Mailbox:
    return mail_settings.mailbox(HELP, **{"password": "pw", "smtp_port": port} | settings)


@pytest.fixture
async def relay(server: MailServer) -> AsyncIterator[Relay]:
    box = mailbox(server.smtp_port)
    relay = Relay(box, Trust(box), None, connections=2, patience=2, final=0.3)
    yield relay
    await relay.close()


async def test_a_letter_arrives_byte_for_byte(server: MailServer, relay: Relay) -> None:
    await relay.deliver(LETTER, ADA)
    assert await server.messages(ADA) == [LETTER]


async def test_connections_are_kept_and_no_more_than_agreed(
    server: MailServer, relay: Relay
) -> None:
    await asyncio.gather(*(relay.deliver(LETTER, ADA) for _ in range(30)))
    assert len(await server.messages(ADA)) == 30
    assert 1 <= len(relay._kept) <= 2


async def test_idle_connections_are_let_go(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.email.smtp._KEPT", 0.05)
    await relay.deliver(LETTER, ADA)
    assert len(relay._kept) == 1
    await asyncio.sleep(0.15)
    assert relay._kept == []


@pytest.mark.parametrize("pause", [0.0, 0.05])
async def test_a_kept_connection_that_was_cut_is_replaced_unseen(
    server: MailServer, relay: Relay, pause: float
) -> None:
    await relay.deliver(LETTER, ADA)
    server.drop_smtp()
    await asyncio.sleep(pause)
    await relay.deliver(LETTER, ADA)
    assert len(await server.messages(ADA)) == 2


async def test_a_kept_connection_that_went_dumb_is_asked_first(
    server: MailServer, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    await relay.deliver(LETTER, ADA)
    monkeypatch.setattr("adapters.email.smtp._FRESH", 0.0)
    monkeypatch.setattr("adapters.email.smtp._NOD", 0.1)
    (talk,) = server._smtp._talks
    assert isinstance(talk.transport, asyncio.ReadTransport)
    talk.transport.pause_reading()
    await asyncio.wait_for(relay.deliver(LETTER, ADA), 1)
    assert len(await server.messages(ADA)) == 2


async def test_a_connection_that_ends_with_421_before_the_letter_is_replaced(
    server: MailServer, relay: Relay
) -> None:
    await relay.deliver(LETTER, ADA)
    server.faults.smtp.append("mail:421 4.4.2 idle for too long")
    await relay.deliver(LETTER, ADA)
    assert len(await server.messages(ADA)) == 2


@pytest.mark.parametrize(
    ("fault", "permanent", "after"),
    [
        ("451 4.7.1 Greylisted, try again in 300 seconds", False, timedelta(minutes=5)),
        ("450 4.2.1 receiving mail too quickly", False, timedelta(minutes=1)),
        ("data:452 4.2.2 mailbox full", False, None),
        ("mail:421 4.7.0 try again later", False, None),
        ("mail:432 4.3.2 Concurrent connections limit exceeded", False, timedelta(minutes=1)),
        ("550 5.1.1 no such user", True, None),
        ("data:554 5.7.1 spam", True, None),
        ("mail:530 5.7.0 authentication required", False, None),
        ("data:550 5.4.5 Daily user sending limit exceeded", False, timedelta(hours=1)),
        ("data:554 5.2.0 SubmissionQuotaExceededException", False, timedelta(hours=1)),
    ],
)
async def test_a_refusal_says_whether_and_when_to_try_again(
    server: MailServer, relay: Relay, fault: str, permanent: bool, after: timedelta | None
) -> None:
    server.faults.smtp.append(fault)
    with pytest.raises(DeliveryFailed) as failed:
        await relay.deliver(LETTER, ADA)
    assert failed.value.permanent is permanent
    assert failed.value.after == after
    assert not failed.value.ambiguous
    assert fault.partition(":")[2] in failed.value.reason
    await relay.deliver(LETTER, ADA)
    assert len(await server.messages(ADA)) == 1


@pytest.mark.parametrize("fault", ["drop_after_data", "hang"])
async def test_silence_after_the_letter_is_ambiguous(
    server: MailServer, relay: Relay, fault: str
) -> None:
    server.faults.smtp.append(fault)
    with pytest.raises(DeliveryFailed, match="may have taken the letter") as failed:
        await relay.deliver(LETTER, ADA)
    assert failed.value.ambiguous
    assert not failed.value.permanent
    assert len(await server.messages(ADA)) == 1
    await relay.deliver(LETTER, ADA)


async def test_a_cut_before_the_letter_is_not_ambiguous(server: MailServer, relay: Relay) -> None:
    server.faults.smtp.append("drop_before")
    with pytest.raises(DeliveryFailed) as failed:
        await relay.deliver(LETTER, ADA)
    assert not failed.value.ambiguous
    assert not failed.value.permanent


async def test_a_cancelled_delivery_leaves_no_half_a_letter_behind(
    server: MailServer, relay: Relay
) -> None:
    server.faults.smtp.append("hang")
    sending = asyncio.create_task(relay.deliver(LETTER, ADA))
    await asyncio.sleep(0.1)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert relay._kept == []
    await relay.deliver(LETTER, ADA)


@pytest.mark.parametrize("recipient", ["nobody", "a\r\nRCPT TO:<b@c>", "ada@" + "x" * 80 + "ñ.es"])
async def test_what_is_no_address_fails_for_good(relay: Relay, recipient: str) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await relay.deliver(LETTER, recipient)
    assert failed.value.permanent


async def test_international_addresses_are_written_as_the_wire_wants_them(
    server: MailServer, relay: Relay
) -> None:
    await relay.deliver(LETTER, "bob@españa.example")
    await relay.deliver(LETTER, "begoña@españa.example")
    assert [letter.recipient for letter in server.outbox] == [
        "bob@xn--espaa-rta.example",
        "begoña@xn--espaa-rta.example",
    ]


async def test_a_refused_sign_in_keeps_the_letter_for_later(server: MailServer) -> None:
    box = mailbox(server.smtp_port, password="wrong")
    relay = Relay(box, Trust(box), None)
    with pytest.raises(DeliveryFailed, match="refuses the sign-in") as failed:
        await relay.deliver(LETTER, ADA)
    assert not failed.value.permanent
    assert failed.value.after == timedelta(minutes=5)
    with pytest.raises(WrongSettings, match="correct user, the password"):
        await relay.check()


async def test_another_sign_in_or_none_may_be_used_for_sending(server: MailServer) -> None:
    for login in (Login(), Login(user=ADA, password="pw")):
        box = mailbox(server.smtp_port, password="wrong", smtp_login=login)
        relay = Relay(box, Trust(box), None)
        await relay.check()
        await relay.deliver(LETTER, ADA)
        await relay.close()
    assert len(await server.messages(ADA)) == 2


async def test_a_token_that_grew_old_is_fetched_anew(tmp_path: Path) -> None:
    oauth = OAuth(token_file=str(tmp_path / "token"))
    tokens = Tokens(oauth)
    (tmp_path / "token").write_text("old")
    assert await tokens.current() == "old"
    (tmp_path / "token").write_text("new")
    async with await MailServer.start({HELP: "", ADA: ""}, tokens={HELP: "new"}) as server:
        box = mailbox(server.smtp_port, password="", oauth=oauth)
        relay = Relay(box, Trust(box), tokens)
        await relay.deliver(LETTER, ADA)
        await relay.close()
        (tmp_path / "token").write_text("bad")
        with pytest.raises(DeliveryFailed, match="refuses the sign-in") as failed:
            await relay.deliver(LETTER, ADA)
    assert not failed.value.permanent


async def test_nobody_there_is_a_reason_to_wait_and_a_fault_to_tell() -> None:
    box = mailbox(1)
    relay = Relay(box, Trust(box), None)
    with pytest.raises(DeliveryFailed, match="refuses the connection") as failed:
        await relay.deliver(LETTER, ADA)
    assert not failed.value.permanent
    with pytest.raises(WrongSettings, match=r"127\.0\.0\.1:1 refuses .*correct smtp_port"):
        await relay.check()


async def test_a_server_without_tls_gets_no_password(server: MailServer) -> None:
    for security, problem in (("starttls", "STARTTLS"), ("tls", "doesn't speak TLS")):
        box = mailbox(server.smtp_port, smtp_security=security)
        relay = Relay(box, Trust(box), None, patience=1)
        with pytest.raises(WrongSettings, match=problem):
            await relay.check()
        with pytest.raises(DeliveryFailed):
            await relay.deliver(LETTER, ADA)


@pytest.mark.skipif(bool(missing()), reason=missing())
async def test_tls_is_spoken_as_the_settings_say(tmp_path: Path) -> None:
    files = certificate(tmp_path)
    async with await MailServer.start({HELP: "pw", ADA: ""}, certificate=files) as server:
        ports = {"starttls": server.smtp_port, "tls": server.smtps_port}
        for security, port in ports.items():
            box = mailbox(port, smtp_security=security, certificate_file=files[0])
            relay = Relay(box, Trust(box), None)
            await relay.deliver(LETTER, ADA)
            await relay.close()
            stranger = replace(box, certificate_file="")
            with pytest.raises(WrongSettings, match=r"isn't valid .*certificate_file"):
                await Relay(stranger, Trust(stranger), None).check()
        assert len(await server.messages(ADA)) == 2
