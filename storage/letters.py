"""How a letter becomes a row of the outbox and a row a letter."""

from dataclasses import astuple
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model.attachment import Attachment
from bot.model.chart import Chart, Form, Series
from bot.model.mailroom import Delivery, Letter
from bot.model.message import Address, Button, ExternalId, Invitation, Shows, Tone
from storage.detail import packed, unpacked

_SAID = (Shows.WORDS, Shows.UNSAID)  # the others are panels, of which each has a row of its own
_WORDS = (
    "recipient_name",
    "subject",
    "greeting",
    "closing",
    "reference",
    "sender_name",
    "language",
    "sender",
    "leave",
)


def row_of(letter: Letter) -> dict[str, object]:
    """The row of a letter, but for its number."""
    return {
        "channel": letter.to.channel,
        "room": letter.to.room,
        "thread": letter.to.thread,
        "recipient": letter.recipient,
        "lane": letter.lane,
        "text": letter.text,
        "created_at": letter.created_at,
        "detail": packed(_detail(letter)),
        "person": letter.person,
        "ticket": letter.ticket,
        "entry": letter.entry,
        "state": letter.state.value,
        "attempts": letter.attempts,
        "not_before": letter.not_before,
        "external_id": letter.external_id,
        "sent_at": letter.sent_at,
        "error": letter.error,
        "due_at": letter.not_before or letter.created_at,
        "shows": None if letter.shows in _SAID else letter.shows.value,
    }


def words_of(letter: Letter) -> dict[str, object]:
    """What a letter says, for a row that is there already."""
    return {"its_text": letter.text, "its_detail": packed(_detail(letter))}


def letter_of(row: sa.Row[Any]) -> Letter:
    """The letter of a row."""
    detail = unpacked(row.detail)
    return Letter(
        id=row.id,
        to=Address(row.channel, row.room, row.thread),
        recipient=row.recipient,
        lane=row.lane,
        text=row.text,
        created_at=row.created_at,
        person=row.person,
        ticket=row.ticket,
        entry=row.entry,
        state=Delivery(row.state),
        attempts=row.attempts,
        not_before=row.not_before,
        external_id=None if row.external_id is None else ExternalId(row.external_id),
        sent_at=row.sent_at,
        error=row.error,
        buttons=tuple(Button(*parts) for parts in detail.get("buttons", ())),
        attachments=tuple(Attachment(*parts) for parts in detail.get("attachments", ())),
        charts=tuple(_chart(*parts) for parts in detail.get("charts", ())),
        replies_to=tuple(detail.get("replies_to", ())),
        tone=Tone(detail.get("tone", Tone.AUTOMATIC)),
        inward=bool(detail.get("inward")),
        alone=bool(detail.get("alone")),
        shows=Shows(row.shows or (Shows.UNSAID if detail.get("unsaid") else Shows.WORDS)),
        mentions=tuple(detail.get("mentions", ())),
        under_card=bool(detail.get("under_card")),
        invitation=_invitation(detail.get("invitation")),
        **{name: detail.get(name, "") for name in _WORDS},
    )


def _detail(letter: Letter) -> dict[str, object]:
    # `AUTOMATIC` is what a letter is unless it says otherwise, so it needs no room.
    detail: dict[str, object] = {name: getattr(letter, name) for name in _WORDS}
    detail["buttons"] = [_press(one) for one in letter.buttons]
    detail["attachments"] = [_parts(file) for file in letter.attachments]
    detail["charts"] = [astuple(chart) for chart in letter.charts]
    detail["replies_to"] = letter.replies_to
    detail["tone"] = "" if letter.tone is Tone.AUTOMATIC else letter.tone.value
    detail["inward"] = letter.inward
    detail["alone"] = letter.alone
    detail["mentions"] = letter.mentions
    detail["under_card"] = letter.under_card
    detail["invitation"] = _entry(letter.invitation) if letter.invitation else None
    detail["unsaid"] = letter.shows is Shows.UNSAID
    return detail


def _entry(entry: Invitation) -> list[object]:
    moments = entry.starts_at.isoformat(), entry.ends_at.isoformat()
    return [entry.name, entry.revision, *moments, entry.title, entry.text, entry.cancelled]


def _invitation(said: list[Any] | None) -> Invitation | None:
    if not said:
        return None
    name, revision, starts, ends, *rest = said
    moments = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
    return Invitation(name, revision, *moments, *rest)


def _press(button: Button) -> tuple[str | bool, ...]:
    parts = (button.label, button.command, button.instead)
    return (*parts, True) if button.main else parts


def _parts(file: Attachment) -> tuple[str | int, ...]:
    return (
        file.name,
        file.content_type,
        file.size,
        file.digest,
        file.inline,
        file.content_id,
        file.kept,
        file.id,
    )


def _chart(
    name: str,
    form: str,
    title: str,
    head: str,
    labels: list[str],
    series: list[tuple[str, list[float]]],
    *rest: Any,
) -> Chart:
    """One as it was kept; what comes behind its series are plain values."""
    rows = tuple(Series(each, tuple(values)) for each, values in series)
    return Chart(name, Form(form), title, head, tuple(labels), rows, *rest)
