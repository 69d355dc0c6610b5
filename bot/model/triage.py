"""What a message is and how soon it is needed, judged by plain rules that give their reasons."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from bot.model.emphasis import unmarked
from bot.model.phrase import Match, Phrases, Spoken, spoken

_READ = 5_000  # characters: whoever wrote more has said what it is about by then
_SHORT = 40  # words: whoever wrote more has said more than hello
_JUDGED = 4  # texts whose manners are kept: each is asked after several of them


class Kind(StrEnum):
    """What somebody comes with."""

    INCIDENT = "incident"  # something failed
    REQUEST = "request"  # somebody wants something
    QUESTION = "question"  # somebody asks
    COMPLAINT = "complaint"  # somebody is unhappy with the desk itself
    SUGGESTION = "suggestion"  # somebody proposes an improvement


class Priority(IntEnum):
    """How soon it is needed; greater is sooner."""

    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that spoke, "many", and the words of the text that made it, "nobody can print"."""

    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Triage:
    """The judgement of one message; `reasons` are for agents, those of the kind first."""

    kind: Kind
    priority: Priority
    reasons: tuple[Reason, ...]
    upset: bool


class Rules(NamedTuple):
    """The compiled phrases: `signs` of kind, urgency and mood, and the `manners` around them."""

    signs: Phrases
    manners: Phrases


# Whoever is unhappy with the desk is heard before what failed, what failed before what is wanted.
_KINDS = {
    "unhappy": Kind.COMPLAINT,
    "proposes": Kind.SUGGESTION,
    "failed": Kind.INCIDENT,
    "wants": Kind.REQUEST,
    "asks": Kind.QUESTION,
}
_URGENCY = ("safety", "security", "urgent", "distress", "stuck", "deadline", "calm")
_IMPACT = ("down", "many", "money", "customers", "leader")  # weigh only where something failed
_MOOD = ("upset",)
_NOTHING = "nothing"  # phrases that only keep the words in them from speaking
_MANNERS = ("greeting", "thanks", "settled", "asks_after", "filler")
_TROUBLE = (Kind.INCIDENT, Kind.COMPLAINT)
_LISTS = "words"
_CALLED = "42"  # a matter's reference, which phrases have as `#`
_LIST = re.compile(r"\{\w+\}")
_HIGH = 2  # points
_URGENT = 4
_AT_US = 4  # weight: from there on a phrase of anger names the desk, or what it did
_LOUD = 15  # capitals: fewer are abbreviations
_SILENT = ("", "?")


def compile_rules(files: Mapping[str, Mapping[str, Any]]) -> Rules:
    """Compile the phrases of every language, by the file they stand in: 2 hundredths of a second.

    Raises ValueError for a rule nobody knows or a phrase that can't be read, with its file.
    """
    signs: list[tuple[str, str, int]] = []
    manners: list[tuple[str, str, int]] = []
    for file, tables in files.items():
        for phrase in _phrases(file, tables):
            (manners if phrase[1] in _MANNERS else signs).append(phrase)
    return Rules(Phrases(signs), Phrases(manners))


def triage(rules: Rules, subject: str, text: str) -> Triage:
    """Judge a message by its subject and its new words, without quotes and signature.

    The strongest phrase of a rule counts, and one point more if there is another. Two points of
    urgency make it high, four urgent. Only the first 5,000 characters of each are read.
    """
    said = spoken(unmarked(subject[:_READ])), spoken(unmarked(text[:_READ]))
    found = rules.signs.find((*said[0].words, "", *said[1].words))
    kinds = _of_kind(_by_rule(found, _KINDS))
    rule = max(_KINDS, key=lambda rule: _weight(kinds.get(rule, ())))
    kind = _KINDS[rule] if kinds else Kind.INCIDENT
    urgency = _by_rule(found, (*_URGENCY, *_IMPACT) if kind in _TROUBLE else _URGENCY)
    mood = _by_rule(found, _MOOD)
    told = {rule: kinds[rule]} if kinds else {}
    reasons = (told | urgency | mood).items()
    upset = bool(mood) or kind is Kind.COMPLAINT or ("failed" in told and _shouts(subject, text))
    quoted = tuple(Reason(name, _quote(said, matches)) for name, matches in reasons)
    return Triage(kind, _priority(kind, urgency), quoted, upset)


def is_greeting(rules: Rules, text: str) -> bool:
    """Whether there is nothing but a greeting: "Hola, buenas tardes"."""
    return _only(rules, text, "greeting", "filler")


def is_thanks(rules: Rules, text: str) -> bool:
    """Whether there is nothing but thanks, or word that it works now: "perfecto, mil gracias"."""
    if "?" in text:
        return False
    others = ("settled", "filler", "greeting")
    return says_settled(rules, text) or _only(rules, text, "thanks", *others)


