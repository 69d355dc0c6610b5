"""The words of a Slack message that stand beside its text: rich text, blocks and attachments.

All of it comes over the wire and none of it is trusted to have the shape it should have: what
can't be read says nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from adapters.slack.mrkdwn import Name, link, plain, tidy

_INDENT = "    "
_MARKS = (("code", "`"), ("strike", "~"), ("italic", "_"), ("bold", "*"))

Json = Mapping[str, object]
Reader = Callable[[Json, Name], str]


def of_rich(blocks: object, name: Name) -> str:
    """What people read of a message's blocks, as `adapters.slack.mrkdwn.plain` gives it of a text.

    Rich text, which Slack's clients send beside each text, gives lists with bullets or numbers,
    quotes after "> ", and the marks of formatting; of other apps' blocks sections, headers,
    contexts and tables are read, no buttons. "" where there is nothing to read.
    """
    return "\n".join(filter(None, (_of_block(block, name) for block in _objects(blocks))))


def shared(message: Json, name: Name) -> str:
    """What people read of a message's attachments: messages that are handed on, other apps' words.

    A message that is handed on stands as a quote after its author's name. Previews of linked pages
    are left out: whoever wrote the message didn't say them. "" where there is nothing to read.
    """
    read = (_of_attachment(each, name) for each in _objects(message.get("attachments")))
    return "\n\n".join(filter(None, read))


def _of_block(block: Json, name: Name) -> str:
    read = _BLOCKS.get(_word(block.get("type")))
    return read(block, name) if read else ""


def _rich_text(block: Json, name: Name) -> str:
    parts = (_of_part(part, name) for part in _objects(block.get("elements")))
    # A section often brings its line end along; the next part begins on a new line anyway.
    return "\n".join(part.removesuffix("\n") for part in parts)


def _section(block: Json, name: Name) -> str:
    texts = [_of_text(block.get("text"), name)]
    texts += [_of_text(each, name) for each in _objects(block.get("fields"))]
    return "\n".join(filter(None, texts))


def _context(block: Json, name: Name) -> str:
    texts = (_of_text(each, name) for each in _objects(block.get("elements")))
    return " ".join(filter(None, texts))


def _table(block: Json, name: Name) -> str:
    return "\n".join(_of_row(row, name) for row in _items(block.get("rows")))


def _picture(block: Json, name: Name) -> str:
    return _of_text(block.get("title"), name) or tidy(_word(block.get("alt_text")))


_BLOCKS: Mapping[str, Reader] = {
    "rich_text": _rich_text,
    "section": _section,
    "header": lambda block, name: _of_text(block.get("text"), name),
    "context": _context,
    "markdown": lambda block, _name: tidy(_word(block.get("text"))),
    "table": _table,
    "image": _picture,
    "video": _picture,
}


def _of_text(value: object, name: Name) -> str:
    """The words of a text object; Slack gives them back escaped even if they can't be formatted."""
    return plain(_word(value.get("text")), name) if isinstance(value, Mapping) else ""


def _of_row(row: object, name: Name) -> str:
    return " | ".join(_of_block(cell, name) or _of_text(cell, name) for cell in _objects(row))


def _of_part(part: Json, name: Name) -> str:
    """A section, a list, a quote or preformatted text."""
    kind = part.get("type")
    if kind == "rich_text_list":
        words = "\n".join(_list(part, name))
    elif kind == "rich_text_preformatted":
        words = f"```\n{_run(part, name)}\n```"
    else:
        words = _run(part, name)
    return _quoted(words) if kind == "rich_text_quote" or part.get("border") == 1 else words


def _list(part: Json, name: Name) -> Iterator[str]:
    level, before = _number(part.get("indent")), _number(part.get("offset"))
    margin = _INDENT * min(level, 8)
    for number, item in enumerate(_objects(part.get("elements")), before + 1):
        point = f"{number}." if part.get("style") == "ordered" else "•"
        words = _run(item, name).removesuffix("\n")
        yield f"{margin}{point} {words}".replace("\n", f"\n{margin}  ")


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in words.removesuffix("\n").split("\n"))


