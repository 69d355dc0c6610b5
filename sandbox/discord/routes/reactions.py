"""Routes of reactions: emoji on messages."""

import re
from urllib.parse import unquote

from sandbox.discord import places
from sandbox.discord.call import Call, Reply, Route
from sandbox.discord.channel import Channel
from sandbox.discord.media import is_emoji
from sandbox.discord.message import Message
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import missing_permissions, unknown

_CUSTOM = re.compile(r"\w{2,32}:\d{1,19}")


async def add(call: Call) -> Reply:
    """Add a reaction of the bot's."""
    channel, message, emoji = _meant(call)
    may = call.world.permissions(channel)
    if Permission.READ_MESSAGE_HISTORY not in may:
        raise missing_permissions()
    if emoji not in message.reactions and Permission.ADD_REACTIONS not in may:
        raise missing_permissions()
    call.posting.react(message, call.world.bot.id, emoji)
    return Reply()


async def remove_own(call: Call) -> Reply:
    """Take a reaction of the bot's away."""
    _, message, emoji = _meant(call)
    call.posting.unreact(message, call.world.bot.id, emoji)
    return Reply()


async def remove(call: Call) -> Reply:
    """Take somebody's reaction away."""
    channel, message, emoji = _meant(call)
    call.world.demand(channel, Permission.MANAGE_MESSAGES)
    user = call.world.user(call.id("user"))
    call.posting.unreact(message, user.id, emoji)
    return Reply()


async def who(call: Call) -> Reply:
    """Return who reacted with an emoji."""
    _, message, emoji = _meant(call, changes=False)
    after, limit = call.moment("after") or 0, call.number("limit", 25, 100)
    users = sorted(each for each in message.reactions.get(emoji, ()) if each > after)
    return Reply([call.world.users[each].payload() for each in users[:limit]])


async def clear(call: Call) -> Reply:
    """Take all reactions of a message away."""
    channel, message = _message(call)
    call.world.demand(channel, Permission.MANAGE_MESSAGES)
    call.posting.clear_reactions(message)
    return Reply()


async def clear_emoji(call: Call) -> Reply:
    """Take all reactions with an emoji away."""
    channel, message, emoji = _meant(call)
    call.world.demand(channel, Permission.MANAGE_MESSAGES)
    call.posting.clear_reactions(message, emoji)
    return Reply()


def _meant(call: Call, *, changes: bool = True) -> tuple[Channel, Message, str]:
    channel, message = _message(call, changes=changes)
    emoji = unquote(call.path["emoji"])
    if not is_emoji(emoji) and not _CUSTOM.fullmatch(emoji):
        raise unknown("Emoji")
    return channel, message, emoji


def _message(call: Call, *, changes: bool = True) -> tuple[Channel, Message]:
    channel = call.world.seen(call.id("channel"))
    message = channel.message(call.id("message"))
    if changes:
        places.open_thread(channel)
    return channel, message


_ALL = "/channels/{channel}/messages/{message}/reactions"
ROUTES: list[Route] = [
    ("PUT", f"{_ALL}/{{emoji}}/@me", add),
    ("DELETE", f"{_ALL}/{{emoji}}/@me", remove_own),
    ("DELETE", f"{_ALL}/{{emoji}}/{{user}}", remove),
    ("GET", f"{_ALL}/{{emoji}}", who),
    ("DELETE", f"{_ALL}/{{emoji}}", clear_emoji),
    ("DELETE", _ALL, clear),
]
