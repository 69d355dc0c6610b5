"""What a message is and how soon it is needed, judged by plain rules that give their reasons."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from importlib.resources import files
from typing import Any, NamedTuple

from bot.model.fold import fold
from bot.model.phrase import Match, Phrases, Spoken, spoken

_READ = 5_000  # characters: whoever wrote more has said what it is about by then
_SHORT = 40  # words: whoever wrote more has said more than hello
_BRIEF = 8 * _SHORT  # characters of which nearly every longer message shows that it is one
_SPARE = 5  # words that a cut may make of an address or a link, which have none


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
_MANNERS = ("greeting", "thanks", "filler")
_TROUBLE = (Kind.INCIDENT, Kind.COMPLAINT)
_LISTS = "words"
_LIST = re.compile(r"\{\w+\}")
_HIGH = 2  # points
_URGENT = 4
_CAPITAL = re.compile(r"[A-ZÁÉÍÓÚÜÑ]")
_LOUD = 15  # capitals: fewer are abbreviations
_SILENT = ("", "?")

_PREFIX = re.compile(
    r"(?:\s*(?:(?:re|fwd?|rv|tr|wg|aw|enc|res|i)\s?(?:\[\d+\])?:|\[[^\[\]]{1,40}\]|\(ext\w*\)))+",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_BROKEN = re.compile(r"(?<=[^\n]{55}[^\n.!?:…])\r?\n(?=[^\W_])")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n")
_MARKS = " .,;:!?¡¿-–()\"'*_"
_HELLO = (
    r"(?:muy )?buen[oa]s? (?:d[ií]as?|tardes|noches)|(?:muy )?buenas|hola|estimad[oa]s?"
    r"|querid[oa]s?|hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)"
)
_ALL = (
    r"(?:a )?tod[oa]s|equipo|gente|soporte|compañer[oa]s|colegas|de nuevo"
    r"|there|again|all|everyone|everybody|team|folks|guys|support|colleagues|sir|madam"
)
_NAMED = r"(?: (?-i:[A-ZÁÉÍÓÚÜÑ])[^\W\d_]*){0,2}(?:[,!.:;]|\s*$)"
_GREETING = re.compile(
    rf"\W*(?:{_HELLO})\b(?:,? (?:{_ALL})\b)*(?:{_NAMED})?[^\w¿¡«“(]*", re.IGNORECASE
)
_COURTESY = re.compile(
    r"\W*(?:espero que|i hope|hope (?:you|this|all)|how are you|qu[eé] tal|c[oó]mo (?:est|and|va)"
    r"|i trust|un saludo|saludos|gracias|thanks|thank you|regards|muchas gracias)\b",
    re.IGNORECASE,
)
_VAGUE = frozenset(  # subjects and sentences that say nothing
    (
        *(
            "",
            "help",
            "please help",
            "ayuda",
            "por favor",
            "problem",
            "problema",
            "issue",
            "urgent",
        ),
        *("question", "quick question", "pregunta", "consulta", "duda", "urgente", "no subject"),
        *(
            "sin asunto",
            "support",
            "soporte",
            "request",
            "solicitud",
            "ticket",
            "incidencia",
            "test",
        ),
    )
)


def load_rules() -> Rules:
    """Read and compile the phrases of every language in `rules/`: a few hundredths of a second.

    Raises ValueError for a rule nobody knows or a phrase that can't be read, with its file.
    """
    signs: list[tuple[str, str, int]] = []
    manners: list[tuple[str, str, int]] = []
    for file in sorted(files("bot.model").joinpath("rules").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for phrase in _phrases(file.name, tomllib.loads(file.read_text("utf-8"))):
                (manners if phrase[1] in _MANNERS else signs).append(phrase)
    return Rules(Phrases(signs), Phrases(manners))


def triage(rules: Rules, subject: str, text: str) -> Triage:
    """Judge a message by its subject and its new words, without quotes and signature.

    The strongest phrase of a rule counts, and one point more if there is another. Two points of
    urgency make it high, four urgent. Only the first 5,000 characters are read.
    """
    said = spoken(f"{subject[:_READ]}\n\n{text}"[:_READ])
    found = rules.signs.find(said.words)
    kinds = _by_rule(found, _KINDS)
    rule = max(_KINDS, key=lambda rule: _weight(kinds.get(rule, ())))
    kind = _KINDS[rule] if kinds else Kind.INCIDENT
    urgency = _by_rule(found, (*_URGENCY, *_IMPACT) if kind in _TROUBLE else _URGENCY)
    mood = _by_rule(found, _MOOD)
    told = {rule: kinds[rule]} if kinds else {}
    reasons = (told | urgency | mood).items()
    upset = bool(mood) or kind is Kind.COMPLAINT or ("failed" in told and _shouts(said.text))
    quoted = tuple(Reason(name, _quote(said, matches)) for name, matches in reasons)
    return Triage(kind, _priority(kind, urgency), quoted, upset)


def is_greeting(rules: Rules, text: str) -> bool:
    """Whether there is nothing but a greeting: "Hola, buenas tardes"."""
    return _only(rules, text, "greeting", "filler")


def greets(text: str) -> bool:
    """Whether it begins with a greeting of its own: "Hi Tom," or "Hola, Ana: prueba esto"."""
    first = text.lstrip().partition("\n")[0].rstrip()
    hello = _GREETING.match(first)
    if hello is None:
        return False
    return hello.end() == len(first) or hello[0].rstrip()[-1] in ",.:;!"


def is_thanks(rules: Rules, text: str) -> bool:
    """Whether there is nothing but thanks, or word that it works now: "perfecto, mil gracias"."""
    return "?" not in text and _only(rules, text, "thanks", "filler", "greeting")


def summary(subject: str, text: str, limit: int = 78) -> str:
    """One line of at most `limit` characters that says what was understood.

    The subject without "Re:" and "[tags]", or, where it says nothing, the first sentence after
    the greeting; cut at a word. "" only where there are no words at all.
    """
    title = _line(_PREFIX.sub("", _line(subject[:_READ])))
    parts = [_line(part) for part in _SENTENCE.split(_BROKEN.sub(" ", text[:_READ]))]
    opened = [_after_greeting(part) for part in (title, *parts)]
    telling = (part for part in opened if fold(part).strip(_MARKS) not in _VAGUE)
    anything = (part for part in (*opened, title, *parts) if part.strip(_MARKS))
    return _cut(next(telling, "") or next(anything, ""), limit)


def _phrases(file: str, tables: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    known = {*_KINDS, *_URGENCY, *_IMPACT, *_MOOD, *_MANNERS, _NOTHING}
    lists = {f"{{{name}}}": "/".join(words.split()) for name, words in tables[_LISTS].items()}
    for rule, weights in tables.items():
        if rule == _LISTS:
            continue
        if rule not in known:
            raise ValueError(f"{file}: no rule is called {rule!r}; there are {sorted(known)}")
        for weight, phrases in weights.items():
            for phrase in phrases:
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


def _quote(said: Spoken, matches: Sequence[Match]) -> str:
    strongest = max(matches, key=lambda match: (match.weight, match.last - match.first))
    return said.quote(strongest.first, strongest.last)


def _shouts(said: str) -> bool:
    sample = said[:500]
    capitals = len(_CAPITAL.findall(sample))
    return "!!!" in sample or (capitals > _LOUD and capitals > 4 * sum(map(str.islower, sample)))


def _only(rules: Rules, text: str, *allowed: str) -> bool:
    """Whether phrases of the allowed rules, one of the first among them, make up all the words."""
    begun = spoken(text[:_BRIEF])
    if len(text) > _READ or len(begun.words) > _SHORT + _SPARE:
        return False
    words = begun.words if len(text) <= _BRIEF else spoken(text).words
    if len(words) > _SHORT:
        return False
    found = [match for match in rules.manners.find(words) if match.rule in allowed]
    reached = {0}
    for place, word in enumerate(words):
        if place in reached and word in _SILENT:
            reached.add(place + 1)
        reached.update(
            match.last + 1 for match in found if match.first == place and place in reached
        )
    return len(words) in reached and any(match.rule == allowed[0] for match in found)


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _after_greeting(sentence: str) -> str:
    rest = sentence
    while (hello := _GREETING.match(rest)) is not None:
        rest = rest[hello.end() :]
    return "" if _COURTESY.match(rest) else rest


def _cut(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    head = line[:limit]  # one more than there is room for, so that a word may end there
    at = head.rfind(" ")
    kept = head[:at] if at >= limit // 2 else head[: limit - 1]
    return kept.rstrip(" ,.;:-(") + "…"
