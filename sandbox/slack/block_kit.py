"""What Slack refuses in the blocks of a message or a view, after its published reference.

Each fault is a line with its place, such as "blocks[2].elements[0].text.text: more than 75
characters". A block that a desk has no use for (cards, charts, plans, agents' feedback) counts as
unknown, though Slack has it. Where Slack publishes no number, such as for the name of a video's
provider, stands one that is beyond use.
"""

from collections.abc import Iterator, Mapping

from sandbox.slack.block_kit_blocks import (
    BLOCK_SURFACES,
    BLOCKS,
    ELEMENT_SURFACES,
    EVERYWHERE,
    LONGEST_MARKDOWN,
    LONGEST_TABLE,
)
from sandbox.slack.block_kit_objects import plain
from sandbox.slack.block_kit_shape import (
    Check,
    Shape,
    any_object,
    anything,
    each,
    flag,
    shaped,
    text,
    typed,
)

LONGEST_TEXT = 40_000
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}

Block = dict[str, object]
Placed = tuple[str, Block]


def check_message(payload: Mapping[str, object]) -> list[str]:
    """What is wrong with the text, blocks, attachments and metadata of chat.postMessage's kin.

    Its other arguments are not looked at. An empty list: Slack would take it.
    """
    faults: list[str] = []
    if not any(payload.get(key) for key in _CONTENTS):
        faults.append("text: needed where there are no blocks")
    for key, check in _MESSAGE.items():
        if key in payload and payload[key] is not None:
            check(payload[key], key, faults)
    if payload.get("markdown_text") and (payload.get("text") or payload.get("blocks")):
        faults.append("markdown_text: can't stand beside text or blocks")
    if payload.get("blocks"):
        _check_together(payload["blocks"], "blocks", "message", faults)
    attachments = payload.get("attachments")
    for number, one in enumerate(attachments if isinstance(attachments, list) else ()):
        _check_attachment(one, f"attachments[{number}]", faults)
    return faults


def check_view(view: Mapping[str, object]) -> list[str]:
    """What is wrong with a modal or a home tab, as views.open and its kin take it."""
    seen: list[str] = []
    _VIEW(dict(view), "view", seen)
    faults = [fault.removeprefix("view.") for fault in seen]
    surface = view.get("type")
    if isinstance(surface, str) and surface in ("modal", "home"):
        _check_together(view.get("blocks"), "blocks", surface, faults)
    if surface == "modal" and "submit" not in view:
        blocks = _blocks_of(view.get("blocks"), "blocks")
        inputs = [place for place, block in blocks if block.get("type") == "input"]
        faults.extend(f"{place}: needs submit in its view" for place in inputs)
    return faults


def _check_attachment(value: object, place: str, faults: list[str]) -> None:
    if not isinstance(value, dict):
        faults.append(f"{place}: not an object")
    elif "blocks" in value:
        _blocks("message")(value["blocks"], f"{place}.blocks", faults)
        _check_together(value["blocks"], f"{place}.blocks", "message", faults)


def _check_together(value: object, place: str, surface: str, faults: list[str]) -> None:
    """What no block shows alone: where it may stand, and what must differ from the others'."""
    blocks = list(_blocks_of(value, place))
    ids: set[object] = set()
    focused: list[str] = []
    for at, block in blocks:
        _check_surface(block, at, surface, BLOCK_SURFACES, faults)
        _check_new(block.get("block_id"), f"{at}.block_id", ids, faults)
        actions: set[object] = set()
        for spot, element in _elements_of(block, at):
            _check_surface(element, spot, surface, ELEMENT_SURFACES, faults)
            _check_new(element.get("action_id"), f"{spot}.action_id", actions, faults)
            if element.get("focus_on_load") is True:
                focused.append(f"{spot}.focus_on_load")
    faults.extend(f"{spot}: another element has it" for spot in focused[1:])
    _check_amounts(blocks, place, faults)


def _check_surface(
    part: Block, place: str, surface: str, surfaces: Mapping[str, frozenset[str]], faults: list[str]
) -> None:
    kind = part.get("type")
    if isinstance(kind, str) and surface not in surfaces.get(kind, EVERYWHERE):
        faults.append(f"{place}.type: {kind} can't stand in a {surface}")


def _check_new(value: object, place: str, known: set[object], faults: list[str]) -> None:
    if not isinstance(value, str):
        return
    if value in known:
        faults.append(f"{place}: {value} more than once")
    known.add(value)


def _check_amounts(blocks: list[Placed], place: str, faults: list[str]) -> None:
    """What blocks may hold together: so much Markdown, one table, and so much in all its cells."""
    markdown = [block.get("text") for _, block in blocks if block.get("type") == "markdown"]
    if sum(len(words) for words in markdown if isinstance(words, str)) > LONGEST_MARKDOWN:
        faults.append(f"{place}: more than {LONGEST_MARKDOWN} characters of markdown")
    tables = [placed for placed in blocks if placed[1].get("type") == "table"]
    faults.extend(f"{at}: only one table a message" for at, _ in tables[1:])
    for at, table in tables:
        if _length(table.get("rows")) > LONGEST_TABLE:
            faults.append(f"{at}.rows: more than {LONGEST_TABLE} characters")


def _length(value: object) -> int:
    """Characters of all texts in a value."""
    length, rest = 0, [value]
    while rest:
        match rest.pop():
            case list(items):
                rest += items
            case dict(keys):
                words = keys.get("text")
                length += len(words) if isinstance(words, str) else 0
                rest.append(keys.get("elements"))
            case _:
                pass
    return length


def _blocks_of(value: object, place: str) -> Iterator[Placed]:
    for number, block in enumerate(value if isinstance(value, list) else ()):
        if isinstance(block, dict):
            yield f"{place}[{number}]", block


def _elements_of(block: Block, place: str) -> Iterator[Placed]:
    """What stands in a block and may be pressed, chosen or filled in, with its place."""
    for key in ("accessory", "element"):
        element = block.get(key)
        if isinstance(element, dict):
            yield f"{place}.{key}", element
    elements = block.get("elements")
    for number, element in enumerate(elements if isinstance(elements, list) else ()):
        if isinstance(element, dict):
            yield f"{place}.elements[{number}]", element


def _blocks(surface: str) -> Check:
    return each(typed(BLOCKS), MOST_BLOCKS[surface], least=0 if surface == "message" else 1)


_CONTENTS = ("text", "blocks", "attachments", "markdown_text", "files")
_METADATA = Shape(
    {"event_type": text(255), "event_payload": any_object, "entities": anything},
    ("event_type", "event_payload"),
)
_MESSAGE: Mapping[str, Check] = {
    "text": text(LONGEST_TEXT, least=0),
    "markdown_text": text(LONGEST_MARKDOWN),
    "blocks": _blocks("message"),
    "attachments": each(anything, most=100, least=0),
    "metadata": shaped(_METADATA),
}

_EVERY_VIEW: Mapping[str, Check] = {
    "private_metadata": text(3000, least=0),
    "callback_id": text(255, least=0),
    "external_id": text(255, least=0),
}
_VIEW = typed(
    {
        "modal": Shape(
            {
                **_EVERY_VIEW,
                "blocks": _blocks("modal"),
                "title": plain(24),
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": flag,
                "notify_on_close": flag,
            },
            ("title", "blocks"),
        ),
        "home": Shape({**_EVERY_VIEW, "blocks": _blocks("home")}, ("blocks",)),
    }
)
