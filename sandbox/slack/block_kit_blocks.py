"""Block Kit's blocks, as Slack's reference describes them: which keys, which elements, how much."""

from collections.abc import Mapping

from sandbox.slack.block_kit_elements import (
    BUTTONS,
    DATE_AND_TIME,
    FIELDS,
    MENUS,
    MULTI_MENUS,
    PICKERS,
    PICTURE,
)
from sandbox.slack.block_kit_objects import (
    ID,
    IMAGE_KEYS,
    IMAGE_RULE,
    plain,
    text_shapes,
    worded,
)
from sandbox.slack.block_kit_rich import RICH_TEXT
from sandbox.slack.block_kit_shape import (
    Check,
    Shape,
    anything,
    each,
    flag,
    link,
    number,
    one_of,
    shaped,
    text,
    typed,
)

LONGEST_MARKDOWN = 12_000
LONGEST_TABLE = 10_000  # characters in all of its cells
MOST_ROWS, MOST_COLUMNS = 100, 20

_BLOCK: Mapping[str, Check] = {"block_id": ID}


def _says_something(value: Mapping[str, object], place: str, faults: list[str]) -> None:
    if "text" not in value and "fields" not in value:
        faults.append(f"{place}: needs text or fields")


def _takes_no_file_while_dispatching(
    value: Mapping[str, object], place: str, faults: list[str]
) -> None:
    element = value.get("element")
    kind = element.get("type") if isinstance(element, dict) else None
    if kind == "file_input" and value.get("dispatch_action") is True:
        faults.append(f"{place}.element.type: file_input can't stand with dispatch_action")


_CELL = typed(
    {
        "raw_text": Shape({"text": text(LONGEST_MARKDOWN)}, ("text",)),
        "raw_number": Shape({"value": number, "text": text(LONGEST_MARKDOWN)}, ("value", "text")),
        "rich_text": RICH_TEXT,
    }
)


def _column(value: object, place: str, faults: list[str]) -> None:
    if value is not None:  # a column that stays as it is
        _COLUMN(value, place, faults)


_COLUMN = shaped(Shape({"align": one_of("left", "center", "right"), "is_wrapped": flag}))

BLOCKS: Mapping[str, Shape] = {
    "section": Shape(
        {
            **_BLOCK,
            "text": worded(3000),
            "fields": each(worded(2000), most=10),
            "accessory": typed({**BUTTONS, **PICKERS, **MENUS, **MULTI_MENUS, **PICTURE}),
            "expand": flag,
        },
        (),
        (_says_something,),
    ),
    "header": Shape({**_BLOCK, "text": plain(150)}, ("text",)),
    "divider": Shape(_BLOCK),
    "context": Shape(
        {**_BLOCK, "elements": each(typed({**text_shapes(3000), **PICTURE}), most=10)},
        ("elements",),
    ),
    "actions": Shape(
        {
            **_BLOCK,
            "elements": each(
                typed({**BUTTONS, **PICKERS, **DATE_AND_TIME, **MENUS, **MULTI_MENUS}), most=25
            ),
        },
        ("elements",),
    ),
    "image": Shape({**_BLOCK, **IMAGE_KEYS, "title": plain(2000)}, ("alt_text",), (IMAGE_RULE,)),
    "input": Shape(
        {
            **_BLOCK,
            "label": plain(2000),
            "hint": plain(2000),
            "optional": flag,
            "dispatch_action": flag,
            "element": typed({**PICKERS, **DATE_AND_TIME, **MENUS, **MULTI_MENUS, **FIELDS}),
        },
        ("label", "element"),
        (_takes_no_file_while_dispatching,),
    ),
    "rich_text": RICH_TEXT,
    "markdown": Shape({**_BLOCK, "text": text(LONGEST_MARKDOWN)}, ("text",)),
    "video": Shape(
        {
            **_BLOCK,
            "alt_text": text(2000),
            "title": plain(199),
            "title_url": link(schemes=("https://",)),
            "video_url": link(schemes=("https://",)),
            "thumbnail_url": link(),
            "author_name": text(49),
            "description": plain(200),
            "provider_name": text(255),
            "provider_icon_url": link(),
        },
        ("alt_text", "title", "video_url", "thumbnail_url"),
    ),
    "table": Shape(
        {
            **_BLOCK,
            "rows": each(each(_CELL, MOST_COLUMNS), MOST_ROWS),
            "column_settings": each(_column, MOST_COLUMNS),
        },
        ("rows",),
    ),
    # Apps only ever read it, in messages that hold a remote file; no surface takes it.
    "file": Shape({**_BLOCK, "source": anything, "external_id": anything}),
}

EVERYWHERE = frozenset({"message", "modal", "home"})

#: The surfaces of the blocks that don't fit each.
BLOCK_SURFACES: Mapping[str, frozenset[str]] = {
    "markdown": frozenset({"message"}),
    "table": frozenset({"message"}),
    "file": frozenset(),
}

#: The surfaces of the elements that don't fit each.
ELEMENT_SURFACES: Mapping[str, frozenset[str]] = {
    "datetimepicker": frozenset({"message", "modal"}),
    "rich_text_input": frozenset({"modal", "home"}),
    "email_text_input": frozenset({"modal"}),
    "url_text_input": frozenset({"modal"}),
    "number_input": frozenset({"modal"}),
    "file_input": frozenset({"modal"}),
}
