"""What happens in the world, as far as the bot may see it, told to the gateway by intents."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag
from typing import Any, Protocol

from sandbox.discord.channel import Channel, Direct, Thread
from sandbox.discord.guild import Guild
from sandbox.discord.message import Message, emoji_payload
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import Wire
from sandbox.discord.role import Member
from sandbox.discord.user import User
from sandbox.discord.world import World


class Intent(IntFlag):
    """The intents that the local Discord knows of."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_WEBHOOKS = 1 << 5
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


NONE = Intent(0)  # told to everybody


@dataclass(frozen=True, slots=True)
class Event:
    """Something to dispatch to who asked for the intent; `bare` to who may not read content."""

    name: str
    data: Any
    intent: Intent = NONE
    bare: Any = None


class Line(Protocol):
    """What carries events to the bot."""

    def carry(self, event: Event) -> None:
        """Send an event to each session that wants it."""


class News:
    """Tells the bot of one thing after another, if it is where that happens."""

    def __init__(self, world: World, line: Line) -> None:
        self._world = world
        self._line = line
        self._sights: dict[int, set[int]] = {}  # by guild, the channels that the bot sees
        world.listen = self._of_guild

    def tell(self, name: str, data: Wire, intent: Intent = NONE) -> None:
        """Tell of anything, INTERACTION_CREATE for one."""
        self._line.carry(Event(name, data, intent))

    def posted(self, message: Message) -> None:
        """Tell of a new message."""
        self._of_message("MESSAGE_CREATE", message)

    def changed(self, message: Message) -> None:
        """Tell of a message that isn't what it was."""
        self._of_message("MESSAGE_UPDATE", message)

    def deleted(self, message: Message) -> None:
        """Tell that a message is gone."""
        channel = self._world.channel_of(message)
        data = {"id": str(message.id)} | _place(channel)
        self._in(channel, "MESSAGE_DELETE", data, _messages(channel))

    def deleted_many(self, channel: Channel, ids: Iterable[int]) -> None:
        """Tell that messages were deleted at once."""
        data = {"ids": [str(each) for each in ids]} | _place(channel)
        self._in(channel, "MESSAGE_DELETE_BULK", data, _messages(channel))

    def reacted(self, message: Message, user: int, emoji: str, *, added: bool) -> None:
        """Tell of a reaction that came or went."""
        channel = self._world.channel_of(message)
        data: Wire = {
            "user_id": str(user),
            "type": 0,
            "message_id": str(message.id),
            "emoji": emoji_payload(emoji) | {"animated": False},
            "burst": False,
        } | _place(channel)
        member = self._member(channel, user)
        if added:
            data |= {"message_author_id": str(message.author.id), "burst_colors": []}
            data |= {"member": member.payload()} if member else {}
        name = "MESSAGE_REACTION_ADD" if added else "MESSAGE_REACTION_REMOVE"
        self._in(channel, name, data, _reactions(channel))

    def reactions_cleared(self, message: Message, emoji: str | None = None) -> None:
        """Tell that all reactions of a message are gone, or all with one emoji."""
        channel = self._world.channel_of(message)
        data: Wire = {"message_id": str(message.id)} | _place(channel)
        if emoji is None:
            self._in(channel, "MESSAGE_REACTION_REMOVE_ALL", data, _reactions(channel))
        else:
            data["emoji"] = emoji_payload(emoji)
            self._in(channel, "MESSAGE_REACTION_REMOVE_EMOJI", data, _reactions(channel))

    def thread_opened(self, thread: Thread, *, newly: bool = True) -> None:
        """Tell of a new thread, or of one that the bot came into."""
        data = thread.payload(self._world.bot.id)
        if newly:
            data["newly_created"] = True
        self._in(thread, "THREAD_CREATE", data, Intent.GUILDS)

    def thread_changed(self, thread: Thread) -> None:
        """Tell that a thread isn't what it was."""
        self._in(thread, "THREAD_UPDATE", thread.payload(self._world.bot.id), Intent.GUILDS)

    def thread_closed(self, thread: Thread) -> None:
        """Tell that a thread is deleted."""
        wire = thread.payload()
        data = {key: wire[key] for key in ("id", "guild_id", "parent_id", "type")}
        self._in(thread, "THREAD_DELETE", data, Intent.GUILDS)

    def thread_members(
        self, thread: Thread, added: Iterable[int] = (), removed: Iterable[int] = ()
    ) -> None:
        """Tell who came into a thread or left it; without GUILD_MEMBERS only of the bot."""
        came, went = list(added), list(removed)
        data: Wire = {
            "id": str(thread.id),
            "guild_id": str(thread.guild_id),
            "member_count": min(50, len(thread.members)),
        }
        if came:
            data["added_members"] = [self._thread_member(thread, each) for each in came]
        if went:
            data["removed_member_ids"] = [str(each) for each in went]
        own = self._world.bot.id in (*came, *went)
        intent = Intent.GUILDS if own else Intent.GUILD_MEMBERS
        if own or self._seen(thread):
            self._line.carry(Event("THREAD_MEMBERS_UPDATE", data, intent))

    def typing(self, channel: Channel, user: User) -> None:
        """Tell that somebody types."""
        data: Wire = {"user_id": str(user.id), "timestamp": int(self._world.now)}
        member = self._member(channel, user.id)
        data |= _place(channel) | ({"member": member.payload()} if member else {})
        direct = isinstance(channel, Direct)
        intent = Intent.DIRECT_MESSAGE_TYPING if direct else Intent.GUILD_MESSAGE_TYPING
        self._in(channel, "TYPING_START", data, intent)

    def _of_message(self, name: str, message: Message) -> None:
        channel = self._world.channel_of(message)
        whole = self._carried(channel, message, content=True)
        bare = None
        if not self._world.concerns_bot(message):
            bare = self._carried(channel, message, content=False)
        if self._seen(channel):
            self._line.carry(Event(name, whole, _messages(channel), bare))

    def _carried(self, channel: Channel, message: Message, *, content: bool) -> Wire:
        data = self._world.shown(message, content=content) | _place(channel)
        data["channel_type"] = int(channel.kind)
        member = self._member(channel, message.author.id)
        if member:
            data["member"] = member.payload(user=False)
        for each in data["mentions"]:
            known = self._member(channel, int(each["id"]))
            if known:
                each["member"] = known.payload(user=False)
        return data

    def _of_guild(self, name: str, guild: int, data: Wire) -> None:
        """Hear of a change to a guild; bots are told of all channels, seen or not."""
        founded = self._world.guilds.get(guild)
        if founded is None or self._world.bot.id not in founded.members:
            return
        members = name.startswith("GUILD_MEMBER")
        own = members and data["user"]["id"] == str(self._world.bot.id)
        intent = Intent.GUILD_MEMBERS if members and not own else Intent.GUILDS
        self._line.carry(Event(name, data, Intent.GUILD_WEBHOOKS if "WEBHOOK" in name else intent))
        self._catch_up(founded)

    def _catch_up(self, guild: Guild) -> None:
        """Tell of the threads of channels that the bot didn't see before."""
        bot = self._world.bot.id
        sight = {each.id for each in guild.channels.values() if guild.sees(bot, each)}
        gained = sight - self._sights.get(guild.id, set())
        self._sights[guild.id] = sight
        threads = [
            each
            for each in guild.threads.values()
            if each.parent.id in gained and not each.archived and guild.sees(bot, each)
        ]
        if threads:
            data: Wire = {
                "guild_id": str(guild.id),
                "channel_ids": [str(each) for each in sorted(gained)],
                "threads": [each.payload(bot) for each in threads],
                "members": [each.member_payload(bot) for each in threads if bot in each.members],
            }
            self._line.carry(Event("THREAD_LIST_SYNC", data, Intent.GUILDS))

    def _in(self, channel: Channel, name: str, data: Wire, intent: Intent) -> None:
        if self._seen(channel):
            self._line.carry(Event(name, data, intent))

    def _seen(self, channel: Channel) -> bool:
        return Permission.VIEW_CHANNEL in self._world.permissions(channel)

    def _member(self, channel: Channel, user: int) -> Member | None:
        guild = self._world.guild_of(channel)
        return guild.members.get(user) if guild else None

    def _thread_member(self, thread: Thread, user: int) -> Wire:
        member = self._member(thread, user)
        wire = thread.member_payload(user) | {"presence": None}
        return wire | {"member": member.payload()} if member else wire


def _place(channel: Channel) -> Wire:
    wire: Wire = {"channel_id": str(channel.id)}
    return wire if channel.guild_id is None else wire | {"guild_id": str(channel.guild_id)}


def _messages(channel: Channel) -> Intent:
    return Intent.DIRECT_MESSAGES if isinstance(channel, Direct) else Intent.GUILD_MESSAGES


def _reactions(channel: Channel) -> Intent:
    if isinstance(channel, Direct):
        return Intent.DIRECT_MESSAGE_REACTIONS
    return Intent.GUILD_MESSAGE_REACTIONS
