"""What the tests of IMAP sessions share: a mailbox on some server, and a session with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from mail_people import HELP

from adapters.email.connect import Trust
from adapters.email.imap import Session
from adapters.email.settings import Mailbox
from sandbox import mail_dovecot, mail_settings

PASSWORD = 'the desk\'s "own" \\ word'  # with all that has to be quoted on the wire
WITHOUT_DOVECOT = pytest.mark.skipif(bool(mail_dovecot.missing()), reason=mail_dovecot.missing())


def mailbox(port: int, **settings: object) -> Mailbox:
    """The desk's mailbox at this port, as the config would name it."""
    ordinary: dict[str, object] = {"address": HELP, "password": PASSWORD, "imap_port": port}
    return mail_settings.mailbox(**ordinary | settings)


@asynccontextmanager
async def session(box: Mailbox, *, patience: float = 5) -> AsyncIterator[Session]:
    """Signed in until the end."""
    opened = await Session.open(box, Trust(box), None, patience=patience)
    try:
        yield opened
    finally:
        await opened.close()