def _run(part: Json, name: Name) -> str:
    code = part.get("type") == "rich_text_preformatted"  # which has no marks of its own
    return "".join(
        _spoken(each, name) if code else _marked(_spoken(each, name), each.get("style"))
        for each in _objects(part.get("elements"))
    )


def _spoken(element: Json, name: Name) -> str:
    """The words of one element of a run of rich text."""
    read = _ELEMENTS.get(_word(element.get("type")))
    return read(element, name) if read else ""


def _named(sign: str, key: str) -> Reader:
    def read(element: Json, name: Name) -> str:
        known = name(_word(element.get(key))) or _word(element.get(key))
        return sign + known.removeprefix(sign)

    return read


def _written(key: str) -> Reader:
    return lambda element, _name: tidy(_word(element.get(key)))


def _emoji(element: Json, _name: Name) -> str:
    tone = _number(element.get("skin_tone"))
    return f":{_word(element.get('name'))}:" + (f":skin-tone-{tone}:" if tone else "")


def _date(element: Json, _name: Name) -> str:
    fallback = tidy(_word(element.get("fallback")))
    return fallback or _day(_number(element.get("timestamp")))


_ELEMENTS: Mapping[str, Reader] = {
    "text": _written("text"),
    "link": lambda element, _name: link(
        _word(element.get("url")), tidy(_word(element.get("text")))
    ),
    "user": _named("@", "user_id"),
    "usergroup": _named("@", "usergroup_id"),
    "channel": _named("#", "channel_id"),
    "team": _named("", "team_id"),
    "broadcast": lambda element, _name: f"@{_word(element.get('range'))}",
    "emoji": _emoji,
    "date": _date,
    "color": _written("value"),
}


def _marked(words: str, style: object) -> str:
    """With the marks of their formatting, as people type them: close around the words."""
    bare = words.strip()
    if not isinstance(style, Mapping) or not bare:
        return words
    marked = bare
    for kind, mark in _MARKS:
        if style.get(kind) is True:
            marked = f"{mark}{marked}{mark}"
    return words.replace(bare, marked, 1)


def _of_attachment(attachment: Json, name: Name) -> str:
    if attachment.get("is_share") or attachment.get("is_msg_unfurl"):
        author = _word(attachment.get("author_name")) or name(_word(attachment.get("author_id")))
        words = _of_message(attachment, name)
        said_by = f"{tidy(author)}:\n" if author else ""
        return said_by + _quoted(words) if words else ""
    if attachment.get("is_app_unfurl") or attachment.get("from_url"):
        return ""  # a preview
    return _of_app(attachment, name)


def _of_message(attachment: Json, name: Name) -> str:
    """The words of a message that is handed on; Slack gives them now here, now there."""
    words = plain(_word(attachment.get("text")), name).strip()
    for each in _objects(attachment.get("message_blocks")):
        inner = each.get("message")
        blocks = inner.get("blocks") if isinstance(inner, Mapping) else None
        words = words or of_rich(blocks, name).strip()
    words = words or of_rich(attachment.get("blocks"), name).strip()
    return words or plain(_word(attachment.get("fallback")), name).strip()


def _of_app(attachment: Json, name: Name) -> str:
    """What another app says in an attachment of the old kind."""
    title = plain(_word(attachment.get("title")), name)
    address = _word(attachment.get("title_link"))
    lines = [
        plain(_word(attachment.get("pretext")), name),
        link(address, title) if address else title,
        plain(_word(attachment.get("text")), name),
        *(_of_field(field, name) for field in _objects(attachment.get("fields"))),
        of_rich(attachment.get("blocks"), name),
    ]
    said = "\n".join(filter(None, (line.strip() for line in lines)))
    return said or plain(_word(attachment.get("fallback")), name).strip()


def _of_field(field: Json, name: Name) -> str:
    title, value = (plain(_word(field.get(key)), name) for key in ("title", "value"))
    return f"{title}: {value}" if title and value else title or value


def _day(moment: int) -> str:
    """A date without words of its own; "" for one that no calendar has."""
    try:
        return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M} UTC" if moment else ""
    except (ValueError, OverflowError, OSError):
        return ""


def _objects(value: object) -> Iterator[Json]:
    return (each for each in _items(value) if isinstance(each, Mapping))


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
