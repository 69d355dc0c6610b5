"""Tries the bot: its token, its intents, and what it may do in its channels."""

from collections.abc import Sequence
from typing import Any

import discord

from adapters.discord.rights import invitation, missing
from adapters.discord.settings import DiscordSettings
from adapters.discord.web_api import DiscordSaysNo, DiscordUnreached, WebApi
from bot.channel import WrongSettings

Line = str | WrongSettings

_TROUBLE = (DiscordSaysNo, DiscordUnreached)


async def look_over(
    settings: DiscordSettings, api: WebApi, agents_rooms: Sequence[str]
) -> list[Line]:
    """A line for each thing that is as it should be; what is wrong, with its mend, for the rest."""
    try:
        settings.bot.refuse_exposed()
        own = await api.me()
        application = await api.call("GET", "/applications/@me")
    except WrongSettings as error:
        return [error]
    except (*_TROUBLE, OSError) as error:
        return [WrongSettings(f"{settings.api_url}: {error}", "see that this machine reaches it")]
    found: list[Line] = [f"Discord knows the bot as {application.get('name') or own}"]
    found.append(_content(settings, application))
    support = [each.channel for each in settings.rooms]
    for room in dict.fromkeys((*support, *agents_rooms)):
        called = "agents' room" if room in agents_rooms else "support room"
        found.append(await _room(settings, api, room, own, called))
    return found


def _content(settings: DiscordSettings, application: dict[str, Any]) -> Line:
    """Whether the bot may read what doesn't mention it, as the settings say."""
    flags = discord.ApplicationFlags._from_value(int(application.get("flags", 0)))  # noqa: SLF001 - no other way from a number
    granted = flags.gateway_message_content or flags.gateway_message_content_limited
    if settings.message_content and not granted:
        return WrongSettings(
            "the bot isn't let read what people write",
            "open the Developer Portal, in the application, under Bot, switch on Message Content "
            "Intent, or set message_content = false",
        )
    if settings.message_content:
        return "the bot may read what people write"
    return "message_content is off: heard are direct messages, mentions and the slash command"


async def _room(settings: DiscordSettings, api: WebApi, room: str, own: str, called: str) -> Line:
    try:
        channel = await api.call("GET", "/channels/{channel_id}", channel_id=room)
        server = str(channel.get("guild_id", ""))
        guild = await api.call("GET", "/guilds/{guild_id}", guild_id=server)
        member = await api.call(
            "GET", "/guilds/{guild_id}/members/{user_id}", guild_id=server, user_id=own
        )
    except _TROUBLE as error:
        address = invitation(settings.api_url, own)
        return WrongSettings(
            f"the bot doesn't see the {called} {room} ({error})",
            f"let its role see the channel, or add it to the server at {address}",
        )
    if lacking := missing(guild, member, channel):
        return WrongSettings(
            f"in the {called} #{channel['name']} the bot lacks: {', '.join(lacking)}",
            "give them to its role, in the channel's settings under Permissions",
        )
    return f"the bot may do all it needs in the {called} #{channel['name']}"
