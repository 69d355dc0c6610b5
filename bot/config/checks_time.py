"""What must hold of calendars and targets: whom they name is there, and each counts for something.

As `bot.config.checks`, these read the tables as they are written.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.config.page import Page, guess
from bot.config.places import Place
from bot.model.settings import Desk

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEVELS = (2, 3)  # to which something can be escalated
_KEPT = ("first_answer", "next_answer", "news", "solution")


def calendars_are_sound(page: Page) -> None:
    """Whose a calendar is, is there; one that is closed on some days is open on others."""
    for at, calendar in _tables(page, "calendars"):
        place: Place = ("calendars", at)
        _known(calendar, "teams", _teams(page), place, page)
        _known(calendar, "contracts", _contracts(page), place, page)
        named = next((key for key in ("closed", "holidays") if calendar.get(key)), "")
        if named and not any(calendar.get(day) for day in _DAYS):
            mend = 'add the hours of the week, like monday = "09:00-17:00"'
            page.note((*place, named), "a calendar without hours never closes", mend)


def targets_are_sound(page: Page) -> None:
    """Each can be reached and promises something, and what it names is there."""
    calendars = [str(each.get("name")) for _, each in _tables(page, "calendars")]
    before: list[tuple[str, object]] = []
    for at, target in _tables(page, "targets"):
        place: Place = ("targets", at)
        when = target.get("when") or {}
        if name := next((name for name, taken in before if taken in ({}, when)), ""):
            what = f'"{name}" takes all that this target would'
            page.note(place, what, "put this one before it, or take it out")
        before.append((str(target.get("name", "")), when))
        if not any(key.startswith(_KEPT) and value for key, value in target.items()):
            mend = "say how long something may take, like first_answer_hours = 4"
            page.note(place, "this target promises nothing", mend)
        if (wanted := target.get("calendar")) and wanted not in calendars:
            _missing("calendar", str(wanted), calendars, (*place, "calendar"), page)
        if isinstance(when, dict):
            _known(when, "team", _teams(page), (*place, "when"), page)
            _known(when, "contract", _contracts(page), (*place, "when"), page)


def escalations_are_sound(page: Page) -> None:
    """Each says who goes on, and whom it names is there."""
    agents = [str(each.get("name")) for _, each in _tables(page, "agents")]
    for at, rule in _tables(page, "escalations"):
        place: Place = ("escalations", at)
        if not any(rule.get(each) for each in ("team", "level", "agent")):
            page.note(
                place, "this rule says of nobody who goes on", "say team, level or agent of it"
            )
        if (agent := rule.get("agent")) and agent not in agents:
            _missing("agent", str(agent), agents, (*place, "agent"), page)
        level = rule.get("level")
        if isinstance(level, int) and level and level not in _LEVELS:
            page.note((*place, "level"), f"level = {level}", "write 2 or 3")
        when = rule.get("when")
        if isinstance(when, dict):
            _known(when, "team", _teams(page), (*place, "when"), page)
            _known(when, "contract", _contracts(page), (*place, "when"), page)


def _known(table: Mapping[str, Any], key: str, known: list[str], place: Place, page: Page) -> None:
    """Each text of a list is one of those that are known."""
    said = table.get(key)
    for at, each in enumerate(said if isinstance(said, list) else ()):
        if isinstance(each, str) and each not in known:
            _missing(key.rstrip("s"), each, known, (*place, key, at), page)


def _missing(what: str, name: str, known: list[str], place: Place, page: Page) -> None:
    near = guess(name, known)
    mend = f'did you mean "{near}"?' if near else f"there are: {', '.join(known) or 'none'}"
    page.note(place, f'there is no {what} "{name}"', mend)


def _teams(page: Page) -> list[str]:
    return [str(x.get("name")) for _, x in _tables(page, "teams")] or [x.name for x in Desk().teams]


def _contracts(page: Page) -> list[str]:
    said = (each.get("contract") for _, each in _tables(page, "organisations"))
    return [str(each) for each in said if each]


def _tables(page: Page, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    found = page.tables.get(name)
    for at, each in enumerate(found if isinstance(found, list) else ()):
        if isinstance(each, dict):
            yield at, each
