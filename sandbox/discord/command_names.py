"""The names and texts of commands and options, in every language that Discord speaks."""

import unicodedata

from sandbox.discord.form_body import Check, Place, note, text, under
from sandbox.discord.refusal import Faults

LOCALES = (
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi",
    "th", "zh-CN", "ja", "zh-TW", "ko",
)  # fmt: skip
LONGEST_NAME = 32
LONGEST_DESCRIPTION = 100
_SIGNS = "-_'"
_WITH_MARKS = ("DEVANAGARI", "THAI")  # scripts whose vowel signs are no letters

_name = text(LONGEST_NAME, least=1)
description = text(LONGEST_DESCRIPTION, least=1)
"""What a slash command or an option says of itself."""


def slash_name(value: object, place: Place, faults: Faults) -> None:
    """The name of a slash command or an option: 1 to 32 letters, digits and -_', no capitals."""
    _name(value, place, faults)
    if isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and not is_slash_name(value):
        note(faults, place, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def menu_name(value: object, place: Place, faults: Faults) -> None:
    """The name of a user or message command: 1 to 32 characters."""
    _name(value, place, faults)
    if isinstance(value, str) and value and not value.strip():
        note(faults, place, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def is_slash_name(name: str) -> bool:
    """Whether a text has only the signs that the name of a slash command may have."""
    return all(map(_fits, name)) and name == name.lower()


def localised(check: Check) -> Check:
    """Texts by the languages of Discord's, each of which is checked as the text itself is."""

    def check_all(value: object, place: Place, faults: Faults) -> None:
        if not isinstance(value, dict):
            words = "Only dictionaries may be used in a DictType"
            note(faults, place, "DICT_TYPE_CONVERT", words)
            return
        for locale, words in value.items():
            spot = under(place, locale)
            if locale not in LOCALES:
                shown = ", ".join(map(repr, LOCALES))
                note(faults, spot, "BASE_TYPE_CHOICES", f"Value must be one of {{{shown}}}.")
            elif words is not None:
                check(words, spot, faults)

    return check_all


def _fits(sign: str) -> bool:
    if sign in _SIGNS or unicodedata.category(sign)[0] in "LN":
        return True
    return unicodedata.name(sign, "").startswith(_WITH_MARKS)
