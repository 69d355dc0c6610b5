"""What Discord is told of the desk's commands, in the languages of those who read them.

Discord has no command that can be given alone and has sub-commands as well. So the desk's own takes
words, or nothing; the sub-commands of four others have a field for each parameter.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channel import Listing
from bot.model.form import Input, Offer, Option, Words

Json = dict[str, Any]

WORDS = "words"  # the one option of the desk's own command, in no language

_SLASH, _PERSON, _MESSAGE = 1, 2, 3
_SUB_COMMAND, _TEXT, _NUMBER = 1, 3, 4
_IN_SERVERS, _WITH_US = 0, 1
_LOCALES: Mapping[str, tuple[str, ...]] = {"en": ("en-GB", "en-US"), "es": ("es-ES", "es-419")}
_LONGEST_NAME, _LONGEST_DESCRIPTION, _LONGEST_CHOICE = 32, 100, 100
_LONGEST_TEXT = 4_000  # characters typed into an option
_MOST = 25  # sub-commands of a command, choices of an option
_UNFIT = re.compile(r"[^-_'\w]+")  # in the names of commands and options
_KEPT = ("type", "name", "description", "name_localizations", "description_localizations")
_LIMITS = ("required", "autocomplete", "max_length", "min_value", "choices")


@dataclass(frozen=True, slots=True)
class Slashes:
    """What the desk's slash commands are called, without their slash."""

    command: str  # takes words, or nothing
    ticket_command: str  # with what anybody may do as sub-commands
    agent_command: str  # with what agents do with a ticket
    team_command: str  # with what they do besides
    article_command: str  # with what they do about what the desk knows


def commands(slashes: Slashes, listing: Listing) -> list[Json]:
    """The commands of an application."""
    own = {"type": _SLASH, "name": slashes.command}
    own = _described(own, listing.listed("command_description"))
    typed = {
        "type": _TEXT,
        **_named(WORDS, listing.listed("command_option")),
        "autocomplete": True,
    }
    own["options"] = [_described(typed, listing.listed("command_hint"))]
    offers = listing.offers()
    ours = [each for each in offers if each.for_agents and not each.about_articles]
    told = [
        _root(
            slashes.ticket_command,
            listing.listed("ticket_command_description"),
            [each for each in offers if not each.for_agents],
        ),
        _root(
            slashes.agent_command,
            listing.listed("agent_command_description"),
            [each for each in ours if each.about_ticket],
        ),
        _root(
            slashes.team_command,
            listing.listed("team_command_description"),
            [each for each in ours if not each.about_ticket],
        ),
        _root(
            slashes.article_command,
            listing.listed("article_command_description"),
            [each for each in offers if each.about_articles],
        ),
    ]
    menus = [
        _menu(_MESSAGE, listing.listed("shortcut")),
        _menu(_PERSON, listing.listed("person_menu")),
    ]
    return [{**each, "contexts": [_IN_SERVERS, _WITH_US]} for each in (own, *told, *menus)]


def differ(declared: Sequence[Json], known: Sequence[Mapping[str, Any]]) -> bool:
    """Whether Discord knows other commands than these."""
    return sorted(map(_shape, declared), key=str) != sorted(map(_shape, known), key=str)


def _root(name: str, words: Words, offers: Iterable[Offer]) -> Json:
    root = _described({"type": _SLASH, "name": name}, words)
    return {**root, "options": [_sub_command(each) for each in offers][:_MOST]}


def _sub_command(offer: Offer) -> Json:
    part: Json = {"type": _SUB_COMMAND, **_named(offer.name, offer.words)}
    # None is required: what is left open is asked for by a form, where there is room to write.
    part["options"] = [_option(each) for each in offer.options]
    return _described(part, offer.help)


def _option(option: Option) -> Json:
    part = {**_named(option.name, option.words), **_kind(option)}
    return _described(part, option.help)


def _kind(option: Option) -> Json:
    if option.choices and len(option.choices) <= _MOST:
        return {"type": _TEXT, "choices": [_choice(*each) for each in option.choices]}
    if option.input is Input.NUMBER:
        return {"type": _NUMBER, "min_value": 1}
    if option.looked_up or option.choices:
        return {"type": _TEXT, "autocomplete": True}
    return {"type": _TEXT, "max_length": _LONGEST_TEXT}


def _choice(value: str, labels: Words) -> Json:
    named = next(iter(labels.values()))[:_LONGEST_CHOICE]
    return {
        "name": named,
        "name_localizations": _localised(labels, _LONGEST_CHOICE),
        "value": value,
    }


def _menu(kind: int, words: Words) -> Json:
    named = next(iter(words.values()))[:_LONGEST_NAME]
    localised = _localised(words, _LONGEST_NAME)
    return {"type": kind, "name": named, "name_localizations": localised, "description": ""}


def _named(name: str, words: Words) -> Json:
    """By a name that comes back with the interaction, and what people read in its place."""
    fit = {language: _fit(word) for language, word in words.items()}
    return {"name": name, "name_localizations": _localised(fit, _LONGEST_NAME)}


def _fit(word: str) -> str:
    return _UNFIT.sub("-", word.strip().lower()).strip("-")


def _described(part: Json, words: Words) -> Json:
    return {
        **part,
        "description": next(iter(words.values()))[:_LONGEST_DESCRIPTION],
        "description_localizations": _localised(words, _LONGEST_DESCRIPTION),
    }


def _localised(words: Words, longest: int) -> dict[str, str]:
    return {
        locale: said[:longest]
        for language, said in words.items()
        for locale in _LOCALES.get(language, ())
        if said
    }


def _shape(part: Mapping[str, Any]) -> Json:
    """What of a command counts, however Discord tells of what was left out."""
    shape: Json = {key: part.get(key) or None for key in _KEPT}
    shape |= {key: part[key] for key in _LIMITS if part.get(key)}
    if "choices" in shape:
        shape["choices"] = [dict(_choice_shape(each)) for each in shape["choices"]]
    return shape | {"options": [_shape(each) for each in part.get("options") or ()]}


def _choice_shape(choice: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((key, choice.get(key) or None) for key in ("name", "value", "name_localizations"))
