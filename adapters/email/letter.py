"""A letter from the desk: one outgoing message as the bytes that go over the wire."""

import re
from collections.abc import Iterable
from datetime import UTC
from email.utils import format_datetime
from urllib.parse import quote, urlencode

from adapters.email.invitation import calendar, method
from adapters.email.letter_fields import (
    address_field,
    id_field,
    language_tag,
    one_line,
    sendable,
    sendable_ids,
    text_field,
)
from adapters.email.letter_layout import Picture, Reply, Words, html, plain
from adapters.email.letter_parts import bundle, content_type, file_part, text_part
from adapters.email.letter_text import tidy
from adapters.email.own_ids import loop_id, message_id
from bot.model.message import Button, Outbound, Tone, Upload

_LONGEST_SUBJECT = 480  # octets; the desk writes 78 characters, somebody else's may be longer
_LONGEST_NAME = 192  # octets
_HEADER_ROOM = 3950  # bytes: some servers cut a header block at 4 KiB
_LONGEST_TOLD = 1000  # octets of what is read out in place of a picture
_LATEST_IDS = 10

_CONTENT_ID = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,120}(?:@[\w.-]{1,120})?", re.ASCII)
_PICTURES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})

# Exchange's kinds of automatic answers, all but NDR: that a letter did not arrive we want to hear.
_SUPPRESSED = "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\r\n"
_AUTOMATIC = {
    Tone.PERSONAL: "",
    Tone.AUTOMATIC: f"Auto-Submitted: auto-replied\r\n{_SUPPRESSED}",
    Tone.NOTICE: f"Auto-Submitted: auto-generated\r\n{_SUPPRESSED}",
}


def encode(message: Outbound, *, sender: str, sender_name: str, secret: bytes) -> bytes:
    """Return the message as a letter (RFC 5322), the same bytes at every attempt.

    `sender` is the desk's address that it comes from, `sender_name` the desk's name; an agent who
    speaks is named before it. All of it is seven-bit with CRLF, save for an address whose local
    part isn't ASCII. A recipient that is no address leaves the letter without one in its header.
    Raises ValueError when `sender` is no address.
    """
    desk = sendable(sender)
    if desk is None:
        raise ValueError(f"{sender!r} is no address that mail can come from")
    own_id = message_id(message.row, message.ticket, domain=desk.rpartition("@")[2], secret=secret)
    words = _words(message, desk, own_id)
    loop = f"X-Deskmate-Loop: {loop_id(secret)}\r\n"
    entry = _calendar(message, desk, sender_name)
    head = _head(message, words, desk, sender_name, own_id, loop)
    return head.encode() + _body(message, words, entry)


def _words(message: Outbound, desk: str, own_id: str) -> Words:
    subject = one_line(message.subject or message.reference, _LONGEST_SUBJECT)
    reference = one_line(message.reference, _LONGEST_NAME)
    answer = _answer_subject(subject, reference)
    return Words(
        subject=subject,
        language=language_tag(message.language),
        greeting=tidy(message.greeting),
        text=tidy(message.text),
        replies=tuple(_reply(button, desk, answer, own_id) for button in message.buttons),
        closing=tidy(message.closing),
        reference=reference,
    )


def _answer_subject(subject: str, reference: str) -> str:
    answer = subject if subject.lower().startswith("re:") else f"Re: {subject}".rstrip()
    return answer if reference in answer else f"{answer} [{reference}]"


def _reply(button: Button, desk: str, subject: str, own_id: str) -> Reply:
    """Make a press an answer by mail; without a mail program to open, the sentence remains."""
    label, command = tidy(button.label), tidy(button.command)
    # The id lets the answer prove its ticket; who doesn't know the field leaves it out (RFC 6068).
    link = _mailto(desk, subject, command, **{"In-Reply-To": own_id})
    return Reply(label, tidy(button.instead) or f"{label}: {command}", link)


