"""The mark by which a message of ours is found again in a channel's history.

Discord shows no nonce in a history, and compares it for some minutes only. What it keeps and gives
back with a message, unseen by people, are the numbers (`id`) of its components, 32 bits each; the
custom_ids of buttons are no good, since most messages have no button. So the first component bears
the row and the part. A number that Discord gave by itself counts from 1, ours has a bit far above
that. Rows that are eight million apart have the same mark: nobody looks back so far.
"""

from typing import Any

from adapters.discord.web_api import Json

_OURS = 1 << 30
_PARTS = 1 << 7  # no message has so many
_ROWS = 1 << 23


def marked(post: Json, row: int, part: int) -> dict[str, Any]:
    """A message that bears the mark, and that Discord takes once within some minutes."""
    first, *others = post["components"]
    return {
        "allowed_mentions": {"parse": []},
        **post,
        "components": [{**first, "id": _number(row, part)}, *others],
        **once(row, f".{part + 1}" if part else ""),
    }


def once(row: int, which: str) -> dict[str, Any]:
    """The nonce of one of a row's messages, which makes Discord post it once."""
    return {"nonce": f"desk-{row}{which}", "enforce_nonce": True}


def part_of(item: Json, row: int) -> int | None:
    """Which part of the row's message this is, None if it is none."""
    components = item.get("components")
    first = components[0] if isinstance(components, list) and components else None
    number = first.get("id") if isinstance(first, dict) else None
    if not isinstance(number, int):
        return None
    part = number % _PARTS
    return part if number == _number(row, part) else None


def _number(row: int, part: int) -> int:
    return _OURS | (row % _ROWS) * _PARTS | part % _PARTS
