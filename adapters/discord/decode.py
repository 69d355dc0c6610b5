"""Turns what was seen on Discord into what the desk takes in; knows no wire, and never raises."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from adapters.discord.decode_message import edit, gone, message, retagged
from adapters.discord.decode_people import files_in
from adapters.discord.decode_press import command, offered, opened, press, submission, typing
from adapters.discord.decode_scene import Scene
from adapters.discord.decode_sign import makes_ticket, menu, reaction, wanted
from adapters.discord.modal_origin import Origin
from adapters.discord.post import Menu, Post, Press, Reaction, Seen, Sent
from adapters.discord.raw import opened as unpacked
from bot.model.message import Inbound

__all__ = [
    "Scene",
    "command",
    "edit",
    "files_in",
    "gone",
    "makes_ticket",
    "menu",
    "message",
    "offered",
    "opened",
    "press",
    "reaction",
    "read",
    "retagged",
    "submission",
    "typing",
    "wanted",
]

_BY_KIND: dict[str, Callable[[Any, Scene], Inbound | None]] = {
    "post": message,
    "edit": edit,
    "gone": gone,
    "retagged": retagged,
    "reaction": reaction,
    "press": press,
    "opened": opened,
    "typed": command,
    "menu": menu,
}


def read(raw: bytes, scene: Scene) -> Inbound | None:
    """Decode the bytes of `Inbound.raw` again, with the bot and rooms as they were known then.

    Files aren't fetched again: the remark "not_kept" says so. None for bytes of another kind.
    """
    kept = unpacked(raw)
    if kept is None:
        return None
    then = kept.scene(scene)
    if isinstance(kept.seen, Sent):
        inbound = submission(kept.seen, kept.origin or Origin(""), then)
    else:
        inbound = _BY_KIND[kept.kind](kept.seen, then)
    if inbound and _brings_files(kept.seen):
        return replace(inbound, remarks=(*inbound.remarks, "not_kept"))
    return inbound


def _brings_files(seen: Seen) -> bool:
    """Whether files came with it; a sign has none but where it makes a ticket."""
    if isinstance(seen, Reaction) and not makes_ticket(seen):
        return False
    post = seen.post if isinstance(seen, (Reaction, Press, Menu)) else seen
    return isinstance(post, Post) and bool(files_in(post))
