"""What Discord refuses in a modal that answers an interaction."""

from collections.abc import Mapping
from typing import Any

from sandbox.discord.component_shapes import (
    ACTION_ROW,
    CHECKBOX,
    CHECKBOX_GROUP,
    CUSTOM_ID,
    EVERY,
    FILE_UPLOAD,
    LABEL,
    MENUS,
    RADIO_GROUP,
    TEXT_DISPLAY,
    TEXT_INPUT,
    check_ids,
    differing_options,
    fitting_defaults,
    options,
    ordered,
)
from sandbox.discord.components import LONGEST_TEXT, walk
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

LONGEST_INPUT = 4000
LONGEST_TITLE = 45
MOST_COMPONENTS = 5
MOST_FILES = 10
MOST_GROUPED = 10  # options of a group of boxes


def check_modal(value: object, faults: Faults, place: Place = "data") -> None:
    """Note what is wrong with the data of a modal."""
    _MODAL(value, place, faults)
    if isinstance(value, dict):
        check_ids(list(walk(value.get("components"), under(place, "components"))), faults)


def _lengths_agree(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        words = f"int value should be greater than or equal to {least}."
        note(faults, under(place, "max_length"), "NUMBER_TYPE_MIN", words)
    prefilled = value.get("value")
    if isinstance(prefilled, str) and isinstance(most, int) and len(prefilled) > most:
        words = f"Must be {most} or fewer in length."
        note(faults, under(place, "value"), "BASE_TYPE_MAX_LENGTH", words)


def _enabled(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    if value.get("disabled") is True:
        words = "Disabled components are not allowed in modals"
        note(faults, under(place, "disabled"), "COMPONENT_MODAL_DISABLED_INVALID", words)


def _required_has_one(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    """A rule: what must be answered can't be answered with nothing."""
    if value.get("required") is not False and value.get("min_values") == 0:
        words = "Select menus marked as required cannot have a min_values of 0"
        spot = under(place, "min_values")
        note(faults, spot, "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES", words)


def _labelled(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    """A rule: without a Label around them, inputs have a label of their own."""
    for number, part in objects(value.get("components")):
        if not part.get("label"):
            needed(under(place, f"components.{number}.label"), faults)


_INPUT = Shape(
    {
        **EVERY,
        "custom_id": CUSTOM_ID,
        "label": text(45),
        "style": one_of(1, 2),
        "min_length": whole(0, LONGEST_INPUT),
        "max_length": whole(1, LONGEST_INPUT),
        "required": flag,
        "value": text(LONGEST_INPUT),
        "placeholder": text(100),
    },
    ("custom_id", "style"),
    (_lengths_agree,),
)
_ANSWERED: Mapping[str, Check] = {**EVERY, "custom_id": CUSTOM_ID, "required": flag}
_IN_LABEL: Mapping[int, Shape] = {
    TEXT_INPUT: _INPUT,
    **{
        kind: Shape(menu.keys, menu.needs, (*menu.rules, _enabled, _required_has_one))
        for kind, menu in MENUS.items()
    },
    FILE_UPLOAD: Shape(
        {**_ANSWERED, "min_values": whole(0, MOST_FILES), "max_values": whole(1, MOST_FILES)},
        ("custom_id",),
        (ordered, _required_has_one),
    ),
    RADIO_GROUP: Shape(
        {**_ANSWERED, "options": options(MOST_GROUPED, least=2)},
        ("custom_id", "options"),
        (differing_options, fitting_defaults(1)),
    ),
    CHECKBOX_GROUP: Shape(
        {
            **_ANSWERED,
            "options": options(MOST_GROUPED),
            "min_values": whole(0, MOST_GROUPED),
            "max_values": whole(1, MOST_GROUPED),
        },
        ("custom_id", "options"),
        (ordered, differing_options, _required_has_one),
    ),
    CHECKBOX: Shape({**EVERY, "custom_id": CUSTOM_ID, "default": flag}, ("custom_id",)),
}
_IN_MODAL: Mapping[int, Shape] = {
    ACTION_ROW: Shape(
        {**EVERY, "components": each(typed({TEXT_INPUT: _INPUT}), 1, least=1)},
        ("components",),
        (_labelled,),
    ),
    TEXT_DISPLAY: Shape({**EVERY, "content": text(LONGEST_TEXT, least=1)}, ("content",)),
    LABEL: Shape(
        {
            **EVERY,
            "label": text(45, least=1),
            "description": text(100),
            "component": typed(_IN_LABEL),
        },
        ("label", "component"),
    ),
}
_MODAL = shaped(
    Shape(
        {
            "custom_id": CUSTOM_ID,
            "title": text(LONGEST_TITLE, least=1),
            "components": each(typed(_IN_MODAL), MOST_COMPONENTS, least=1),
        },
        ("custom_id", "title", "components"),
    )
)
