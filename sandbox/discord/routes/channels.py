"""Routes of channels: to read, change and delete them, threads among them, and to type there."""

from sandbox.discord import places, thread_rules
from sandbox.discord.call import Call, Reply, Route
from sandbox.discord.channel import Direct, GuildChannel, Kind, Thread
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import Wire, faulty, missing_permissions
from sandbox.discord.world import World

_LONGEST_NAME = 100
_LONGEST_TOPIC = {Kind.TEXT: 1024, Kind.ANNOUNCEMENT: 1024, Kind.FORUM: 4096}
_OWN = {"name", "archived", "auto_archive_duration", "applied_tags"}  # what its owner may change
_PINNED = 1 << 1


async def one(call: Call) -> Reply:
    """Return a channel, thread or direct conversation."""
    channel = call.world.seen(call.id("channel"))
    return Reply(_shown(call.world, channel))


async def change(call: Call) -> Reply:
    """Change a channel or a thread."""
    channel = call.world.seen(call.id("channel"))
    body = call.object()
    if isinstance(channel, Thread):
        _change_thread(call, channel, body)
    elif isinstance(channel, GuildChannel):
        _change_channel(call, channel, body)
    return Reply(_shown(call.world, channel))


async def delete(call: Call) -> Reply:
    """Delete a channel or a thread; direct messages are closed, which changes nothing here."""
    channel = call.world.seen(call.id("channel"))
    wire = _shown(call.world, channel)
    if isinstance(channel, Thread):
        call.world.demand(channel, Permission.MANAGE_THREADS)
        call.posting.threads.close(channel)
    elif isinstance(channel, GuildChannel):
        call.world.demand(channel, Permission.MANAGE_CHANNELS)
        call.world.guild(channel.guild).close(channel)
    return Reply(wire)


async def typing(call: Call) -> Reply:
    """Show that the bot types."""
    channel = call.world.seen(call.id("channel"))
    places.to_write_in(call.world, channel)
    call.posting.typing(channel, call.world.bot)
    return Reply()


def _shown(world: World, channel: object) -> Wire:
    if isinstance(channel, Thread):
        return channel.payload(world.bot.id)
    return channel.payload() if isinstance(channel, GuildChannel | Direct) else {}


def _change_thread(call: Call, thread: Thread, body: Wire) -> None:
    world = call.world
    if body.get("archived") is not False:
        places.open_thread(thread)
    _demand_thread(world, thread, body)
    fields = thread_rules.fields(body, named=False)
    if "applied_tags" in body:
        fields["tags"] = thread_rules.tags(world, thread.parent, body["applied_tags"], new=False)
    if thread.in_forum and body.get("flags") is not None:
        fields["pinned"] = bool(_flags(body["flags"]) & _PINNED)
    call.posting.threads.change(thread, world.bot, **fields)


def _flags(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise faulty("flags", "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
    return value


def _demand_thread(world: World, thread: Thread, body: Wire) -> None:
    """Refuse what the bot may not change of a thread."""
    rights = world.permissions(thread)
    if Permission.MANAGE_THREADS in rights:
        return
    if thread.owner_id == world.bot.id and not thread.locked and set(body) <= _OWN:
        return
    opens = set(body) == {"archived"} and body["archived"] is False and not thread.locked
    if not opens or Permission.SEND_MESSAGES_IN_THREADS not in rights:
        raise missing_permissions()


def _change_channel(call: Call, channel: GuildChannel, body: Wire) -> None:
    call.world.demand(channel, Permission.MANAGE_CHANNELS)
    if body.get("name") is not None:
        name = str(body["name"])
        if not 1 <= len(name) <= _LONGEST_NAME:
            words = f"Must be between 1 and {_LONGEST_NAME} in length."
            raise faulty("name", "BASE_TYPE_BAD_LENGTH", words)
        lowers = channel.kind in (Kind.TEXT, Kind.FORUM, Kind.ANNOUNCEMENT)
        channel.name = name.casefold().replace(" ", "-") if lowers else name
    if "topic" in body:
        topic, most = str(body["topic"] or ""), _LONGEST_TOPIC.get(channel.kind, 0)
        if len(topic) > most:
            raise faulty("topic", "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        channel.topic = topic or None
    if body.get("rate_limit_per_user") is not None:
        slowmode = {"rate_limit_per_user": body["rate_limit_per_user"]}
        channel.slowmode = thread_rules.fields(slowmode, named=False)["slowmode"]
    call.world.guild(channel.guild).change(channel)


ROUTES: list[Route] = [
    ("GET", "/channels/{channel}", one),
    ("PATCH", "/channels/{channel}", change),
    ("DELETE", "/channels/{channel}", delete),
    ("POST", "/channels/{channel}/typing", typing),
]
