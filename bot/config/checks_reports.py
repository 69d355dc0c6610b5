"""What must hold of subscriptions: the report is there, and each of its readers can be reached.

As `bot.config.checks`, this reads the tables as they are written.
"""

from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import entry_points
from typing import Any

from bot.channel import KnowsAgents, WrongSettings
from bot.config.checks_channels import is_room
from bot.config.page import Page, guess
from bot.config.places import Place
from bot.model.settings import Desk
from bot.model.subscription import EVERYBODY, LEADS, TEAMS
from bot.reports import REPORTS

_LEADING = ("lead", "admin")
_FOR_ALL = tuple(each.name for each in REPORTS if each.own)


def subscriptions_are_sound(
    page: Page, doors: Mapping[str, type], opened: Mapping[str, object]
) -> None:
    """What is told, to whom; `opened` are the channels' settings."""
    brought = (each.name for each in entry_points(group="deskmate.reports"))
    known = [*(each.name for each in REPORTS), *brought]
    for at, table in _tables(page, "subscriptions"):
        place: Place = ("subscriptions", at)
        report, to = table.get("report"), table.get("to")
        if isinstance(report, str) and report not in known:
            _missing("report", report, known, (*place, "report"), page)
        for which, reader in enumerate(to if isinstance(to, list) else ()):
            if isinstance(reader, str):
                there: Place = (*place, "to", which)
                _look_at(reader, str(report), there, page, doors, opened)


def _look_at(
    reader: str,
    report: str,
    place: Place,
    page: Page,
    doors: Mapping[str, type],
    opened: Mapping[str, object],
) -> None:
    """Whether somebody reads it there."""
    if reader == EVERYBODY and report not in _FOR_ALL:
        what = f'the report "{report}" is none for everybody'
        page.note(place, what, f"only {' and '.join(_FOR_ALL)} may go there; name others")
    elif reader == LEADS and not any(_leads(each) for _, each in _tables(page, "agents")):
        mend = 'give one of the [[agents]] role = "lead", or name somebody else'
        page.note(place, "nobody leads, so nobody would read it", mend)
    elif "@" in reader:
        _look_at_address(reader, place, page, doors)
    elif ":" in reader:
        channel, _, room = reader.partition(":")
        is_room(channel, room, place, page, doors, opened)
    elif reader not in (known := [TEAMS, LEADS, EVERYBODY, *_teams(page)]):
        _missing("reader", reader, known, place, page)


def _look_at_address(address: str, place: Place, page: Page, doors: Mapping[str, type]) -> None:
    for name, settings in doors.items():
        if name in page.tables and issubclass(settings, KnowsAgents):
            try:
                settings.check_address(address)
            except WrongSettings:
                continue
            return
    mend = "add a mailbox, or name a room of a chat, like slack:C0123456789"
    page.note(place, f"no channel that is configured writes to {address}", mend)


def _leads(agent: Mapping[str, Any]) -> bool:
    role = agent.get("role")
    return any(each in _LEADING for each in (role.values() if isinstance(role, dict) else [role]))


def _missing(what: str, name: str, known: Collection[str], place: Place, page: Page) -> None:
    near = guess(name, known)
    mend = f'did you mean "{near}"?' if near else f"there are: {', '.join(known)}"
    page.note(place, f'there is no {what} "{name}"', mend)


def _teams(page: Page) -> list[str]:
    return [str(x.get("name")) for _, x in _tables(page, "teams")] or [x.name for x in Desk().teams]


def _tables(page: Page, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    found = page.tables.get(name)
    for at, each in enumerate(found if isinstance(found, list) else ()):
        if isinstance(each, dict):
            yield at, each
