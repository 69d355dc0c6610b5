"""Permissions: the published bits, and what somebody may do in a guild and a channel."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntFlag

from sandbox.discord.refusal import Wire


class Permission(IntFlag):
    """The bits of Discord's permissions that the local one knows of."""

    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    PRIORITY_SPEAKER = 1 << 8
    STREAM = 1 << 9
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    MANAGE_GUILD_EXPRESSIONS = 1 << 30
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    USE_EXTERNAL_STICKERS = 1 << 37
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    SEND_VOICE_MESSAGES = 1 << 46
    SEND_POLLS = 1 << 49
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


EVERYTHING = Permission(sum(Permission))
EVERYONE = (  # what @everyone may in a new guild
    Permission.CREATE_INSTANT_INVITE
    | Permission.ADD_REACTIONS
    | Permission.STREAM
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.CONNECT
    | Permission.SPEAK
    | Permission.CHANGE_NICKNAME
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.USE_EXTERNAL_STICKERS
    | Permission.SEND_VOICE_MESSAGES
    | Permission.SEND_POLLS
    | Permission.USE_EXTERNAL_APPS
)
DIRECT = (  # what anybody may in direct messages
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.SEND_VOICE_MESSAGES
    | Permission.SEND_POLLS
    | Permission.PIN_MESSAGES
)
DESK = (  # what the bot's role may unless its application says otherwise
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.MANAGE_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MANAGE_WEBHOOKS
    | Permission.MANAGE_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
_WITH_SENDING = (
    Permission.MENTION_EVERYONE
    | Permission.SEND_TTS_MESSAGES
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
)
_NONE = Permission(0)


@dataclass(slots=True)
class Overwrite:
    """What a channel allows and denies to a role, or to one member."""

    id: int
    is_role: bool
    allow: Permission = _NONE
    deny: Permission = _NONE

    def payload(self) -> Wire:
        """Return it as channels show it."""
        return {
            "id": str(self.id),
            "type": 0 if self.is_role else 1,
            "allow": str(int(self.allow)),
            "deny": str(int(self.deny)),
        }


def overwritten(
    bare: Permission,
    overwrites: Mapping[int, Overwrite],
    guild: int,
    roles: Collection[int],
    member: int,
) -> Permission:
    """Return what of `bare` stays in a channel: @everyone's overwrite, the roles', the member's."""
    if Permission.ADMINISTRATOR in bare:
        return EVERYTHING
    found = _applied(bare, [overwrites[guild]] if guild in overwrites else [])
    found = _applied(found, [overwrites[each] for each in roles if each in overwrites])
    return _applied(found, [overwrites[member]] if member in overwrites else [])


def implied(found: Permission, *, thread: bool) -> Permission:
    """Take away what counts for nothing without seeing the channel, or without sending there."""
    if Permission.VIEW_CHANNEL not in found:
        return _NONE
    sending = Permission.SEND_MESSAGES_IN_THREADS if thread else Permission.SEND_MESSAGES
    return found if sending in found else found & ~_WITH_SENDING


def _applied(found: Permission, overwrites: Iterable[Overwrite]) -> Permission:
    allow = deny = _NONE
    for each in overwrites:
        allow |= each.allow
        deny |= each.deny
    return found & ~deny | allow
