"""The parts that Slack's messages and views are made of, each within Slack's limits."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from adapters.slack.ids import OPEN
from adapters.slack.mrkdwn import escape, pieces, shortened
from bot.model.message import Button
from bot.model.stamp import spelled

Block = dict[str, Any]
"""A block or an element of one, as Slack's JSON has it."""

_LONGEST_TEXT = 3_000  # characters
_LONGEST_HEADER = 150
_LONGEST_LABEL = 75
_LONGEST_COMMAND = 2_000
_LONGEST_FIELD = 2_000
_LONGEST_NAME = 200
_LONGEST_CHOICE = 150
_MOST_FIELDS = 10
_MOST_ELEMENTS = 25
_MOST_CHOICES = 5
_MOST_SMALL = 10
_LINE = 40  # characters, at least, so that the marks of a quote take little beside its words

_T = TypeVar("_T")


def plain_text(text: str, limit: int) -> Block:
    """One line without formatting, shortened; never empty, which Slack refuses."""
    return {"type": "plain_text", "text": shortened(" ".join(spelled(text).split()), limit) or "…"}


def mrkdwn(text: str) -> Block:
    """Formatted text, as it stands."""
    return {"type": "mrkdwn", "text": text}


def header(title: str) -> Block:
    """One large line."""
    return {"type": "header", "text": plain_text(title, _LONGEST_HEADER)}


def sections(text: str) -> list[Block]:
    """Mrkdwn as sections, always shown whole."""
    return [
        {"type": "section", "text": mrkdwn(piece), "expand": True}
        for piece in pieces(text, _LONGEST_TEXT)
    ]


def quotes(text: str) -> list[Block]:
    """Somebody's own plain words as quotes, a bar beside each line."""
    words = escape(text.strip())
    limit = _LONGEST_TEXT * _LINE // (_LINE + len("> "))
    if words.count("\n") * _LINE > len(words):
        limit = _LONGEST_TEXT // len(">> ")  # were each line empty, it would just do
    return [
        {"type": "section", "text": mrkdwn("> " + piece.replace("\n", "\n> ")), "expand": True}
        for piece in pieces(words, limit)
    ]


def facts(pairs: Iterable[tuple[str, str]], longest: int = _LONGEST_FIELD) -> list[Block]:
    """What things are called and what they are, in two columns; each of at most `longest`."""
    limit = min(longest, _LONGEST_FIELD)
    fields = [mrkdwn(_fact(name, value, limit)) for name, value in pairs if value.strip()]
    return [{"type": "section", "fields": each} for each in _batched(fields, _MOST_FIELDS)]


def context(text: str) -> list[Block]:
    """Mrkdwn as small print."""
    small = [mrkdwn(piece) for piece in pieces(text, _LONGEST_TEXT)]
    return [{"type": "context", "elements": each} for each in _batched(small, _MOST_SMALL)]


def actions(buttons: Sequence[Button], more: Sequence[Button] = (), about: str = "") -> list[Block]:
    """Buttons, and a menu of those that need not be seen at once.

    `about` is the message that a button to open a ticket is about. A button whose command is
    longer than Slack takes is left out: `ways` says it in words.
    """
    elements = list(_elements(buttons, more, about))
    return [{"type": "actions", "elements": each} for each in _batched(elements, _MOST_ELEMENTS)]


def accessory(buttons: Sequence[Button], more: Sequence[Button]) -> Block | None:
    """The one thing to press, if it is one, to stand beside a text."""
    elements = list(_elements(buttons, more, ""))
    return elements[0] if len(elements) == 1 else None


def ways(buttons: Iterable[Button]) -> str:
    """What to say instead of pressing those buttons that Slack can't show, a line each."""
    unshown = (each for each in buttons if not _is_shown(each))
    lines = (
        each.instead or ": ".join(filter(None, (each.label, each.command))) for each in unshown
    )
    return "\n".join(line for line in lines if line.strip())


def line(text: str) -> str:
    """Plain words as one line of mrkdwn that can stand between marks of formatting."""
    words = spelled(text).translate({ord("*"): None})
    return escape(shortened(" ".join(words.split()), _LONGEST_NAME))


def _elements(buttons: Sequence[Button], more: Sequence[Button], about: str) -> Iterator[Block]:
    shown = [each for each in buttons if _is_shown(each)]
    hidden = {each.command: each for each in more if _is_choice(each)}
    shown += [each for each in more if _is_shown(each) and not _is_choice(each)]
    for number, each in enumerate(shown):
        yield _button(each, number, about)
    for number, choices in enumerate(_batched(list(hidden.values()), _MOST_CHOICES)):
        options = [option(each.command, each.label or each.command) for each in choices]
        yield {"type": "overflow", "action_id": f"more:{number}", "options": options}


def option(value: str, label: str) -> Block:
    """One thing to choose; the value must be of 1 to 150 characters."""
    return {"text": plain_text(label, _LONGEST_LABEL), "value": value}


def is_option(value: str) -> bool:
    """Whether it can be the value of an option."""
    return 0 < len(value) <= _LONGEST_CHOICE


def _button(button: Button, number: int, about: str) -> Block:
    value = f"{button.command} {about}" if about and button.command == OPEN else button.command
    block: Block = {
        "type": "button",
        "action_id": f"press:{number}",
        "text": plain_text(button.label or button.command, _LONGEST_LABEL),
        "value": value,
    }
    if button.main:
        block["style"] = "primary"
    return block


def _is_shown(button: Button) -> bool:
    return 0 < len(button.command) <= _LONGEST_COMMAND


def _is_choice(button: Button) -> bool:
    return is_option(button.command)


def _fact(name: str, value: str, limit: int) -> str:
    title = f"*{shortened(line(name), limit // 2)}*\n" if name.strip() else ""
    return title + shortened(escape(value.strip()), limit - len(title))


def _batched(items: Sequence[_T], size: int) -> Iterator[list[_T]]:
    for begin in range(0, len(items), size):
        yield list(items[begin : begin + size])
