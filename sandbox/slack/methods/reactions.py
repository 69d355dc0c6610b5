"""The reactions methods: emoji on messages."""

import re

from sandbox.slack.call import Call
from sandbox.slack.channel import Post
from sandbox.slack.methods.chat import shown
from sandbox.slack.refusal import Refused, Wire

_NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


def add(call: Call) -> Wire:
    """Add a reaction of the bot's."""
    post, name = _meant(call), _emoji(call)
    react(post, name, call.workspace.bot.id)
    call.posting.news.reacted("reaction_added", call.workspace.bot.id, name, post)
    return {}


def remove(call: Call) -> Wire:
    """Remove a reaction of the bot's."""
    post, name = _meant(call), _emoji(call)
    unreact(post, name, call.workspace.bot.id)
    call.posting.news.reacted("reaction_removed", call.workspace.bot.id, name, post)
    return {}


def get(call: Call) -> Wire:
    """Return a message with its reactions."""
    post = _meant(call)
    return {"type": "message", "channel": post.channel.id, "message": shown(post, metadata=False)}


def react(post: Post, name: str, user: str) -> None:
    """Add somebody's reaction, or refuse."""
    reactions = post.reactions
    if user in reactions.get(name, ()):
        raise Refused("already_reacted")
    reactions.setdefault(name, []).append(user)
    _keep(post, reactions)


def unreact(post: Post, name: str, user: str) -> None:
    """Remove somebody's reaction, or refuse."""
    reactions = post.reactions
    if user not in reactions.get(name, ()):
        raise Refused("no_reaction")
    reactions[name].remove(user)
    _keep(post, reactions)


def _keep(post: Post, reactions: dict[str, list[str]]) -> None:
    post.wire["reactions"] = [
        {"name": name, "users": users, "count": len(users)}
        for name, users in reactions.items()
        if users
    ]
    if not post.wire["reactions"]:
        del post.wire["reactions"]


def _meant(call: Call) -> Post:
    if not call.text("channel") or not call.text("timestamp"):
        raise Refused("no_item_specified")
    channel = call.workspace.seen(call.text("channel"))
    if channel.archived:
        raise Refused("is_archived")
    return channel.post_at(call.text("timestamp"))


def _emoji(call: Call) -> str:
    name = call.text("name").strip(":")
    if not _NAME.fullmatch(name):
        raise Refused("invalid_name")
    return name
