"""What Discord refuses in a message that is sent, and in what is to become of one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.discord.components import IS_COMPONENTS_V2, check_components
from sandbox.discord.embeds import check_embeds
from sandbox.discord.form_body import (
    Check,
    Place,
    each,
    flag,
    is_object,
    note,
    one_of,
    snowflake,
    text,
    under,
)
from sandbox.discord.refusal import Faults, Refused, Wire

LONGEST_CONTENT = 2000
LONGEST_NONCE = 25
MOST_MENTIONED = 100
_NOT_WITH_V2 = ("content", "embeds", "poll", "sticker_ids")
_EMPTY = Refused(400, 50006, "Cannot send an empty message")

_CONTENT = text(LONGEST_CONTENT)
_MENTIONS: Mapping[str, Check] = {
    "parse": each(one_of("roles", "users", "everyone"), 3),
    "users": each(snowflake, MOST_MENTIONED),
    "roles": each(snowflake, MOST_MENTIONED),
    "replied_user": flag,
}


@dataclass(frozen=True, slots=True)
class Before:
    """What of a message counts when it is edited."""

    flags: int = 0
    content: str = ""
    embeds: Collection[Wire] = ()
    components: Collection[Wire] = ()


def check_new(body: Mapping[str, Any], files: Collection[str] = (), place: Place = "") -> None:
    """Refuse what can't be sent as a message.

    `files` are the names of what is attached. `place` is where the message stands in the body:
    "data" in the answer to an interaction, "message" in a new post of a forum.
    """
    faults = Faults()
    v2 = bool(_flags(body, place, faults) & IS_COMPONENTS_V2)
    _check_parts(body, files, place, faults, v2=v2)
    faults.refuse()
    if not _says_something(body, files, v2=v2):
        raise Refused(_EMPTY.status, _EMPTY.code, _EMPTY.message)


def check_edit(
    body: Mapping[str, Any], before: Before, files: Collection[str] = (), place: Place = ""
) -> None:
    """Refuse what a message can't become; `files` are the attachments that it then has."""
    faults = Faults()
    flags = _flags(body, place, faults)
    was_v2 = bool(before.flags & IS_COMPONENTS_V2)
    given = body.get("flags") is not None
    if was_v2 and given and not flags & IS_COMPONENTS_V2:
        words = "The MessageFlags.IS_COMPONENTS_V2 flag cannot be removed from a message"
        note(faults, under(place, "flags"), "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", words)
    v2 = was_v2 or bool(flags & IS_COMPONENTS_V2)
    after = _merged(body, before)
    _check_parts(after, files, place, faults, v2=v2)
    faults.refuse()
    if not _says_something(after, files, v2=v2):
        raise Refused(_EMPTY.status, _EMPTY.code, _EMPTY.message)


def check_allowed_mentions(value: object, place: Place, faults: Faults) -> None:
    """Note what is wrong with allowed_mentions."""
    if not is_object(value, place, faults):
        return
    for key, check in _MENTIONS.items():
        if value.get(key) is not None:
            check(value[key], under(place, key), faults)
    parse = value.get("parse")
    for kind in ("users", "roles"):
        if isinstance(parse, list) and kind in parse and value.get(kind):
            words = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            note(faults, place, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", words)


def _merged(body: Mapping[str, Any], before: Before) -> Wire:
    """Return the message as the edit leaves it: what it names changes, the rest stays."""
    kept = {
        "content": before.content,
        "embeds": list(before.embeds),
        "components": list(before.components),
    }
    return {**kept, **body}


def _check_parts(
    body: Mapping[str, Any], files: Collection[str], place: Place, faults: Faults, *, v2: bool
) -> None:
    if v2:
        for key in _NOT_WITH_V2:
            if body.get(key):
                words = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
                note(faults, under(place, key), code, words)
    if body.get("content") is not None:
        _CONTENT(body["content"], under(place, "content"), faults)
    if body.get("embeds") is not None:
        check_embeds(body["embeds"], faults, under(place, "embeds"))
    if body.get("components") is not None:
        spot = under(place, "components")
        check_components(body["components"], faults, v2=v2, files=files, place=spot)
    if body.get("allowed_mentions") is not None:
        check_allowed_mentions(body["allowed_mentions"], under(place, "allowed_mentions"), faults)
    _check_nonce(body.get("nonce"), under(place, "nonce"), faults)


def _check_nonce(value: object, place: Place, faults: Faults) -> None:
    if isinstance(value, str) and len(value) > LONGEST_NONCE:
        words = f"Must be {LONGEST_NONCE} or fewer characters long."
        note(faults, place, "NONCE_TYPE_TOO_LONG", words)
    elif value is not None and (isinstance(value, bool) or not isinstance(value, int | str)):
        words = "This field must be a string or integer."
        note(faults, place, "NONCE_TYPE_INVALID_TYPE", words)


def _flags(body: Mapping[str, Any], place: Place, faults: Faults) -> int:
    value = body.get("flags")
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int):
        note(faults, under(place, "flags"), "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        return 0
    return value


def _says_something(body: Mapping[str, Any], files: Collection[str], *, v2: bool) -> bool:
    if v2:
        return bool(body.get("components"))
    said = any(body.get(key) for key in ("embeds", "components", "poll", "sticker_ids"))
    return said or bool(files) or bool(str(body.get("content") or "").strip())
