"""IMAP over TLS, from the first byte and after STARTTLS, and never by half."""

import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from mail_session import HELP, PASSWORD, WITHOUT_DOVECOT, mailbox, session

from adapters.email.connect import Trust
from adapters.email.imap import Session
from bot.channel import WrongSettings
from sandbox import mail_dovecot
from sandbox.mail import MailServer
from sandbox.mail_certificate import certificate, missing

WITHOUT_OPENSSL = pytest.mark.skipif(bool(missing()), reason=missing())


@WITHOUT_OPENSSL
@pytest.mark.parametrize("kind", ["sandbox", pytest.param("dovecot", marks=WITHOUT_DOVECOT)])
async def test_tls_is_spoken_as_the_settings_say(kind: str, tmp_path: Path) -> None:
    files = certificate(tmp_path)
    if kind == "dovecot":
        with mail_dovecot.Dovecot({HELP: PASSWORD}, certificate=files) as dovecot:
            await meet_with_tls(dovecot.imap_port, dovecot.imaps_port, files[0])
    else:
        async with await MailServer.start({HELP: PASSWORD}, certificate=files) as server:
            await meet_with_tls(server.imap_port, server.imaps_port, files[0])


async def meet_with_tls(starttls: int, tls: int, authority: str) -> None:
    for port, security in ((starttls, "starttls"), (tls, "tls")):
        box = mailbox(port, imap_security=security, certificate_file=authority)
        async with session(box) as inbox:
            transport = inbox._line.wire.transport
            assert isinstance(transport.get_extra_info("ssl_object"), ssl.SSLObject)
            assert (await inbox.select("INBOX")).count == 0
        with pytest.raises(WrongSettings, match=r"certificate that isn't valid .*certificate_file"):
            await Session.open(replace(box, certificate_file=""), Trust(mailbox(port)), None)


async def test_starttls_where_there_is_none_is_a_wrong_setting() -> None:
    async with await MailServer.start({HELP: PASSWORD}) as server:
        box = mailbox(server.imap_port, imap_security="starttls")
        with pytest.raises(WrongSettings, match="has no STARTTLS"):
            await Session.open(box, Trust(box), None)
