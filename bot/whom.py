"""Whom something affects, as people say it: everybody, an office, a team, a tag, a channel."""

import re
from collections.abc import Iterator, Mapping

from bot.command import Call
from bot.model.fold import fold
from bot.model.notice import Affected, Scope
from bot.model.refused import Refused
from bot.text import Reader, Texts
from bot.which import bare, teams_named

_HASH = "#"


def taken_affected(call: Call, words: str, *, alone: bool) -> tuple[tuple[Affected, ...], str]:
    """Who is named up to a colon, or by all the words of a field `alone`. Raises `Refused`."""
    said, rest = (words, "") if alone else _before_colon(words)
    joints = "|".join(map(re.escape, _joints(call.desk.texts)))
    parts = re.split(rf"\s*[,;]\s*(?:(?:{joints})\s+)?|\s+(?:{joints})\s+", said.strip())
    return tuple(dict.fromkeys(_meant(call, each) for each in parts if each)), rest


def affected_by_name(call: Call) -> Iterator[tuple[str, str]]:
    """Those who may be named: what is written, and what is read."""
    texts, reader, settings = call.desk.texts, call.reader, call.desk.settings
    teams = {each.name: each.called for each in settings.teams}
    offices = (Affected(Scope.OFFICE, each) for each in _offices(call).values())
    named = (Affected(Scope.TEAM, each) for each in teams)
    channels = (Affected(Scope.CHANNEL, each) for each in sorted(call.desk.channels))
    for each in (Affected(Scope.EVERYBODY), *named, *offices, *channels):
        word = texts.words(f"whom.{each.scope}", reader.language)[0]
        yield f"{word} {each.name}".strip(), called(texts, reader, teams, each)


def called(texts: Texts, reader: Reader, teams: Mapping[str, str], affected: Affected) -> str:
    """What people read: "everybody", "the office in Lyon"; `teams` are labels by name."""
    name = teams.get(affected.name, affected.name) if affected.scope is Scope.TEAM else ""
    return texts.render(f"affected.{affected.scope}", reader, name=name or affected.name)


def _before_colon(words: str) -> tuple[str, str]:
    """The first line up to its colon, or that line, and what follows."""
    line, below = words.partition("\n")[::2]
    said, rest = line.partition(":")[::2]
    return said, f"{rest}\n{below}".strip()


def _meant(call: Call, words: str) -> Affected:
    """The ones that one name means, what says so before it or not: "office Lyon", "Lyon"."""
    said = bare(words)
    scopes = _scopes(call.desk.texts)
    if scopes.get(said) is Scope.EVERYBODY:
        return Affected(Scope.EVERYBODY)
    if said.startswith(_HASH):
        return Affected(Scope.TAG, words.strip().removeprefix(_HASH))
    for count in (2, 1):
        first = said.split()[:count]
        scope = scopes.get(" ".join(first))
        name = words.split(maxsplit=count)[count:]
        if scope and name:
            found = _named(call, name[0].rstrip(".,:;"), (scope,))
            if found:
                return found
    if found := _named(call, words, (Scope.TEAM, Scope.CHANNEL, Scope.OFFICE)):
        return found
    offices = [*_offices(call).values()]
    teams = [each.called for each in call.desk.settings.teams]
    raise Refused("refused.whom", value=words, people=[*teams, *offices]).at("whom")


def _named(call: Call, name: str, scopes: tuple[Scope, ...]) -> Affected | None:
    """Who bears a name, as one of these."""
    known: dict[Scope, Mapping[str, str]] = {
        Scope.TEAM: {said: team.name for said, team in teams_named(call.desk.settings).items()},
        Scope.CHANNEL: {fold(each): each for each in call.desk.channels},
        Scope.OFFICE: _offices(call),
        Scope.TAG: {fold(name): name},
    }
    found = ((scope, known[scope].get(bare(name))) for scope in scopes)
    return next((Affected(scope, each) for scope, each in found if each), None)


def _offices(call: Call) -> Mapping[str, str]:
    """Where people work, as far as the book and the config know, by their bare names."""
    calendars = call.desk.settings.targets.calendars
    listed = (*call.work.notices.offices(), *(x for each in calendars for x in each.offices))
    return {bare(each): each for each in listed}


def _scopes(texts: Texts) -> Mapping[str, Scope]:
    """What says by what they are meant, in every language."""
    return {
        fold(word): scope
        for scope in Scope
        for language in texts.languages
        for word in texts.words(f"whom.{scope}", language)
    }


def _joints(texts: Texts) -> list[str]:
    """What stands between two of them: "and"."""
    return [word for each in texts.languages for word in texts.words("whom.and", each)]
