"""The fields of a form as Discord's inputs, and what was filled into them."""

from collections.abc import Iterator, Mapping

from adapters.discord.ids import FIELD, is_id
from adapters.discord.layout_parts import (
    LABEL,
    LONGEST_ID,
    MOST_OPTIONS,
    STRING_SELECT,
    TEXT_INPUT,
    USER_SELECT,
    Component,
)
from adapters.discord.markdown import line
from bot.model.form import Choice, Field, Form, Input

LONGEST_WORDS = 4_000  # characters of what can be typed into one field
_LONGEST_LABEL = 45
_LONGEST_DESCRIPTION = 100
_LONGEST_OPTION = 100
_SHORT, _LONG = 1, 2  # styles of an input for text


def label(field: Field) -> Component:
    """One field with what it is called; a name too long for that is told below it, too."""
    called = field.label.strip() or field.name
    shown = line(called, _LONGEST_LABEL) or "…"
    more = field.hint if field.hint.strip() or shown == line(called, len(called)) else called
    part: Component = {"type": LABEL, "label": shown, "component": _input(field)}
    if described := line(more, _LONGEST_DESCRIPTION):
        part["description"] = described
    return part


def values(data: Mapping[str, object], form: Form | None = None) -> tuple[tuple[str, str], ...]:
    """The values of a form by its fields' names, in their order; what was left empty is left out.

    `data` is that of the interaction. A moment is as it was typed, a person somebody's id. With
    the `form`, what was typed for a choice is that choice's value if it is called so.
    """
    fields = {each.name: each for each in form.fields} if form else {}
    found = (
        (name, _meant(fields.get(name), value))
        for name, value in _filled(data.get("components"))
        if name
    )
    return tuple((name, value) for name, value in found if value)


def _input(field: Field) -> Component:
    part: Component = {
        "custom_id": f"{FIELD}{field.name}"[:LONGEST_ID],
        "required": field.required,
    }
    if field.input in (Input.CHOICE, Input.TICKET) and (options := _options(field)):
        chosen = {"type": STRING_SELECT, "options": options}
        return {**part, **chosen, **_least(field)}
    if field.input is Input.PERSON and (not field.value or is_id(field.value)):
        person: Component = {"type": USER_SELECT}
        if is_id(field.value):
            person["default_values"] = [{"id": field.value, "type": "user"}]
        return {**part, **person, **_least(field)}
    style = _LONG if field.input is Input.WORDS else _SHORT
    typed: Component = {"type": TEXT_INPUT, "style": style, "max_length": LONGEST_WORDS}
    if value := _written(field):
        typed["value"] = value[:LONGEST_WORDS]
    return {**part, **typed}


def _least(field: Field) -> Component:
    return {} if field.required else {"min_values": 0}


def _options(field: Field) -> list[Component]:
    """What can be chosen, each value once; none where Discord can't show or send back all."""
    known = {each.value: each for each in field.choices}
    if len(known) > MOST_OPTIONS or not all(map(_is_option, known)):
        return []
    return [_option(each, chosen=each.value == field.value) for each in known.values()]


def _option(choice: Choice, *, chosen: bool) -> Component:
    called = line(choice.label, _LONGEST_OPTION) or line(choice.value, _LONGEST_OPTION) or "…"
    option: Component = {"label": called, "value": choice.value}
    return {**option, "default": True} if chosen else option


def _is_option(value: str) -> bool:
    return 0 < len(value) <= LONGEST_ID


def _written(field: Field) -> str:
    """What stands in a field for text: a choice by its name, which `values` reads back."""
    named = (each.label for each in field.choices if each.value == field.value and each.label)
    return next(named, field.value)


def _filled(parts: object) -> Iterator[tuple[str, str]]:
    """Each field's name and what it holds, whatever stands around it."""
    for part in parts if isinstance(parts, list) else ():
        if not isinstance(part, dict):
            continue
        own = part.get("custom_id")
        if isinstance(own, str) and own.startswith(FIELD):
            yield own.removeprefix(FIELD), _value(part)
        yield from _filled([part["component"]] if "component" in part else [])
        yield from _filled(part.get("components"))


def _value(part: Mapping[str, object]) -> str:
    several = part.get("values")
    chosen = several[0] if isinstance(several, list) and several else part.get("value")
    return chosen.replace("\r\n", "\n").strip() if isinstance(chosen, str) else ""


def _meant(field: Field | None, value: str) -> str:
    """The value of the one choice that is called so, else what was typed."""
    choices = field.choices if field else ()
    if any(each.value == value for each in choices):
        return value
    named = {each.value for each in choices if each.label.strip().casefold() == value.casefold()}
    return named.pop() if len(named) == 1 else value
