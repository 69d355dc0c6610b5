"""Block Kit's rich text, as Slack's reference describes it and as its clients send it."""

from collections.abc import Mapping

from sandbox.slack.block_kit_shape import (
    Check,
    Shape,
    each,
    fitting,
    flag,
    link,
    one_of,
    shaped,
    text,
    typed,
    whole,
)

_LONGEST = 40_000
_MOST = 2_000
_ID = text(255)
_LINK = link(schemes=("https://", "http://", "mailto:", "tel:", "slack://"))
_HEX = fitting(lambda value: value.startswith("#") and int(value[1:], 16) >= 0, "a colour, #ff8800")
_STYLES: Mapping[str, Check] = dict.fromkeys(
    ("bold", "italic", "strike", "code", "underline"), flag
)
_MENTION_STYLES: Mapping[str, Check] = {
    **_STYLES,
    "highlight": flag,
    "client_highlight": flag,
    "unlink": flag,
}
_STYLED: Mapping[str, Check] = {"style": shaped(Shape(_STYLES))}
_MENTION: Mapping[str, Check] = {"style": shaped(Shape(_MENTION_STYLES))}

_TEXT = Shape({**_STYLED, "text": text(_LONGEST)}, ("text",))
_WEB = Shape({**_STYLED, "url": _LINK, "text": text(_LONGEST), "unsafe": flag}, ("url",))
_RUN: Mapping[str, Shape] = {
    "text": _TEXT,
    "link": _WEB,
    "user": Shape({**_MENTION, "user_id": _ID}, ("user_id",)),
    "usergroup": Shape({**_MENTION, "usergroup_id": _ID}, ("usergroup_id",)),
    "channel": Shape({**_MENTION, "channel_id": _ID}, ("channel_id",)),
    "team": Shape({**_MENTION, "team_id": _ID}, ("team_id",)),
    "broadcast": Shape({**_MENTION, "range": one_of("here", "channel", "everyone")}, ("range",)),
    "emoji": Shape(
        {
            **_STYLED,
            "name": text(255),
            "unicode": text(255),
            "url": link(),
            "skin_tone": whole(2, 6),
        },
        ("name",),
    ),
    "color": Shape({**_STYLED, "value": _HEX}, ("value",)),
    "date": Shape(
        {
            **_STYLED,
            "timestamp": whole(0, 9_999_999_999),
            "format": text(_LONGEST),
            "url": link(),
            "fallback": text(_LONGEST),
        },
        ("timestamp", "format"),
    ),
}

_BORDER: Mapping[str, Check] = {"border": whole(0, 1)}
_SECTION = Shape({"elements": each(typed(_RUN), _MOST, least=0)}, ("elements",))
_PARTS: Mapping[str, Shape] = {
    "rich_text_section": _SECTION,
    "rich_text_list": Shape(
        {
            **_BORDER,
            "elements": each(typed({"rich_text_section": _SECTION}), _MOST),
            "style": one_of("bullet", "ordered"),
            "indent": whole(0, 8),
            "offset": whole(0, _LONGEST),
        },
        ("elements", "style"),
    ),
    "rich_text_quote": Shape(
        {**_BORDER, "elements": each(typed(_RUN), _MOST, least=0)}, ("elements",)
    ),
    "rich_text_preformatted": Shape(
        {**_BORDER, "elements": each(typed({"text": _TEXT, "link": _WEB}), _MOST, least=0)},
        ("elements",),
    ),
}

RICH_TEXT = Shape({"block_id": _ID, "elements": each(typed(_PARTS), _MOST)}, ("elements",))
