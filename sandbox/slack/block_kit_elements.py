"""Block Kit's elements, as Slack's reference describes them: buttons, menus, pickers, inputs."""

from collections.abc import Mapping
from datetime import date, time
from math import isfinite
from zoneinfo import ZoneInfo

from sandbox.slack.block_kit_objects import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    FORMATTED_OPTION,
    ID,
    IMAGE_KEYS,
    IMAGE_RULE,
    LINKED_OPTION,
    MOST_OPTIONS,
    OPTION,
    OPTION_GROUP,
    STYLE,
    initial_is_offered,
    plain,
    values_differ,
)
from sandbox.slack.block_kit_rich import RICH_TEXT
from sandbox.slack.block_kit_shape import (
    Check,
    OneOf,
    Shape,
    each,
    fitting,
    flag,
    link,
    text,
    typed,
    whole,
)

LONGEST_INPUT = 3000
_NUMBER_LENGTH = 100
_TEN_DIGITS = whole(1_000_000_000, 9_999_999_999)

_PRESSED: Mapping[str, Check] = {"action_id": ID, "confirm": CONFIRM}
_PICKED: Mapping[str, Check] = {**_PRESSED, "focus_on_load": flag}
_CHOSEN: Mapping[str, Check] = {**_PICKED, "placeholder": plain(150)}
_TYPED: Mapping[str, Check] = {
    "action_id": ID,
    "focus_on_load": flag,
    "placeholder": plain(150),
    "dispatch_action_config": DISPATCH,
}
_OPTIONS: Mapping[str, Check] = {
    "options": each(OPTION, MOST_OPTIONS),
    "option_groups": each(OPTION_GROUP, MOST_OPTIONS),
}
_ITEMS = whole(1, MOST_OPTIONS)
_CONVERSATIONS: Mapping[str, Check] = {
    "default_to_current_conversation": flag,
    "filter": CONVERSATION_FILTER,
}


def _is_number(value: str) -> bool:
    return len(value) <= _NUMBER_LENGTH and isfinite(float(value))


def _is_date(value: str) -> bool:
    return date.fromisoformat(value).isoformat() == value  # it also reads 20261122


def _is_time(value: str) -> bool:
    return time.fromisoformat(value).isoformat("minutes") == value


_NUMBER = fitting(_is_number, "a number in a string")


def _lengths_agree(value: Mapping[str, object], place: str, faults: list[str]) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        faults.append(f"{place}: min_length is more than max_length")


def _bounds_agree(value: Mapping[str, object], place: str, faults: list[str]) -> None:
    try:
        least, most = (float(str(value[each])) for each in ("min_value", "max_value"))
    except (KeyError, ValueError):
        return  # there is no such bound, or its own check has named it
    if least > most:
        faults.append(f"{place}: min_value is more than max_value")


_MENU_RULES = (OneOf(("options", "option_groups")), values_differ, initial_is_offered)

MENUS: Mapping[str, Shape] = {
    "static_select": Shape({**_CHOSEN, **_OPTIONS, "initial_option": OPTION}, (), _MENU_RULES),
    "external_select": Shape(
        {**_CHOSEN, "initial_option": OPTION, "min_query_length": whole(0, 150)}
    ),
    "users_select": Shape({**_CHOSEN, "initial_user": ID}),
    "conversations_select": Shape(
        {**_CHOSEN, **_CONVERSATIONS, "initial_conversation": ID, "response_url_enabled": flag}
    ),
    "channels_select": Shape({**_CHOSEN, "initial_channel": ID, "response_url_enabled": flag}),
}
MULTI_MENUS: Mapping[str, Shape] = {
    "multi_static_select": Shape(
        {
            **_CHOSEN,
            **_OPTIONS,
            "initial_options": each(OPTION, MOST_OPTIONS),
            "max_selected_items": _ITEMS,
        },
        (),
        _MENU_RULES,
    ),
    "multi_external_select": Shape(
        {
            **_CHOSEN,
            "initial_options": each(OPTION, MOST_OPTIONS),
            "min_query_length": whole(0, 150),
            "max_selected_items": _ITEMS,
        }
    ),
    "multi_users_select": Shape(
        {**_CHOSEN, "initial_users": each(ID, MOST_OPTIONS), "max_selected_items": _ITEMS}
    ),
    "multi_conversations_select": Shape(
        {
            **_CHOSEN,
            **_CONVERSATIONS,
            "initial_conversations": each(ID, MOST_OPTIONS),
            "max_selected_items": _ITEMS,
        }
    ),
    "multi_channels_select": Shape(
        {**_CHOSEN, "initial_channels": each(ID, MOST_OPTIONS), "max_selected_items": _ITEMS}
    ),
}

BUTTONS: Mapping[str, Shape] = {
    "button": Shape(
        {
            **_PRESSED,
            "text": plain(75),
            "value": text(2000),
            "url": link(schemes=("https://", "http://", "mailto:", "slack://")),
            "style": STYLE,
            "accessibility_label": text(75),
        },
        ("text",),
    ),
    "overflow": Shape(
        {**_PRESSED, "options": each(LINKED_OPTION, most=5)}, ("options",), (values_differ,)
    ),
}

_BOXES = each(FORMATTED_OPTION, most=10)
PICKERS: Mapping[str, Shape] = {
    "datepicker": Shape({**_CHOSEN, "initial_date": fitting(_is_date, "a date like 2026-11-22")}),
    "timepicker": Shape(
        {
            **_CHOSEN,
            "initial_time": fitting(_is_time, "a time like 09:30"),
            "timezone": fitting(ZoneInfo, "an IANA time zone"),
        }
    ),
    "checkboxes": Shape(
        {**_PICKED, "options": _BOXES, "initial_options": _BOXES},
        ("options",),
        (values_differ, initial_is_offered),
    ),
    "radio_buttons": Shape(
        {**_PICKED, "options": _BOXES, "initial_option": FORMATTED_OPTION},
        ("options",),
        (values_differ, initial_is_offered),
    ),
}
DATE_AND_TIME: Mapping[str, Shape] = {
    "datetimepicker": Shape({**_PICKED, "initial_date_time": _TEN_DIGITS})
}

FIELDS: Mapping[str, Shape] = {
    "plain_text_input": Shape(
        {
            **_TYPED,
            "initial_value": text(LONGEST_INPUT),
            "multiline": flag,
            "min_length": whole(0, LONGEST_INPUT),
            "max_length": whole(1, LONGEST_INPUT),
        },
        (),
        (_lengths_agree,),
    ),
    "rich_text_input": Shape({**_TYPED, "initial_value": typed({"rich_text": RICH_TEXT})}),
    "email_text_input": Shape({**_TYPED, "initial_value": text(LONGEST_INPUT)}),
    "url_text_input": Shape({**_TYPED, "initial_value": text(LONGEST_INPUT)}),
    "number_input": Shape(
        {
            **_TYPED,
            "is_decimal_allowed": flag,
            "initial_value": _NUMBER,
            "min_value": _NUMBER,
            "max_value": _NUMBER,
        },
        ("is_decimal_allowed",),
        (_bounds_agree,),
    ),
    "file_input": Shape(
        {"action_id": ID, "filetypes": each(text(20), most=100), "max_files": whole(1, 10)}
    ),
}

PICTURE: Mapping[str, Shape] = {"image": Shape(IMAGE_KEYS, ("alt_text",), (IMAGE_RULE,))}
