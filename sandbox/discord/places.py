"""Where the bot may write: what Discord refuses of a channel before it looks at a body."""

from sandbox.discord.channel import Channel, Direct, Kind, Thread
from sandbox.discord.message import Message, Sort
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import Refused, Wire, missing_permissions
from sandbox.discord.user import User
from sandbox.discord.world import World

_WRITTEN = (Sort.DEFAULT, Sort.REPLY, Sort.COMMAND, Sort.CONTEXT_MENU)
_CONTENT = {"content", "embeds", "components", "attachments", "allowed_mentions"}
_UNDELETABLE = (Sort.RECIPIENT_ADD, Sort.RECIPIENT_REMOVE, Sort.THREAD_STARTER)


def to_write_in(world: World, channel: Channel) -> None:
    """Refuse a channel where the bot can't post."""
    if channel.kind is Kind.FORUM:
        raise Refused(400, 40058, "Cannot send messages in a forum channel")
    if not channel.takes_messages:
        raise Refused(400, 50008, "Cannot send messages in a non-text channel")
    if isinstance(channel, Direct):
        if not reachable(world, channel.recipient):
            raise Refused(403, 50007, "Cannot send messages to this user")
        return
    thread = isinstance(channel, Thread)
    world.demand(
        channel, Permission.SEND_MESSAGES_IN_THREADS if thread else Permission.SEND_MESSAGES
    )
    if isinstance(channel, Thread) and channel.locked:
        _demand_threads(world, channel)


def to_carry(world: World, channel: Channel, body: Wire, files: int) -> None:
    """Refuse files and embeds where the bot may not post them."""
    if files:
        world.demand(channel, Permission.ATTACH_FILES)
    if body.get("embeds"):
        world.demand(channel, Permission.EMBED_LINKS)


def open_thread(channel: Channel) -> None:
    """Refuse to change anything in an archived thread."""
    if isinstance(channel, Thread) and channel.archived:
        raise Refused(400, 50083, "Thread is archived")


def to_edit(world: World, channel: Channel, message: Message, body: Wire) -> None:
    """Refuse to edit what isn't the bot's; others' messages can only have embeds hidden."""
    open_thread(channel)
    if message.author is not world.bot:
        if _CONTENT & body.keys():
            raise Refused(403, 50005, "Cannot edit a message authored by another user")
        world.demand(channel, Permission.MANAGE_MESSAGES)
    if message.draft.sort not in _WRITTEN:
        raise Refused(403, 50021, "Cannot execute action on a system message")


def to_delete(world: World, channel: Channel, message: Message) -> None:
    """Refuse to delete what the bot may not."""
    open_thread(channel)
    if message.draft.sort in _UNDELETABLE:
        raise Refused(403, 50021, "Cannot execute action on a system message")
    if message.author is world.bot:
        return
    if isinstance(channel, Direct):
        raise Refused(403, 50003, "Cannot execute action on a DM channel")
    world.demand(channel, Permission.MANAGE_MESSAGES)


def to_read(world: World, channel: Channel) -> bool:
    """Return whether the bot reads the history; what has none is refused."""
    if not channel.takes_messages:
        raise Refused(400, 50024, "Cannot execute action on this channel type")
    return Permission.READ_MESSAGE_HISTORY in world.permissions(channel)


def reachable(world: World, user: User) -> bool:
    """Return whether the bot can send somebody direct messages: not without a common guild."""
    guilds = world.guilds.values()
    common = any(user.id in each.members and world.bot.id in each.members for each in guilds)
    return common and user.takes_direct


def _demand_threads(world: World, thread: Thread) -> None:
    if Permission.MANAGE_THREADS in world.permissions(thread):
        return
    open_thread(thread)
    raise missing_permissions()
