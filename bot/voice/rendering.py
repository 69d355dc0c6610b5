"""Every text as it is said: in each language, form of address and scenario."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jinja2 import TemplateError

from bot.sources import Source
from bot.text import Texts
from bot.voice.samples import Sample, Samples

_UNRENDERED = (TemplateError, AttributeError, KeyError, TypeError, ValueError)


class Complaint(NamedTuple):
    """A fault of one text, before its place in a file is looked up."""

    language: str
    key: str
    rule: int
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a text says in one scenario; `formal` is None where both forms of address agree."""

    language: str
    source: Source
    formal: bool | None
    scenario: str
    facts: Mapping[str, object]
    text: str


def render(texts: Texts, samples: Samples) -> Iterator[Rendered | Complaint]:
    """Each text in each language and scenario; again in the formal address where it differs."""
    familiar, formal = (texts.addressing(formal=choice) for choice in (False, True))
    for language in texts.languages:
        for key, source in familiar.sources[language].items():
            polite = formal.sources[language][key]
            differs = polite.words != source.words
            for sample in samples.of(key, language):
                yield _said(familiar, source, sample, formal=False if differs else None)
                if differs:
                    yield _said(formal, polite, sample, formal=True)


def _said(
    texts: Texts, source: Source, sample: Sample, *, formal: bool | None
) -> Rendered | Complaint:
    language = sample.reader.language
    try:
        text = texts.render(source.key, sample.reader, **sample.values)
    except _UNRENDERED as error:
        what = f"it can't be written ({sample.scenario}): {type(error).__name__} {error}"
        return Complaint(language, source.key, 0, what)
    return Rendered(language, source, formal, sample.scenario, sample.values, text)
