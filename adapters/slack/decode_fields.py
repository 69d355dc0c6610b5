"""Reads fields of JSON that came from outside, without relying on its shape.

A message has dozens of them: what JSON gives, dicts and lists, is told apart from the rest at once.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from adapters.chat.revision import fit
from adapters.slack.ids import is_ts

_LONGEST_TS = 24


def word(value: object, *path: str) -> str:
    """The text at the end of this path of keys, "" when there is none."""
    for key in path:
        if not isinstance(value, dict):
            return ""
        value = value.get(key)
    return fit(value) if isinstance(value, str) else ""


def table(value: object, *path: str) -> Mapping[str, object]:
    """The object at the end of this path of keys, an empty one when there is none."""
    for key in path:
        if not isinstance(value, dict):
            return {}
        value = value.get(key)
    return value if isinstance(value, dict) else {}


def tables(value: object, *path: str) -> Iterator[Mapping[str, object]]:
    """The objects of the list at the end of this path of keys."""
    found = table(value, *path[:-1]).get(path[-1])
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict))


def stamp(value: object, *path: str) -> str:
    """The ts at the end of this path of keys, "" when there is none."""
    text = word(value, *path)
    return text if len(text) <= _LONGEST_TS and is_ts(text) else ""


def moment(ts: str) -> datetime | None:
    """When a ts was, None where it is no moment that a calendar has."""
    if not is_ts(ts):
        return None
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None
