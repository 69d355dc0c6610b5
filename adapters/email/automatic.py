"""Tells mail that a program wrote from mail that a person wrote, by its header alone."""

from collections.abc import Collection

from adapters.email.addresses import plain
from adapters.email.headers import Headers
from adapters.email.phrases import AUTOMATIC_PREFIXES
from bot.model.message import Nature

LOOP_HEADER = "x-deskmate-loop"
OWN_ID = "<desk."
_PRECEDENCES = ("bulk", "junk", "auto_reply", "auto-reply")
_PRESENT = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from", "auto-reply")
_SUPPRESSED = ("all", "oof", "autoreply")
_NO_REPLY = frozenset(
    ("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply", "nobody",
     "no.reply")
)  # fmt: skip
_DAEMON = "mailer-daemon"


def nature(headers: Headers, sender: str, *, own: Collection[str], message_id: str) -> Nature:
    """LOOP, AUTO_REPLY or MESSAGE (bounces are told apart before); `own` as `plain` leaves them.

    The subject alone has no say: a person may well ask about an "out of office".
    """
    if LOOP_HEADER in headers or plain(sender) in own:
        return Nature.LOOP
    automatic = _submits_itself(headers)
    if automatic and message_id.startswith(OWN_ID):
        return Nature.LOOP
    if automatic or _bears_a_sign(headers, sender):
        return Nature.AUTO_REPLY
    return Nature.MESSAGE


def only_claims_loop(headers: Headers, sender: str, *, own: Collection[str]) -> bool:
    """Whether the loop header alone makes it a LOOP: another company's desk writes one as well."""
    others = plain(sender) in own or _submits_itself(headers) or _bears_a_sign(headers, sender)
    return LOOP_HEADER in headers and not others


def takes_no_answers(address: str) -> bool:
    """Whether nobody reads what is sent to the address, as its name says."""
    return plain(address).partition("@")[0] in _NO_REPLY


def is_report(headers: Headers) -> bool:
    """Whether automatic mail tells something of its own, as a monitor or a backup does.

    An automatic answer doesn't, nor does a newsletter: nobody waits for the desk to act on those.
    """
    answers = _word(headers.raw("auto-submitted")) == "auto-replied" or any(
        name in headers for name in (*_PRESENT, "in-reply-to", "references")
    )
    prefix = headers.text("subject").lower().partition(":")[0].strip()
    letter = "list-unsubscribe" in headers or "list-id" in headers
    return not (answers or letter or prefix in AUTOMATIC_PREFIXES)


def _submits_itself(headers: Headers) -> bool:
    return _word(headers.raw("auto-submitted")) not in ("", "no")


def _bears_a_sign(headers: Headers, sender: str) -> bool:
    return any(sign(headers, sender) for sign in _SIGNS)


def _says_automatic(headers: Headers, _sender: str) -> bool:
    """The older headers; a list's "Precedence: list" is no sign, people write to lists."""
    suppressed = headers.raw("x-auto-response-suppress").lower().replace(",", " ").split()
    return (
        _word(headers.raw("precedence")) in _PRECEDENCES
        or any(name in headers and _word(headers.raw(name)) != "no" for name in _PRESENT)
        or not set(suppressed).isdisjoint(_SUPPRESSED)
        or headers.raw("return-path").replace(" ", "") == "<>"
        or headers.raw("content-type").lower().startswith("multipart/report")
    )


def _answers_by_itself(headers: Headers, _sender: str) -> bool:
    """A mail program's prefix in an answer to us; who answers by hand has "Re:" before it."""
    subject = headers.text("subject").lower()
    prefixed = subject.partition(":")[0].strip() in AUTOMATIC_PREFIXES and ":" in subject
    return prefixed and any(OWN_ID in headers.raw(name) for name in ("in-reply-to", "references"))


def _nobody_answers(headers: Headers, sender: str) -> bool:
    """An address that takes no answers, unless it names one that does, as web forms do."""
    nobody = takes_no_answers(sender) or plain(sender).partition("@")[0] == _DAEMON
    return nobody and "reply-to" not in headers


def _word(value: str) -> str:
    return value.partition(";")[0].partition("(")[0].strip().lower()


_SIGNS = (_says_automatic, _answers_by_itself, _nobody_answers)
