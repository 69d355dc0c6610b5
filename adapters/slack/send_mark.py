"""The mark by which a post of ours is found again: its row and its part, in Slack's metadata."""

from collections.abc import Mapping
from typing import Any

from adapters.slack.decode_fields import table, word
from bot.model.message import Outbound

MARK = "desk_outbox"  # the type of that metadata


def mark(message: Outbound, part: int) -> dict[str, object]:
    """What a part of a message bears."""
    payload = {"id": message.row, **({"part": part} if part else {})}
    return {"metadata": {"event_type": MARK, "event_payload": payload}}


def part_of(item: Mapping[str, Any], row: int) -> int | None:
    """Which part of the row's message this is, None if it is none."""
    payload = table(item, "metadata", "event_payload")
    if word(item, "metadata", "event_type") != MARK or payload.get("id") != row:
        return None
    part = payload.get("part")
    return part if isinstance(part, int) else 0
