"""What Discord refuses in the fields of a thread: its name, its duration, its tags."""

from collections.abc import Mapping
from typing import Any

from sandbox.discord.channel import GuildChannel
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import Faults, Refused, Wire, missing_permissions
from sandbox.discord.snowflake import parsed
from sandbox.discord.world import World

LONGEST_NAME = 100
DURATIONS = (60, 1440, 4320, 10080)  # minutes
MOST_TAGS = 5
LONGEST_SLOWMODE = 21600  # seconds


def fields(body: Mapping[str, Any], *, named: bool) -> Wire:
    """Return the fields of a thread that a body sets, or refuse; `named`: it must set a name."""
    faults = Faults()
    found: Wire = {}
    if named or body.get("name") is not None:
        found["name"] = _name(body.get("name"), faults)
    if body.get("auto_archive_duration") is not None:
        found["auto_archive"] = _duration(body["auto_archive_duration"], faults)
    if body.get("rate_limit_per_user") is not None:
        found["slowmode"] = _slowmode(body["rate_limit_per_user"], faults)
    for key in ("archived", "locked", "invitable"):
        if body.get(key) is not None:
            found[key] = _flag(key, body[key], faults)
    faults.refuse()
    return found


def tags(world: World, forum: GuildChannel, wanted: object, *, new: bool) -> list[int]:
    """Return the tags that a post of a forum gets, or refuse."""
    listed = wanted if isinstance(wanted, list) else []
    ids = list(dict.fromkeys(parsed(each) for each in listed))
    if new and forum.requires_tag and not ids:
        raise Refused(400, 40067, "A tag is required to create a forum post in this channel")
    faults = Faults()
    if len(ids) > MOST_TAGS:
        words = f"Must be {MOST_TAGS} or fewer in length."
        faults.add("applied_tags", "BASE_TYPE_MAX_LENGTH", words)
    known = {each.id: each for each in forum.tags}
    for place, each in enumerate(ids):
        if each not in known:
            faults.add(f"applied_tags.{place}", "INVALID_TAG", "Unknown tag")
    faults.refuse()
    chosen = [each for each in ids if each is not None]
    guarded = any(known[each].moderated for each in chosen)
    if guarded and Permission.MANAGE_THREADS not in world.permissions(forum):
        raise missing_permissions()
    return chosen


def _name(value: object, faults: Faults) -> str:
    if value is None:
        faults.add("name", "BASE_TYPE_REQUIRED", "This field is required")
        return ""
    name = str(value).strip() if isinstance(value, str) else ""
    if not 1 <= len(name) <= LONGEST_NAME:
        words = f"Must be between 1 and {LONGEST_NAME} in length."
        faults.add("name", "BASE_TYPE_BAD_LENGTH", words)
    return name


def _duration(value: object, faults: Faults) -> int:
    if value in DURATIONS and isinstance(value, int):
        return value
    words = f"Value must be one of {{{', '.join(map(str, DURATIONS))}}}."
    faults.add("auto_archive_duration", "BASE_TYPE_CHOICES", words)
    return 0


def _slowmode(value: object, faults: Faults) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST_SLOWMODE:
        return value
    words = f"int value should be less than or equal to {LONGEST_SLOWMODE}."
    faults.add("rate_limit_per_user", "NUMBER_TYPE_MAX", words)
    return 0


def _flag(key: str, value: object, faults: Faults) -> bool:
    if not isinstance(value, bool):
        faults.add(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
    return bool(value)
