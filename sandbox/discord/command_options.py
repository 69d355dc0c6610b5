"""What Discord refuses in the options of a slash command: parameters, sub-commands, groups."""

from collections.abc import Mapping
from typing import Any

from sandbox.discord.command_names import description, localised, slash_name
from sandbox.discord.form_body import (
    Check,
    Place,
    Shape,
    each,
    flag,
    needed,
    note,
    objects,
    one_of,
    shaped,
    text,
    typed,
    under,
    whole,
)
from sandbox.discord.refusal import Faults

SUB_COMMAND, GROUP, STRING, INTEGER, BOOLEAN = 1, 2, 3, 4, 5
USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 6, 7, 8, 9, 10, 11
MOST_OPTIONS = 25
LONGEST_STRING = 6000
GREATEST = 2**53
_NESTING = (SUB_COMMAND, GROUP)

_WHOLE = whole(-GREATEST + 1, GREATEST - 1)
_CHANNEL_TYPES = one_of(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)


def number(value: object, place: Place, faults: Faults) -> None:
    """A number, whole or not, within Discord's bounds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        note(faults, place, "NUMBER_TYPE_COERCE", f'Value "{value}" is not float.')
    elif abs(value) > GREATEST:
        words = f"float value should be less than or equal to {GREATEST}."
        note(faults, place, "NUMBER_TYPE_MAX", words)


def check_choices(value: object, place: Place, faults: Faults, kind: int) -> None:
    """Note what is wrong with choices of an option, declared or offered while somebody types."""
    _choices(_VALUES.get(kind, text(100)))(value, place, faults)


def _choices(of: Check) -> Check:
    name = text(100, least=1)
    keys: Mapping[str, Check] = {"name": name, "name_localizations": localised(name), "value": of}
    return each(shaped(Shape(keys, ("name", "value"))), MOST_OPTIONS)


def _ends_in_order(*names: str) -> Any:
    """A rule: the least of something isn't more than the most."""
    first, last = names

    def rule(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
        least, most = value.get(first), value.get(last)
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            words = f"Must be greater than or equal to {first}"
            note(faults, under(place, last), "APPLICATION_COMMAND_OPTIONS_MIN_MAX_INVALID", words)

    return rule


def _chosen_or_typed(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    if value.get("autocomplete") and value.get("choices"):
        words = "Autocomplete cannot be used with choices"
        spot = under(place, "autocomplete")
        note(faults, spot, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", words)


def _choices_differ(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    known: set[str] = set()
    for position, choice in objects(value.get("choices")):
        name = str(choice.get("name"))
        if name in known:
            spot = under(place, f"choices.{position}.name")
            words = "Option choice names must be unique"
            note(faults, spot, "APPLICATION_COMMAND_OPTIONS_CHOICES_DUPLICATE_NAME", words)
        known.add(name)


def _typed_only(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    """A rule: only options that are typed in can be completed."""
    if value.get("autocomplete"):
        words = "Autocomplete cannot be used with this option type"
        spot = under(place, "autocomplete")
        note(faults, spot, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", words)
    if value.get("choices"):
        words = "Choices cannot be used with this option type"
        spot = under(place, "choices")
        note(faults, spot, "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", words)


def options_fit(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    """A rule: names differ, the required come first, parameters don't stand beside commands."""
    names: set[str] = set()
    optional = False
    nests: set[bool] = set()
    for position, option in objects(value.get("options")):
        spot = under(place, f"options.{position}")
        if str(option.get("name")) in names:
            words = "Option name already exists"
            code = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
            note(faults, under(spot, "name"), code, words)
        names.add(str(option.get("name")))
        nests.add(option.get("type") in _NESTING)
        required = option.get("required") is True
        if required and optional:
            words = "Required options must be placed before non-required options"
            note(faults, spot, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words)
        optional = optional or not required
    if len(nests) > 1:
        words = (
            "Sub-command and sub-command group option types are mutually exclusive to all other"
            " types"
        )
        note(faults, under(place, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", words)


def _holds_something(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    if not value.get("options"):
        needed(under(place, "options"), faults)


_VALUES: Mapping[int, Check] = {STRING: text(100), INTEGER: _WHOLE, NUMBER: number}
_NAMED: Mapping[str, Check] = {
    "name": slash_name,
    "name_localizations": localised(slash_name),
    "description": description,
    "description_localizations": localised(description),
}
_NEEDS = ("name", "description")
_ASKED: Mapping[str, Check] = {**_NAMED, "required": flag, "autocomplete": flag}
_COMPLETED = (_chosen_or_typed, _choices_differ)

_PARAMETERS: Mapping[int, Shape] = {
    STRING: Shape(
        {
            **_ASKED,
            "choices": _choices(text(100)),
            "min_length": whole(0, LONGEST_STRING),
            "max_length": whole(1, LONGEST_STRING),
        },
        _NEEDS,
        (*_COMPLETED, _ends_in_order("min_length", "max_length")),
    ),
    INTEGER: Shape(
        {**_ASKED, "choices": _choices(_WHOLE), "min_value": _WHOLE, "max_value": _WHOLE},
        _NEEDS,
        (*_COMPLETED, _ends_in_order("min_value", "max_value")),
    ),
    NUMBER: Shape(
        {**_ASKED, "choices": _choices(number), "min_value": number, "max_value": number},
        _NEEDS,
        (*_COMPLETED, _ends_in_order("min_value", "max_value")),
    ),
    CHANNEL: Shape({**_ASKED, "channel_types": each(_CHANNEL_TYPES, 25)}, _NEEDS, (_typed_only,)),
    **{
        kind: Shape(_ASKED, _NEEDS, (_typed_only,))
        for kind in (BOOLEAN, USER, ROLE, MENTIONABLE, ATTACHMENT)
    },
}
_SUB_COMMANDS: Mapping[int, Shape] = {
    SUB_COMMAND: Shape(
        {**_NAMED, "options": each(typed(_PARAMETERS), MOST_OPTIONS)}, _NEEDS, (options_fit,)
    )
}
_GROUPS: Mapping[int, Shape] = {
    GROUP: Shape(
        {**_NAMED, "options": each(typed(_SUB_COMMANDS), MOST_OPTIONS)},
        _NEEDS,
        (options_fit, _holds_something),
    )
}
OPTIONS: Check = each(typed({**_PARAMETERS, **_SUB_COMMANDS, **_GROUPS}), MOST_OPTIONS)
"""The options of a command."""
