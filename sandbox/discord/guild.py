"""A guild: its roles, members, channels and threads, and what a member may do in them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from sandbox.discord.channel import Channel, Direct, GuildChannel, Kind, Tag, Thread
from sandbox.discord.permission import (
    DIRECT,
    EVERYONE,
    EVERYTHING,
    Overwrite,
    Permission,
    implied,
    overwritten,
)
from sandbox.discord.refusal import Wire, unknown
from sandbox.discord.role import Member, Role
from sandbox.discord.snowflake import Mint
from sandbox.discord.user import User

Tell = Callable[[str, int, Wire], None]  # event, guild, its data
_NONE = Permission(0)


class Somebody(Protocol):
    """A user, a person or a role: whoever has an id."""

    @property
    def id(self) -> int:
        """The id."""


class Guild:
    """A guild; `tell` hears of each change to it."""

    def __init__(self, id_: int, name: str, owner_id: int, mint: Mint, tell: Tell) -> None:
        self.id = id_
        self.name = name
        self.owner_id = owner_id
        self.locale = "en-US"
        self.everyone = Role(id_, "@everyone", EVERYONE, position=0)
        self.roles: dict[int, Role] = {id_: self.everyone}
        self.members: dict[int, Member] = {}
        self.channels: dict[int, GuildChannel] = {}
        self.threads: dict[int, Thread] = {}
        self._mint = mint
        self._tell = tell

    def text(
        self,
        name: str,
        *,
        private: bool = False,
        members: Iterable[Somebody] = (),
        topic: str | None = None,
        parent: GuildChannel | None = None,
    ) -> GuildChannel:
        """Open a text channel; a private one is seen by these members and roles alone."""
        return self._open(Kind.TEXT, name, parent, self._overwrites(members, private), topic=topic)

    def forum(
        self,
        name: str,
        *,
        tags: Iterable[str] = (),
        moderated: Iterable[str] = (),
        requires_tag: bool = False,
        private: bool = False,
        members: Iterable[Somebody] = (),
    ) -> GuildChannel:
        """Open a forum with tags; `moderated` ones are for those who manage threads."""
        made = [Tag(self._mint.fresh(), each) for each in tags]
        made += [Tag(self._mint.fresh(), each, moderated=True) for each in moderated]
        overwrites = self._overwrites(members, private)
        return self._open(Kind.FORUM, name, None, overwrites, tags=made, requires_tag=requires_tag)

    def category(self, name: str) -> GuildChannel:
        """Open a category that channels can stand in."""
        return self._open(Kind.CATEGORY, name, None, {})

    def role(
        self,
        name: str,
        members: Iterable[Somebody] = (),
        permissions: Permission = _NONE,
        *,
        mentionable: bool = True,
    ) -> Role:
        """Make a role and give it to members."""
        position = len(self.roles)
        role = Role(self._mint.fresh(), name, permissions, position, mentionable=mentionable)
        self.add_role(role)
        for each in members:
            self.give(role, each)
        return role

    def add_role(self, role: Role) -> None:
        """Let a role be one of this guild's."""
        self.roles[role.id] = role
        self._tell("GUILD_ROLE_CREATE", self.id, self._of_role(role))

    def change_role(self, role: Role, permissions: Permission) -> None:
        """Let a role have other permissions."""
        role.permissions = permissions
        self._tell("GUILD_ROLE_UPDATE", self.id, self._of_role(role))

    def give(self, role: Role, to: Somebody) -> None:
        """Give a role to a member."""
        self.members[to.id].roles.add(role.id)
        self.tell_member(to.id)

    def take(self, role: Role, of: Somebody) -> None:
        """Take a role from a member."""
        self.members[of.id].roles.discard(role.id)
        self.tell_member(of.id)

    def join(self, user: User, nick: str | None = None, roles: Iterable[Role] = ()) -> Member:
        """Let somebody in."""
        found = Member(user, self._mint.now(), nick, {each.id for each in roles})
        self.members[user.id] = found
        data = found.payload() | {"guild_id": str(self.id)}
        self._tell("GUILD_MEMBER_ADD", self.id, data)
        return found

    def leave(self, user: User) -> None:
        """Let somebody go."""
        del self.members[user.id]
        data = {"guild_id": str(self.id), "user": user.payload()}
        self._tell("GUILD_MEMBER_REMOVE", self.id, data)

    def rename(self, user: Somebody, nick: str | None) -> None:
        """Give a member another nickname."""
        self.members[user.id].nick = nick
        self.tell_member(user.id)

    def allow(self, channel: GuildChannel, who: Somebody, permission: Permission) -> None:
        """Allow something to a role or a member in one channel."""
        self._overwrite(channel, who, permission, allow=True)

    def deny(self, channel: GuildChannel, who: Somebody, permission: Permission) -> None:
        """Deny something to a role or a member in one channel."""
        self._overwrite(channel, who, permission, allow=False)

    def close(self, channel: GuildChannel) -> None:
        """Delete a channel, and its threads with it."""
        del self.channels[channel.id]
        for each in [each for each in self.threads.values() if each.parent is channel]:
            del self.threads[each.id]
        self._tell("CHANNEL_DELETE", self.id, channel.payload())

    def change(self, channel: GuildChannel) -> None:
        """Tell that a channel is not what it was."""
        self._tell("CHANNEL_UPDATE", self.id, channel.payload())

    def member(self, id_: int) -> Member:
        """Return a member, or refuse."""
        if id_ not in self.members:
            raise unknown("Member")
        return self.members[id_]

    def tell_member(self, id_: int) -> None:
        """Tell that a member is not what they were."""
        data = self.members[id_].payload() | {"guild_id": str(self.id)}
        self._tell("GUILD_MEMBER_UPDATE", self.id, data)

    def general(self, user: int) -> Permission:
        """Return what somebody may in the guild, before any channel's overwrites."""
        member = self.members.get(user)
        if member is None:
            return _NONE
        if user == self.owner_id:
            return EVERYTHING
        found = self.everyone.permissions
        for each in member.roles:
            found |= self.roles[each].permissions
        return EVERYTHING if Permission.ADMINISTRATOR in found else found

    def permissions(self, user: int, channel: GuildChannel | Thread) -> Permission:
        """Return what somebody may in a channel, or in a thread by its channel."""
        place = channel.parent if isinstance(channel, Thread) else channel
        general, member = self.general(user), self.members.get(user)
        if member is None or general == EVERYTHING:
            return general
        found = overwritten(general, place.overwrites, self.id, member.roles, user)
        found = implied(found, thread=isinstance(channel, Thread))
        if isinstance(channel, Thread) and channel.private and user not in channel.members:
            return found if Permission.MANAGE_THREADS in found else _NONE
        return found

    def sees(self, user: int, channel: GuildChannel | Thread) -> bool:
        """Return whether somebody sees a channel."""
        return Permission.VIEW_CHANNEL in self.permissions(user, channel)

    def payload(self) -> Wire:
        """Return it as REST does."""
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner_id),
            "roles": [each.payload() for each in self.roles.values()],
            "preferred_locale": self.locale,
        } | _PLAIN

    def _open(
        self,
        kind: Kind,
        name: str,
        parent: GuildChannel | None,
        overwrites: Mapping[int, Overwrite],
        *,
        topic: str | None = None,
        tags: Iterable[Tag] = (),
        requires_tag: bool = False,
    ) -> GuildChannel:
        channel = GuildChannel(
            self._mint.fresh(),
            kind,
            name,
            guild=self.id,
            position=len(self.channels),
            parent_id=parent.id if parent else None,
            overwrites=dict(overwrites),
            topic=topic,
            tags=list(tags),
            requires_tag=requires_tag,
        )
        self.channels[channel.id] = channel
        self._tell("CHANNEL_CREATE", self.id, channel.payload())
        return channel

    def _overwrites(self, members: Iterable[Somebody], private: bool) -> dict[int, Overwrite]:
        if not private:
            return {}
        view = Permission.VIEW_CHANNEL
        found = {self.id: Overwrite(self.id, is_role=True, deny=view)}
        for each in members:
            found[each.id] = Overwrite(each.id, is_role=each.id in self.roles, allow=view)
        return found

    def _overwrite(
        self, channel: GuildChannel, who: Somebody, permission: Permission, *, allow: bool
    ) -> None:
        found = channel.overwrites.setdefault(
            who.id, Overwrite(who.id, is_role=who.id in self.roles)
        )
        found.allow = found.allow | permission if allow else found.allow & ~permission
        found.deny = found.deny & ~permission if allow else found.deny | permission
        self.change(channel)

    def _of_role(self, role: Role) -> Wire:
        return {"guild_id": str(self.id), "role": role.payload()}


