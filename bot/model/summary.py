"""What a message is about in one line, found behind the words with which people begin."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.model.fold import fold
from bot.model.phrase import pattern, unaccented

_READ = 5_000  # characters
_PREFIX = re.compile(  # what mail programs of all tongues put before a subject
    r"(?:\s*(?:(?:re|fwd?|rv|tr|wg|aw|enc|res|i)\s?(?:\[\d+\])?:|\[[^\[\]]{1,40}\]|\(ext\w*\)))+",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_BROKEN = re.compile(r"(?<=[^\n]{55}[^\n.!?:…])\r?\n(?=[^\W_])")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n")
_MARKS = " .,;:!?¡¿-–()\"'*_"
_NAMED = r"(?: (?-i:[^\W\d_a-z])[^\W\d_]*){0,2}(?:[,!.:;]|\s*$)"


class Openings(NamedTuple):
    """How messages begin before they say anything, in every language; matched without accents."""

    greeting: re.Pattern[str]  # "Hola, Ana:"
    courtesy: re.Pattern[str]  # the beginning of a sentence that says nothing: "I hope you"
    vague: frozenset[str]  # whole subjects and sentences that say nothing: "help"


def compile_openings(tables: Iterable[Mapping[str, Sequence[str]]]) -> Openings:
    """Compile the phrases `hello`, `everyone`, `courtesy` and `vague` of each language.

    Raises ValueError for a phrase that can't be read.
    """
    said: dict[str, list[str]] = {"hello": [], "everyone": [], "courtesy": [], "vague": []}
    for table in tables:
        for name in said:
            said[name] += table.get(name, ())
    hello, everyone = pattern(said["hello"]), pattern(said["everyone"])
    greeting = rf"\W*(?:{hello})\b(?:,? (?:{everyone})\b)*(?:{_NAMED})?[^\w¿¡«“(]*"
    return Openings(
        re.compile(greeting, re.IGNORECASE),
        re.compile(rf"\W*(?:{pattern(said['courtesy'])})\b", re.IGNORECASE),
        frozenset({"", *map(fold, said["vague"])}),
    )


def greets(openings: Openings, text: str) -> bool:
    """Whether it begins with a greeting of its own: "Hi Tom," or "Hola, Ana: prueba esto"."""
    first = text.lstrip().partition("\n")[0].rstrip()
    hello = openings.greeting.match(unaccented(first))
    if hello is None:
        return False
    return hello.end() == len(first) or hello[0].rstrip()[-1] in ",.:;!"


def summary(openings: Openings, subject: str, text: str, limit: int = 78) -> str:
    """One line of at most `limit` characters that says what was understood.

    The subject without "Re:" and "[tags]", or, where it says nothing, the first sentence after
    the greeting; cut at a word. "" only where there are no words at all.
    """
    text = text.replace("```", "\n")  # a fence around code is no word of it
    title = _line(_PREFIX.sub("", _line(subject[:_READ])))
    for part in _parts(title, text):
        told = _after_greeting(openings, part)
        if not _is_idle(openings, told):
            return _cut(told, limit)
    parts = [*_parts(title, text)]
    opened = (_after_greeting(openings, part) for part in parts)
    return _cut(next((each for each in (*opened, *parts) if each.strip(_MARKS)), ""), limit)


def _parts(title: str, text: str) -> Iterator[str]:
    """The subject, then the sentences of the text, whole where a program broke their lines."""
    yield title
    for part in _SENTENCE.split(_BROKEN.sub(" ", text[:_READ])):
        yield _line(part)


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _after_greeting(openings: Openings, sentence: str) -> str:
    rest = sentence
    while (hello := openings.greeting.match(unaccented(rest))) is not None:
        rest = rest[hello.end() :]
    return rest


def _is_idle(openings: Openings, sentence: str) -> bool:
    """Whether it says nothing of the matter."""
    vague = fold(sentence).strip(_MARKS) in openings.vague
    return vague or openings.courtesy.match(unaccented(sentence)) is not None


def _cut(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    head = line[:limit]  # one more than there is room for, so that a word may end there
    at = head.rfind(" ")
    kept = head[:at] if at >= limit // 2 else head[: limit - 1]
    return kept.rstrip(" ,.;:-(") + "…"
