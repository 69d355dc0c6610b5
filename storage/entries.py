"""The history in the book: messages, notes and events in one table, told apart by `what`."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.attachment import Attachment
from bot.model.entry import Entry, Event, Message, Note, What
from bot.model.message import UNNAMED
from storage.detail import packed, unpacked
from storage.pen import Pen
from storage.tables import attachments, entries

_MESSAGES = (What.SAID, What.REPLIED, What.EDITED)
_NOTES = (What.NOTED, What.REWORDED)


@dataclass(frozen=True, slots=True)
class Entries:
    """`bot.store.Entries` on one connection."""

    pen: Pen

    def add(self, entry: Entry) -> Entry:
        """Append; returns it, and its attachments, with their numbers."""
        number = self.pen.run(_ADD, **_row(entry)).scalar_one()
        if isinstance(entry, Event) or not entry.attachments:
            return replace(entry, id=number)
        files = tuple(self._attach(number, file) for file in entry.attachments)
        return replace(entry, id=number, attachments=files)

    def get(self, number: int) -> Entry | None:
        """One entry by number; its attachments stay where they are."""
        row = self.pen.run(_GET, number=number).first()
        return None if row is None else _entry(row, ())

    def of(self, ticket: int) -> list[Entry]:
        """A ticket's history, oldest first, with its attachments."""
        files: defaultdict[int, list[Attachment]] = defaultdict(list)
        for row in self.pen.run(_ATTACHED, ticket=ticket):
            files[row.entry].append(_attachment(row))
        return [_entry(row, tuple(files[row.id])) for row in self.pen.run(_OF, ticket=ticket)]

    def _attach(self, entry: int, file: Attachment) -> Attachment:
        number = self.pen.run(
            _ATTACH,
            entry=entry,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            digest=file.digest,
            inline=file.inline,
            content_id=file.content_id,
            kept=file.kept,
        ).scalar_one()
        return replace(file, id=number)


def _row(entry: Entry) -> dict[str, object]:
    text, detail = _words(entry)
    return {
        "ticket": entry.ticket,
        "what": entry.what.value,
        "at": entry.at,
        "by": entry.by,
        "channel": entry.channel,
        "text": text,
        "detail": packed(detail),
    }


def _words(entry: Entry) -> tuple[str, Mapping[str, object]]:
    match entry:
        case Message(what=what) if what in _MESSAGES:
            return entry.text, {
                "full_text": entry.full_text,
                "subject": entry.subject,
                "remarks": entry.remarks,
                "name": entry.name,
                "of": entry.of,
            }
        case Note(what=what) if what in _NOTES:
            return entry.text, {"remarks": entry.remarks, "name": entry.name, "of": entry.of}
        case Event(what=what) if what not in (*_MESSAGES, *_NOTES):
            return entry.words, {"old": entry.old, "new": entry.new, "reasons": entry.reasons}
    # `what` alone tells on the way back which of the three it is: a note must stay a note.
    raise ValueError(f"a {type(entry).__name__} can't be {entry.what}")


def _entry(row: sa.Row[Any], files: tuple[Attachment, ...]) -> Entry:
    what, detail = What(row.what), unpacked(row.detail)
    common = {name: getattr(row, name) for name in ("id", "ticket", "at", "by", "channel")}
    if what not in (*_MESSAGES, *_NOTES):
        old, new = detail.get("old", ""), detail.get("new", "")
        reasons = tuple(detail.get("reasons", ()))
        return Event(what=what, old=old, new=new, words=row.text, reasons=reasons, **common)
    remarks = tuple(detail.get("remarks", ()))
    common |= {"what": what, "name": detail.get("name", UNNAMED), "of": detail.get("of", 0)}
    if what in _NOTES:
        return Note(text=row.text, remarks=remarks, attachments=files, **common)
    return Message(
        text=row.text,
        full_text=detail.get("full_text", ""),
        subject=detail.get("subject", ""),
        remarks=remarks,
        attachments=files,
        **common,
    )


def _attachment(row: sa.Row[Any]) -> Attachment:
    return Attachment(
        id=row.id,
        name=row.name,
        content_type=row.content_type,
        size=row.size,
        digest=row.digest,
        inline=row.inline,
        content_id=row.content_id,
        kept=row.kept,
    )


_e, _a = entries.c, attachments.c
_ADD = sa.insert(entries).returning(_e.id)
_ATTACH = sa.insert(attachments).returning(_a.id)
_GET = sa.select(entries).where(_e.id == bindparam("number"))
_OF = sa.select(entries).where(_e.ticket == bindparam("ticket")).order_by(_e.id)
_ATTACHED = (
    sa.select(attachments)
    .where(_a.entry.in_(sa.select(_e.id).where(_e.ticket == bindparam("ticket"))))
    .order_by(_a.id)
)
