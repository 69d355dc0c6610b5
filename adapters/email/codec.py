"""Turns the bytes of a mail into a `Mail`, and a `Mail` into what the desk takes in.

Nothing here raises or waits, whatever the bytes: depth, parts, header and text are bounded, and a
mail that can't be read is its own text with the remark "unreadable".
"""

import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime

from adapters.email import body, bounce, forward, parts, quote
from adapters.email.addresses import addresses, bare, message_ids, moment, plain
from adapters.email.automatic import LOOP_HEADER, OWN_ID, is_report, nature, only_claims_loop
from adapters.email.body import Body
from adapters.email.charset import to_text
from adapters.email.headers import Headers
from adapters.email.hypertext import Line
from adapters.email.mail import Mail
from adapters.email.parts import Part
from adapters.email.sender import sender
from bot.model.message import BY_PROGRAM, Address, ExternalId, Inbound, Nature, Speaker

_SUBJECT = 1_000  # characters
_CHUNK = 1 << 20
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_LANGUAGE = (2, 3)  # letters of a language's code


def decode(raw: bytes, *, own_addresses: Collection[str] = ()) -> Mail:
    """Read a mail as it came over the wire; never raises.

    `own_addresses` are the desk's own: what comes from them is a loop.
    """
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    try:
        return _read(raw, frozenset(plain(address) for address in own_addresses))
    except Exception:  # noqa: BLE001 - one bad mail must not stop the queue: it is kept as text
        return _unreadable(raw)


def to_inbound(
    mail: Mail,
    raw: bytes,
    *,
    channel: str,
    mailbox: str,
    graded: bool,
    ticket: int | None,
    team: str = "",
    language: str = "",
) -> Inbound:
    """What the desk takes in of a mail that came to `mailbox`.

    A person is known by their address in lower case; who gives none is somebody else in every
    mail, "unknown:{hash}", whom nobody can answer, which the remark "no_sender" says too. The
    message's key is `mail.identity`, so another text under the same Message-ID is another message.
    Answers name it by its Message-ID: that stands in `known_as`.
    `graded` is what `grade` said of the sender; it counts only if From named them. `ticket` is the
    one that a signed id or address proves.
    """
    return Inbound(
        ExternalId(mail.identity),
        Address(channel, mailbox),
        _speaker(mail, graded),
        mail.text,
        known_as=ExternalId(mail.message_id),
        full_text=mail.full_text,
        subject=mail.subject,
        came_at=mail.came_at,
        uploads=mail.attachments,
        replies_to=tuple(ExternalId(each) for each in _answered(mail)),
        ticket=ticket,
        others=tuple(_company(mail, mailbox)),
        copied=_is_in_copy(mail, mailbox),
        nature=mail.kind,
        forwarded=_first_writer(mail),
        failure=mail.failure,
        remarks=_remarks(mail),
        team=team,
        language=language,
        raw=raw,
    )


def _read(raw: bytes, own: frozenset[str]) -> Mail:
    root, cut = parts.parse(raw)
    headers = root.headers
    said = _body(raw, root)
    author = sender(headers, own)
    ids = message_ids(headers.raw("message-id"))
    message_id = ids[0] if ids else ""
    answered = message_ids(headers.raw("in-reply-to"))
    references = message_ids(headers.raw("references"))
    subject = headers.text("subject")
    full_text = "\n".join(line.text for line in said.lines).strip("\n")
    failure = bounce.failure(raw, root, author.address, full_text)
    kind = nature(headers, author.address, own=own, message_id=message_id)
    program = (BY_PROGRAM,) if kind is Nature.AUTO_REPLY and is_report(headers) else ()
    if kind in (Nature.MESSAGE, Nature.AUTO_REPLY) and "calendar_answer" in said.remarks:
        kind, program = Nature.AUTO_REPLY, ()  # a calendar says that its entry was seen
    return Mail(
        identity=_identity(raw, root, message_id),
        from_address=author.address,
        from_name=author.name,
        vouchable=author.vouchable,
        to=bare(headers.raw("to")),
        cc=bare(headers.raw("cc")),
        reply_to=bare(headers.raw("reply-to")),
        others=tuple(_others(headers, {*own, plain(author.address)})),
        subject=subject[:_SUBJECT],
        date=moment(headers.raw("date")),
        came_at=_came_at(headers),
        text=_text(said, subject, answers=bool(answered or references)),
        text_to_desk=_text_to_desk(said, subject, (*answered, *references)),
        full_text=full_text,
        markup=said.markup,
        attachments=said.files,
        message_id=message_id,
        in_reply_to=answered[0] if answered else "",
        references=tuple(dict.fromkeys((*references, *answered[1:]))),
        kind=Nature.BOUNCE if failure else kind,
        loop_id=headers.raw(LOOP_HEADER).strip(),
        loop_claimed=only_claims_loop(headers, author.address, own=own),
        failure=failure,
        forwarded=forward.original_sender(said.lines, subject),
        authentication_results=headers.every("authentication-results"),
        list_id=headers.text("list-id").rpartition("<")[2].rstrip("> "),
        delivered_to=_delivered_to(headers),
        language=_language(headers),
        remarks=tuple(dict.fromkeys((*cut, *said.remarks, *_too_long(subject), *program))),
    )


