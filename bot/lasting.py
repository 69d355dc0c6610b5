"""What durations are called, in every language of the texts at once."""

from collections.abc import Iterator

from bot.command import Call
from bot.model.duration import LONGEST, Lasting, read_duration
from bot.model.fold import fold
from bot.model.refused import Refused
from bot.text import Texts

_SIGNS = {
    "hour": "h",
    "minute": "m",
    "day": "d",
    "week": "d",
    "half": "0.5h",
    "quarter": "0.25h",
    "three_quarters": "0.75h",
    "and_half": "&.5",
    "and_quarter": "&.25",
    "and_three_quarters": "&.75",
}


def lasting(texts: Texts) -> Lasting:
    """The words of the texts under `when` that tell how long."""
    plus = frozenset(_words(texts, "plus"))
    called = ((words, sign) for name, sign in _SIGNS.items() for words in _words(texts, name))
    return Lasting(
        # "half past" is no share of an hour that something took
        phrases={words: sign for words, sign in called if "&" not in sign or _joins(words, plus)},
        numbers=dict(_counted(texts, "numbers", 1)),
        tens={word: int(number) * 10 for word, number in _counted(texts, "tens", 2)},
        one=frozenset(_words(texts, "one")),
        plus=plus,
        less=frozenset(_words(texts, "less")),
    )


def take_duration(call: Call, words: str) -> tuple[int | None, str]:
    """The minutes that words begin with, and what is left of them. Raises `Refused`."""
    if not words:
        return None, ""
    spent = read_duration(words, lasting(call.desk.texts))
    if spent is None:
        raise Refused("refused.no_duration", value=words.partition("\n")[0])
    if abs(spent.minutes) > LONGEST:
        raise Refused("refused.long_duration", limit=LONGEST // 60)
    return spent.minutes, spent.rest


def _joins(words: str, plus: frozenset[str]) -> bool:
    return words.partition(" ")[0] in plus


def _counted(texts: Texts, name: str, first: int) -> Iterator[tuple[str, str]]:
    for language in texts.languages:
        listed = texts.words(f"when.{name}", language)
        yield from ((fold(word), str(number)) for number, word in enumerate(listed, first))


def _words(texts: Texts, name: str) -> Iterator[str]:
    """The words for something, in all languages."""
    for language in texts.languages:
        yield from map(fold, texts.words(f"when.{name}", language))
