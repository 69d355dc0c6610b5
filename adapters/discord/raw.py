"""Keeps what was seen on Discord as bytes, and reads it again; no token is among it."""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from adapters.discord.decode_scene import Scene
from adapters.discord.modal_origin import Origin
from adapters.discord.post import Gone, Menu, Post, Press, Reaction, Retagged, Seen, Sent, Typed

_KINDS: Mapping[str, type] = {
    "post": Post,
    "edit": Post,
    "gone": Gone,
    "retagged": Retagged,
    "reaction": Reaction,
    "press": Press,
    "opened": Press,
    "typed": Typed,
    "menu": Menu,
    "sent": Sent,
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What was seen: `kind` is the name of the function that decodes it."""

    kind: str
    seen: Seen
    origin: Origin | None  # of a form that was sent off
    bot_user: str  # who the bot was then
    bot_roles: frozenset[str]
    agents_rooms: frozenset[str]

    def scene(self, now: Scene) -> Scene:
        """What was known when it came: without a connection nobody knows it any more."""
        return replace(
            now,
            bot_user=self.bot_user or now.bot_user,
            bot_roles=self.bot_roles or now.bot_roles,
            agents_rooms=self.agents_rooms | now.agents_rooms,
        )


def kept(kind: str, seen: Seen, scene: Scene, *, origin: Origin | None = None) -> bytes:
    """What was seen as bytes, and who the bot was by then."""
    whole = {
        "kind": kind,
        "seen": _bare(asdict(seen)),
        "origin": asdict(origin) if origin else None,
        "bot_user": scene.bot_user,
        "bot_roles": sorted(scene.bot_roles),
        "agents_rooms": sorted(scene.agents_rooms),
    }
    return json.dumps(whole, separators=(",", ":")).encode()


def opened(raw: bytes) -> Kept | None:
    """What `kept` put away; None for bytes that aren't its own."""
    try:
        whole = json.loads(raw)
        shape = _KINDS[whole["kind"]]
        return Kept(
            whole["kind"],
            _read(shape, whole["seen"]),
            _read(Origin | None, whole["origin"]),
            _read(str, whole["bot_user"]),
            frozenset(_read(tuple[str, ...], whole["bot_roles"])),
            frozenset(_read(tuple[str, ...], whole["agents_rooms"])),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _bare(value: Any) -> Any:
    """Without what would let somebody fetch a file: Discord signs its addresses."""
    if isinstance(value, dict):
        return {
            key: each.partition("?")[0] if key == "url" else _bare(each)
            for key, each in value.items()
        }
    return [_bare(each) for each in value] if isinstance(value, (list, tuple)) else value


def _read(shape: Any, value: object) -> Any:
    """A value of a shape of `post`, from JSON; TypeError or ValueError when it is none."""
    if is_dataclass(shape):
        return _shaped(shape, value)
    if get_origin(shape) is tuple:
        return _row(get_args(shape), value)
    if get_origin(shape) in (Union, types.UnionType):
        return None if value is None else _read(get_args(shape)[0], value)
    if issubclass(shape, Enum):
        return shape(value)
    if type(value) is not shape:
        raise TypeError(f"{value!r} is no {shape.__name__}")
    return value


def _shaped(shape: Any, value: object) -> Any:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no {shape.__name__}")
    hints = get_type_hints(shape)
    known = {each.name for each in fields(shape)}
    make: Callable[..., Any] = shape
    return make(**{key: _read(hints[key], each) for key, each in value.items() if key in known})


def _row(shapes: tuple[Any, ...], value: object) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    if shapes[-1] is Ellipsis:
        return tuple(_read(shapes[0], each) for each in value)
    return tuple(_read(shape, each) for shape, each in zip(shapes, value, strict=True))
