"""Checks of what components show: pictures, files, emoji."""

from collections.abc import Mapping
from typing import Any

from sandbox.discord.form_body import (
    Check,
    Place,
    Shape,
    flag,
    link,
    needed,
    note,
    shaped,
    snowflake,
    text,
    under,
)
from sandbox.discord.refusal import Faults

LONGEST_DESCRIPTION = 1024
_KEYCAP = "\u20e3"

_MEDIA = shaped(Shape({"url": link("http", "https", "attachment")}, ("url",)))
_ATTACHED = shaped(Shape({"url": link("attachment")}, ("url",)))

_SHOWN: Mapping[str, Check] = {
    "media": _MEDIA,
    "description": text(LONGEST_DESCRIPTION),
    "spoiler": flag,
}
PICTURE = Shape(_SHOWN, ("media",))
FILE: Mapping[str, Check] = {"file": _ATTACHED, "spoiler": flag}


def emoji(value: object, place: Place, faults: Faults) -> None:
    """A partial emoji: one of a guild's by its id, or a character."""
    _EMOJI(value, place, faults)
    if not isinstance(value, dict) or value.get("id"):
        return
    name = value.get("name")
    if not name:
        needed(under(place, "name"), faults)
    elif isinstance(name, str) and not is_emoji(name):
        note(faults, under(place, "name"), "COMPONENT_INVALID_EMOJI", "Invalid emoji")


def is_emoji(name: str) -> bool:
    """Whether a text may be an emoji: a pictograph, a flag or a keycap, no words."""
    letters = any(each.isalnum() and each.isascii() for each in name)
    return _KEYCAP in name or (not name.isascii() and not letters)


def named_file(item: Mapping[str, Any]) -> str:
    """Return the name of the attachment that a picture or file refers to, "" if none."""
    url = item.get("url")
    if not isinstance(url, str):
        return ""
    scheme, _, name = url.partition("://")
    return name if scheme == "attachment" else ""


_EMOJI = shaped(Shape({"id": snowflake, "name": text(32), "animated": flag}))
