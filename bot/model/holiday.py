"""Public holidays of a country or one of its regions, by the dates of a library."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Holidays:
    """The holidays of a country ("ES"), or of one of its regions ("ES-MD"), by ISO 3166."""

    country: str
    region: str = ""

    def __contains__(self, day: date) -> bool:
        """Whether a local day is one of them."""
        return day in _dates(self.country, self.region, "")

    def name(self, day: date, language: str) -> str:
        """What a holiday is called, in this language if the library has it; "" for another day."""
        known = _dates(self.country, self.region, language)
        named: str = known.get(day, "")
        return named


def holidays_of(code: str) -> Holidays:
    """Of a code like "ES" or "ES-MD". Raises `ValueError` where there are none such."""
    country, _, region = code.strip().upper().partition("-")
    try:
        _dates(country, region, "")
    except NotImplementedError as error:  # so the library says that it knows no such place
        raise ValueError(str(error)) from None
    return Holidays(country, region)


@lru_cache
def _dates(country: str, region: str, language: str) -> Any:
    # Loaded only by desks that keep some: it takes 11 MB, and a country up to 8 more.
    library = import_module("holidays")
    known = library.country_holidays(country, subdiv=region or None)
    spoken = (each for each in known.supported_languages if each.split("_")[0] == language)
    said = next(spoken, known.default_language)  # without any it is that of the machine
    return library.country_holidays(country, subdiv=region or None, language=said)
