"""What a text is held to: rules for its key, and the words by which its language is judged."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from pathlib import Path
from typing import Any

from bot.language import VOICE, TextError, shared, tables, unlike
from bot.model.fold import fold
from bot.sources import Source
from bot.voice.prose import Ease, Syllables

_STARTS = re.compile(r"[\w*]")  # a phrase that begins with a word's beginning


@dataclass(frozen=True, slots=True)
class Rule:
    """What the texts of some keys and audiences are held to; 0 and () ask for nothing."""

    keys: tuple[str, ...]
    but: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()  # all of them when empty
    judged_by: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # variables it must name, in this order
    characters: int = 0  # at most, as rendered
    lines: int = 0  # of its first paragraph, at most

    def holds(self, source: Source) -> bool:
        """Whether this text is held to it."""
        meant = not self.audiences or source.audience in self.audiences
        return meant and fits(source.key, self.keys) and not fits(source.key, self.but)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words by which texts of one language are judged, each list compiled to one pattern."""

    sentence_words: int
    least_ease: float
    ease: Ease
    syllables: Syllables
    verb: re.Pattern[str]
    jargon: re.Pattern[str]
    vague: re.Pattern[str]
    talking_down: re.Pattern[str]
    hollow: re.Pattern[str]
    dead_end: re.Pattern[str]
    next_step: re.Pattern[str]
    person: re.Pattern[str]
    apology: re.Pattern[str]
    excuse: re.Pattern[str]
    familiar: re.Pattern[str]
    formal: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Voice:
    """Every rule, and the words of every language that has some."""

    rules: tuple[Rule, ...]
    languages: Mapping[str, Lexicon]
    unlike: tuple[str, ...]  # keys that a language may write with variables of its own

    def rules_of(self, source: Source) -> list[Rule]:
        """The rules this text is held to."""
        return [rule for rule in self.rules if rule.holds(source)]


def load_voice(own: Path | None = None) -> Voice:
    """The rules, and the words of each language whose voice.toml is whole.

    Raises `TextError` for words that make no sense.
    """
    table, model = shared(VOICE), next(iter(tables(VOICE).values()))
    return Voice(
        rules=tuple(_rule(each) for each in table["rules"]),
        languages={
            name: _lexicon(name, each)
            for name, each in tables(VOICE, own).items()
            if not any(unlike(each, model, 2))
        },
        unlike=tuple(table["alike"]["but"]),
    )


def fits(key: str, patterns: Iterable[str]) -> bool:
    """Whether a key is one of these: "answer.*", "*.subject"."""
    return bool(_one_of(tuple(patterns)).match(key))


def plain(text: str) -> str:
    """The text as phrases are compared with it: no accents, no case, straight apostrophes."""
    return fold(text.replace("’", "'"))


def phrases(listed: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all the phrases, the longest first; it is searched in `plain` text."""
    folded = sorted((plain(phrase) for phrase in listed), key=len, reverse=True)
    words = [_phrase(each) for each in folded if _STARTS.match(each)]
    signs = [_phrase(each) for each in folded if not _STARTS.match(each)]
    at_a_word = [rf"(?<!\w)(?:{'|'.join(words)})"] if words else []  # asked once at each place
    return re.compile("|".join([*at_a_word, *signs]) or r"(?!)")


@cache
def _one_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(translate, patterns)) or r"(?!)")


def _phrase(phrase: str) -> str:
    words = re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    after = r"(?!\w)" if re.search(r"\w$", phrase) else ""
    return f"{words}{after}"


def _rule(table: Mapping[str, Any]) -> Rule:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
    }
    return Rule(**fields)


def _lexicon(language: str, table: Mapping[str, Any]) -> Lexicon:
    fields: dict[str, Any] = {
        name: phrases(value) if isinstance(value, list) else value for name, value in table.items()
    }
    try:
        spoken = table["syllables"]
        syllables = Syllables(
            tuple((_expression(each), instead) for each, instead in spoken["respelled"]),
            tuple(map(_expression, spoken["counted"])),
        )
        return Lexicon(**(fields | {"ease": Ease(**table["ease"]), "syllables": syllables}))
    except (TypeError, ValueError, KeyError, re.error) as error:
        raise TextError(f"{VOICE}.toml of '{language}' can't be read: {error}") from error


def _expression(written: str) -> re.Pattern[str]:
    return re.compile(written, re.VERBOSE)
