"""The example config: it loads, and mentions every key with its default."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import timedelta
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from adapters import CHANNELS
from bot.config import load
from bot.config.fill import slots
from bot.config.tables import DeskTable, KnowledgeTable, OwnTables, TeamTable
from bot.config.tables_time import NoticesTable
from bot.doors import door
from bot.model.settings import Desk, Knowledge, Notices, Team

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
SETTINGS = {name: door(name).settings for name in CHANNELS}


def test_every_choice_of_the_desk_has_a_key() -> None:
    from_elsewhere = {"teams", "agents", "organisations", "assets", "routes", "knowledge"}
    from_elsewhere |= {"targets", "notices", "subscriptions"}
    choices = {each.name for each in fields(Desk)} - from_elsewhere
    assert choices == {each.name for each in fields(DeskTable)} - {"texts", "formal", "remind_at"}
    known = {each.name for each in fields(Knowledge)}
    assert known == {each.name for each in fields(KnowledgeTable)} - {"folder"}
    ahead = {each.name for each in fields(Notices)} - {"remind"} | {"remind_hours"}
    assert ahead == {each.name for each in fields(NoticesTable)}
    assert from_elsewhere < {each.name for each in fields(OwnTables)}


def test_every_choice_of_a_team_has_a_key_that_reaches_it() -> None:
    assert {each.name for each in fields(TeamTable)} == {each.name for each in fields(Team)}
    more = {"escalates_to": "network", "offer_after": timedelta(hours=1), "survey": False}
    team = TeamTable(name="support", **more).team(Desk().zone)
    assert {name: getattr(team, name) for name in more} == more


def test_the_example_is_a_config() -> None:
    config = load(EXAMPLE, SETTINGS)
    assert config.desk.agents
    assert set(config.channels) == {"email"}, "others are to be chosen"


def test_the_example_mentions_every_key_with_its_default() -> None:
    uncommented = re.sub(
        r"^#(?=[a-z\[])", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    tables = tomllib.loads(uncommented)
    seen: set[type] = set()
    assert list(unmentioned("", OwnTables, tables, seen)) == []
    for name, shape in SETTINGS.items():
        assert name in tables, f"the example has no [{name}]"
        table = tables[name]
        if isinstance(table, list):  # [[webhook]]: the list is the only field
            (only,) = fields(shape)
            table = {only.name: table}
        assert list(unmentioned(name, shape, table, seen)) == []


def test_each_line_of_the_example_says_what_it_is_for() -> None:
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if re.match(r"#[a-z_]+ = ", line):
            assert " # " in line, line


def unmentioned(name: str, shape: type, table: dict[str, Any], seen: set[type]) -> Iterator[str]:
    """The keys that a table of the example leaves out, or shows with another default."""
    hints = get_type_hints(shape)
    for each in fields(shape):
        place = f"{name}.{each.name}"
        keys = [key for key, slot in slots(shape).items() if slot.name == each.name]
        key = next((key for key in keys if key in table), "")
        if not key:
            yield f"{place} is left out"
        elif inner := dataclass_in(hints[each.name]):
            within = table[key][0] if isinstance(table[key], list) else table[key]
            if inner not in seen:
                seen.add(inner)  # a shape that comes again is shown once
                yield from unmentioned(place, inner, within, seen)
        elif each.default is not MISSING and not shows(table[key], key, each.default):
            yield f"{place} = {table[key]!r}, its default is {each.default!r}"


def dataclass_in(kind: Any) -> type | None:
    if get_origin(kind) in (tuple, UnionType):
        return next(filter(None, map(dataclass_in, get_args(kind))), None)
    return kind if isinstance(kind, type) and is_dataclass(kind) else None


def shows(written: Any, key: str, default: Any) -> bool:
    """Whether what the example writes is the default; a thing that may be absent has none."""
    if isinstance(default, timedelta):
        written = timedelta(**{key.rpartition("_")[2]: written})
    if isinstance(default, tuple):
        written = "" if written == "" else tuple(written)
        return written in ((), "") if default == () else written == default
    if key == "password_file" and written:
        return True  # the one way to sign in that the example chooses
    return default is None or str(written) == str(default)