def _body(raw: bytes, root: Part) -> Body:
    """The body; if it can't be read, its bytes as text, so that the header still counts."""
    try:
        return body.read(raw, root)
    except Exception:  # noqa: BLE001 - the header may tell whose mail it is: don't lose that
        return Body(_as_text(raw[root.start : root.end]), remarks=("unreadable",))


def _unreadable(raw: bytes) -> Mail:
    lines = _as_text(raw)
    full_text = "\n".join(line.text for line in lines)
    return Mail(_hash(raw, 0, ()), text=full_text, full_text=full_text, remarks=("unreadable",))


def _as_text(data: bytes) -> list[Line]:
    text = to_text(data[: parts.TEXT_BYTES])[: body.MOST_TEXT]
    return [Line(line) for line in text.split("\n", body.MOST_LINES)[: body.MOST_LINES]]


def _text(said: Body, subject: str, *, answers: bool) -> str:
    return "\n".join(quote.visible(said.lines, subject=subject, answers=answers))


def _text_to_desk(said: Body, subject: str, answered: tuple[str, ...]) -> str:
    """The text should one of the ids be ours; whether it is, only their signatures tell."""
    if not any(each.startswith(OWN_ID) for each in answered):
        return ""
    return "\n".join(quote.visible(said.lines, subject=subject, answers=True, to_desk=True))


def _identity(raw: bytes, root: Part, message_id: str) -> str:
    fields = tuple(root.headers.raw(name) for name in ("from", "subject", "date"))
    content = _hash(raw, root.start, fields)
    return f"{message_id} {content}" if message_id else content


def _hash(raw: bytes, start: int, fields: tuple[str, ...]) -> str:
    """32 hex digits of what two deliveries of one mail have in common.

    Servers add header fields, change line ends and the white space at the end, nothing else.
    """
    end = start + len(raw[start:].rstrip())
    content = hashlib.blake2b("\0".join(fields).encode(), digest_size=16)
    for at in range(start, end, _CHUNK):
        content.update(raw[at : min(end, at + _CHUNK)].replace(b"\r", b""))
    return content.hexdigest()


def _others(headers: Headers, known: set[str]) -> Iterator[tuple[str, str]]:
    """Everybody in To, Cc and Reply-To who isn't known, each once."""
    for field in ("to", "cc", "reply-to"):
        for name, address in addresses(headers.raw(field)):
            if plain(address) not in known:
                known.add(plain(address))
                yield name, address


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    values = (value for name in _DELIVERED for value in headers.every(name)[:20])
    return tuple(dict.fromkeys(address for value in values for address in bare(value)))


def _came_at(headers: Headers) -> datetime | None:
    """What the topmost server noted behind its semicolon; a writer's own clock may be wrong."""
    received = headers.raw("received")
    return moment(received.rpartition(";")[2].strip()) if received else None


def _language(headers: Headers) -> str:
    said = headers.raw("content-language") or headers.raw("accept-language")
    code = said.partition(",")[0].partition(";")[0].partition("-")[0].strip().lower()
    return code if code.isascii() and code.isalpha() and len(code) in _LANGUAGE else ""


def _too_long(subject: str) -> tuple[str, ...]:
    return ("truncated",) if len(subject) > _SUBJECT else ()


def _answered(mail: Mail) -> dict[str, None]:
    """The Message-IDs it answers, nearest first, each once."""
    nearest = (mail.in_reply_to,) if mail.in_reply_to else ()
    return dict.fromkeys((*nearest, *reversed(mail.references)))


def _speaker(mail: Mail, graded: bool) -> Speaker:
    """Only the hash of the identity stands for an address: a Message-ID would look like one."""
    address = mail.from_address.lower() or f"unknown:{mail.identity.rpartition(' ')[2]}"
    return Speaker(
        address,
        mail.from_name,
        graded and mail.vouchable,
        mail.language,
        answerable=bool(mail.from_address),
    )


def _remarks(mail: Mail) -> tuple[str, ...]:
    """Whether somebody is named in a mail that can't be read, nobody knows."""
    if mail.from_address or "unreadable" in mail.remarks:
        return mail.remarks
    return (*mail.remarks, "no_sender")


def _first_writer(mail: Mail) -> Speaker | None:
    if mail.forwarded is None:
        return None
    name, address = mail.forwarded
    return Speaker(address.lower(), name)


def _is_in_copy(mail: Mail, mailbox: str) -> bool:
    """Whether the mailbox stands under Cc alone; an alias that nobody told us of proves nothing."""
    to, cc = ({plain(each) for each in field} for field in (mail.to, mail.cc))
    return plain(mailbox) in cc - to


def _company(mail: Mail, mailbox: str) -> Iterator[Speaker]:
    """The people in copy; the mailbox is the desk's even where nobody said so."""
    for name, address in mail.others:
        if plain(address) != plain(mailbox):
            yield Speaker(address.lower(), name)
