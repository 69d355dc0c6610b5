"""What texts are rendered with to be judged: the facts of a scenario that a text may name."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

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

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._languages = frozenset(table["languages"])
        self._facts: Mapping[str, Mapping[str, object]] = table["facts"]
        self._known: list[Mapping[str, Any]] = table["known"]
        self._scenarios: Mapping[str, Mapping[str, Any]] = table["scenarios"]

    def of(self, key: str, language: str) -> Iterator[Sample]:
        """The samples of one text, one for each scenario."""
        for name, scenario in self._scenarios.items():
            values = self._at_hand(key, name, scenario)
            spoken = {fact: self._in(value, language) for fact, value in values.items()}
            yield Sample(name, Reader(language, ZONE, scenario["now"]), spoken)

    def known(self, key: str) -> frozenset[str]:
        """The names of what a text may speak of."""
        return frozenset(self._facts_of(key)).union(
            *(each.get("values", ()) for each in self._known if fits(key, each["keys"]))
        )

    @property
    def facts(self) -> frozenset[str]:
        """The names of all that the desk may know when it speaks."""
        return frozenset(name for group in self._facts.values() for name in group)

    def _at_hand(self, key: str, name: str, scenario: Mapping[str, object]) -> dict[str, object]:
        facts = self._facts_of(key)
        values = facts | {fact: value for fact, value in scenario.items() if fact in facts}
        for each in self._known:
            if fits(key, each["keys"]) and name in each.get("scenarios", (name,)):
                values |= each.get("values", {})
        return values

    def _facts_of(self, key: str) -> dict[str, object]:
        facts: dict[str, object] = {}
        for each in self._known:
            if fits(key, each["keys"]):
                for group in each.get("facts", ()):
                    facts |= self._facts[group]
        return facts

    def _in(self, value: object, language: str) -> object:
        """The value in a language: the first there is where this one isn't given."""
        if isinstance(value, Mapping):
            if value.keys() <= self._languages:
                return value.get(language, next(iter(value.values())))
            return {name: self._in(each, language) for name, each in value.items()}
        if isinstance(value, list):
            return [self._in(each, language) for each in value]
        return value


def load_samples() -> Samples:
    """The packaged samples."""
    return Samples(tomllib.loads((files("bot") / "texts" / "samples.toml").read_text("utf-8")))
