"""The chat methods: post, change and delete messages."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.slack.block_kit import check_message
from sandbox.slack.call import Call
from sandbox.slack.channel import Channel, Post
from sandbox.slack.refusal import Refused, Wire, faulty
from sandbox.slack.surface import numbered

LONGEST_TEXT = 40_000  # of a new message; what is longer is cut
LONGEST_CHANGE = 4_000  # of a changed one; what is longer is refused
_MOST_ATTACHMENTS = 100
_LONGEST_METADATA = 8_000  # characters
_MASKS = ("username", "icon_url", "icon_emoji")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(
    r"<(?:[@#!]|[a-z][\w+.-]*:)[^<>]*>|&(?:amp|lt|gt);|[&<>]"
    r"|(?<!\w)https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"*_~`]"
)


def post_message(call: Call) -> Wire:
    """Post a message; channel may be an id, a name, or a user's id for a direct message."""
    channel = _target(call)
    content = _content(call)
    if any(call.text(mask) for mask in _MASKS):
        call.demand("chat:write.customize")
    wire = call.posting.by_bot(channel, content)
    thread = call.text("thread_ts")
    if thread:
        broadcast = call.flag("reply_broadcast")
        call.posting.join_thread(channel, wire, thread, broadcast=broadcast)
    post = call.posting.publish(channel, wire, content.get("metadata"))
    call.posting.told(post)
    answer: Wire = {"channel": channel.id, "ts": post.ts, "message": shown(post, metadata=True)}
    if len(call.text("text")) > LONGEST_TEXT:
        answer |= {
            "warning": "message_truncated",
            "response_metadata": {"warnings": ["message_truncated"]},
        }
    return answer


def post_ephemeral(call: Call) -> Wire:
    """Show a message to one member of a channel only."""
    channel = _target(call)
    user = call.workspace.user(call.needed("user"), "user_not_found")
    if user.id not in channel.members:
        raise Refused("user_not_in_channel")
    content = _content(call)
    if any(call.text(mask) for mask in _MASKS):
        call.demand("chat:write.customize")
    thread = call.text("thread_ts")
    if thread:
        channel.post_at(thread, "thread_not_found")
        content["thread_ts"] = thread
    post = call.posting.whisper(channel, user.id, content)
    return {"message_ts": post.ts}


def update(call: Call) -> Wire:
    """Change a message of the bot's own."""
    channel = call.workspace.seen(call.needed("channel", "channel_not_found"))
    post = channel.post_at(call.text("ts"))
    _own(call, post, "cant_update_message")
    content = _content(call, LONGEST_CHANGE, needs=False)
    change: Wire = {"text": content["text"]} if "text" in content else {}
    for key in ("blocks", "attachments"):
        if content.get(key) is not None:  # what isn't named is retained; [] takes it away
            change[key] = numbered(content[key]) if key == "blocks" else content[key]
    if not change:
        raise Refused("no_text")
    if content.get("metadata") is not None:
        post.metadata = content["metadata"] or None
    call.posting.change(post, call.workspace.bot.id, change)
    message = shown(post, metadata=True)
    return {"channel": channel.id, "ts": post.ts, "text": post.text, "message": message}


def delete(call: Call) -> Wire:
    """Delete a message of the bot's own."""
    channel = call.workspace.seen(call.needed("channel", "channel_not_found"))
    post = channel.post_at(call.text("ts"))
    _own(call, post, "cant_delete_message")
    call.posting.delete(post)
    return {"channel": channel.id, "ts": post.ts}


def get_permalink(call: Call) -> Wire:
    """Return the web address of a message."""
    channel = call.workspace.seen(call.needed("channel", "channel_not_found"))
    post = channel.post_at(call.text("message_ts"))
    link = f"https://{call.workspace.domain}.slack.com/archives/{channel.id}"
    link += f"/p{post.ts.replace('.', '')}"
    if post.is_reply:
        link += f"?thread_ts={post.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def shown(post: Post, *, metadata: bool) -> Wire:
    """Return a post as the methods show it."""
    wire = dict(post.wire)
    if metadata and post.metadata:
        wire["metadata"] = post.metadata
    return wire


def _own(call: Call, post: Post, error: str) -> None:
    if post.wire.get("bot_id") != call.workspace.bot.bot_id or post.channel.archived:
        raise Refused("is_inactive" if post.channel.archived else error)


def _target(call: Call) -> Channel:
    workspace = call.workspace
    name = call.needed("channel", "channel_not_found")
    if name in workspace.users:
        if workspace.users[name].deleted or name == workspace.bot.id:
            raise Refused("channel_not_found")
        return workspace.direct(name)
    if name in workspace.channels:
        channel = workspace.seen(name)
    else:
        plain = name.removeprefix("#")
        named = [c for c in workspace.channels.values() if c.name and c.name == plain]
        channel = workspace.seen(named[0].id if named else "")
    if channel.archived:
        raise Refused("is_archived")
    if workspace.bot.id not in channel.members and "chat:write.public" not in workspace.app.scopes:
        raise Refused("not_in_channel")
    return channel


def _content(call: Call, longest: int = 0, *, needs: bool = True) -> Wire:
    """Return what a message holds, checked, or refuse."""
    content: Wire = {key: call.text(key) for key in _MASKS if call.text(key)}
    text = call.text("text")
    if longest and len(text) > longest:
        raise Refused("msg_too_long")
    if text.strip():
        content["text"] = _marked(text[:LONGEST_TEXT])
    for key, error in (
        ("blocks", "invalid_blocks_format"),
        ("attachments", "invalid_attachments"),
        ("metadata", "invalid_metadata_format"),
    ):
        value = call.structure(key, error)
        if value is not None:
            content[key] = value
    markdown = call.text("markdown_text")
    if markdown:
        if text or content.get("blocks"):
            raise Refused("markdown_text_conflict")
        content |= {"text": markdown, "blocks": [{"type": "markdown", "text": markdown}]}
    _check(content)
    if needs and not (content.get("text") or content.get("blocks") or content.get("attachments")):
        raise Refused("no_text")
    return content


def _check(content: Mapping[str, Any]) -> None:
    if not isinstance(content.get("blocks", []), list):
        raise Refused("invalid_blocks_format")
    if len(content.get("attachments", ())) > _MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    metadata = content.get("metadata")
    if metadata is not None:
        _check_metadata(metadata)
    if content.get("blocks"):
        faults = check_message({key: content[key] for key in ("text", "blocks") if key in content})
        if faults:
            raise faulty("invalid_blocks", faults)
    for each in content.get("attachments", ()):
        faults = check_message({"blocks": each["blocks"]}) if each.get("blocks") else []
        if faults:
            raise faulty("invalid_attachments", faults)


def _check_metadata(metadata: object) -> None:
    if not isinstance(metadata, dict):
        raise Refused("invalid_metadata_format")
    if metadata and not (
        isinstance(metadata.get("event_type"), str)
        and metadata["event_type"]
        and isinstance(metadata.get("event_payload"), dict)
    ):
        raise Refused("invalid_metadata_format")
    if len(str(metadata)) > _LONGEST_METADATA:
        raise Refused("metadata_too_large")


def _marked(text: str) -> str:
    """Escape and link a text as Slack does where the app didn't."""
    if not any(sign in text for sign in ("&", "<", ">", "://")):
        return text
    return _SPECIAL.sub(_mark, text)


def _mark(found: re.Match[str]) -> str:
    part = found[0]
    if part in _ESCAPES:
        return _ESCAPES[part]
    return f"<{part}>" if part.startswith("http") else part