def allowed_in(guild: Guild | None, user: int, channel: Channel) -> Permission:
    """Return what somebody may in any channel; in direct messages it is always the same."""
    if isinstance(channel, GuildChannel | Thread) and guild:
        return guild.permissions(user, channel)
    return DIRECT if isinstance(channel, Direct) else _NONE


_PLAIN: Wire = {
    "icon": None,
    "splash": None,
    "discovery_splash": None,
    "banner": None,
    "description": None,
    "home_header": None,
    "region": "deprecated",
    "afk_channel_id": None,
    "afk_timeout": 300,
    "verification_level": 0,
    "default_message_notifications": 0,
    "explicit_content_filter": 0,
    "emojis": [],
    "stickers": [],
    "features": [],
    "mfa_level": 0,
    "nsfw": False,
    "nsfw_level": 0,
    "application_id": None,
    "system_channel_id": None,
    "system_channel_flags": 0,
    "rules_channel_id": None,
    "safety_alerts_channel_id": None,
    "public_updates_channel_id": None,
    "max_presences": None,
    "max_members": 25000000,
    "max_video_channel_users": 25,
    "max_stage_video_channel_users": 50,
    "vanity_url_code": None,
    "premium_tier": 0,
    "premium_subscription_count": 0,
    "premium_progress_bar_enabled": False,
    "widget_enabled": False,
    "widget_channel_id": None,
    "incidents_data": None,
}
