"""What the bot must be allowed to do on a server, and what it may do in a channel."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import discord

Json = Mapping[str, Any]

NEEDED = {
    "view_channel": "View Channels",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
    "read_message_history": "Read Message History",
    "attach_files": "Attach Files",
    "embed_links": "Embed Links",
    "add_reactions": "Add Reactions",
    "manage_threads": "Manage Threads",
}
"""By discord.py's names, and as Discord shows them."""

WISHED = {
    "manage_webhooks": "Manage Webhooks",
    "create_private_threads": "Create Private Threads",
}
"""What the desk can do without: agents' own names, and threads of two."""

_SCOPES = "bot applications.commands"


def invitation(api_url: str, application: str) -> str:
    """The address at which somebody adds the bot to a server, with all that it can make use of."""
    parts = urlsplit(api_url)
    wanted = discord.Permissions(**dict.fromkeys({**NEEDED, **WISHED}, True)).value
    asked = urlencode({"client_id": application, "scope": _SCOPES, "permissions": wanted})
    return f"{parts.scheme}://{parts.netloc}/oauth2/authorize?{asked}"


def missing(
    guild: Json, member: Json, channel: Json, rights: Mapping[str, str] = NEEDED
) -> list[str]:
    """Which of these the bot lacks in a channel, as Discord shows them.

    `guild`, `member` and `channel` are as Discord's JSON has them.

    Worked out as Discord's documentation has it: roles first, then the channel's exceptions for
    everybody, for roles, and for the bot alone.
    """
    allowed = _allowed(guild, member, channel)
    return [shown for name, shown in rights.items() if not getattr(allowed, name)]


def sees(guild: Json, member: Json, channel: Json) -> bool:
    """Whether a member sees a channel; all three as Discord's JSON has them."""
    return _allowed(guild, member, channel).view_channel


def _allowed(guild: Json, member: Json, channel: Json) -> discord.Permissions:
    own = {str(guild["id"]), *map(str, member["roles"])}
    value = 0
    for role in guild["roles"]:
        if str(role["id"]) in own:
            value |= int(role["permissions"])
    user = str(member["user"]["id"])
    if discord.Permissions(value).administrator or user == str(guild["owner_id"]):
        return discord.Permissions.all()
    exceptions = {str(each["id"]): each for each in channel.get("permission_overwrites", ())}
    for circle in ({str(guild["id"])}, own - {str(guild["id"])}, {user}):
        met = [exceptions[each] for each in circle if each in exceptions]
        for each in met:
            value &= ~int(each["deny"])
        for each in met:
            value |= int(each["allow"])
    return discord.Permissions(value)
