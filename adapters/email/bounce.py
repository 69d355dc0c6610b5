"""Reads what a mail server says of a mail that it couldn't deliver (RFC 3464, and older ways)."""

import re
from dataclasses import dataclass

from adapters.email import parts
from adapters.email.addresses import addresses, bare, message_ids
from adapters.email.charset import one_line
from adapters.email.headers import Headers, split
from adapters.email.parts import Part
from bot.model.message import ExternalId, Failure

_REPORT = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_DAEMONS = ("mailer-daemon", "postmaster", "mail-daemon", "maildaemon")
_FAILED = ("failed", "delayed")
_UNDELIVERED = (
    "undeliver", "delivery status notification", "delivery failure", "delivery has failed",
    "failure notice", "mail delivery failed", "returned mail", "delivery delayed",
    "no se puede entregar", "no entregado", "no se pudo entregar", "error de entrega",
    "non remis", "échec de la remise", "non distribu", "unzustellbar", "nicht zugestellt",
    "não entreg", "não foi possível entregar", "mancato recapito", "impossibile recapitare",
    "recapito non riuscito", "warning: message", "message delayed",
)  # fmt: skip
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_REASON = 500  # characters
_READ = 64_000  # bytes of a report or of the returned header
_GROUPS = 50  # recipients of one report


@dataclass(frozen=True, slots=True)
class _Said:
    """One recipient's group of a report."""

    recipient: str
    action: str
    status: str
    reason: str


def failure(raw: bytes, root: Part, sender: str, text: str) -> Failure | None:
    """What was not delivered to whom; None when the mail is no bounce.

    A report of success, a read receipt and a person's mail are none. Nothing here is proof: who
    forges a bounce may name any recipient, so the message id must be one of ours to count.
    """
    leaves = tuple(parts.leaves(root))
    report = next((leaf for leaf in leaves if leaf.content_type in _REPORT), None)
    said = _said(raw, report) if report else None
    if said and said.action not in _FAILED:
        return None
    if said is None and not _told_by_daemon(root.headers, sender):
        return None
    failed = bare(root.headers.raw("x-failed-recipients"))
    recipient = (said.recipient if said else "") or (failed[0] if failed else "")
    status = (said.status if said else "") or _status(text)
    delayed = said is not None and said.action == "delayed"
    return Failure(
        recipient or _recipient_in(text, sender),
        _original_id(raw, leaves, text),
        permanent=not delayed and not status.startswith("4"),
        reason=(said.reason if said and said.reason else _first_line(text, status))[:_REASON],
    )


def _said(raw: bytes, report: Part) -> _Said | None:
    """The first recipient that failed, else the first one."""
    data = parts.content(raw, report, _READ)
    told: list[_Said] = []
    at = 0
    for _ in range(_GROUPS):
        group, behind, _ = split(data, at, len(data), size=_READ, lines=1_000)
        recipient = group.raw("final-recipient") or group.raw("original-recipient")
        if recipient:
            told.append(_group(group, recipient))
        if behind <= at or behind >= len(data):
            break  # what stands here is no field
        at = behind
    return next((each for each in told if each.action in _FAILED), told[0] if told else None)


def _group(group: Headers, recipient: str) -> _Said:
    named = bare(recipient.rpartition(";")[2])
    status = _status(group.raw("status")) or _status(group.raw("diagnostic-code"))
    diagnostic = group.text("diagnostic-code").partition(";")[2].strip()
    reason = " ".join(each for each in (status, diagnostic) if each)
    action = group.raw("action").partition("(")[0].strip().lower()
    if not action:
        action = "failed" if not status.startswith("2") else "delivered"
    return _Said(named[0] if named else "", action, status, reason)


def _told_by_daemon(headers: Headers, sender: str) -> bool:
    if "x-failed-recipients" in headers:
        return True
    daemon = sender.partition("@")[0].lower() in _DAEMONS
    nobody = headers.raw("return-path").replace(" ", "") == "<>"
    subject = headers.text("subject").lower()
    return (daemon or nobody) and any(phrase in subject for phrase in _UNDELIVERED)


def _original_id(raw: bytes, leaves: tuple[Part, ...], text: str) -> ExternalId | None:
    """The Message-ID in the returned mail, a part of the bounce or pasted into its text."""
    for leaf in leaves:
        if leaf.content_type in _RETURNED:
            data = parts.content(raw, leaf, _READ)
            found = _id_in(data)
            if found:
                return ExternalId(found)
    pasted = (
        _after(line)
        for line in text.split("\n")
        if line[:40].lower().lstrip("> ").startswith("message-id:")
    )
    return next((ExternalId(ids[0]) for ids in map(message_ids, pasted) if ids), None)


def _id_in(data: bytes) -> str:
    headers, _, _ = split(data, 0, len(data), size=_READ, lines=1_000)
    ids = message_ids(headers.raw("message-id"))
    return ids[0] if ids else ""


def _after(line: str) -> str:
    return line.partition(":")[2]


def _recipient_in(text: str, sender: str) -> str:
    """The first address of the text that isn't the daemon's own."""
    for line in text.split("\n", 200)[:200]:
        if "@" in line and "message-id" not in line.lower():
            for _, address in addresses(line[:1_000]):
                if address != sender:
                    return address
    return ""


def _status(text: str) -> str:
    found = _STATUS.search(text[:_READ])
    return found[0] if found else ""


def _first_line(text: str, status: str) -> str:
    """The line that bears the status, else none: prose is no reason."""
    lines = text.split("\n") if status else []
    return next((one_line(line) for line in lines if status in line), "")
