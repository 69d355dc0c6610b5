"""Routes of messages: the history of a channel, and to post, edit, delete and pin them."""

from sandbox.discord import places
from sandbox.discord.call import Call, Reply, Route
from sandbox.discord.channel import Channel, Direct
from sandbox.discord.drafting import drafted, edits
from sandbox.discord.message import Message, Reference, Sort
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import Refused, Wire, faulty, missing_permissions, unknown
from sandbox.discord.snowflake import at_moment, parsed, stamped

_PAGE = 100
_FEWEST = 2  # messages that are deleted at once
_TWO_WEEKS = 14 * 24 * 3600.0
_ANSWERED = (Sort.DEFAULT, Sort.REPLY, Sort.COMMAND, Sort.CONTEXT_MENU)


async def history(call: Call) -> Reply:
    """Return messages of a channel, the newest first."""
    channel = call.world.seen(call.id("channel"))
    limit = call.number("limit", 50, _PAGE)
    before, after, around = (call.moment(each) for each in ("before", "after", "around"))
    if not places.to_read(call.world, channel):
        return Reply([])
    messages = list(channel)
    if around is not None:
        older = [each for each in messages if each.id < around][-(limit // 2) :]
        newer = [each for each in messages if each.id >= around][: limit - limit // 2]
        page = older + newer
    elif after is not None:
        page = [each for each in messages if each.id > after][:limit]
    else:
        page = [each for each in messages if before is None or each.id < before][-limit:]
    return Reply([call.world.shown(each) for each in reversed(page)])


async def one(call: Call) -> Reply:
    """Return a message."""
    channel, message = _meant(call)
    if not places.to_read(call.world, channel):
        raise missing_permissions()
    return Reply(call.world.shown(message))


async def post(call: Call) -> Reply:
    """Post a message of the bot's."""
    world = call.world
    channel = world.seen(call.id("channel"))
    places.to_write_in(world, channel)
    body = call.object()
    draft = drafted(world, channel.id, body, call.files)
    places.to_carry(world, channel, body, len(call.files))
    draft.reference = answered(call, channel, body.get("message_reference"))
    if draft.nonce is not None and body.get("enforce_nonce"):
        earlier = world.earlier(world.bot.id, draft.nonce)
        if earlier:
            return Reply(world.shown(earlier))
    message = call.posting.publish(channel, world.bot, draft)
    return Reply(world.shown(message))


async def edit(call: Call) -> Reply:
    """Edit a message of the bot's."""
    channel, message = _meant(call)
    body = call.object()
    places.to_edit(call.world, channel, message, body)
    changed = edits(call.world, message, body, call.files)
    places.to_carry(call.world, channel, body, len(call.files))
    call.posting.change(message, **changed)
    return Reply(call.world.shown(message))


async def delete(call: Call) -> Reply:
    """Delete a message."""
    channel, message = _meant(call)
    places.to_delete(call.world, channel, message)
    call.posting.delete(message)
    return Reply()


async def delete_many(call: Call) -> Reply:
    """Delete from 2 to 100 messages that are younger than two weeks; unknown ones are ignored."""
    channel = call.world.seen(call.id("channel"))
    if isinstance(channel, Direct):
        raise Refused(403, 50003, "Cannot execute action on a DM channel")
    call.world.demand(channel, Permission.MANAGE_MESSAGES)
    places.open_thread(channel)
    named = call.object().get("messages")
    ids = [parsed(each) for each in named] if isinstance(named, list) else []
    if not _FEWEST <= len(ids) <= _PAGE:
        words = f"Must be between {_FEWEST} and {_PAGE} in length."
        raise faulty("messages", "BASE_TYPE_BAD_LENGTH", words)
    oldest = at_moment(call.world.now - _TWO_WEEKS)
    if any(each is not None and each < oldest for each in ids):
        raise Refused(400, 50034, "A message provided was too old to bulk delete")
    found = [channel.messages[each] for each in dict.fromkeys(ids) if each in channel.messages]
    call.posting.delete_many(channel, found)
    return Reply()


async def pin(call: Call) -> Reply:
    """Pin a message."""
    return _pin(call, on=True)


async def unpin(call: Call) -> Reply:
    """Take a message's pin away."""
    return _pin(call, on=False)


async def pins(call: Call) -> Reply:
    """Return the pinned messages, the newest first."""
    pinned = _pinned(call)
    now = stamped(call.world.now)
    items: list[Wire] = [
        {"pinned_at": now, "message": call.world.shown(each)} for each in reversed(pinned)
    ]
    return Reply({"items": items, "has_more": False})


async def old_pins(call: Call) -> Reply:
    """Return the pinned messages as a plain list, the newest first."""
    return Reply([call.world.shown(each) for each in reversed(_pinned(call))])


def answered(call: Call, channel: Channel, reference: object) -> Reference | None:
    """Return the message that a new one answers, or refuse."""
    if reference is None:
        return None
    if not isinstance(reference, dict):
        words = "Only dictionaries may be used in a ModelType"
        raise faulty("message_reference", "MODEL_TYPE_CONVERT", words)
    wanted = parsed(reference.get("message_id"))
    if wanted is None:
        words = "This field is required"
        raise faulty("message_reference.message_id", "BASE_TYPE_REQUIRED", words)
    if not places.to_read(call.world, channel):
        raise Refused(403, 160002, "Cannot reply without permission to read message history")
    message = channel.messages.get(wanted)
    if message is None and reference.get("fail_if_not_exists") is False:
        return None
    if message is None:
        words = "Unknown message"
        raise faulty("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", words)
    if message.draft.sort not in _ANSWERED:
        words = "Cannot reply to a system message"
        raise faulty("message_reference", "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", words)
    return Reference(channel.id, message.id, channel.guild_id)


def _pin(call: Call, *, on: bool) -> Reply:
    channel, message = _meant(call)
    if not isinstance(channel, Direct):
        may = call.world.permissions(channel)
        if not may & (Permission.PIN_MESSAGES | Permission.MANAGE_MESSAGES):
            raise missing_permissions()
    places.open_thread(channel)
    if message.pinned != on:
        call.posting.pin(message, call.world.bot, on=on)
    return Reply()


def _pinned(call: Call) -> list[Message]:
    channel = call.world.seen(call.id("channel"))
    reads = places.to_read(call.world, channel)
    return [each for each in channel if each.pinned] if reads else []


def _meant(call: Call) -> tuple[Channel, Message]:
    channel = call.world.seen(call.id("channel"))
    wanted = parsed(call.path["message"])
    if wanted is None:
        raise unknown("Message")
    return channel, channel.message(wanted)


ROUTES: list[Route] = [
    ("GET", "/channels/{channel}/messages", history),
    ("POST", "/channels/{channel}/messages", post),
    ("GET", "/channels/{channel}/messages/{message}", one),
    ("PATCH", "/channels/{channel}/messages/{message}", edit),
    ("DELETE", "/channels/{channel}/messages/{message}", delete),
    ("POST", "/channels/{channel}/messages/bulk-delete", delete_many),
    ("GET", "/channels/{channel}/messages/pins", pins),
    ("PUT", "/channels/{channel}/messages/pins/{message}", pin),
    ("DELETE", "/channels/{channel}/messages/pins/{message}", unpin),
    ("GET", "/channels/{channel}/pins", old_pins),
    ("PUT", "/channels/{channel}/pins/{message}", pin),
    ("DELETE", "/channels/{channel}/pins/{message}", unpin),
]
