"""Turns what comes from Slack into what the desk takes in; knows no wire, and never raises."""

from collections.abc import Mapping
from dataclasses import replace

from adapters.slack.decode_message import message, of_history
from adapters.slack.decode_people import files_in, people_in
from adapters.slack.decode_press import command, offered, opened, press
from adapters.slack.decode_scene import Scene
from adapters.slack.decode_sign import makes_ticket, reaction, shortcut, wanted
from adapters.slack.decode_view import closed, origin, submission, typed
from adapters.slack.raw import Kept
from adapters.slack.raw import opened as unpacked
from bot.model.message import Inbound

__all__ = [
    "Scene",
    "closed",
    "command",
    "files_in",
    "makes_ticket",
    "message",
    "of_history",
    "offered",
    "opened",
    "origin",
    "people_in",
    "press",
    "reaction",
    "read",
    "shortcut",
    "submission",
    "typed",
    "wanted",
]


def read(raw: bytes, scene: Scene) -> Inbound | None:
    """Decode the bytes of `Inbound.raw` again, with the people and rooms as they were known then.

    Files aren't fetched again: the remark "not_kept" says so. None for bytes of another kind.
    """
    kept = unpacked(raw)
    if kept is None:
        return None
    inbound = _decoded(kept, kept.scene(scene))
    bringing = (kept.payload, kept.more, kept.payload.get("message"))
    if inbound and any(files_in(each) for each in bringing if isinstance(each, Mapping)):
        return replace(inbound, remarks=(*inbound.remarks, "not_kept"))
    return inbound


def _decoded(kept: Kept, scene: Scene) -> Inbound | None:
    match kept.kind:
        case "message":
            return message(kept.payload, scene)
        case "of_history":
            return of_history(kept.payload, kept.room, scene)
        case "reaction":
            return reaction(kept.payload, scene, kept.more)
        case "opened":
            return opened(kept.payload, scene, kept.more)
    plain = {
        "command": command,
        "press": press,
        "submission": submission,
        "closed": closed,
        "shortcut": shortcut,
    }
    return plain[kept.kind](kept.payload, scene) if kept.kind in plain else None
