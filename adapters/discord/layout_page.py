"""Somebody's own page, of which one message shows a part at a time, with buttons to turn it."""

from collections.abc import Sequence

from adapters.discord.ids import PAGE
from adapters.discord.layout import Post, shown
from adapters.discord.layout_panel import pages
from adapters.discord.layout_parts import (
    LONGEST_TEXT,
    MOST_COMPONENTS,
    Component,
    button,
    container,
    row,
    text,
)
from bot.model.message import Section

_TURNING = 5  # components below the page: a row and four buttons
_BACK, _ON, _AGAIN = "◀", "▶", "again"


def page(parts: Sequence[Section], number: int, again: str) -> Post:
    """The page of this number, from 1, or the last where there are fewer; for one pair of eyes.

    `again` is what the button says that shows it as it is by now.
    """
    whole = pages(parts, MOST_COMPONENTS - 1 - _TURNING, LONGEST_TEXT) or [[text("…")]]
    at = min(max(number, 1), len(whole))
    return shown([container(whole[at - 1]), row(_turning(at, len(whole), again))], alone=True)


def turned(custom_id: str) -> int | None:
    """The number of the page that a button turns to; None for any other button."""
    if not custom_id.startswith(PAGE):
        return None
    number = custom_id.removeprefix(PAGE).partition(":")[0]
    return int(number) if number.isdecimal() and len(number) <= len(str(LONGEST_TEXT)) else None


def _turning(at: int, last: int, again: str) -> list[Component]:
    anew = button(again, f"{PAGE}{at}:{_AGAIN}")
    if last == 1:
        return [anew]
    place = {**_button(f"{at}/{last}", at), "disabled": True}
    back = {**_button(_BACK, at - 1), "disabled": at == 1}
    on = {**_button(_ON, at + 1), "disabled": at == last}
    return [back, place, on, anew]


def _button(label: str, to: int) -> Component:
    return button(label, f"{PAGE}{to}:{label}")
