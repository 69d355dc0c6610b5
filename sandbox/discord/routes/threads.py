"""Routes of threads: to begin them, posts of a forum among them, and to join and list them."""

from collections.abc import Iterable
from datetime import datetime

from sandbox.discord import places, thread_rules
from sandbox.discord.call import Call, Reply, Route
from sandbox.discord.channel import GuildChannel, Kind, Thread
from sandbox.discord.drafting import drafted
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import Refused, Wire, faulty, missing_permissions, unknown

_WRONG_KIND = (400, 50024, "Cannot execute action on this channel type")


async def begin_upon(call: Call) -> Reply:
    """Begin a thread at a message."""
    channel = _parent(call)
    if channel.kind is Kind.FORUM:
        raise Refused(*_WRONG_KIND)
    message = channel.message(call.id("message"))
    call.world.demand(channel, Permission.CREATE_PUBLIC_THREADS)
    fields = thread_rules.fields(call.object(), named=True)
    if message.thread_id is not None:
        raise Refused(400, 160004, "A thread has already been created for this message")
    thread = call.posting.threads.upon(message, call.world.bot, **_with_duration(channel, fields))
    return Reply(thread.payload(call.world.bot.id), 201)


async def begin(call: Call) -> Reply:
    """Begin a thread without a message, or a post of a forum."""
    channel, body = _parent(call), call.object()
    if channel.kind is Kind.FORUM:
        return _post(call, channel, body)
    fields = thread_rules.fields(body, named=True)
    kind = body.get("type", Kind.PRIVATE_THREAD)
    if kind not in (Kind.PUBLIC_THREAD, Kind.PRIVATE_THREAD):
        raise faulty("type", "BASE_TYPE_CHOICES", "Value must be one of {10, 11, 12}.")
    private = kind == Kind.PRIVATE_THREAD
    needed = Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS
    call.world.demand(channel, needed)
    if channel.kind is not Kind.TEXT:
        raise Refused(*_WRONG_KIND)
    thread = call.posting.threads.begin(
        channel, call.world.bot, private=private, **_with_duration(channel, fields)
    )
    return Reply(thread.payload(call.world.bot.id), 201)


async def join(call: Call) -> Reply:
    """Let the bot into a thread."""
    thread = _thread(call)
    places.open_thread(thread)
    call.posting.threads.let_in(thread, [call.world.bot.id])
    return Reply()


async def leave(call: Call) -> Reply:
    """Let the bot out of a thread."""
    thread = _thread(call)
    places.open_thread(thread)
    call.posting.threads.leave(thread, call.world.bot.id)
    return Reply()


async def add(call: Call) -> Reply:
    """Let somebody into a thread."""
    thread = _thread(call)
    places.open_thread(thread)
    call.world.demand(thread, Permission.SEND_MESSAGES_IN_THREADS)
    user = call.world.user(call.id("user"))
    call.world.guild(thread.guild_id).member(user.id)
    call.posting.threads.add(thread, user, call.world.bot)
    return Reply()


async def remove(call: Call) -> Reply:
    """Let somebody out of a thread."""
    thread = _thread(call)
    places.open_thread(thread)
    owns = thread.private and thread.owner_id == call.world.bot.id
    if not owns:
        call.world.demand(thread, Permission.MANAGE_THREADS)
    call.posting.threads.leave(thread, call.id("user"))
    return Reply()


async def members(call: Call) -> Reply:
    """Return who is in a thread; only with the members intent granted."""
    thread = _thread(call)
    if not call.world.application.members:
        raise Refused(403, 50001, "Missing Access")
    return Reply([thread.member_payload(each) for each in thread.members])


async def member(call: Call) -> Reply:
    """Return somebody's membership of a thread."""
    thread, user = _thread(call), call.path["user"]
    wanted = call.world.bot.id if user == "@me" else call.id("user")
    if wanted not in thread.members:
        raise unknown("Member")
    return Reply(thread.member_payload(wanted))


async def active(call: Call) -> Reply:
    """Return the threads of a guild that aren't archived and that the bot sees."""
    guild = call.world.guild(call.id("guild"))
    bot = call.world.bot.id
    found = [each for each in guild.threads.values() if not each.archived and guild.sees(bot, each)]
    return Reply(_listed(call, sorted(found, key=lambda each: -each.id)))


async def archived_public(call: Call) -> Reply:
    """Return archived public threads of a channel, the latest archived first."""
    channel = _history(call)
    found = [each for each in _archived(call, channel) if not each.private]
    return Reply(_page(call, found))


