"""The components that Discord's messages are made of, each within Discord's limits."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from adapters.discord.ids import FORM, OPEN, SAY
from adapters.discord.markdown import bold, escape, line, small
from adapters.discord.markdown_pieces import pieces
from bot.model.message import Button

Component = dict[str, Any]
"""A component, as Discord's JSON has it."""

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT, USER_SELECT = 1, 2, 3, 4, 5
SECTION, TEXT_DISPLAY, SEPARATOR, CONTAINER, LABEL = 9, 10, 14, 17, 18

MOST_COMPONENTS = 40  # of a message, nested ones counted
LONGEST_TEXT = 4_000  # characters of all text displays of a message
LONGEST_ID = 100  # characters of a custom_id, or of an option's value
MOST_OPTIONS = 25
_MOST_BUTTONS = 5  # of a row
_LONGEST_LABEL = 80
_LONGEST_OPTION = 100
_PRIMARY, _SECONDARY = 1, 2

OFFER = OPEN.removesuffix(":")  # the command of the button that makes a ticket of a message
MORE = "more:"  # begins the custom_id of a menu of buttons; its values are those buttons' own

_T = TypeVar("_T")


def text(markdown: str) -> Component:
    """Formatted text, as it stands."""
    return {"type": TEXT_DISPLAY, "content": markdown}


def texts(markdown: str, longest: int = LONGEST_TEXT) -> list[Component]:
    """Formatted text in as many parts as it needs; none for blank text."""
    return [text(each) for each in pieces(markdown, longest)]


def fact(name: str, value: str) -> str:
    """What it is called and what it is, as Markdown; "" where it is nothing."""
    known = " ".join(escape(value).split())
    return " ".join(filter(None, (bold(name), known))) if known else ""


def separator() -> Component:
    """A line across."""
    return {"type": SEPARATOR}


def container(parts: Sequence[Component]) -> Component:
    """A frame around these."""
    return {"type": CONTAINER, "components": list(parts)}


def reference(words: str) -> list[Component]:
    """What it is about, in small print."""
    return texts(small(words))


def rows(
    buttons: Sequence[Button], more: Sequence[Button] = (), about: str = ""
) -> list[Component]:
    """Buttons, and menus of those that need not be seen at once, each command once.

    `about` names the message that a button to open a ticket is about. A button whose command is
    longer than Discord takes is left out: `ways` says it in words.
    """
    shown = {each.command: each for each in buttons if is_shown(each)}
    hidden = {each.command: each for each in more if is_shown(each) and each.command not in shown}
    pressed = [_button(each, about) for each in shown.values()]
    found = [row(each) for each in _batched(pressed, _MOST_BUTTONS)]
    return found + [row([_menu(each)]) for each in _batched(list(hidden.values()), MOST_OPTIONS)]


def beside(parts: Sequence[Component], buttons: Sequence[Button]) -> Component | None:
    """A text with its one button beside it; None where there isn't one of each."""
    shown = {each.command: each for each in buttons if is_shown(each)}
    if len(parts) != 1 or len(shown) != 1:
        return None
    (button,) = shown.values()
    return {"type": SECTION, "components": list(parts), "accessory": _button(button, "")}


def ways(buttons: Iterable[Button]) -> str:
    """What to say instead of pressing those buttons that Discord can't show, a line each."""
    unshown = (each for each in buttons if not is_shown(each))
    lines = (
        each.instead or ": ".join(filter(None, (each.label, each.command))) for each in unshown
    )
    return "\n".join(each for each in lines if each.strip())


def is_shown(button: Button) -> bool:
    """Whether Discord can hold its command; the name of a form stands for itself."""
    said = "" if button.command.startswith(FORM) else SAY
    return 0 < len(button.command) <= LONGEST_ID - len(said)


def distinct(components: Iterable[Component]) -> list[Component]:
    """The same, with each command's button once and the menus numbered, as a message needs it."""
    return list(_distinct(components, set()))


def count(components: Iterable[Component]) -> int:
    """How many there are, nested ones counted."""
    return sum(1 + count(each.get("components", ())) + ("accessory" in each) for each in components)


def weight(components: Iterable[Component]) -> int:
    """The characters of all text displays."""
    return sum(
        weight(each.get("components", ())) + len(each.get("content", "")) for each in components
    )


def button(label: str, custom_id: str, *, main: bool = False) -> Component:
    """A button that comes back by its custom_id."""
    style = _PRIMARY if main else _SECONDARY
    return {"type": BUTTON, "style": style, "label": label, "custom_id": custom_id}


def row(elements: Sequence[Component]) -> Component:
    """Buttons beside one another, or one menu."""
    return {"type": ACTION_ROW, "components": list(elements)}


def _button(pressed: Button, about: str) -> Component:
    offers = about and pressed.command == OFFER
    custom_id = f"{OPEN}{about}" if offers else f"{SAY}{pressed.command}"
    if pressed.command.startswith(FORM):
        custom_id = pressed.command
    return button(_label(pressed, _LONGEST_LABEL), custom_id, main=pressed.main)


def _menu(buttons: Sequence[Button]) -> Component:
    options = [
        {"label": _label(each, _LONGEST_OPTION), "value": f"{SAY}{each.command}"}
        for each in buttons
    ]
    return {"type": STRING_SELECT, "custom_id": MORE, "placeholder": "…", "options": options}


def _label(button: Button, limit: int) -> str:
    return line(button.label, limit) or line(button.command, limit) or "…"


def _distinct(components: Iterable[Component], known: set[str]) -> Iterator[Component]:
    for each in components:
        if "accessory" in each and not _is_new(each["accessory"], known):
            yield from each["components"]
        elif each["type"] == STRING_SELECT:
            own = f"{MORE}{sum(name.startswith(MORE) for name in known)}"
            known.add(own)
            yield {**each, "custom_id": own}
        elif each["type"] in (ACTION_ROW, CONTAINER):
            if inner := list(_distinct(each["components"], known)):
                yield {**each, "components": inner}
        elif each["type"] != BUTTON or _is_new(each, known):
            yield each


def _is_new(button: Component, known: set[str]) -> bool:
    own = button["custom_id"]
    new = own not in known
    known.add(own)
    return new


def _batched(items: Sequence[_T], size: int) -> Iterator[list[_T]]:
    """The items in runs of at most this many."""
    for begin in range(0, len(items), size):
        yield list(items[begin : begin + size])
