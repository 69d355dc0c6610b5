"""What Discord refuses in the components of a message, and the numbers that it gives them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from sandbox.discord.component_shapes import (
    BUTTONS,
    COLOUR,
    CONTAINER,
    EVERY,
    FILE_SHOWN,
    MEDIA_GALLERY,
    ROWS,
    SECTION,
    SEPARATOR,
    TEXT_DISPLAY,
    THUMBNAIL,
    check_ids,
)
from sandbox.discord.form_body import (
    Check,
    Place,
    Shape,
    each,
    flag,
    note,
    objects,
    one_of,
    shaped,
    text,
    typed,
    under,
)
from sandbox.discord.media import FILE, PICTURE, named_file
from sandbox.discord.refusal import Faults, Wire

MOST_COMPONENTS = 40  # nested ones counted
LONGEST_TEXT = 4000  # characters of all text displays together
MOST_ROWS = 5  # of a message without IS_COMPONENTS_V2
IS_COMPONENTS_V2 = 1 << 15
_MOST_BEYOND_USE = 1000  # a list's own length is not limited, the total is

_TEXTS: Mapping[int, Shape] = {
    TEXT_DISPLAY: Shape({**EVERY, "content": text(LONGEST_TEXT, least=1)}, ("content",))
}
_THUMBNAILS: Mapping[int, Shape] = {
    THUMBNAIL: Shape({**EVERY, **PICTURE.keys}, PICTURE.needs),
}
_INSIDE: Mapping[int, Shape] = {
    **ROWS,
    **_TEXTS,
    SECTION: Shape(
        {
            **EVERY,
            "components": each(typed(_TEXTS), 3, least=1),
            "accessory": typed({**BUTTONS, **_THUMBNAILS}),
        },
        ("components", "accessory"),
    ),
    MEDIA_GALLERY: Shape({**EVERY, "items": each(shaped(PICTURE), 10, least=1)}, ("items",)),
    FILE_SHOWN: Shape({**EVERY, **FILE}, ("file",)),
    SEPARATOR: Shape({**EVERY, "divider": flag, "spacing": one_of(1, 2)}),
}
_CONTAINERS: Mapping[int, Shape] = {
    CONTAINER: Shape(
        {
            **EVERY,
            "components": each(typed(_INSIDE), _MOST_BEYOND_USE, least=1),
            "accent_color": COLOUR,
            "spoiler": flag,
        },
        ("components",),
    )
}
_V1: Check = each(typed(ROWS), MOST_ROWS)
_V2: Check = each(typed({**_INSIDE, **_CONTAINERS}), _MOST_BEYOND_USE)


def check_components(
    value: object,
    faults: Faults,
    *,
    v2: bool,
    files: Collection[str] = (),
    place: Place = "components",
) -> None:
    """Note what is wrong with a message's components.

    `v2`: the message has IS_COMPONENTS_V2. `files` are the names of its attachments, which
    "attachment://name" may refer to.
    """
    (_V2 if v2 else _V1)(value, place, faults)
    parts = list(walk(value, place))
    check_ids(parts, faults)
    if not v2:
        return
    if len(parts) > MOST_COMPONENTS:
        words = f"Total number of components cannot exceed {MOST_COMPONENTS}"
        note(faults, place, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", words)
    if shown_length(value) > LONGEST_TEXT:
        words = f"Components displayable text size exceeds maximum size of {LONGEST_TEXT}"
        note(faults, place, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", words)
    for spot, item in _media(parts):
        name = named_file(item)
        if name and name not in files:
            words = f'The referenced attachment "{name}" was not found'
            code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
            note(faults, under(spot, "url"), code, words)


def shown_length(value: object) -> int:
    """Return how many characters all text displays have together."""
    texts = (part.get("content") for _, part in walk(value, "") if part.get("type") == TEXT_DISPLAY)
    return sum(len(each) for each in texts if isinstance(each, str))


def walk(value: object, place: Place = "components") -> Iterator[tuple[Place, Wire]]:
    """Yield every component with its place, from the top; what holds others before these."""
    for number, part in objects(value):
        yield from _within(part, under(place, number))


def numbered(components: Sequence[Mapping[str, Any]]) -> list[Wire]:
    """Copy components, giving each that has none a number (`id`) that no other has."""
    copies = deepcopy([dict(each) for each in components])
    parts = [part for _, part in walk(copies)]
    taken = {part["id"] for part in parts if part.get("id")}
    following = 1
    for part in parts:
        if not part.get("id"):
            while following in taken:
                following += 1
            part["id"] = following
            taken.add(following)
    return copies


def _within(part: Wire, place: Place) -> Iterator[tuple[Place, Wire]]:
    yield place, part
    yield from walk(part.get("components"), under(place, "components"))
    for key in ("accessory", "component"):
        if isinstance(part.get(key), dict):
            yield from _within(part[key], under(place, key))


def _media(parts: Sequence[tuple[Place, Wire]]) -> Iterator[tuple[Place, Wire]]:
    """Yield each picture and file of components with its place."""
    for place, part in parts:
        for key in ("media", "file"):
            if isinstance(part.get(key), dict):
                yield under(place, key), part[key]
        for number, item in objects(part.get("items")):
            if isinstance(item.get("media"), dict):
                yield under(place, f"items.{number}.media"), item["media"]
