"""The folder of a language: every file is there, with all that the first packaged one holds."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.ear import Ear
from bot.language import (
    CONCEPTS,
    HEARD,
    PURPOSES,
    SAID,
    SAMPLES,
    TRIAGE,
    VOICE,
    folders,
    shared,
    tables,
    unlike,
)
from bot.text import Texts
from bot.voice.fault import Fault
from bot.voice.prose import unquoted
from bot.voice.rendering import Rendered

_DEPTH = {HEARD: 2, TRIAGE: 1, CONCEPTS: 1, VOICE: 2, SAMPLES: 1}  # how deep the names are the same
_LISTS = "words"  # of phrases, in a file of triage: each language has its own
_MAY_BE_EMPTY = ("known.borrowed", "known.endings", "known.signs")
_TELLING = 60  # characters from which a text must show its language
_RECOGNISED = 0.9  # of those texts, at least


def in_the_folders(texts: Texts, own: Path | None) -> Iterator[Fault]:
    """What files are missing; what the others lack, and what they hold that nothing asks for."""
    for language, name in lacking(texts):
        yield _missing(language, name, own)
    for name, depth in _DEPTH.items():
        found, model = tables(name, own), next(iter(tables(name).values()))
        for language in texts.languages:
            if language not in found:
                yield _missing(language, name, own)
                continue
            for key, what in unlike(found[language], model, depth):
                if key not in (_LISTS, *_MAY_BE_EMPTY):
                    yield Fault(language, key, 0, what, "", _path(language, name, own), 0)


def in_the_ear(
    texts: Texts, ear: Ear, spoken: Sequence[Rendered], own: Path | None
) -> Iterator[Fault]:
    """A language in which the desk doesn't recognise what it says itself."""
    for language in texts.languages:
        said = [
            unquoted(each.text)
            for each in spoken
            if each.language == language
            and each.scenario == spoken[0].scenario
            and len(each.text) > _TELLING
        ]
        strange = [text for text in said if ear.languages.detect(text) != language]
        if len(strange) > (1 - _RECOGNISED) * len(said):
            what = f"{len(strange)} of {len(said)} texts of this language aren't recognised by them"
            file = _path(language, HEARD, own)
            yield Fault(language, "known.words", 10, what, strange[0], file, 0)


def lacking(texts: Texts) -> Iterator[tuple[str, str]]:
    """Each language with the files of which it has not one text."""
    for name in SAID:
        keys = {key for key, each in texts.sources[texts.default].items() if each.audience == name}
        for language, sources in texts.sources.items():
            if keys.isdisjoint(sources):
                yield language, name


def _missing(language: str, name: str, own: Path | None) -> Fault:
    what = f"the file is missing: {shared(PURPOSES)[name]}"
    return Fault(language, f"{name}.toml", 0, what, "", _path(language, name, own), 0)


def _path(language: str, name: str, own: Path | None) -> str:
    """Where a file of a language stands, or should: with the desk's own if it brings some."""
    place = {each.language: each.place for each in folders(own)}[language]
    return str(place / f"{name}.toml")
