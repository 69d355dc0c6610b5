"""What moments are called, in every language of the texts at once."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta

from bot.command import Call
from bot.model.fold import fold
from bot.model.moment import LIFETIME, MORNING, read_moment, tells_time
from bot.model.moment_words import (
    HOUR,
    Ahead,
    Calling,
    Clock,
    Meaning,
    MonthOn,
    More,
    Part,
    Span,
    Weekday,
    WeekOn,
)
from bot.model.refused import Refused
from bot.text import Reader, Texts
from bot.zones import zone_called, zones_meant

_CLAUSE_ENDS = re.compile(r"\s*(?:,(?!\d)|(?<!\d),|;|:(?=\s|$)|\n)\s*|\s+[-\u2013\u2014]+\s+")
_MOMENT_ROOM = 400  # characters in which a moment and a reference end

_MOST_CLAUSES = 5  # "Friday, 5 December, in the afternoon"
_MOST_OFFERED = 5  # zones, of which somebody may choose
_SHORT = 3  # letters of a month or a day of the week that are enough: "fri"
_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": HOUR,
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "fortnight": timedelta(weeks=2),
}
_MEANINGS: dict[str, Meaning] = {
    "today": Ahead(0),
    "tomorrow": Ahead(1),
    "overmorrow": Ahead(2),
    "next_week": WeekOn(1),
    "next_month": MonthOn(1),
    "month_end": MonthOn(0, last=True),
    "next_month_end": MonthOn(1, last=True),
    "midnight": Clock(24, 0, open=False),
    "morning": Part(MORNING, range(13)),  # "las 12 de la mañana" is noon
    "noon": Part(time(12), range(12, 16)),
    "afternoon": Part(time(15), range(12, 22)),
    "evening": Part(time(18), range(17, 25)),
    "half": Span(HOUR / 2, HOUR),
    "quarter": Span(HOUR / 4, HOUR),
    "three_quarters": Span(HOUR * 3 / 4, HOUR),
    "and_half": More(0.5),
    "and_quarter": More(0.25),
    "and_three_quarters": More(0.75),
    "less_quarter": More(-0.25),
}


def calling(texts: Texts) -> Calling:
    """The words of the texts under `when`, with their months and days of the week."""
    phrases = dict(_phrases(texts))
    months = {name: month for name, month in _months(texts) if name not in phrases}
    numbers = dict(_numbers(texts))
    # Words for numbers are read as such first: "three quarters of an hour" comes as "3 quarters…".
    counted = {_in_digits(words, numbers): meaning for words, meaning in phrases.items()}
    return Calling(
        phrases=counted | phrases,
        units={word: worth for name, worth in _UNITS.items() for word in _words(texts, name)},
        month=frozenset(_words(texts, "month")),
        months=months,
        numbers=numbers,
        one=frozenset(_words(texts, "one")),
        of=frozenset(_words(texts, "of")),
        ordinals=frozenset(_words(texts, "ordinals")),
        before_hours=frozenset(_words(texts, "before_hours")),
        between=frozenset(_words(texts, "between")),
        courtesy=frozenset(_words(texts, "courtesy")),
    )


def _phrases(texts: Texts) -> Iterator[tuple[str, Meaning]]:
    for name, meaning in _MEANINGS.items():
        yield from ((words, meaning) for words in _words(texts, name))
    for language in texts.languages:
        coming = [*map(fold, texts.words("when.coming", language))]
        for number, name in enumerate(texts.words("format.weekdays", language)):
            day = fold(name)
            for called in (day, day[:_SHORT]):
                yield called, Weekday(number)
                later = Weekday(number, next=True)
                yield from ((each.replace("*", called), later) for each in coming)


def _months(texts: Texts) -> Iterator[tuple[str, int]]:
    for language in texts.languages:
        for number, name in enumerate(texts.words("format.months", language), 1):
            yield from ((word, number) for word in (fold(name), fold(name)[:_SHORT]))


def _numbers(texts: Texts) -> Iterator[tuple[str, str]]:
    for language in texts.languages:
        listed = texts.words("when.numbers", language)
        yield from ((fold(word), str(number)) for number, word in enumerate(listed, 1))


def _in_digits(words: str, numbers: Mapping[str, str]) -> str:
    return " ".join(numbers.get(each, each) for each in words.split())


def _words(texts: Texts, name: str) -> Iterator[str]:
    """The words for something, in all languages."""
    for language in texts.languages:
        yield from map(fold, texts.words(f"when.{name}", language))


def moment_said(
    texts: Texts, reader: Reader, words: str, *, followed: bool = False, **told: object
) -> tuple[datetime, str]:
    """The moment that words begin with, and what is left of them.

    The most clauses that are one as a whole, so that none of its words is sent on. Raises `Refused`
    if there are none, and where the clause behind it speaks of time too, unless it should be
    `followed` by another moment. It is `told` what it is about: the `reference` of a ticket, ""
    where none is known, and the name of the `command`.
    """
    exact = exact_moment(words)
    if exact is not None and abs(exact - reader.now) < LIFETIME:
        return exact, ""
    places, called = clauses(words), calling(texts)
    parts = [words[begin:end] for begin, end in places]
    found = [
        (count, moment)
        for count in range(min(len(parts), _MOST_CLAUSES), 0, -1)
        if (moment := read_moment(" ".join(parts[:count]), reader.now, reader.zone, called))
    ]
    goes_on = [each for each in found if tells_time("".join(parts[each[0] :][:1]), called)]
    if found and (followed or found[0] not in goes_on):
        count, moment = next(iter((followed and goes_on) or found))
        return moment, words[places[count][0] :] if count < len(places) else ""
    unread = words[: places[found[0][0]][1]] if found else next(filter(None, parts), words)
    raise Refused("refused.no_moment", value=unread, **told)


def exact_moment(text: str) -> datetime | None:
    """A moment as a form gives it: ISO 8601 with its offset."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):  # it may be one of a year that no calendar has
        return None


def zone_said(call: Call, words: str) -> str:
    """The name of the one zone that words mean. Raises `Refused` with those they may mean."""
    language, spoken = call.reader.language, call.desk.texts.languages
    found = zones_meant(words, call.now, call.desk.settings.zones, spoken, language)
    if len(found) == 1:
        return found[0]
    offered = [zone_called(each, language) for each in found[:_MOST_OFFERED]]
    raise Refused(
        "refused.several_zones" if offered else "refused.no_such_zone",
        value=words,
        people=offered,
    )


def clauses(text: str) -> list[tuple[int, int]]:
    """Where each part begins and ends that a comma, a colon, a dash or a new line sets apart."""
    marks = [each.span() for each in _CLAUSE_ENDS.finditer(text, 0, _MOMENT_ROOM)]
    begins = [0, *(end for _, end in marks)]
    ends = [*(begin for begin, _ in marks), len(text)]
    return list(zip(begins, ends, strict=True))
