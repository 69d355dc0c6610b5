"""What Discord refuses in the embeds of a message."""

from collections.abc import Mapping
from typing import Any

from sandbox.discord.component_shapes import COLOUR
from sandbox.discord.form_body import (
    Place,
    Shape,
    each,
    flag,
    link,
    moment,
    needed,
    note,
    objects,
    shaped,
    text,
    under,
)
from sandbox.discord.refusal import Faults

MOST_EMBEDS = 10
LONGEST_OF_ALL = 6000  # characters of all embeds of a message together

_PICTURE = shaped(Shape({"url": link("http", "https", "attachment")}, ("url",)))
_FOOTER = Shape(
    {"text": text(2048, least=1), "icon_url": link("http", "https", "attachment")}, ("text",)
)
_AUTHOR = Shape(
    {
        "name": text(256, least=1),
        "url": link("http", "https"),
        "icon_url": link("http", "https", "attachment"),
    },
    ("name",),
)
_FIELD = Shape(
    {"name": text(256, least=1), "value": text(1024, least=1), "inline": flag}, ("name", "value")
)
_SHOWING = ("title", "description", "fields", "image", "thumbnail", "author", "footer")


def _shows_something(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    if not any(value.get(key) for key in _SHOWING):
        needed(under(place, "description"), faults)


_EMBED = shaped(
    Shape(
        {
            "title": text(256),
            "description": text(4096),
            "url": link("http", "https"),
            "timestamp": moment,
            "color": COLOUR,
            "footer": shaped(_FOOTER),
            "image": _PICTURE,
            "thumbnail": _PICTURE,
            "author": shaped(_AUTHOR),
            "fields": each(shaped(_FIELD), 25),
        },
        (),
        (_shows_something,),
    )
)
_EMBEDS = each(_EMBED, MOST_EMBEDS)


def check_embeds(value: object, faults: Faults, place: Place = "embeds") -> None:
    """Note what is wrong with a message's embeds."""
    _EMBEDS(value, place, faults)
    total = 0
    for number, embed in objects(value):
        total += length(embed)
        if total > LONGEST_OF_ALL:
            words = f"Embed size exceeds maximum size of {LONGEST_OF_ALL}"
            note(faults, under(place, number), "MAX_EMBED_SIZE_EXCEEDED", words)
            return


def length(embed: Mapping[str, Any]) -> int:
    """Return how many characters of an embed count: title, description, fields, footer, author."""
    footer, author = embed.get("footer"), embed.get("author")
    texts = [embed.get("title"), embed.get("description")]
    texts.append(footer.get("text") if isinstance(footer, dict) else "")
    texts.append(author.get("name") if isinstance(author, dict) else "")
    for _, field in objects(embed.get("fields")):
        texts += [field.get("name"), field.get("value")]
    return sum(len(each) for each in texts if isinstance(each, str))