def _mailto(desk: str, subject: str, body: str, **more: str) -> str:
    """A link that writes a mail to the desk, with everything filled in."""
    fields = {"subject": subject, "body": body.replace("\n", "\r\n"), **more}
    return f"mailto:{quote(desk, safe='@')}?{urlencode(fields, quote_via=quote, safe='')}"


def _head(
    message: Outbound, words: Words, desk: str, sender_name: str, own_id: str, loop: str
) -> str:
    speakers = (one_line(name, _LONGEST_NAME) for name in (message.sender_name, sender_name))
    fields = [
        address_field("From", " · ".join(filter(None, speakers)), desk),
        _to(message),
        text_field("Subject", words.subject) if words.subject else "",
        f"Date: {format_datetime(message.created_at.astimezone(UTC))}\r\n",
        id_field("Message-ID", [own_id]),
        _AUTOMATIC[message.tone],
        # On every letter: an agent's words that a list sends back are our own words as well.
        loop,
        f"Content-Language: {words.language}\r\n" if words.language else "",
        f"List-Unsubscribe: <{_mailto(desk, words.subject, message.leave)}>\r\n"
        if message.leave
        else "",
        "MIME-Version: 1.0\r\n",
    ]
    written = "".join(fields)
    return written + _thread(message.replies_to, _HEADER_ROOM - len(written.encode()))


def _to(message: Outbound) -> str:
    address = sendable(message.recipient)
    if address is None:
        return "To: undisclosed-recipients:;\r\n"
    return address_field("To", one_line(message.recipient_name, _LONGEST_NAME), address)


def _thread(replies_to: Iterable[str], room: int) -> str:
    """Name what was said before: the first, which holds the thread together, and the latest."""
    ids = sendable_ids(replies_to)
    if not ids:
        return ""
    kept = ids if len(ids) <= _LATEST_IDS + 1 else [ids[0], *ids[-_LATEST_IDS:]]
    answered = id_field("In-Reply-To", ids[-1:])
    while len(answered + id_field("References", kept)) > room and kept[1:]:
        del kept[1 if kept[2:] else 0]
    return answered + id_field("References", kept)


def _calendar(message: Outbound, desk: str, desk_name: str) -> list[bytes]:
    """The entry for the reader's calendar: a way to read the letter, as programs expect it."""
    entry, recipient = message.invitation, sendable(message.recipient)
    if entry is None or recipient is None:
        return []
    content = calendar(
        entry,
        desk=desk,
        desk_name=one_line(desk_name, _LONGEST_NAME),
        recipient=recipient,
        written_at=message.created_at,
    )
    return [text_part(f"calendar; method={method(entry)}", content.decode().replace("\r\n", "\n"))]


def _body(message: Outbound, words: Words, calendar_part: Iterable[bytes]) -> bytes:
    shown, attached = _sorted_uploads(message.uploads)
    pictures = tuple(
        Picture(quote(content_id, safe="@"), one_line(upload.told or upload.name, _LONGEST_TOLD))
        for content_id, upload in shown.items()
    )
    look = text_part("html", html(words, pictures))
    if shown:
        files = [file_part(upload, content_id) for content_id, upload in shown.items()]
        look = bundle('related; type="text/html"', f"{message.row}-shown", [look, *files])
    ways = [text_part("plain", plain(words)), look, *calendar_part]
    letter = bundle("alternative", f"{message.row}-letter", ways)
    if not attached:
        return letter
    return bundle("mixed", f"{message.row}-all", [letter, *map(file_part, attached)])


def _sorted_uploads(uploads: Iterable[Upload]) -> tuple[dict[str, Upload], list[Upload]]:
    """Part what every mail program can show within a letter from what is attached to it."""
    shown: dict[str, Upload] = {}
    attached = []
    for upload in uploads:
        content_id = upload.content_id.strip().strip("<>")
        fit = upload.inline and content_type(upload.content_type) in _PICTURES
        if fit and content_id not in shown and _CONTENT_ID.fullmatch(content_id):
            shown[content_id] = upload
        else:
            attached.append(upload)
    return shown, attached
