"""What people choose and type, as the values that Discord's clients send."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sandbox.discord.attachment import Attachment
from sandbox.discord.channel import Channel, Direct, GuildChannel, Thread
from sandbox.discord.component_shapes import (
    CHANNEL_SELECT,
    CHECKBOX,
    CHECKBOX_GROUP,
    FILE_UPLOAD,
    MENTIONABLE_SELECT,
    RADIO_GROUP,
    ROLE_SELECT,
    STRING_SELECT,
    TEXT_INPUT,
    USER_SELECT,
)
from sandbox.discord.refusal import Wire
from sandbox.discord.resolved import Named, Resolved
from sandbox.discord.role import Role
from sandbox.discord.surface import Control, option_named
from sandbox.discord.user import User
from sandbox.discord.world import World

File = tuple[str, bytes, str]  # name, content, MIME type
REQUIRED = "This field is required."

_KINDS: Mapping[int, tuple[type, ...]] = {
    USER_SELECT: (User,),
    ROLE_SELECT: (Role,),
    MENTIONABLE_SELECT: (User, Role),
    CHANNEL_SELECT: (GuildChannel, Thread),
}


class HasUser(Protocol):
    """A person: whoever has an account."""

    @property
    def user(self) -> User:
        """The account."""


class Choosing:
    """Finds what somebody in a channel means by what they choose."""

    def __init__(self, world: World, channel: Channel, resolved: Resolved) -> None:
        self._world = world
        self._channel = channel
        self.resolved = resolved

    def values(self, control: Control, value: object) -> list[str]:
        """Return what a menu, a group or an upload sends; AssertionError for what isn't offered."""
        several = _several(value)
        if control.kind == FILE_UPLOAD:
            return [self.resolved.add(self.upload(each)) for each in several]
        if control.kind in (STRING_SELECT, RADIO_GROUP, CHECKBOX_GROUP):
            return [_offered(control, each) for each in several]
        kinds = _KINDS[control.kind]
        types = control.part.get("channel_types")
        found = [self.named(each, kinds) for each in several]
        for each in found:
            fits = not types or not isinstance(each, Channel) or each.kind in types
            assert fits, f"{control.label!r} doesn't offer channels of this kind"
        return [self.resolved.add(each) for each in found]

    def named(self, value: object, kinds: tuple[type, ...]) -> Named:
        """Return who or what is meant: an account, a role, a channel, itself or by its name."""
        meant = getattr(value, "user", value)
        if isinstance(meant, kinds) and isinstance(meant, User | Role | GuildChannel | Thread):
            return meant
        name = str(value).removeprefix("@").removeprefix("#").casefold()
        known = self._known(kinds)
        assert name in known, f"there is no {value!r} to choose here, only {list(known)}"
        return known[name]

    def upload(self, file: object) -> Attachment:
        """Upload a file, which the application can then fetch."""
        assert isinstance(file, tuple), f"{file!r} is no file: name, content, MIME type"
        name, content, kind = file
        world = self._world
        made = Attachment(world.mint.fresh(), self._channel.id, name, content, kind, ephemeral=True)
        world.attachments[made.id] = made
        return made

    def preset(self, control: Control) -> None:
        """Let what a menu begins with be among the resolved data."""
        guild = self._world.guild_of(self._channel)
        for each in control.part.get("default_values") or ():
            id_ = int(each["id"])
            places: Mapping[int, Named] = self._world.users
            if each["type"] != "user" and guild:
                places = guild.roles if each["type"] == "role" else guild.channels
            if id_ in places:
                self.resolved.add(places[id_])

    def _known(self, kinds: tuple[type, ...]) -> dict[str, Named]:
        guild = self._world.guild_of(self._channel)
        every: list[tuple[str, Named]] = []
        if guild:
            every += [(each.shown_name, each.user) for each in guild.members.values()]
            every += [(each.name, each) for each in guild.roles.values() if each.position]
            every += [(each.name, each) for each in guild.channels.values()]
            every += [(each.name, each) for each in guild.threads.values()]
        elif isinstance(self._channel, Direct):
            both = (self._channel.recipient, self._world.bot)
            every += [(each.shown_name, each) for each in both]
        return {name.casefold(): each for name, each in every if isinstance(each, kinds)}


def takes(control: Control, value: object) -> bool:
    """Whether a menu of people, roles or channels takes such a one."""
    return isinstance(getattr(value, "user", value), _KINDS.get(control.kind, ()))


def answered(control: Control, choosing: Choosing, value: object) -> Wire:
    """Return what a field of a form tells once it was filled in; None empties it."""
    kind = control.kind
    if kind == TEXT_INPUT:
        return {"value": "" if value is None else str(value)}
    if kind == CHECKBOX:
        return {"value": bool(value)}
    values = [] if value is None else choosing.values(control, value)
    if kind == RADIO_GROUP:
        assert len(values) < 2, f"{control.label!r} takes one choice"  # noqa: PLR2004 - not several
        return {"value": values[0] if values else None}
    return {"values": values}


def start(control: Control) -> Wire:
    """Return what a field of a form tells before anybody touched it."""
    part = control.part
    if control.kind == TEXT_INPUT:
        return {"value": part.get("value") or ""}
    if control.kind == CHECKBOX:
        return {"value": bool(part.get("default"))}
    chosen = [each["value"] for each in control.options if each.get("default")]
    if control.kind == RADIO_GROUP:
        return {"value": chosen[0] if chosen else None}
    chosen += [str(each["id"]) for each in part.get("default_values") or ()]
    return {"values": chosen}


def incomplete(control: Control, state: Mapping[str, Any]) -> str:
    """Return why a client wouldn't submit a field, "" if it would."""
    part = control.part
    required = part.get("required") is not False and control.kind != CHECKBOX
    value = state.get("value", state.get("values"))
    if value in ("", None, []):
        return REQUIRED if required else ""
    if control.kind == TEXT_INPUT:
        least, most = part.get("min_length") or 0, part.get("max_length") or 4000
        return "" if least <= len(value) <= most else _between(least, most, "in length")
    if "values" in state:
        least, most = bounds(control)
        return "" if least <= len(value) <= most else _between(least, most, "chosen")
    return ""


def bounds(control: Control) -> tuple[int, int]:
    """Return how many values must and may be chosen."""
    part = control.part
    least, most = part.get("min_values"), part.get("max_values")
    default = len(control.options) if control.kind == CHECKBOX_GROUP else 1
    return 1 if least is None else int(least), default if most is None else int(most)


def _between(least: int, most: int, what: str) -> str:
    return f"Must be between {least} and {most} {what}."


def _offered(control: Control, value: object) -> str:
    option = option_named(control, value)
    labels = [each["label"] for each in control.options]
    assert option, f"there is no {value!r} in {control.label!r}, only {labels}"
    return str(option["value"])


def _several(value: object) -> list[object]:
    single = isinstance(value, str | tuple | User | Role | Channel) or hasattr(value, "user")
    if single or not isinstance(value, Iterable):
        return [value]
    return list(value)
