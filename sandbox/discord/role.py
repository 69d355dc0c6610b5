"""A role of a guild, and a member who has some."""

from dataclasses import dataclass, field

from sandbox.discord.permission import Permission
from sandbox.discord.refusal import Wire
from sandbox.discord.snowflake import stamped
from sandbox.discord.user import User


@dataclass(slots=True, eq=False)
class Role:
    """A role; `bot_id` is that of the bot whose own it is."""

    id: int
    name: str
    permissions: Permission
    position: int = 1
    mentionable: bool = False
    bot_id: int | None = None

    @property
    def mention(self) -> str:
        """How a text mentions it."""
        return f"<@&{self.id}>"

    def payload(self) -> Wire:
        """Return it as guilds show it."""
        wire: Wire = {
            "id": str(self.id),
            "name": self.name,
            "description": None,
            "permissions": str(int(self.permissions)),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": self.bot_id is not None,
            "mentionable": self.mentionable,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }
        return wire | {"tags": {"bot_id": str(self.bot_id)}} if self.bot_id else wire


@dataclass(slots=True, eq=False)
class Member:
    """Somebody in a guild."""

    user: User
    joined: float  # seconds since 1970
    nick: str | None = None
    roles: set[int] = field(default_factory=set)

    @property
    def shown_name(self) -> str:
        """The name that others see in this guild."""
        return self.nick or self.user.shown_name

    def payload(self, *, user: bool = True) -> Wire:
        """Return the membership, with the account or, as in messages, without it."""
        wire: Wire = {
            "nick": self.nick,
            "avatar": None,
            "banner": None,
            "roles": [str(each) for each in sorted(self.roles)],
            "joined_at": stamped(self.joined),
            "premium_since": None,
            "communication_disabled_until": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }
        return wire | {"user": self.user.payload()} if user else wire
