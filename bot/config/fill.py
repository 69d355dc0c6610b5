"""Fills a settings dataclass from a table of the config, and notes every mistake on the way.

A field's type says what may stand there, and its name and declaration the rest: a field that is
kept out of `repr` holds a secret, `…_port` a port, `…_seconds` and its kin no less than nothing and
no more than the `most` of its metadata, `…_file` a file. A `timedelta` called `burst` is written as
`burst_seconds`, `burst_minutes`, `burst_hours` or `burst_days`. Files are looked for in the folder
of the config.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time, timedelta
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from bot.config.page import Page, guess, said
from bot.config.places import Place
from bot.config.trial import try_out
from bot.config.values import (
    LONGEST,
    UNFIT,
    Slot,
    Spans,
    is_choice,
    read_choice,
    read_clock,
    read_day,
    read_duration,
    read_number,
    read_spans,
    read_text,
    read_yes_or_no,
    read_zone,
)

T = TypeVar("T")


def fill(shape: type[T], table: object, place: Place, page: Page) -> T | None:
    """The dataclass `shape` with what the table says; None when something is wrong with it.

    One whose only field is a list of tables is written as that list itself: [[webhook]].
    A `WrongSettings` that the dataclass itself raises, or several in an `ExceptionGroup`, are noted
    on the lines of the keys they name. Raises `TypeError` for a field of a kind that no config can
    hold.
    """
    known, before = slots(shape), len(page.problems)
    only = _only_list(known)
    if only and isinstance(table, list):
        values = {only.name: _list(only, only.kind, table, place, page)}
    elif not only and isinstance(table, dict):
        values = _values(known, table, place, page)
    else:
        name = _dotted(place)
        listed = only or (place and isinstance(place[-1], int))
        mend = f"write [[{name}]], a table for each" if listed else f"write [{name}]"
        page.note(place, f"{name} is {said(table)}", mend)
        return None
    made, faults = try_out(shape, values)
    for error in faults:
        words = re.findall(r"\w+", f"{error.problem} {error.mend}")
        named = next((word for word in words if word in table), None)
        page.note((*place, named) if named else place, error.problem, error.mend)
    return made if len(page.problems) == before else None


def slots(shape: type) -> dict[str, Slot]:
    """The keys that may stand in the table of this dataclass."""
    hints = get_type_hints(shape)
    found = {}
    for each in fields(shape):
        kind = hints[each.name]
        for unit in _UNITS if kind is timedelta else ("",):
            key = f"{each.name}_{unit}" if unit else each.name
            required = each.default is MISSING and each.default_factory is MISSING
            most = each.metadata.get("most", LONGEST)
            found[key] = Slot(key, each.name, kind, unit, required, not each.repr, most)
    return found


def _only_list(known: Mapping[str, Slot]) -> Slot | None:
    """The one key that may stand there, where it holds a list of tables."""
    first = next(iter(known.values()), None)
    if first is None or len(known) > 1 or get_origin(first.kind) is not tuple:
        return None
    return first if is_dataclass(get_args(first.kind)[0]) else None


def _values(
    known: Mapping[str, Slot], table: Mapping[str, object], place: Place, page: Page
) -> dict[str, object]:
    """The fields' values, by name; what can't be read or is missing is noted, and `UNFIT`."""
    values: dict[str, object] = {}
    meant = {_unknown(key, known, (*place, key), page) for key in table if key not in known}
    for key, raw in table.items():
        if (slot := known.get(key)) is None:
            continue
        if slot.name in values:
            page.note((*place, key), f"{slot.name} is given twice", "keep one of the two")
        values[slot.name] = _read(slot, slot.kind, raw, (*place, key), page)
    for key, slot in known.items():
        if slot.required and slot.name not in {*values, *meant}:
            meant.add(slot.name)
            page.note(place, f"{key} is missing", f"add {_example(key, slot.kind, place)}")
    return dict.fromkeys(meant - {""}, UNFIT) | values


def _unknown(key: str, known: Mapping[str, Slot], place: Place, page: Page) -> str:
    """Note a key that isn't known; returns the name of the field that was probably meant."""
    if near := guess(key, known):
        page.note(place, f"unknown key {key}", f"did you mean {near}?")
        return known[near].name
    page.note(place, f"unknown key {key}", f"take it out; known here are {', '.join(known)}")
    return ""


