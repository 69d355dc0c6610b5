"""The sandbox's mail server, met by the standard library's own clients."""

import asyncio
import imaplib
import smtplib
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from sandbox.mail import AUTHSERV_ID, MailServer
from sandbox.mail_certificate import certificate, missing
from sandbox.mail_letter import Letter, stamp

ADA, HELP = "ada@desk.example", "help@desk.example"
ACCOUNTS = {ADA: "ada's", HELP: "the desk's"}
HELLO = (
    b"From: Ada <ada@desk.example>\r\nTo: help@desk.example\r\n"
    b"Subject: hi\r\n\r\nHello \xc3\xa1\r\n"
)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with await MailServer.start(ACCOUNTS) as server:
        yield server


async def in_thread(work: Callable[[], object]) -> None:
    await asyncio.wait_for(asyncio.to_thread(work), 10)


def send(server: MailServer, raw: bytes, sender: str, recipient: str, password: str = "") -> None:
    with smtplib.SMTP("127.0.0.1", server.smtp_port, timeout=5) as client:
        if password:
            client.login(sender, password)
        client.sendmail(sender, [recipient], raw)


async def test_mail_for_an_account_lands_in_its_inbox_byte_for_byte(server: MailServer) -> None:
    await in_thread(lambda: send(server, HELLO, ADA, HELP, "ada's"))
    (raw,) = await server.messages(HELP)
    assert raw.endswith(HELLO)


async def test_mail_for_anybody_else_stays_in_the_outbox(server: MailServer) -> None:
    await in_thread(lambda: send(server, HELLO, ADA, "bob@elsewhere.example"))
    assert server.outbox == [Letter(ADA, "bob@elsewhere.example", HELLO)]
    assert await server.messages(HELP) == []


async def test_a_plus_address_belongs_to_its_account(server: MailServer) -> None:
    await in_thread(lambda: send(server, HELLO, ADA, "help+42@desk.example"))
    assert len(await server.messages(HELP)) == 1


async def test_a_wrong_password_is_refused_at_both_ports(server: MailServer) -> None:
    def smtp() -> None:
        with pytest.raises(smtplib.SMTPAuthenticationError):
            send(server, HELLO, ADA, HELP, "wrong")

    def imap() -> None:
        client = imaplib.IMAP4("127.0.0.1", server.imap_port, timeout=5)
        with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
            client.login(HELP, "wrong")
        client.logout()

    await in_thread(smtp)
    await in_thread(imap)


async def test_another_mail_program_reads_flags_and_moves(server: MailServer) -> None:
    await server.deliver(HELLO, HELP)

    def read() -> None:
        with imaplib.IMAP4("127.0.0.1", server.imap_port, timeout=5) as client:
            client.login(HELP, "the desk's")
            client.select("INBOX")
            _, found = client.fetch("1", "(BODY.PEEK[])")
            assert isinstance(found[0], tuple)
            assert found[0][1] == HELLO
            client.create("Done")
            client.copy("1", "Done")

    await in_thread(read)
    assert await server.messages(HELP, "Done") == [HELLO]


async def test_a_thousand_deliveries_take_a_moment(server: MailServer) -> None:
    began = asyncio.get_running_loop().time()
    for _ in range(1000):
        await server.deliver(HELLO, HELP)
    assert asyncio.get_running_loop().time() - began < 5
    assert len(await server.messages(HELP)) == 1000


def test_the_stamp_vouches_for_an_account_that_writes_in_its_own_name() -> None:
    raw = stamp(Letter(ADA, HELP, HELLO, signed_in=ADA), ACCOUNTS, AUTHSERV_ID)
    head = raw.removesuffix(HELLO).decode()
    assert head.startswith(f"Return-Path: <{ADA}>\r\nAuthentication-Results: {AUTHSERV_ID};")
    assert "dmarc=pass header.from=desk.example" in head


@pytest.mark.parametrize(
    "letter",
    [
        Letter("mallory@elsewhere.example", HELP, HELLO),
        Letter(ADA, HELP, HELLO, signed_in=HELP),
        Letter(ADA, HELP, b"From: mallory@desk.example\r\n" + HELLO, signed_in=ADA),
        Letter("bob@elsewhere.example", HELP, b"From: bob@elsewhere.example\r\n\r\nhi\r\n"),
        Letter("", HELP, b"Subject: nobody\r\n\r\n"),
    ],
    ids=["other envelope", "other sign-in", "two Froms", "no account", "no From"],
)
def test_the_stamp_vouches_for_nobody_else(letter: Letter) -> None:
    raw = stamp(letter, ACCOUNTS, AUTHSERV_ID)
    assert b"dmarc=fail" in raw
    assert b"dmarc=pass" not in raw


