"""Reads `config.toml` whole: the desk's own tables and those of the channels that stand in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from bot.config.answers import read_answers
from bot.config.checks import CHECKS
from bot.config.checks_channels import agents_are_reached, events_happen, rooms_are_reached
from bot.config.checks_reports import subscriptions_are_sound
from bot.config.checks_routes import assets_are_sound, routes_are_sound
from bot.config.checks_time import calendars_are_sound, escalations_are_sound, targets_are_sound
from bot.config.fill import fill
from bot.config.page import ConfigError, Page, guess
from bot.config.tables import LogSettings, OwnTables, StoreSettings
from bot.model.settings import Desk

_OWN = tuple(each.name for each in fields(OwnTables))
_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Config:
    """What the operator decided: the desk, where it keeps things, its texts, log and channels."""

    desk: Desk
    store: StoreSettings
    texts: Path | None  # a folder of the desk's own texts
    formal: bool  # usted rather than tú
    log: LogSettings
    channels: Mapping[str, object]  # by name, each the settings dataclass of its door
    articles: Path | None = None  # a folder of articles


def channel_tables(path: Path) -> tuple[str, ...]:
    """The channels that the config has a table for, so that only their doors are loaded.

    Names that no channel bears may be among them; `load` tells of these. Raises `ConfigError`
    when the file isn't there or is no TOML.
    """
    tables = Page.open(path).tables
    return tuple(
        name
        for name, table in tables.items()
        if name not in _OWN and isinstance(table, (dict, list))
    )


def load(path: Path, doors: Mapping[str, type], channels: Collection[str] = ()) -> Config:
    """Read the config; `doors` says what each channel's table fills.

    `channels` names every channel that there is, for the hint about one that isn't. In a channel's
    settings `team`, `language` and `zone` mean the desk's. Relative paths begin in the folder of
    the config. Raises `ConfigError` with every mistake.
    """
    page = Page.open(path)
    own = {name: table for name, table in page.tables.items() if name in _OWN}
    tables = fill(OwnTables, own, (), page)
    opened = {
        name: fill(doors[name], table, (name,), page)
        for name, table in page.tables.items()
        if name in doors
    }
    for name in page.tables.keys() - {*_OWN, *doors}:
        _unknown(name, page.tables[name], {*doors, *channels}, page)
    for check in CHECKS:
        check(page)
    answers = read_answers(page)
    agents_are_reached(page, doors)
    rooms_are_reached(page, doors, opened)
    events_happen(page, opened)
    assets_are_sound(page)
    routes_are_sound(page)
    calendars_are_sound(page)
    targets_are_sound(page)
    escalations_are_sound(page)
    subscriptions_are_sound(page, doors, opened)
    if page.problems or tables is None:
        raise ConfigError(path, page.problems)
    return Config(
        desk=replace(tables.settings(), answers=answers),
        store=_placed(tables.store, page.folder),
        texts=tables.desk.texts,
        articles=tables.knowledge.folder,
        formal=tables.desk.formal,
        log=tables.log,
        channels=opened,
    )


def _unknown(name: str, table: object, channels: Collection[str], page: Page) -> None:
    if not isinstance(table, (dict, list)):
        page.note((name,), f"{name} stands in no table", "put it under one, like [desk]")
        return
    near = guess(name, [*_OWN, *channels])
    known = f"the channels are {', '.join(sorted(channels))}" if channels else "take it out"
    mend = f"did you mean [{near}]?" if near else known
    page.note((name,), f"there is no channel {name}", mend)


def _placed(store: StoreSettings, folder: Path) -> StoreSettings:
    """The same with every path made absolute, defaults too."""
    database = store.database
    name, mark, query = database.removeprefix(_SQLITE).partition("?")
    if database.startswith(_SQLITE) and name and name != ":memory:":
        database = f"{_SQLITE}{folder / name}{mark}{query}"
    return replace(
        store,
        database=database,
        files=folder / store.files,
        secret_file=folder / store.secret_file,
    )
