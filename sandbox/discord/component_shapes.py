"""The components that can be pressed and chosen from, as Discord's reference describes them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.discord.form_body import (
    Check,
    Place,
    Rule,
    Shape,
    each,
    flag,
    link,
    measure,
    needed,
    note,
    objects,
    one_of,
    shaped,
    snowflake,
    text,
    typed,
    under,
    whole,
)
from sandbox.discord.media import emoji
from sandbox.discord.refusal import Faults

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT_DISPLAY, THUMBNAIL, MEDIA_GALLERY, FILE_SHOWN, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 17, 18, 19, 21, 22, 23
SELECTS = (STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT)
LINK_STYLE, PREMIUM_STYLE = 5, 6

MOST_OPTIONS = 25
WIDEST_ROW = 5  # a button takes 1, a menu all
LONGEST_ID = 100
_GREATEST_NUMBER = 2**31 - 1
_CHANNEL_TYPES = one_of(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)
_LOWEST_COLOUR, _HIGHEST_COLOUR = 0, 0xFFFFFF

EVERY: Mapping[str, Check] = {"id": whole(0, _GREATEST_NUMBER)}
CUSTOM_ID = text(LONGEST_ID, least=1)
COLOUR = whole(_LOWEST_COLOUR, _HIGHEST_COLOUR)


def options(most: int, *, least: int = 1, with_emoji: bool = False) -> Check:
    """The options of a menu or a group."""
    keys: dict[str, Check] = {
        "label": text(100, least=1),
        "value": text(100, least=1),
        "description": text(100),
        "default": flag,
    }
    if with_emoji:
        keys["emoji"] = emoji
    return each(shaped(Shape(keys, ("label", "value"))), most, least)


def differing_options(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    """A rule: no two options have the same value."""
    known: set[object] = set()
    for number, option in objects(value.get("options")):
        if str(option.get("value")) in known:
            spot = under(place, f"options.{number}.value")
            words = "The specified option value is already used"
            note(faults, spot, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", words)
        known.add(str(option.get("value")))


def fitting_defaults(most: int | None) -> Rule:
    """A rule: no more options are chosen at first than may be; None: the `max_values` say."""

    def rule(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
        given = value.get("max_values")
        allowed = most or (given if isinstance(given, int) else 1)
        chosen = [each for _, each in objects(value.get("options")) if each.get("default") is True]
        if len(chosen) > allowed:
            words = "The specified number of default values exceeds the specified maximum values"
            spot = under(place, "options")
            note(faults, spot, "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", words)

    return rule


def ordered(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    """A rule: what must be chosen is no more than what may be."""
    least, most = value.get("min_values"), value.get("max_values")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        words = f"int value should be greater than or equal to {least}."
        note(faults, under(place, "max_values"), "NUMBER_TYPE_MIN", words)


def _enough_options(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    offered, most = value.get("options"), value.get("max_values")
    if isinstance(offered, list) and isinstance(most, int) and 0 < len(offered) < most:
        measure(len(offered), under(place, "options"), faults, MOST_OPTIONS, most)


def _fitting_defaults(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    chosen = value.get("default_values")
    least, most = value.get("min_values"), value.get("max_values")
    if isinstance(chosen, list) and chosen:
        least = least if isinstance(least, int) else 1
        most = most if isinstance(most, int) else 1
        measure(len(chosen), under(place, "default_values"), faults, most, least)


def _pressed(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    """What a button of its style must and must not have."""
    if value.get("style") == PREMIUM_STYLE:
        _paid(value, place, faults)
        return
    if not value.get("label") and not value.get("emoji"):
        needed(under(place, "label"), faults)
    if value.get("sku_id"):
        words = "A sku id cannot be specified for this style"
        note(faults, under(place, "sku_id"), "BUTTON_COMPONENT_INVALID_SKU", words)
    if value.get("style") == LINK_STYLE:
        _linked(value, place, faults)
        return
    if not value.get("custom_id"):
        words = "A custom id is required"
        spot = under(place, "custom_id")
        note(faults, spot, "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", words)
    if value.get("url"):
        _excluded(place, faults)


def _paid(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    if not value.get("sku_id"):
        needed(under(place, "sku_id"), faults)
    for key in ("label", "custom_id", "url", "emoji"):
        if value.get(key):
            words = "This field cannot be specified for a premium button"
            note(faults, under(place, key), "BUTTON_COMPONENT_INVALID_FIELD", words)


def _linked(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    if not value.get("url"):
        note(faults, under(place, "url"), "BUTTON_COMPONENT_URL_REQUIRED", "A url is required")
    if value.get("custom_id"):
        _excluded(place, faults)


def _excluded(place: Place, faults: Faults) -> None:
    words = "A custom id and url cannot both be specified"
    spot = under(place, "custom_id")
    note(faults, spot, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", words)


def _default(*kinds: str) -> Check:
    shape = Shape({"id": snowflake, "type": one_of(*kinds)}, ("id", "type"))
    return each(shaped(shape), MOST_OPTIONS)


BUTTONS: Mapping[int, Shape] = {
    BUTTON: Shape(
        {
            **EVERY,
            "style": one_of(1, 2, 3, 4, 5, 6),
            "label": text(80),
            "emoji": emoji,
            "custom_id": CUSTOM_ID,
            "sku_id": snowflake,
            "url": link("http", "https", "discord", most=512),
            "disabled": flag,
        },
        ("style",),
        (_pressed,),
    )
}

_CHOSEN_FROM: Mapping[str, Check] = {
    **EVERY,
    "custom_id": CUSTOM_ID,
    "placeholder": text(150),
    "min_values": whole(0, MOST_OPTIONS),
    "max_values": whole(1, MOST_OPTIONS),
    "disabled": flag,
    "required": flag,
}
_MENU_RULES = (ordered, _fitting_defaults)
MENUS: Mapping[int, Shape] = {
    STRING_SELECT: Shape(
        {**_CHOSEN_FROM, "options": options(MOST_OPTIONS, with_emoji=True)},
        ("custom_id", "options"),
        (ordered, _enough_options, differing_options, fitting_defaults(None)),
    ),
    USER_SELECT: Shape(
        {**_CHOSEN_FROM, "default_values": _default("user")}, ("custom_id",), _MENU_RULES
    ),
    ROLE_SELECT: Shape(
        {**_CHOSEN_FROM, "default_values": _default("role")}, ("custom_id",), _MENU_RULES
    ),
    MENTIONABLE_SELECT: Shape(
        {**_CHOSEN_FROM, "default_values": _default("user", "role")}, ("custom_id",), _MENU_RULES
    ),
    CHANNEL_SELECT: Shape(
        {
            **_CHOSEN_FROM,
            "channel_types": each(_CHANNEL_TYPES, most=25),
            "default_values": _default("channel"),
        },
        ("custom_id",),
        _MENU_RULES,
    ),
}


def _narrow(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    """A rule: a row holds five buttons or one menu."""
    width = 0
    for number, part in objects(value.get("components")):
        width += 1 if part.get("type") == BUTTON else WIDEST_ROW
        if width > WIDEST_ROW and number < WIDEST_ROW:
            words = "The specified component exceeds the maximum width"
            spot = under(place, f"components.{number}")
            note(faults, spot, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", words)


ROWS: Mapping[int, Shape] = {
    ACTION_ROW: Shape(
        {**EVERY, "components": each(typed({**BUTTONS, **MENUS}), WIDEST_ROW, least=1)},
        ("components",),
        (_narrow,),
    )
}


def check_ids(parts: Sequence[tuple[Place, Mapping[str, Any]]], faults: Faults) -> None:
    """No two components have the same custom_id, or the same number of their own."""
    seen: Counter[tuple[str, object]] = Counter()
    for place, part in parts:
        for key, code in _UNIQUE.items():
            value = part.get(key)
            if not value or isinstance(value, list | dict):
                continue
            if seen[key, value]:
                words = f"Component {key.replace('_', ' ')} cannot be duplicated"
                note(faults, under(place, key), code, words)
            seen[key, value] += 1


_UNIQUE: Mapping[str, str] = {
    "custom_id": "COMPONENT_CUSTOM_ID_DUPLICATED",
    "id": "COMPONENT_ID_DUPLICATED",
}
