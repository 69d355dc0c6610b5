"""How the rarely read parts of a row are kept: one compact JSON, nothing for what is empty."""

import json
from collections.abc import Mapping
from typing import Any


def packed(parts: Mapping[str, object]) -> str | None:
    """The parts that hold something, as JSON; None when there are none.

    `parts` values are str, lists and dicts of str, int and bool; an empty one is left out.
    """
    full = {name: part for name, part in parts.items() if part}
    return _encode(full) if full else None


def unpacked(detail: str | None) -> dict[str, Any]:
    """What was packed, by name."""
    parts: dict[str, Any] = json.loads(detail) if detail else {}
    return parts


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
