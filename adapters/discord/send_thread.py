"""Begins the thread below a message of a room."""

from adapters.discord.send_failure import HAS_THREAD, UNKNOWN_MESSAGE, WRONG_CHANNEL
from adapters.discord.web_api import DiscordSaysNo, WebApi
from bot.model.message import Outbound

LONGEST_NAME = 100  # characters of a thread's name


async def begin(api: WebApi, message: Outbound, room: str, thread: str) -> bool:
    """Begin the thread of the message that bears its id; whether there is one now."""
    if not thread:
        return False
    name = message.reference or message.subject or message.sender_name or "…"
    try:
        await api.call(
            "POST",
            "/channels/{channel_id}/messages/{message_id}/threads",
            {"name": name[:LONGEST_NAME]},
            channel_id=room,
            message_id=thread,
        )
    except DiscordSaysNo as error:
        if error.code == HAS_THREAD:
            return True
        if error.code in (UNKNOWN_MESSAGE, WRONG_CHANNEL):
            return False
        raise
    return True
