"""What Discord is told of the desk's commands: one slash command, and one for messages."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]
Words = Mapping[str, str]
"""A text by language, that of the desk first."""

_SLASH, _MESSAGE = 1, 3
_TEXT = 3
_IN_SERVERS, _WITH_US = 0, 1
_LOCALES: Mapping[str, tuple[str, ...]] = {"en": ("en-GB", "en-US"), "es": ("es-ES", "es-419")}
_LONGEST_NAME, _LONGEST_DESCRIPTION = 32, 100
_OURS = ("type", "name", "description", "name_localizations", "description_localizations")


def commands(command: str, said: Mapping[str, Words]) -> list[Json]:
    """The commands of an application; `said` holds the texts by their keys of `WORDS`."""
    option = {
        "type": _TEXT,
        **_named(said["command_option"]),
        **_described(said["command_hint"]),
        "required": False,
    }
    slash = {
        "type": _SLASH,
        "name": command,
        **_described(said["command_description"]),
        "options": [option],
    }
    menu = {"type": _MESSAGE, **_named(said["shortcut"]), "description": ""}
    return [{**each, "contexts": [_IN_SERVERS, _WITH_US]} for each in (slash, menu)]


WORDS = ("command_description", "command_hint", "command_option", "shortcut")


def differ(declared: Sequence[Json], known: Sequence[Mapping[str, Any]]) -> bool:
    """Whether Discord knows other commands than these."""
    return sorted(map(_shape, declared), key=str) != sorted(map(_shape, known), key=str)


def _shape(command: Mapping[str, Any]) -> Json:
    shape = {key: command.get(key) or ("" if key == "description" else None) for key in _OURS}
    return shape | {"options": [_shape(each) for each in command.get("options") or ()]}


def _named(words: Words) -> Json:
    return {
        "name": next(iter(words.values()))[:_LONGEST_NAME],
        "name_localizations": _localised(words, _LONGEST_NAME),
    }


def _described(words: Words) -> Json:
    return {
        "description": next(iter(words.values()))[:_LONGEST_DESCRIPTION],
        "description_localizations": _localised(words, _LONGEST_DESCRIPTION),
    }


def _localised(words: Words, longest: int) -> dict[str, str]:
    return {
        locale: said[:longest]
        for language, said in words.items()
        for locale in _LOCALES.get(language, ())
    }
