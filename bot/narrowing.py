"""Narrowing: the words by which somebody says which tickets of a list they want to see."""

import re
from dataclasses import dataclass, replace

from bot.command import Call
from bot.labels import meant_by, names
from bot.model.filter import Filter
from bot.model.fold import fold
from bot.model.person import Person
from bot.model.settings import Desk as Settings
from bot.model.ticket import Status
from bot.model.triage import Kind, Priority
from bot.text import Texts
from bot.who import myself

_MOST_WORDS = 3  # of one name: "waiting for you"
_BREAK = re.compile(r"[\s,;]+")
_QUOTED = re.compile(r"[\"“”«»]")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A filter, and the words that it was read of."""

    filter: Filter
    said: str


def take_filter(call: Call, words: str, *, alone: bool) -> tuple[Narrowed | None, str]:
    """A filter, and the number of a page behind it, unless it stands in a field `alone`."""
    begun, _, last = words.rpartition(" ")
    asked, left = (begun, last) if last.isdecimal() and not alone else (words, "")
    return narrowed(call.desk.texts, call.desk.settings, call.by, asked), left


def narrowed(texts: Texts, settings: Settings, by: Person, words: str) -> Narrowed | None:
    """What these words ask for; None where there are none.

    States, kinds, priorities and teams are known by their names in each language; "mine" and
    "unclaimed" too. Whatever else is said must stand in a ticket's line.
    """
    left = [each for each in _BREAK.split(_QUOTED.sub(" ", words)) if each]
    found = Filter()
    while left:
        for count in range(min(_MOST_WORDS, len(left)), 0, -1):
            known = _known(texts, settings, by, found, " ".join(left[:count]))
            if known is not None:
                found, left = known, left[count:]
                break
        else:
            found, left = replace(found, words=(*found.words, left[0])), left[1:]
    return Narrowed(found, " ".join(words.split())) if found != Filter() else None


def filter_words(texts: Texts, settings: Settings, language: str) -> list[str]:
    """The words that people may begin with, in a language."""
    going = (each for each in Status if not each.is_done)
    named = (names(texts, each, language)[0] for each in (*reversed(Priority), *going, *Kind))
    own = (texts.words(f"filter.{each}", language)[0] for each in ("unclaimed", "mine"))
    return [*own, *named, *(settings.label(each.name) for each in settings.teams)]


def _known(
    texts: Texts, settings: Settings, by: Person, before: Filter, name: str
) -> Filter | None:
    """The filter with what a name says besides; None for a name that is none."""
    if (value := meant_by(texts, name)) is not None:
        return replace(before, values=(*before.values, value))
    for team in settings.teams:
        if fold(name) in (fold(team.name), fold(team.label)):
            return replace(before, teams=(*before.teams, team.name))
    if fold(name) in myself(texts) | _said(texts, "filter.mine"):
        return replace(before, claimed_by=by.id)
    if fold(name) in _said(texts, "filter.unclaimed"):
        return replace(before, unclaimed=True)
    return None


def _said(texts: Texts, key: str) -> set[str]:
    return {fold(each) for language in texts.languages for each in texts.words(key, language)}
