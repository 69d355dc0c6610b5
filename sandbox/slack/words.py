"""What people see of a message or view: its texts, without the marks of the wire."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.slack.refusal import Wire

Name = Callable[[str], str]
_MARKED = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def visible(message: Wire, name: Name) -> str:
    """Return all that is read in a message: its blocks, or its text if it has none.

    `name` says how somebody of a given id is called.
    """
    blocks = message.get("blocks")
    parts = list(_of_blocks(blocks, name)) if blocks else [plain(message.get("text", ""), name)]
    for each in message.get("attachments", ()):
        parts += [
            plain(str(each[key]), name) for key in ("pretext", "title", "text") if each.get(key)
        ]
        parts += _of_blocks(each.get("blocks", ()), name)
    return "\n".join(part for part in parts if part)


def in_view(view: Wire, name: Name) -> str:
    """Return all that is read in a view."""
    title = view.get("title") or {}
    return "\n".join([title.get("text", ""), *_of_blocks(view["blocks"], name)]).strip()


def plain(text: str, name: Name) -> str:
    """Undo Slack's escapes: `<@U1>` is "@Ana", `<url|label>` is its label."""

    def shown(mark: re.Match[str]) -> str:
        sign, target, label = mark.groups()
        if sign == "@":
            return "@" + (name(target) or label or target)
        if sign in ("#", "!"):
            return ("#" if sign == "#" else "") + (label or name(target) or target)
        return label or target.removeprefix("mailto:")

    return html.unescape(_MARKED.sub(shown, text))


def _of_blocks(blocks: Any, name: Name) -> Iterator[str]:
    for block in blocks:
        kind = block.get("type")
        if kind == "rich_text":
            yield "\n".join(_rich(each, name) for each in block["elements"])
        elif kind == "table":
            yield from (_cell(cell, name) for row in block["rows"] for cell in row)
        elif kind == "context":
            yield " ".join(_text(each, name) for each in block["elements"])
        elif kind == "markdown":
            yield str(block["text"])
        else:
            yield from (_text(block[key], name) for key in ("label", "text") if block.get(key))
            yield from (_text(each, name) for each in block.get("fields", ()))
            yield from (_text(block[key], name) for key in ("title", "hint") if block.get(key))


def _cell(cell: Wire, name: Name) -> str:
    if cell.get("type") == "rich_text":
        return "\n".join(_rich(each, name) for each in cell["elements"])
    return str(cell.get("text", ""))


def _text(element: Wire, name: Name) -> str:
    if element.get("type") == "image":
        return str(element.get("alt_text", ""))
    text = str(element.get("text", ""))
    return plain(text, name) if element.get("type") == "mrkdwn" else text


def _rich(element: Wire, name: Name) -> str:
    kind = element["type"]
    if kind == "rich_text_list":
        return "\n".join("• " + _rich(each, name) for each in element["elements"])
    if "elements" in element:
        return "".join(_rich(each, name) for each in element["elements"])
    return _word(kind, element, name)


def _word(kind: str, element: Wire, name: Name) -> str:
    text = str(element.get("text") or element.get("url") or element.get("fallback") or "")
    match kind:
        case "user":
            text = "@" + (name(element["user_id"]) or element["user_id"])
        case "channel":
            text = "#" + (name(element["channel_id"]) or element["channel_id"])
        case "emoji":
            text = f":{element['name']}:"
        case "broadcast":
            text = "@" + str(element["range"])
    return text
