"""Our own Message-IDs: each one is signed, so a reply that names one proves its ticket."""

import hmac
import re
from collections.abc import Iterable, Iterator

from bot.model.message import ExternalId

# Wherever it stands: in angle brackets, in a plus address, in a whole References header.
_OWN = re.compile(
    r"(?<![\w.])desk\.([0-9]{1,19})\.([0-9]{1,19})\.([0-9a-f]{16})(?!\w)", re.ASCII | re.IGNORECASE
)


def message_id(row: int, ticket: int | None, *, domain: str, secret: bytes) -> ExternalId:
    """Return the Message-ID of outbox row `row`: "<desk.{row}.{ticket or 0}.{signature}@domain>".

    The same at every attempt, so that a receiver who got it twice can tell. `domain` may be
    international; raises UnicodeError when it is no domain at all.
    """
    host = domain.lower() if domain.isascii() else domain.encode("idna").decode("ascii")
    signature = _signature(str(row), str(ticket or 0), secret)
    return ExternalId(f"<desk.{row}.{ticket or 0}.{signature}@{host}>")


def loop_id(secret: bytes) -> str:
    """Return what this desk's own letters say in their loop header, and no other desk's do."""
    return hmac.digest(secret, b"desk", "sha256")[:8].hex()


def proven_ticket(ids: Iterable[str], secret: bytes) -> int | None:
    """Return the ticket of the first validly signed id of ours that names one; never raises."""
    return next((ticket for _, ticket in _signed(ids, secret) if ticket), None)


def proven_row(ids: Iterable[str], secret: bytes) -> int | None:
    """Return the outbox row of the first validly signed id of ours; never raises."""
    return next((row for row, _ in _signed(ids, secret)), None)


def has_own(ids: Iterable[str], secret: bytes) -> bool:
    """Tell whether a validly signed id of ours is among them, with a ticket or without."""
    return next(_signed(ids, secret), None) is not None


def _signed(ids: Iterable[str], secret: bytes) -> Iterator[tuple[int, int]]:
    """Row and ticket of each id that bears our signature."""
    for foreign in ids:
        for row, ticket, signature in _OWN.findall(foreign):
            if hmac.compare_digest(signature.lower(), _signature(row, ticket, secret)):
                yield int(row), int(ticket)


def _signature(row: str, ticket: str, secret: bytes) -> str:
    # 64 bits: more than anybody can try by mail, and short enough for a plus address.
    return hmac.digest(secret, f"message-id {row} {ticket}".encode(), "sha256")[:8].hex()
