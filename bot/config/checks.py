"""What must hold between the values of a config, though each of them is well-formed.

The checks read the tables as they are written, so that one mistake doesn't hide another.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.config.page import Page, guess
from bot.config.places import Place
from bot.config.values import known_zone, zone_mend
from bot.language import TextError, folders
from bot.model.settings import Desk


def names_are_unique(page: Page) -> None:
    """No two teams, agents, organisations… share a name, no two agents own the same address."""
    for table in _NAMED:
        names = [(place, name) for place, name in _words(page) if _is(place, table, "name")]
        _unique(names, page)
        for place, name in names:
            if not name.strip():
                page.note(place, "name is empty", "write one")
    _unique([(place, word) for place, word in _words(page) if "domains" in place], page)
    addresses = [(p, word) for p, word in _words(page) if p[0] == "agents" and "addresses" in p]
    for channel in {place[-1] for place, _ in addresses}:
        _unique([(place, word) for place, word in addresses if place[-1] == channel], page)


def teams_exist(page: Page) -> None:
    """Whoever names a team names one that there is."""
    names = [name for place, name in _words(page) if _is(place, "teams", "name")]
    known = names or [team.name for team in Desk().teams]
    for place, word in _words(page):
        whose = place[-2] if place[0] == "agents" and len(place) > 1 else ""
        name = place[-1] if whose == "role" else word  # of `role`, the teams are the keys
        named = place[-1] in ("team", "escalates_to") or whose in ("teams", "role")
        if named and isinstance(name, str) and name and name not in known:
            near = guess(name, known)
            page.note(
                place,
                f'there is no team "{name}"',
                f'did you mean "{near}"?' if near else f'add [[teams]] with name = "{name}"',
            )
    teams = page.tables.get("teams")
    for at, team in enumerate(teams if isinstance(teams, list) else ()):
        above = team.get("escalates_to") if isinstance(team, dict) else None
        if above and above == team.get("name"):
            what = "a team can't escalate to itself"
            page.note(("teams", at, "escalates_to"), what, "name another one, or take it out")
    if teams == []:
        page.note(("teams",), "there is no team", "add one, or take teams out")


def digests_arrive(page: Page) -> None:
    """Who is to get a digest has a mail address on a channel that is configured."""
    agents = page.tables.get("agents")
    for at, agent in enumerate(agents if isinstance(agents, list) else ()):
        given = agent.get("addresses") if isinstance(agent, dict) and agent.get("digest") else None
        addresses = given if isinstance(given, dict) else {}
        mails = [name for name, each in addresses.items() if "@" in str(each)]
        if given is not None and not any(name in page.tables for name in mails):
            what = "a digest goes by mail, and there is no way to them by mail"
            mend = "add their address on a mail channel that is configured, or take digest out"
            page.note(("agents", at, "digest"), what, mend)


def languages_are_spoken(page: Page) -> None:
    """Every language that is named has texts."""
    desk = page.tables.get("desk")
    texts = desk.get("texts") if isinstance(desk, dict) else None
    own = page.folder / Path(texts).expanduser() if isinstance(texts, str) else None
    if own is not None and not own.is_dir():
        page.note(("desk", "texts"), f"there is no folder {own}", "make it, or take it out")
        own = None
    try:
        spoken = {each.language for each in folders(own)}
    except TextError as error:
        page.note(("desk", "texts"), "the desk's own texts can't be read", str(error))
        spoken = {each.language for each in folders()}
    for place, language in _words(page):
        short = language if place[0] == "desk" else language.partition("-")[0].lower()
        if place[-1] == "language" and short and short not in spoken:
            mend = f"the desk speaks {', '.join(sorted(spoken))}"
            page.note(place, f'there are no texts in "{language}"', mend)


def articles_are_there(page: Page) -> None:
    """The folder of articles is one; who named a wrong one would wait for what never comes."""
    for place, word in _words(page):
        folder = page.folder / Path(word).expanduser()
        if place == ("knowledge", "folder") and not folder.is_dir():
            page.note(place, f"there is no folder {folder}", "make it, or take it out")


def zones_exist(page: Page) -> None:
    """Every time zone of an agent, an organisation or a channel is one; the desk's is read."""
    for place, zone in _words(page):
        if place[-1] == "zone" and place[0] != "desk" and zone and not known_zone(zone):
            page.note(place, f'zone = "{zone}" is no time zone', zone_mend(zone))


def references_are_read(page: Page) -> None:
    """The prefix is one that can be found again in "IT-42"."""
    for place, prefix in _words(page):
        if place == ("desk", "prefix") and not _PREFIX.fullmatch(prefix):
            mend = 'write letters and digits, beginning with a letter, like "IT"'
            page.note(place, f'prefix = "{prefix}"', mend)


def closing_needs_opening(page: Page) -> None:
    """Closed days without any hours would be lost: such a desk or team is always open."""
    teams = page.tables.get("teams")
    whose: list[tuple[Place, object]] = [(("desk",), page.tables.get("desk"))]
    whose += [
        (("teams", at), each) for at, each in enumerate(teams if isinstance(teams, list) else ())
    ]
    for place, table in whose:
        hours = table.get("hours") if isinstance(table, dict) else None
        if (
            isinstance(hours, dict)
            and hours.get("closed")
            and not any(spans for day, spans in hours.items() if day != "closed")
        ):
            mend = 'add the hours of the week, like monday = "09:00-17:00"'
            what = f"a {str(place[0]).rstrip('s')} without hours never closes"
            page.note((*place, "hours", "closed"), what, mend)


def secrets_are_hidden(page: Page) -> None:
    """A file that holds a password is its owner's alone."""
    for place, word in _words(page):
        if place == ("store", "database") and re.search(r"//[^/@]*:[^/@]+@", word):
            page.secrets.append(place)
    if not page.secrets or os.name != "posix":
        return
    mode = stat.S_IMODE(page.path.stat().st_mode)
    if mode & 0o077:
        what = f"a password stands here, and others may read this file (mode {mode:o})"
        page.note(page.secrets[0], what, f"chmod 600 {page.path}")


CHECKS: tuple[Callable[[Page], None], ...] = (
    names_are_unique,
    teams_exist,
    digests_arrive,
    languages_are_spoken,
    articles_are_there,
    zones_exist,
    references_are_read,
    closing_needs_opening,
    secrets_are_hidden,
)


def _unique(words: list[tuple[Place, str]], page: Page) -> None:
    seen: dict[str, Place] = {}
    for place, word in words:
        first = seen.setdefault(word.casefold(), place)
        if first != place:
            line = page.places.get(first, 0)
            page.note(place, f'"{word}" stands in line {line} already', "keep one of them")


def _words(page: Page) -> list[tuple[Place, str]]:
    """Every text of the file with its place, in order."""
    return list(_texts(page.tables, ()))


def _texts(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, (*place, key))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _texts(each, (*place, at))


def _is(place: Place, table: str, key: str) -> bool:
    return place[0] == table and place[-1] == key


_NAMED = (
    "teams",
    "agents",
    "organisations",
    "assets",
    "routes",
    "calendars",
    "targets",
    "escalations",
)
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9]{0,9}")
