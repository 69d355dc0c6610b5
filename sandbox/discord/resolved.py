"""What an interaction tells of whom and what it names: the resolved data."""

from collections.abc import Collection

from sandbox.discord.attachment import Attachment
from sandbox.discord.channel import Channel, Direct, GuildChannel, Thread
from sandbox.discord.message import Message
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import Wire
from sandbox.discord.role import Role
from sandbox.discord.user import User
from sandbox.discord.world import World

Named = User | Role | GuildChannel | Thread | Attachment | Message
_PARTIAL = (
    "id",
    "name",
    "type",
    "last_message_id",
    "last_pin_timestamp",
    "nsfw",
    "parent_id",
    "guild_id",
    "flags",
    "rate_limit_per_user",
    "topic",
    "position",
    "thread_metadata",
    "member",
    "owner_id",
    "message_count",
    "member_count",
    "total_message_sent",
    "applied_tags",
    "available_tags",
    "recipients",
)


class Resolved:
    """The objects that somebody named in a channel, by kind and id."""

    def __init__(self, world: World, channel: Channel, by: User) -> None:
        self._world = world
        self._channel = channel
        self._by = by
        self._found: dict[str, Wire] = {}

    @property
    def wire(self) -> Wire:
        """Return it as interactions carry it, {} if nothing was named."""
        return self._found

    def only(self, ids: Collection[str]) -> Wire:
        """Return what of it has one of these ids."""
        kept = {
            kind: {id_: wire for id_, wire in found.items() if id_ in ids}
            for kind, found in self._found.items()
        }
        return {kind: found for kind, found in kept.items() if found}

    def add(self, named: Named) -> str:
        """Let something be among the resolved data, and return its id as values carry it."""
        id_ = str(named.id)
        match named:
            case User():
                self._add_user(named)
            case Role():
                self._put("roles", id_, named.payload())
            case GuildChannel() | Thread():
                self._put("channels", id_, partial(self._world, named, self._by))
            case Attachment():
                self._put("attachments", id_, named.payload(self._world.url))
            case Message():
                self._put("messages", id_, self._world.shown(named, content=True))
        return id_

    def _add_user(self, user: User) -> None:
        self._put("users", str(user.id), user.payload())
        guild = self._world.guild_of(self._channel)
        if guild and user.id in guild.members:
            wire = guild.members[user.id].payload(user=False)
            wire = {key: each for key, each in wire.items() if key not in ("deaf", "mute")}
            wire["permissions"] = number(self._world.permissions(self._channel, user.id))
            self._put("members", str(user.id), wire)

    def _put(self, kind: str, id_: str, wire: Wire) -> None:
        self._found.setdefault(kind, {})[id_] = wire


def partial(world: World, channel: Channel, user: User) -> Wire:
    """Return a channel as interactions show it, with what the user may do in it."""
    assert isinstance(channel, GuildChannel | Thread | Direct)
    whole = channel.payload()
    wire = {key: whole[key] for key in _PARTIAL if key in whole}
    return wire | {"permissions": number(world.permissions(channel, user.id))}


def number(permissions: Permission) -> str:
    """Return permissions as the wire carries them."""
    return str(int(permissions))
