"""The places where messages stand: channels of a guild, threads, direct messages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from sandbox.discord.message import Message
from sandbox.discord.permission import Overwrite
from sandbox.discord.refusal import Wire, unknown
from sandbox.discord.snowflake import moment, stamped
from sandbox.discord.user import User


class Kind(IntEnum):
    """What a channel is."""

    TEXT = 0
    DIRECT = 1
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


_WRITTEN_IN = (Kind.TEXT, Kind.ANNOUNCEMENT)


@dataclass(slots=True, eq=False)
class Channel:
    """What every channel has; its messages stand in the order of their ids."""

    id: int
    kind: Kind
    name: str
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int | None = None

    @property
    def guild_id(self) -> int | None:
        """The guild it stands in, None for direct messages."""
        return None

    @property
    def takes_messages(self) -> bool:
        """Whether messages stand in it; in a forum they stand in its threads."""
        return self.kind not in (Kind.CATEGORY, Kind.FORUM)

    @property
    def mention(self) -> str:
        """How a text points to it."""
        return f"<#{self.id}>"

    def message(self, id_: int) -> Message:
        """Return one of its messages, or refuse."""
        if id_ not in self.messages:
            raise unknown("Message")
        return self.messages[id_]

    def keep(self, message: Message) -> None:
        """Let a message stand in it."""
        self.messages[message.id] = message
        self.last_message_id = message.id

    def __iter__(self) -> Iterator[Message]:
        return iter(self.messages.values())

    def common(self) -> Wire:
        """Return what every kind of channel shows."""
        last = self.last_message_id
        return {
            "id": str(self.id),
            "type": int(self.kind),
            "last_message_id": None if last is None else str(last),
            "flags": 0,
        }


@dataclass(slots=True, eq=False)
class Direct(Channel):
    """The direct messages of the bot and somebody."""

    recipient: User = field(kw_only=True)

    def payload(self) -> Wire:
        """Return it as the bot sees it."""
        return self.common() | {"recipients": [self.recipient.payload()]}


@dataclass(slots=True, eq=False)
class Tag:
    """A tag of a forum; a `moderated` one needs MANAGE_THREADS."""

    id: int
    name: str
    moderated: bool = False
    emoji: str | None = None

    def payload(self) -> Wire:
        """Return it as forums show it."""
        return {
            "id": str(self.id),
            "name": self.name,
            "moderated": self.moderated,
            "emoji_id": None,
            "emoji_name": self.emoji,
        }


@dataclass(slots=True, eq=False)
class GuildChannel(Channel):
    """A channel of a guild: text, announcements, forum or category."""

    guild: int = field(kw_only=True)
    position: int = 0
    parent_id: int | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    topic: str | None = None
    tags: list[Tag] = field(default_factory=list)
    slowmode: int = 0  # seconds between two messages of one member
    auto_archive: int = 4320  # minutes, for its threads
    requires_tag: bool = False

    @property
    def guild_id(self) -> int:
        """The guild it stands in."""
        return self.guild

    def tag(self, name: str) -> Tag:
        """Return a tag by its name; AssertionError, with those there are, if it has none such."""
        found = [each for each in self.tags if each.name == name]
        assert found, f"no tag {name!r} in {self.name}: {[each.name for each in self.tags]}"
        return found[0]

    def payload(self) -> Wire:
        """Return it as REST does."""
        wire = self.common() | {
            "guild_id": str(self.guild),
            "name": self.name,
            "position": self.position,
            "parent_id": None if self.parent_id is None else str(self.parent_id),
            "permission_overwrites": [each.payload() for each in self.overwrites.values()],
            "nsfw": False,
        }
        if self.kind is Kind.CATEGORY:
            del wire["last_message_id"]
            return wire
        wire |= {"topic": self.topic, "rate_limit_per_user": self.slowmode}
        wire["default_auto_archive_duration"] = self.auto_archive
        if self.kind in _WRITTEN_IN:
            return wire | {"last_pin_timestamp": None, "icon_emoji": None, "theme_color": None}
        return wire | {
            "available_tags": [each.payload() for each in self.tags],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
            "default_thread_rate_limit_per_user": 0,
            "template": "",
            "flags": 1 << 4 if self.requires_tag else 0,
        }


@dataclass(slots=True, eq=False)
class Thread(Channel):
    """A thread of a channel, or a post of a forum."""

    parent: GuildChannel = field(kw_only=True)
    owner_id: int = field(kw_only=True)
    members: dict[int, float] = field(default_factory=dict)  # user id to when they joined
    auto_archive: int = 4320  # minutes
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    changed: float = 0.0  # when it was last archived or opened, in seconds since 1970
    tags: list[int] = field(default_factory=list)
    message_count: int = 0
    total_sent: int = 0
    slowmode: int = 0
    pinned: bool = False

    @property
    def guild_id(self) -> int:
        """The guild it stands in."""
        return self.parent.guild

    @property
    def private(self) -> bool:
        """Whether only its members see it."""
        return self.kind is Kind.PRIVATE_THREAD

    @property
    def in_forum(self) -> bool:
        """Whether it is a post of a forum."""
        return self.parent.kind is Kind.FORUM

    def member_payload(self, user: int) -> Wire:
        """Return somebody's membership."""
        return {
            "id": str(self.id),
            "user_id": str(user),
            "join_timestamp": stamped(self.members[user]),
            "flags": 1,
        }

    def payload(self, viewer: int | None = None) -> Wire:
        """Return it; with `member` if the viewer is one."""
        wire = self.common() | {
            "guild_id": str(self.guild_id),
            "parent_id": str(self.parent.id),
            "owner_id": str(self.owner_id),
            "name": self.name,
            "rate_limit_per_user": self.slowmode,
            "bitrate": 64000,
            "user_limit": 0,
            "rtc_region": None,
            "message_count": self.message_count,
            "member_count": min(50, len(self.members)),
            "total_message_sent": self.total_sent,
            "thread_metadata": self._metadata(),
            "flags": 1 << 1 if self.pinned else 0,
        }
        if self.in_forum:
            wire["applied_tags"] = [str(each) for each in self.tags]
        if viewer in self.members:
            own = self.member_payload(viewer)
            wire["member"] = {key: own[key] for key in ("join_timestamp", "flags", "id", "user_id")}
        return wire

    def _metadata(self) -> Wire:
        wire: Wire = {
            "archived": self.archived,
            "archive_timestamp": stamped(self.changed),
            "auto_archive_duration": self.auto_archive,
            "locked": self.locked,
            "create_timestamp": stamped(moment(self.id)),
        }
        return wire | {"invitable": self.invitable} if self.private else wire