def _read(slot: Slot, kind: Any, raw: object, place: Place, page: Page) -> object:
    for fits, reader in _READERS:
        if fits(kind):
            return reader(slot, kind, raw, place, page)
    raise TypeError(f"{slot.key}: a config can't hold {kind}")


def _either(slot: Slot, kind: Any, raw: object, place: Place, page: Page) -> object:
    """What may be left out; or one value for all, or one by name."""
    inner = [each for each in get_args(kind) if each is not NoneType]
    tables = [each for each in inner if get_origin(each) in _NAMED]
    plain = [each for each in inner if each not in tables]
    if len(tables) > 1 or len(plain) > 1:
        raise TypeError(f"{slot.key}: a config can't hold {kind}")
    by_name = tables and (isinstance(raw, dict) or not plain)
    return _read(slot, (tables if by_name else plain)[0], raw, place, page)


def _list(slot: Slot, kind: Any, raw: object, place: Place, page: Page) -> object:
    inner = get_args(kind)[0]
    if not isinstance(raw, list):
        mend = f"write {_example(slot.key, kind, place[:-1])}"
        page.note(place, f"{slot.key} is {said(raw)}, not a list", mend)
        return UNFIT
    return tuple(_read(slot, inner, each, (*place, at), page) for at, each in enumerate(raw))


def _named(slot: Slot, kind: Any, raw: object, place: Place, page: Page) -> object:
    inner = get_args(kind)[1]
    if not isinstance(raw, dict):
        mend = f"write {_example(slot.key, kind, place)}"
        page.note(place, f"{slot.key} is {said(raw)}", mend)
        return UNFIT
    return {key: _read(slot, inner, each, (*place, key), page) for key, each in raw.items()}


def _table(_slot: Slot, kind: Any, raw: object, place: Place, page: Page) -> object:
    filled = fill(kind, raw, place, page)
    return UNFIT if filled is None else filled


def _example(key: str, kind: Any, place: Place) -> str:
    """How a value of this kind is written."""
    if get_origin(kind) is tuple and is_dataclass(get_args(kind)[0]):
        return f"[[{_dotted((*place, key))}]], a table for each"
    if is_dataclass(kind):
        return f"[{_dotted((*place, key))}]"
    if get_origin(kind) is tuple:
        return f'{key} = ["…"]'
    if get_origin(kind) in _NAMED:
        return f'{key} = {{ name = "…" }}'
    return f"{key} = 60" if kind in (int, float, timedelta) else f'{key} = "…"'


def _dotted(place: Place) -> str:
    return ".".join(part for part in place if isinstance(part, str))


_UNITS = ("seconds", "minutes", "hours", "days")
_NAMED = (dict, Mapping)
_READERS: tuple[
    tuple[Callable[[Any], bool], Callable[[Slot, Any, object, Place, Page], object]], ...
] = (
    (lambda kind: get_origin(kind) in (Union, UnionType), _either),
    (lambda kind: bool(kind == Spans), read_spans),
    (is_choice, read_choice),
    (lambda kind: get_origin(kind) is tuple, _list),
    (lambda kind: get_origin(kind) in _NAMED, _named),
    (is_dataclass, _table),
    (lambda kind: kind is timedelta, read_duration),
    (lambda kind: kind in (int, float), read_number),
    (lambda kind: kind in (str, Path), read_text),
    (lambda kind: kind is bool, read_yes_or_no),
    (lambda kind: kind is date, read_day),
    (lambda kind: kind is time, read_clock),
    (lambda kind: kind is ZoneInfo, read_zone),
)