async def archived_private(call: Call) -> Reply:
    """Return archived private threads of a channel, the latest archived first."""
    channel = _history(call)
    call.world.demand(channel, Permission.MANAGE_THREADS)
    found = [each for each in _archived(call, channel) if each.private]
    return Reply(_page(call, found))


async def archived_joined(call: Call) -> Reply:
    """Return archived private threads that the bot is in, by their ids, the newest first."""
    channel = _history(call)
    bot, before = call.world.bot.id, call.moment("before")
    found = [each for each in _archived(call, channel) if each.private and bot in each.members]
    found = [each for each in found if before is None or each.id < before]
    found.sort(key=lambda each: -each.id)
    most = call.number("limit", 50, 100)
    return Reply(_listed(call, found[:most]) | {"has_more": len(found) > most})


def _post(call: Call, forum: GuildChannel, body: Wire) -> Reply:
    call.world.demand(forum, Permission.SEND_MESSAGES)
    fields = thread_rules.fields(body, named=True)
    words = body.get("message")
    if not isinstance(words, dict):
        raise faulty("message", "BASE_TYPE_REQUIRED", "This field is required")
    chosen = thread_rules.tags(call.world, forum, body.get("applied_tags"), new=True)
    id_ = call.world.mint.fresh()
    draft = drafted(call.world, id_, words, call.files, "message")
    places.to_carry(call.world, forum, words, len(call.files))
    thread, message = call.posting.threads.post(
        forum,
        call.world.bot,
        draft=draft,
        id_=id_,
        tags=chosen,
        **_with_duration(forum, fields),
    )
    wire = thread.payload(call.world.bot.id) | {"message": call.world.shown(message)}
    return Reply(wire, 201)


def _with_duration(channel: GuildChannel, fields: Wire) -> Wire:
    return {"auto_archive": channel.auto_archive} | fields


def _parent(call: Call) -> GuildChannel:
    channel = call.world.seen(call.id("channel"))
    if not isinstance(channel, GuildChannel) or channel.kind is Kind.CATEGORY:
        raise Refused(*_WRONG_KIND)
    return channel


def _thread(call: Call) -> Thread:
    channel = call.world.seen(call.id("channel"))
    if not isinstance(channel, Thread):
        raise Refused(*_WRONG_KIND)
    return channel


def _history(call: Call) -> GuildChannel:
    channel = _parent(call)
    if Permission.READ_MESSAGE_HISTORY not in call.world.permissions(channel):
        raise missing_permissions()
    return channel


def _archived(call: Call, channel: GuildChannel) -> list[Thread]:
    threads = call.world.guild(channel.guild).threads.values()
    return [each for each in threads if each.parent is channel and each.archived]


def _page(call: Call, threads: list[Thread]) -> Wire:
    """Return a page of threads by when they were archived, the latest first."""
    raw, most = call.query.get("before"), call.number("limit", 50, 100)
    if raw is not None:
        try:
            before = datetime.fromisoformat(raw).timestamp()
        except ValueError:
            words = f'Value "{raw}" is not a valid date.'
            raise faulty("before", "DATE_TIME_TYPE_PARSE", words) from None
        threads = [each for each in threads if each.changed < before]
    threads = sorted(threads, key=lambda each: (-each.changed, -each.id))
    return _listed(call, threads[:most]) | {"has_more": len(threads) > most}


def _listed(call: Call, threads: Iterable[Thread]) -> Wire:
    bot, shown = call.world.bot.id, list(threads)
    return {
        "threads": [each.payload(bot) for each in shown],
        "members": [each.member_payload(bot) for each in shown if bot in each.members],
    }


ROUTES: list[Route] = [
    ("POST", "/channels/{channel}/messages/{message}/threads", begin_upon),
    ("POST", "/channels/{channel}/threads", begin),
    ("PUT", "/channels/{channel}/thread-members/@me", join),
    ("DELETE", "/channels/{channel}/thread-members/@me", leave),
    ("PUT", "/channels/{channel}/thread-members/{user}", add),
    ("DELETE", "/channels/{channel}/thread-members/{user}", remove),
    ("GET", "/channels/{channel}/thread-members", members),
    ("GET", "/channels/{channel}/thread-members/{user}", member),
    ("GET", "/guilds/{guild}/threads/active", active),
    ("GET", "/channels/{channel}/threads/archived/public", archived_public),
    ("GET", "/channels/{channel}/threads/archived/private", archived_private),
    ("GET", "/channels/{channel}/users/@me/threads/archived/private", archived_joined),
]