def says_settled(rules: Rules, text: str) -> bool:
    """Whether it only says that it works now: "solved, thanks"."""
    return "?" not in text and _only(rules, text, "settled", "thanks", "filler", "greeting")


def asks_after(rules: Rules, text: str, reference: str = "") -> bool:
    """Whether it only asks how one's own matter stands: "any news on my ticket? thanks".

    A matter may be called by its `reference`.
    """
    if reference:
        text = re.sub(rf"\[?{re.escape(reference)}\b\]?", _CALLED, text, flags=re.IGNORECASE)
    return _only(rules, text, "asks_after", "filler", "greeting", "thanks", "settled")


def _phrases(file: str, tables: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    known = {*_KINDS, *_URGENCY, *_IMPACT, *_MOOD, *_MANNERS, _NOTHING}
    listed: Mapping[str, str] = tables.get(_LISTS, {})
    lists = {f"{{{name}}}": "/".join(words.split()) for name, words in listed.items()}
    for rule, weights in tables.items():
        if rule == _LISTS:
            continue
        if rule not in known:
            raise ValueError(f"{file}: no rule is called {rule!r}; there are {sorted(known)}")
        for weight, phrases in weights.items():
            for phrase in phrases:
                for name in set(_LIST.findall(phrase)) - lists.keys():
                    raise ValueError(f"{file}: no words are called {name}")
                yield _LIST.sub(lambda name: lists[name[0]], phrase), rule, int(weight)


def _by_rule(found: Sequence[Match], rules: Iterable[str]) -> dict[str, list[Match]]:
    """The matches of some rules, by rule; a phrase within a longer one doesn't speak."""
    wanted = {*rules, _NOTHING}
    mine = sorted(
        (match for match in found if match.rule in wanted),
        key=lambda match: (match.first, -match.last),
    )
    kept: dict[str, list[Match]] = {}
    outer = (-1, -1)
    for match in mine:
        span = (match.first, match.last)
        if match.last > outer[1]:
            outer = span
        if span == outer and match.weight:
            kept.setdefault(match.rule, []).append(match)
    return kept


def _of_kind(kinds: dict[str, list[Match]]) -> dict[str, list[Match]]:
    """The matches that decide: anger that doesn't name the desk is about what failed."""
    anger = max((match.weight for match in kinds.get("unhappy", ())), default=_AT_US)
    if "failed" in kinds and anger < _AT_US:
        return {rule: matches for rule, matches in kinds.items() if rule != "unhappy"}
    return kinds


def _weight(matches: Sequence[Match]) -> int:
    several = len({match.first for match in matches}) > 1
    return max((match.weight for match in matches), default=0) + several


def _priority(kind: Kind, urgency: Mapping[str, Sequence[Match]]) -> Priority:
    points = {rule: max(match.weight for match in urgency[rule]) for rule in urgency}
    total = sum(points.values())
    if max(points.values(), default=0) >= _URGENT or (total >= _URGENT and kind in _TROUBLE):
        return Priority.URGENT
    if total >= _HIGH:
        return Priority.HIGH
    return Priority.LOW if total < 0 else Priority.NORMAL


def _quote(said: tuple[Spoken, Spoken], matches: Sequence[Match]) -> str:
    """The strongest match as it was written, in the subject or, after a break, in the text."""
    strongest = max(matches, key=lambda match: (match.weight, match.last - match.first))
    subject, text = said
    before = len(subject.words) + 1
    if strongest.first < before:
        return subject.quote(strongest.first, strongest.last)
    return text.quote(strongest.first - before, strongest.last - before)


def _shouts(*said: str) -> bool:
    sample = "\n".join(said)[:500]
    capitals = sum(map(str.isupper, sample))
    return "!!!" in sample or (capitals > _LOUD and capitals > 4 * sum(map(str.islower, sample)))


def _only(rules: Rules, text: str, *allowed: str) -> bool:
    """Whether phrases of the allowed rules, one of the first among them, make up all the words."""
    found = _mannered(rules.manners, text)
    if not any(match.rule == allowed[0] for match in found):
        return False
    words = spoken(text).words
    reached = {0}
    for place, word in enumerate(words):
        if place not in reached:
            continue
        if word in _SILENT:
            reached.add(place + 1)
        reached.update(
            match.last + 1 for match in found if match.first == place and match.rule in allowed
        )
    return len(words) in reached


@lru_cache(_JUDGED)
def _mannered(manners: Phrases, text: str) -> list[Match]:
    """The phrases of greeting, thanks and the like in a text short enough to be only that."""
    words = spoken(text).words if len(text) <= _READ else ()
    return manners.find(words) if len(words) <= _SHORT else []
