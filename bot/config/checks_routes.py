"""What must hold of the rules that route tickets: whom they name is there, and each can be reached.

As `bot.config.checks`, these read the tables as they are written.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.config.page import Page, guess
from bot.config.places import Place
from bot.model.phrase import Phrases, plain

_DECIDES = ("team", "level", "priority", "agent", "tags", "skill")


def routes_are_sound(page: Page) -> None:
    """Each rule can be reached and decides something, and what it names is there."""
    before: list[tuple[str, object, int]] = []
    for at, rule in enumerate(_tables(page, "routes")):
        place: Place = ("routes", at)
        _reached(rule, place, before, page)
        if not any(rule.get(each) for each in _DECIDES):
            page.note(place, "this rule decides nothing", f"say {' or '.join(_DECIDES)} of it")
        level = rule.get("level")
        if isinstance(level, int) and level < 0:
            page.note((*place, "level"), f"level = {level}", "write 1 or more")
        _names(rule, place, page)
        _agent_works_there(rule, place, page)
        when = rule.get("when")
        if isinstance(when, dict):
            _conditions(when, (*place, "when"), page)


def assets_are_sound(page: Page) -> None:
    """What people call an asset can be read, and means a kind."""
    for at, asset in enumerate(_tables(page, "assets")):
        place: Place = ("assets", at)
        for number, phrase in enumerate(_texts(asset.get("called"))):
            _phrase(phrase, (*place, "called", number), page)
        if asset.get("called") and not asset.get("kind"):
            what = "called says how people call a kind, and this asset has none"
            page.note((*place, "called"), what, 'write its kind, like kind = "laptop"')


def _reached(
    rule: Mapping[str, Any], place: Place, before: list[tuple[str, object, int]], page: Page
) -> None:
    """No earlier rule takes whatever this one would; `before` holds these: name, when, line."""
    when = rule.get("when") or {}
    for name, taken, line in before:
        if taken in ({}, when):
            what = f'"{name}" in line {line} takes all that this rule would'
            page.note(place, what, "put this one before it, or take it out")
            break
    before.append((str(rule.get("name", "")), when, page.places.get(place, 0)))


def _names(rule: Mapping[str, Any], place: Place, page: Page) -> None:
    """The agent is somebody, and the skill is somebody's, or may be by the desk's own list."""
    agents = list(_tables(page, "agents"))
    names = [str(each.get("name", "")) for each in agents]
    desk = page.tables.get("desk")
    said = [*agents, *([desk] if isinstance(desk, dict) else [])]
    skills = [skill for each in said for skill in _texts(each.get("skills"))]
    _known("agent", rule.get("agent"), names, (*place, "agent"), page)
    _known("skill", rule.get("skill"), skills, (*place, "skill"), page)


def _agent_works_there(rule: Mapping[str, Any], place: Place, page: Page) -> None:
    """Whom a rule names besides a team is one of that team."""
    team, name = rule.get("team"), rule.get("agent")
    for agent in _tables(page, "agents"):
        teams = list(_texts(agent.get("teams")))
        if name and team and agent.get("name") == name and teams and team not in teams:
            what = f'{name} doesn\'t work in the team "{team}"'
            page.note((*place, "agent"), what, f"name one of its agents, or add it to {name}'s")


def _conditions(when: Mapping[str, Any], place: Place, page: Page) -> None:
    known = [str(each.get("name", "")) for each in _tables(page, "organisations")]
    organisation = when.get("organisation")
    _known("organisation", organisation, known, (*place, "organisation"), page)
    contracts = [str(each.get("contract", "")) for each in _tables(page, "organisations")]
    _known("contract", when.get("contract"), contracts, (*place, "contract"), page)
    things = [
        str(each.get(key, "")) for each in _tables(page, "assets") for key in ("name", "kind")
    ]
    for at, asset in enumerate(_texts(when.get("assets"))):
        _known("asset", asset, things, (*place, "assets", at), page)
    channel = when.get("channel")
    if isinstance(channel, str) and channel and channel not in page.tables:
        near = guess(channel, page.tables)
        mend = f"did you mean {near}?" if near else f"add its table [{channel}], or take it out"
        page.note((*place, "channel"), f"the channel {channel} isn't configured", mend)
    words = when.get("words")
    for at, phrase in enumerate(words if isinstance(words, list) else ()):
        if isinstance(phrase, str):
            _phrase(phrase, (*place, "words", at), page)
    for key, value in when.items():
        if value in ([], ""):
            page.note((*place, key), f"{key} is empty", "write what must hold, or take it out")


def _phrase(phrase: str, place: Place, page: Page) -> None:
    try:
        Phrases([(plain(phrase), "word", 1)])
    except ValueError:
        mend = 'write plain words with one blank between them, like "red privada", "vpn/wifi"'
        page.note(place, f'"{phrase}" can\'t be read as words', f'{mend} or "password*"')


def _known(what: str, wanted: object, known: Iterable[str], place: Place, page: Page) -> None:
    """Somebody or something of this name is there, if it is named."""
    names = list(filter(None, known))
    if not isinstance(wanted, str) or not wanted or wanted in names:
        return
    near = guess(wanted, names)
    there = f"there are {', '.join(dict.fromkeys(names))}" if names else "take it out"
    page.note(place, f'there is no {what} "{wanted}"', f'did you mean "{near}"?' if near else there)


def _tables(page: Page, name: str) -> Iterator[Mapping[str, Any]]:
    """The tables of a list, one that is no table as an empty one: its place still counts."""
    listed = page.tables.get(name)
    for each in listed if isinstance(listed, list) else ():
        yield each if isinstance(each, dict) else {}


def _texts(listed: object) -> Iterator[str]:
    yield from (
        (each for each in listed if isinstance(each, str)) if isinstance(listed, list) else ()
    )
