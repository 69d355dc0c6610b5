"""Finds what an earlier attempt may have brought to Slack already."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from adapters.slack.decode_fields import table, word
from adapters.slack.workspace import Event, Workspace
from bot.model.message import Outbound

_EARLIER = 60.0  # seconds by which Slack's clock may be behind
_PAGE, _PAGES = 200, 10  # how far is looked: beyond two thousand newer messages nobody looks


async def own_since(
    workspace: Workspace, message: Outbound, room: str, thread: str
) -> AsyncIterator[Event]:
    """What the desk posted in a thread, or in a room itself, since the message was written.

    Raises what a call raises, also where Slack asks for a pause: an attempt never waits.
    """
    me = await workspace.me.identity()
    method = "conversations.replies" if thread else "conversations.history"
    arguments: dict[str, object] = {
        "channel": room,
        "ts": thread or None,
        "oldest": f"{message.created_at.timestamp() - _EARLIER:.6f}",
        "include_all_metadata": True,
        "limit": _PAGE,
    }
    for _ in range(_PAGES):
        page = await workspace.api.look(method, **arguments)
        for item in page.get("messages") or ():
            if isinstance(item, dict) and _is_own(item, me.bot_user, me.bot_id):
                yield item
        arguments["cursor"] = word(table(page, "response_metadata"), "next_cursor")
        if not arguments["cursor"]:
            return


def _is_own(item: Mapping[str, Any], bot_user: str, bot_id: str) -> bool:
    """Others may write the same metadata; only what we wrote tells that it was sent."""
    return bool(bot_user and word(item, "user") == bot_user) or bool(
        bot_id and word(item, "bot_id") == bot_id
    )
