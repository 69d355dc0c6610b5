"""Block Kit's composition objects, as Slack's reference describes them: texts, options, dialogs."""

from collections import Counter
from collections.abc import Mapping

from sandbox.slack.block_kit_shape import (
    Check,
    OneOf,
    Shape,
    each,
    flag,
    link,
    one_of,
    shaped,
    text,
    typed,
)

MOST_OPTIONS = 100


def plain(most: int) -> Check:
    """A text object that can't be formatted."""
    return typed({"plain_text": _plain_shape(most)})


def worded(most: int) -> Check:
    """A text object of either kind."""
    return typed(text_shapes(most))


def text_shapes(most: int) -> dict[str, Shape]:
    """Both kinds of text objects by their types."""
    formatted = Shape({"text": text(most), "verbatim": flag}, ("text",))
    return {"plain_text": _plain_shape(most), "mrkdwn": formatted}


def _plain_shape(most: int) -> Shape:
    return Shape({"text": text(most), "emoji": flag}, ("text",))


ID = text(255)
STYLE = one_of("primary", "danger")

IMAGE_KEYS: Mapping[str, Check] = {
    "image_url": link(),
    "slack_file": shaped(Shape({"id": text(255), "url": link()}, rules=(OneOf(("id", "url")),))),
    "alt_text": text(2000),
}
IMAGE_RULE = OneOf(("image_url", "slack_file"))

CONFIRM = shaped(
    Shape(
        {
            "title": plain(100),
            "text": plain(300),
            "confirm": plain(30),
            "deny": plain(30),
            "style": STYLE,
        },
        ("title", "text", "confirm", "deny"),
    )
)

DISPATCH = shaped(
    Shape(
        {"trigger_actions_on": each(one_of("on_enter_pressed", "on_character_entered"), most=2)},
        ("trigger_actions_on",),
    )
)

CONVERSATION_FILTER = shaped(
    Shape(
        {
            "include": each(one_of("im", "mpim", "private", "public"), most=4),
            "exclude_external_shared_channels": flag,
            "exclude_bot_users": flag,
        }
    )
)

OPTION = shaped(
    Shape({"text": plain(75), "value": text(150), "description": plain(75)}, ("text", "value"))
)
#: Of an overflow menu: the only one that may lead somewhere.
LINKED_OPTION = shaped(
    Shape(
        {"text": plain(75), "value": text(150), "description": plain(75), "url": link()},
        ("text", "value"),
    )
)
#: Of checkboxes and radio buttons: the only one that may be formatted.
FORMATTED_OPTION = shaped(
    Shape({"text": worded(75), "value": text(150), "description": worded(75)}, ("text", "value"))
)

OPTION_GROUP = shaped(
    Shape({"label": plain(75), "options": each(OPTION, MOST_OPTIONS)}, ("label", "options"))
)


def values_differ(value: Mapping[str, object], place: str, faults: list[str]) -> None:
    """A rule: no two options of an element have the same value."""
    times = Counter(str(option.get("value")) for option in options_of(value))
    faults.extend(
        f"{place}.options: the value {double} more than once"
        for double, often in times.items()
        if often > 1
    )


def initial_is_offered(value: Mapping[str, object], place: str, faults: list[str]) -> None:
    """A rule: what is chosen at first is, word for word, among the options."""
    offered = options_of(value)
    if "initial_option" in value and value["initial_option"] not in offered:
        faults.append(f"{place}.initial_option: not among the options")
    chosen = value.get("initial_options")
    for number, option in enumerate(chosen if isinstance(chosen, list) else ()):
        if option not in offered:
            faults.append(f"{place}.initial_options[{number}]: not among the options")


def options_of(element: Mapping[str, object]) -> list[dict[str, object]]:
    """The options of an element, also those in groups."""
    lists = [element.get("options")]
    groups = element.get("option_groups")
    if isinstance(groups, list):
        lists += [group.get("options") for group in groups if isinstance(group, dict)]
    return [
        option
        for options in lists
        if isinstance(options, list)
        for option in options
        if isinstance(option, dict)
    ]
