"""What texts are rendered with to be judged: the facts of a scenario that a text may name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.language import SAMPLES, Folder, shared, tables
from bot.text import Reader
from bot.voice.lexicon import fits

ZONE = ZoneInfo("Europe/Madrid")


@dataclass(frozen=True, slots=True)
class Sample:
    """One way a text may be met: the scenario's name, the reader, and the values at hand."""

    scenario: str
    reader: Reader
    values: Mapping[str, object]


class Samples:
    """Every scenario, for every text."""

    def __init__(self, table: Mapping[str, Any], said: Mapping[str, Mapping[str, object]]) -> None:
        self._said = said
        self._facts: Mapping[str, Mapping[str, object]] = table["facts"]
        self._known: list[Mapping[str, Any]] = table["known"]
        self._scenarios: Mapping[str, Mapping[str, Any]] = table["scenarios"]
        self._found: dict[str, list[Mapping[str, Any]]] = {}
        self._met: dict[tuple[object, ...], list[Sample]] = {}

    def of(self, key: str, language: str) -> Sequence[Sample]:
        """The samples of one text, one for each scenario."""
        known = self._known_to(key)
        met = (language, *map(id, known))  # most texts may speak of the same as others
        if met not in self._met:
            self._met[met] = list(self._scenes(known, language))
        return self._met[met]

    def known(self, key: str) -> frozenset[str]:
        """The names of what a text may speak of."""
        known = self._known_to(key)
        return frozenset(self._facts_of(known)).union(*(each.get("values", ()) for each in known))

    @property
    def facts(self) -> frozenset[str]:
        """The names of all that the desk may know when it speaks."""
        return frozenset(name for group in self._facts.values() for name in group)

    def _scenes(self, known: list[Mapping[str, Any]], language: str) -> Iterator[Sample]:
        facts = self._facts_of(known)
        for name, scenario in self._scenarios.items():
            values = facts | {fact: each for fact, each in scenario.items() if fact in facts}
            for each in known:
                if name in each.get("scenarios", (name,)):
                    values |= each.get("values", {})
            spoken = {fact: self._in(value, language) for fact, value in values.items()}
            yield Sample(name, Reader(language, ZONE, scenario["now"]), spoken)

    def _known_to(self, key: str) -> list[Mapping[str, Any]]:
        if key not in self._found:
            self._found[key] = [each for each in self._known if fits(key, each["keys"])]
        return self._found[key]

    def _facts_of(self, known: list[Mapping[str, Any]]) -> dict[str, object]:
        groups = [group for each in known for group in each.get("facts", ())]
        return {name: value for group in groups for name, value in self._facts[group].items()}

    def _in(self, value: object, language: str) -> object:
        """The value in a language, or in the first that has it."""
        match value:
            case {"say": str() as name, **others} if not others:
                spoken = (self._said.get(language, {}), *self._said.values())
                return next(each[name] for each in spoken if name in each)
            case Mapping():
                return {name: self._in(each, language) for name, each in value.items()}
            case list():
                return [self._in(each, language) for each in value]
        return value


def load_samples(own: Path | None = None, beside: Sequence[Folder] = ()) -> Samples:
    """The samples, with what is said in each language.

    In the folder of a language another package tells by the [[known]] of a samples.toml what its
    texts may name.
    """
    table = shared(SAMPLES)
    brought = (each for folder in beside for _, _, each in folder.tables(SAMPLES))
    known = [known for each in brought for known in each.get("known", ())]
    return Samples({**table, "known": [*table["known"], *known]}, tables(SAMPLES, own))
