"""What people choose and type in forms and menus, as the values that Slack's clients send."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from sandbox.slack.refusal import Wire
from sandbox.slack.surface import CHOSEN, Control, option_named
from sandbox.slack.user import User

Find = dict[str, str]  # ids by what people and channels are called, folded

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_REQUIRED = "Please complete this required field."


def chosen(control: Control, value: object, ids: Find) -> Wire:
    """Return what an element tells once `value` was chosen or typed.

    `value` is what people see: a label, a list of labels, a name, a date, a text; None empties it.
    `ids` finds people and channels by name. Raises AssertionError for what isn't on offer.
    """
    key = CHOSEN[control.kind]
    if value is None:
        return {key: [] if key.startswith("selected_") and key.endswith("s") else None}
    if key in ("selected_option", "selected_options"):
        return {key: _options(control, value) if key.endswith("s") else _option(control, value)}
    if key in ("selected_user", "selected_channel", "selected_conversation"):
        return {key: _id(value, ids)}
    if key in ("selected_users", "selected_channels", "selected_conversations"):
        return {key: [_id(each, ids) for each in _several(value)]}
    return {key: _plain(control.kind, value)}


def incomplete(control: Control, state: Wire) -> str:
    """Return why a client wouldn't submit this field, "" if it would."""
    value = state.get(CHOSEN[control.kind])
    element = control.element
    if control.block["type"] != "input":
        return ""
    if value in (None, "", []):
        return "" if control.block.get("optional") else _REQUIRED
    return _wrong(control.kind, element, value) if isinstance(value, str) else ""


def _wrong(kind: str, element: Wire, value: str) -> str:
    if len(value) < element.get("min_length", 0) or len(value) > element.get("max_length", 3000):
        return "The text is too short or too long."
    if kind == "email_text_input" and not _ADDRESS.fullmatch(value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not value.startswith(("http://", "https://")):
        return "Please enter a valid URL."
    return _number(element, value) if kind == "number_input" else ""


def _number(element: Wire, value: str) -> str:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a number."
    least, most = element.get("min_value"), element.get("max_value")
    if (least and float(value) < float(least)) or (most and float(value) > float(most)):
        return "The number is too small or too large."
    return ""


def _options(control: Control, value: object) -> list[Wire]:
    return [_option(control, each) for each in _several(value)]


def _option(control: Control, value: object) -> Wire:
    if isinstance(value, dict):
        return value  # one that the app offered when it was asked
    found = option_named(control.options, str(value))
    labels = [each["text"]["text"] for each in control.options]
    assert found, f"there is no {value!r} in {control.label!r}, only {labels}"
    return found


def _several(value: object) -> Sequence[object]:
    if isinstance(value, str | dict | User) or not isinstance(value, Iterable):
        return [value]
    return list(value)


def _id(value: object, ids: Find) -> str:
    own = getattr(value, "id", None)
    if isinstance(own, str):
        return own
    found = ids.get(str(value).removeprefix("#").removeprefix("@").casefold())
    assert found, f"nobody and no channel is called {value!r}"
    return found


def _plain(kind: str, value: object) -> object:
    if kind == "datetimepicker":
        return int(value.timestamp()) if isinstance(value, dt.datetime) else int(str(value))
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return value if isinstance(value, dict | list) else str(value)