def test_a_forged_stamp_is_taken_out_and_foreign_ones_stay() -> None:
    forged = (
        b"Received: by somebody;\r\n\tyesterday\r\n"
        b"authentication-results: sandbox.desk.example;\r\n dmarc=pass header.from=desk.example\r\n"
        b"Authentication-Results: mx.elsewhere.example; spf=pass\r\n"
        b"From: mallory@desk.example\r\n\r\n"
        b"Authentication-Results: sandbox.desk.example; in the body it is only text\r\n"
    )
    raw = stamp(Letter("mallory@desk.example", HELP, forged), ACCOUNTS, AUTHSERV_ID)
    assert b"dmarc=pass" not in raw
    assert b"mx.elsewhere.example; spf=pass\r\n" in raw
    assert b"Received: by somebody;\r\n\tyesterday\r\n" in raw
    assert raw.endswith(b"it is only text\r\n")


async def test_without_vouching_mail_is_stored_as_it_came() -> None:
    async with await MailServer.start(ACCOUNTS, vouches=False) as server:
        await in_thread(lambda: send(server, HELLO, ADA, HELP))
        assert await server.messages(HELP) == [HELLO]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("451 4.7.1 later", smtplib.SMTPRecipientsRefused),
        ("550", smtplib.SMTPRecipientsRefused),
        ("mail:421 4.7.0 busy", smtplib.SMTPSenderRefused),
        ("data:452 4.2.2 full", smtplib.SMTPDataError),
        ("drop_before", smtplib.SMTPServerDisconnected),
        ("drop_after_data", smtplib.SMTPServerDisconnected),
    ],
)
async def test_a_scripted_fault_is_played_once(
    server: MailServer, fault: str, error: type[Exception]
) -> None:
    server.faults.smtp.append(fault)

    def meet() -> None:
        with pytest.raises(error):
            send(server, HELLO, ADA, HELP)
        send(server, HELLO, ADA, HELP)

    await in_thread(meet)
    assert len(await server.messages(HELP)) == (2 if fault == "drop_after_data" else 1)


async def test_a_server_that_hangs_has_taken_the_mail(server: MailServer) -> None:
    server.faults.smtp.append("hang")

    def meet() -> None:
        client = smtplib.SMTP("127.0.0.1", server.smtp_port, timeout=0.3)
        with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
            client.sendmail(ADA, [HELP], HELLO)
        client.close()

    await in_thread(meet)
    assert len(await server.messages(HELP)) == 1


async def test_a_muted_server_listens_and_answers_nothing(server: MailServer) -> None:
    server.faults.imap.mute()

    def meet() -> None:
        with pytest.raises(TimeoutError):
            imaplib.IMAP4("127.0.0.1", server.imap_port, timeout=0.2)

    await in_thread(meet)
    server.faults.imap.speak()
    await in_thread(lambda: imaplib.IMAP4("127.0.0.1", server.imap_port, timeout=5).logout())


async def test_renumbering_keeps_the_mail_and_changes_the_validity(server: MailServer) -> None:
    await server.deliver(HELLO, HELP)

    def validity() -> bytes:
        with imaplib.IMAP4("127.0.0.1", server.imap_port, timeout=5) as client:
            client.login(HELP, "the desk's")
            client.select("INBOX")
            return client.response("UIDVALIDITY")[1][0] or b""

    before = await asyncio.to_thread(validity)
    await server.faults.imap.renumber(HELP)
    assert await server.messages(HELP) == [HELLO]
    assert await asyncio.to_thread(validity) != before


@pytest.mark.skipif(bool(missing()), reason=missing() or "never")
async def test_with_a_certificate_both_servers_encrypt(tmp_path: Path) -> None:
    files = certificate(tmp_path)
    trust = ssl.create_default_context(cafile=files[0])
    async with await MailServer.start(ACCOUNTS, certificate=files) as server:

        def meet() -> None:
            with smtplib.SMTP("127.0.0.1", server.smtp_port, timeout=5) as client:
                client.starttls(context=trust)
                client.login(ADA, "ada's")
                client.sendmail(ADA, [HELP], HELLO)
            with smtplib.SMTP_SSL(
                "127.0.0.1", server.smtps_port, timeout=5, context=trust
            ) as client:
                client.sendmail(ADA, [HELP], HELLO)
            with imaplib.IMAP4("127.0.0.1", server.imap_port, timeout=5) as reader:
                reader.starttls(trust)
                reader.login(HELP, "the desk's")
            with imaplib.IMAP4_SSL(
                "127.0.0.1", server.imaps_port, timeout=5, ssl_context=trust
            ) as reader:
                reader.login(HELP, "the desk's")
                assert reader.select("INBOX")[1] == [b"2"]

        await in_thread(meet)
