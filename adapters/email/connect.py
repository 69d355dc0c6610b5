"""How a mailbox's servers are reached: the certificates to trust, and what a failed try means."""

import asyncio
import errno
import os
import re
import socket
import ssl
import urllib.error
from typing import Literal

from adapters.email.settings import Mailbox
from bot.channel import WrongSettings

Kind = Literal["imap", "smtp"]

# What lies beneath a failed try, what it means, and what to look at; the first that fits.
_MEANINGS: tuple[tuple[type[BaseException], str, str], ...] = (
    (
        ssl.SSLCertVerificationError,
        "shows a certificate that isn't valid ({0.verify_message})",
        "use the host name it was made for in {kind}_host, or set certificate_file",
    ),
    (
        ssl.SSLError,
        "doesn't speak TLS the way {kind}_security says ({said})",
        "try {kind}_security = 'starttls', or another {kind}_port",
    ),
    (socket.gaierror, "is no host that anybody knows", "correct {kind}_host"),
    (
        ConnectionRefusedError,
        "refuses the connection",
        "correct {kind}_port, or open the firewall",
    ),
    (
        TimeoutError,
        "doesn't answer",
        "correct {kind}_host and {kind}_port; a port for TLS wants {kind}_security = 'tls'",
    ),
    (
        BaseException,
        "can't be reached ({said})",
        "see that this machine is on the network, and correct {kind}_host and {kind}_port",
    ),
)


class Trust:
    """The TLS settings of one mailbox, read from disk once, when first needed."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._context: ssl.SSLContext | None = None

    async def context(self) -> ssl.SSLContext:
        """Return the context that checks certificates and host names; WrongSettings if it can't."""
        if self._context is None:
            self._context = await asyncio.to_thread(_read, self._mailbox)
        return self._context


def where(mailbox: Mailbox, kind: Kind) -> str:
    """Name a mailbox's server for the operator: "IMAP mail.example.org:993"."""
    if kind == "imap":
        return f"IMAP {mailbox.imap_host}:{mailbox.imap_port}"
    return f"SMTP {mailbox.smtp_host}:{mailbox.smtp_port}"


def unreached(mailbox: Mailbox, kind: Kind, error: BaseException) -> WrongSettings:
    """Say what keeps a server from being reached, and what to look at.

    Only a certificate that isn't valid is surely a setting; the caller decides whether the
    rest is a setting or a bad day.
    """
    cause = _cause(error)
    problem, mend = next(told for kind_of, *told in _MEANINGS if isinstance(cause, kind_of))
    place = f"{mailbox.name}: {where(mailbox, kind)}"
    words = problem.format(cause, kind=kind, said=said(cause))
    return WrongSettings(f"{place} {words}", mend.format(kind=kind))


def said(error: BaseException) -> str:
    """What the system says of an error, in words alone."""
    if isinstance(error, ssl.SSLError):
        return (error.reason or "no TLS").replace("_", " ").lower()
    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, OSError):
        return said(error.reason)
    if isinstance(error, socket.gaierror):
        return "no host that anybody knows"
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    return str(error) or type(error).__name__


def is_certificate(error: BaseException) -> bool:
    """Whether a connection failed because the server's certificate isn't valid."""
    return isinstance(_cause(error), ssl.SSLCertVerificationError)


def _cause(error: BaseException) -> BaseException:
    """The system's own error beneath those that were raised because of it."""
    beneath = error.__cause__ or error.__context__
    while beneath is not None and isinstance(beneath, OSError):
        error = beneath
        beneath = error.__cause__ or error.__context__
    if numbers := re.findall(r"\[Errno (\d+)\]", str(error) if type(error) is OSError else ""):
        # Each address of a host failed, and asyncio joins their words to one error of no kind.
        refused = str(errno.ECONNREFUSED)
        number = int(refused if refused in numbers else numbers[0])
        return OSError(number, os.strerror(number))
    return error


def _read(mailbox: Mailbox) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if mailbox.certificate_file:
        try:
            context.load_verify_locations(mailbox.certificate_file)
        except (OSError, ssl.SSLError) as error:
            raise WrongSettings(
                f"{mailbox.name}: certificate_file {mailbox.certificate_file} can't be read"
                f" ({said(error)})",
                "name a file with certificates in PEM form",
            ) from error
    return context
