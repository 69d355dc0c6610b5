"""What moments are called, in every language of the texts at once."""

from collections.abc import Iterator
from datetime import time, timedelta

from bot.model.fold import fold
from bot.model.moment import HALF, MORNING, Ahead, Calling, Day, Part, Weekday
from bot.text import Texts

_DAYS = {"today": 0, "tomorrow": 1, "overmorrow": 2}
_PARTS = {"morning": MORNING, "noon": time(12), "afternoon": time(15), "evening": time(18)}
_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_SHORT = 3  # letters of a day of the week that are enough: "fri"


def calling(texts: Texts) -> Calling:
    """The words of the texts under `when`, and their days of the week."""
    return Calling(
        phrases=dict(_phrases(texts)),
        units={word: worth for name, worth in _UNITS.items() for word in _words(texts, name)},
        one=frozenset(_words(texts, "one")),
        before_hours=frozenset(_words(texts, "before_hours")),
        between=frozenset(_words(texts, "between")),
    )


def _phrases(texts: Texts) -> Iterator[tuple[str, Day | Part | timedelta]]:
    for name, at in _PARTS.items():
        yield from ((words, Part(at)) for words in _words(texts, name))
    for name, days in _DAYS.items():
        yield from ((words, Ahead(days)) for words in _words(texts, name))
    yield from ((words, HALF) for words in _words(texts, "half"))
    yield from ((words, Weekday(0)) for words in _words(texts, "next_week"))
    for language in texts.languages:
        coming = ("*", *map(fold, texts.words("when.coming", language)))
        for number, name in enumerate(texts.words("format.weekdays", language)):
            day = fold(name)
            for called in (day, day[:_SHORT]):
                yield from ((each.replace("*", called), Weekday(number)) for each in coming)


def _words(texts: Texts, name: str) -> Iterator[str]:
    """The words for something, in all languages."""
    for language in texts.languages:
        yield from map(fold, texts.words(f"when.{name}", language))
