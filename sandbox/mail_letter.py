"""A letter on its way through the local post, and what a receiving server writes on top of it."""

import re
from collections.abc import Container
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parseaddr

_FIELD_END = re.compile(rb"\r?\n(?![ \t])")
_VERDICT = b"authentication-results"


@dataclass(frozen=True, slots=True)
class Letter:
    """One message for one recipient, as the envelope says; `raw` is RFC 5322 with CRLF."""

    sender: str
    recipient: str
    raw: bytes
    signed_in: str = ""  # the account that authenticated to send it


def stamp(letter: Letter, accounts: Container[str], authserv_id: str) -> bytes:
    """Return the letter's bytes as its recipient's server stores them.

    On top come the Return-Path and an Authentication-Results of `authserv_id`: dmarc=pass when
    the envelope's sender is one of `accounts` (and the one who signed in, if somebody did) and
    the only From, else dmarc=fail. Results that the sender forged in our name are taken out.
    """
    author = _author(letter.raw)
    vouched = letter.sender.lower() == author and author in accounts
    if letter.signed_in and letter.signed_in.lower() != author:
        vouched = False
    domain = author.rpartition("@")[2] or "invalid"
    top = (
        f"Return-Path: <{letter.sender}>\r\n"
        f"Authentication-Results: {authserv_id};\r\n"
        f" dmarc={'pass' if vouched else 'fail'} header.from={domain}\r\n"
    )
    return top.encode() + _without_forgeries(letter.raw, authserv_id.encode())


def _author(raw: bytes) -> str:
    """The address in the only From; "" when there is none or more than one."""
    head: Message = BytesHeaderParser(policy=compat32).parsebytes(raw)
    froms = head.get_all("From", [])
    return parseaddr(str(froms[0]))[1].lower() if len(froms) == 1 else ""


def _without_forgeries(raw: bytes, authserv_id: bytes) -> bytes:
    kept: list[bytes] = []
    start = 0
    for end in _FIELD_END.finditer(raw):
        field = raw[start : end.end()]
        if not field.strip():  # the blank line: the body begins
            break
        if not _names(field, authserv_id):
            kept.append(field)
        start = end.end()
    return b"".join(kept) + raw[start:]


def _names(field: bytes, authserv_id: bytes) -> bool:
    name, _, value = field.partition(b":")
    words = value.partition(b";")[0].split()
    return name.strip().lower() == _VERDICT and words[:1] == [authserv_id]
