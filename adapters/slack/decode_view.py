"""Forms that somebody filled in or closed."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from adapters.slack.decode_fields import table, word
from adapters.slack.decode_message import Place
from adapters.slack.decode_people import NOBODY, picked
from adapters.slack.decode_press import trigger
from adapters.slack.decode_scene import Scene
from adapters.slack.ids import parted
from adapters.slack.modal import filled
from adapters.slack.raw import kept
from bot.model.message import Address, ExternalId, Inbound


def submission(body: Mapping[str, object], scene: Scene) -> Inbound | None:
    """A form that was sent off: its command, with what was filled in."""
    return _form("submission", body, scene)


def closed(body: Mapping[str, object], scene: Scene) -> Inbound | None:
    """A form that was closed without being sent: its command alone."""
    return _form("closed", body, scene)


class Typed(NamedTuple):
    """What somebody types into a field whose choices are looked up, and whose field that is."""

    input: str
    words: str
    command: str  # the form's, by its name
    parameter: str


def typed(body: Mapping[str, object]) -> Typed | None:
    """What somebody types into a field; None for anything else that comes."""
    if word(body, "type") != "block_suggestion":
        return None
    said = word(_about(table(body, "view")), "command")
    command = said.partition(" ")[0].removeprefix("/")
    return Typed(word(body, "action_id"), word(body, "value"), command, word(body, "block_id"))


def origin(view: Mapping[str, object], scene: Scene) -> Address:
    """Where a form was opened from; the room is "" for a page of the app's own."""
    about = _about(view)
    return scene.address(word(about, "room"), word(about, "thread"))


def _form(kind: str, body: Mapping[str, object], scene: Scene) -> Inbound | None:
    view, user = table(body, "view"), word(body, "user", "id")
    about = _about(view)
    if user in NOBODY or "command" not in about:
        return None
    address = origin(view, scene)
    room = address.room
    defaults = scene.defaults(room)
    inward = not room or scene.is_inward(room)
    return Inbound(
        external_id=trigger(body, user),
        address=address,
        speaker=scene.speaker(user),
        text=word(about, "command"),
        replies_to=_replies_to(about, room, address.thread),
        interactive=True,
        internal=inward,
        public=not inward,
        filled=filled(view) if kind == "submission" else (),
        mark=word(about, "mark"),
        mentioned=picked(body, scene) if kind == "submission" else (),
        team=defaults.team,
        language=defaults.language,
        raw=kept(kind, body, scene),
    )


def _about(view: Mapping[str, object]) -> Mapping[str, object]:
    try:
        about = json.loads(word(view, "private_metadata"))
    except (ValueError, RecursionError):
        return {}
    return about if isinstance(about, dict) else {}


def _replies_to(about: Mapping[str, object], room: str, thread: str) -> tuple[ExternalId, ...]:
    there, ts = parted(word(about, "message"))
    if not ts or there != room:
        return ()
    place = Place(room, ts, thread or ts)
    return (place.id, *place.replies_to)
