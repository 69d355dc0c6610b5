"""The small checks that Discord's form bodies are made of: a text, a number, a list, an object.

Each check notes what is wrong with a value at its place, with Discord's own code and words:
{"embeds": {"0": {"title": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": …}]}}}}. What
it is given was read from JSON, so it is a str, int, float, bool, None, list or dict. As Discord
does, keys that nobody asked for are passed over, and null stands for a key that isn't there.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard
from urllib.parse import urlsplit

from sandbox.discord.refusal import Faults, Wire

Place = str  # the keys that lead to a value, dotted: "embeds.0.title"; "" is the body itself

_SNOWFLAKE = re.compile(r"[0-9]{1,20}")

Check = Callable[[object, Place, Faults], None]
"""(value, its place, where faults go)"""

Rule = Callable[[Mapping[str, Any], Place, Faults], None]
"""(an object, its place, where faults go): what holds between its keys."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An object of Discord's: what is checked of its keys, which it must have, and its rules."""

    keys: Mapping[str, Check]
    needs: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


def note(faults: Faults, place: Place, code: str, message: str) -> None:
    """Note a fault at a place, or of the body as a whole."""
    if place:
        faults.add(place, code, message)
    else:
        faults.errors.setdefault("_errors", []).append({"code": code, "message": message})


def under(place: Place, key: str | int) -> Place:
    """Return the place of what stands under a key."""
    return f"{place}.{key}" if place else str(key)


def needed(place: Place, faults: Faults) -> None:
    """Note that a value is missing."""
    note(faults, place, "BASE_TYPE_REQUIRED", "This field is required")


def text(most: int, least: int = 0) -> Check:
    """A string of so many characters (code points); an empty one counts as missing."""

    def check(value: object, place: Place, faults: Faults) -> None:
        if not isinstance(value, str):
            shown = str(value).lower() if isinstance(value, bool) else value
            note(faults, place, "STRING_TYPE_CONVERT", f'Could not interpret "{shown}" as string.')
        elif least and not value:
            needed(place, faults)
        else:
            measure(len(value), place, faults, most, least)

    return check


def measure(length: int, place: Place, faults: Faults, most: int, least: int = 0) -> None:
    """Note that something is longer or shorter than it may be."""
    if least <= length <= most:
        return
    if least:
        words = f"Must be between {least} and {most} in length."
        note(faults, place, "BASE_TYPE_BAD_LENGTH", words)
    else:
        note(faults, place, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def whole(least: int, most: int) -> Check:
    """A whole number from least to most."""

    def check(value: object, place: Place, faults: Faults) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            note(faults, place, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value > most:
            words = f"int value should be less than or equal to {most}."
            note(faults, place, "NUMBER_TYPE_MAX", words)
        elif value < least:
            words = f"int value should be greater than or equal to {least}."
            note(faults, place, "NUMBER_TYPE_MIN", words)

    return check


def flag(value: object, place: Place, faults: Faults) -> None:
    """True or false."""
    if not isinstance(value, bool):
        note(faults, place, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")


def snowflake(value: object, place: Place, faults: Faults) -> None:
    """An id, as a string or a number."""
    right = isinstance(value, int | str) and not isinstance(value, bool)
    if not right or not _SNOWFLAKE.fullmatch(str(value)):
        note(faults, place, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')


def one_of(*values: object) -> Check:
    """One of these values."""

    def check(value: object, place: Place, faults: Faults) -> None:
        if isinstance(value, bool) or value not in values:
            shown = ", ".join(repr(each) for each in values)
            note(faults, place, "BASE_TYPE_CHOICES", f"Value must be one of {{{shown}}}.")

    return check


def link(*schemes: str, most: int = 2048) -> Check:
    """An address whose scheme is one of these."""
    long = text(most)

    def check(value: object, place: Place, faults: Faults) -> None:
        long(value, place, faults)
        if not isinstance(value, str) or len(value) > most:
            return
        scheme, _, rest = value.partition("://")
        if not rest or not scheme or (scheme.startswith("http") and not _host(value)):
            note(faults, place, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        elif scheme not in schemes:
            words = f'Scheme "{scheme}" is not supported. Scheme must be one of {schemes}.'
            note(faults, place, "URL_TYPE_INVALID_SCHEME", words)

    return check


def moment(value: object, place: Place, faults: Faults) -> None:
    """A moment in ISO 8601."""
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        words = f"Could not parse {value}. Should be ISO8601."
        note(faults, place, "DATE_TIME_TYPE_PARSE", words)


def each(check_one: Check, most: int, least: int = 0) -> Check:
    """A list of so many items, each of which is checked."""

    def check(value: object, place: Place, faults: Faults) -> None:
        if not isinstance(value, list):
            note(faults, place, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return
        measure(len(value), place, faults, most, least)
        for number, item in enumerate(value):
            check_one(item, under(place, number), faults)

    return check


def shaped(shape: Shape) -> Check:
    """An object of this shape."""

    def check(value: object, place: Place, faults: Faults) -> None:
        if is_object(value, place, faults):
            _keep_to(shape, value, place, faults)

    return check


def typed(shapes: Mapping[int, Shape]) -> Check:
    """An object whose "type" is one of these numbers, and which has that one's shape."""
    kinds = tuple(sorted(shapes))

    def check(value: object, place: Place, faults: Faults) -> None:
        if not is_object(value, place, faults):
            return
        kind = value.get("type")
        if kind is None:
            needed(under(place, "type"), faults)
        elif isinstance(kind, bool) or not isinstance(kind, int) or kind not in shapes:
            words = f'Value of field "type" must be one of {kinds}.'
            note(faults, place, "UNION_TYPE_CHOICES", words)
        else:
            _keep_to(shapes[kind], value, place, faults)

    return check


def is_object(value: object, place: Place, faults: Faults) -> TypeGuard[Wire]:
    """Whether it is an object; notes it if it isn't."""
    if isinstance(value, dict):
        return True
    note(faults, place, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
    return False


def objects(value: object) -> Sequence[tuple[int, Wire]]:
    """Return the objects of a list with their numbers, () for what is no list."""
    items = value if isinstance(value, list) else ()
    return [(number, item) for number, item in enumerate(items) if isinstance(item, dict)]


def _keep_to(shape: Shape, value: Wire, place: Place, faults: Faults) -> None:
    for key, check in shape.keys.items():
        if value.get(key) is not None:
            check(value[key], under(place, key), faults)
        elif key in shape.needs:
            needed(under(place, key), faults)
    for rule in shape.rules:
        rule(value, place, faults)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
