"""Slack's views: forms as modals, and a person's own page."""

import json
from collections.abc import Mapping

from adapters.slack.blocks_panel import panel
from adapters.slack.blocks_parts import Block, context, plain_text, sections
from adapters.slack.decode_fields import tables, word
from adapters.slack.modal_fields import filled, input_block, options
from adapters.slack.mrkdwn import escape, shortened
from bot.model.form import Form, Input
from bot.model.message import Answer, Outbound

__all__ = ["FORM", "errors", "filled", "home", "modal", "options"]

FORM = "form"  # the callback_id of each modal
MOST_BLOCKS = 100  # of a view
_LONGEST_TITLE = 24
_LONGEST_METADATA = 3_000
_LONGEST_ESCAPE = len("\\u0000")  # of one character in JSON
_LONGEST_TEXT = 11_000
_LONGEST_HOME = 60_000  # characters: Slack takes 250 kB of JSON for a view

_NOTHING: Block = {"type": "divider"}  # a view has a block at least


def modal(form: Form, *, room: str, thread: str, message: str) -> Block:
    """A form as the view of views.open.

    It remembers where it was opened from: the room and its thread ("" for a page of the app's
    own), and the name of the message with the button ("" for none).
    """
    first = next((each for each in form.fields if each.input is Input.WORDS), None)
    blocks = context(escape(form.notice.strip()))
    blocks += [input_block(each, focus=each is first) for each in form.fields]
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain_text(form.title, _LONGEST_TITLE),
        "submit": plain_text(form.submit, _LONGEST_TITLE),
        "close": plain_text(form.cancel, _LONGEST_TITLE),
        "notify_on_close": True,
        "private_metadata": _origin(form, room, thread, message),
        "blocks": blocks[:MOST_BLOCKS] or [_NOTHING],
    }


def home(message: Outbound) -> Block:
    """A person's own page as the view of views.publish."""
    said = shortened(escape(message.text.strip(), quote=True), _LONGEST_TEXT)
    blocks = panel(message.panel, MOST_BLOCKS, longest=_LONGEST_HOME) or sections(said)
    return {"type": "home", "blocks": blocks or [_NOTHING]}


def errors(answer: Answer, view: Mapping[str, object]) -> dict[str, object]:
    """The answer to a form that was refused: said at the field in question, else at the last.

    A form without fields shows it in their place.
    """
    blocks = tables(view, "blocks")
    fields = [word(each, "block_id") for each in blocks if word(each, "type") == "input"]
    text = answer.text.strip() or "…"
    if fields:
        place = answer.field if answer.field in fields else fields[-1]
        return {"response_action": "errors", "errors": {place: text}}
    shown: Block = {
        "type": "modal",
        "callback_id": FORM,
        "title": plain_text(word(view, "title", "text"), _LONGEST_TITLE),
        "blocks": sections(shortened(escape(text), _LONGEST_TEXT)),
    }
    if close := word(view, "close", "text"):
        shown["close"] = plain_text(close, _LONGEST_TITLE)
    return {"response_action": "update", "view": shown}


def _origin(form: Form, room: str, thread: str, message: str) -> str:
    """What a form must know when it comes back; a command too long for that loses its end."""
    about = {"command": form.command, "room": room, "thread": thread, "message": message}
    if form.mark:
        about["mark"] = form.mark
    written = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    while len(written) > _LONGEST_METADATA and about["command"]:
        spare = max(1, (len(written) - _LONGEST_METADATA) // _LONGEST_ESCAPE)
        about["command"] = about["command"][:-spare]
        written = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    return written
