"""Tries the bot: its token, its intents, and what it may do in its channels."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from adapters.discord.check_room import Line, in_agents_room, in_support_room
from adapters.discord.declaration import Json, differ
from adapters.discord.settings import DiscordSettings
from adapters.discord.web_api import DiscordSaysNo, DiscordUnreached, WebApi
from bot.channel import WrongSettings

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
    for room in settings.rooms:
        found += await in_support_room(settings, api, room, own)
    for each in dict.fromkeys(agents_rooms):
        found += await in_agents_room(settings, api, each, own)
    return found


def commands_line(declared: Sequence[Json], known: Sequence[Mapping[str, Any]]) -> Line:
    """Whether Discord knows the desk's commands as they are declared now."""
    if differ(declared, known):
        return "Discord knows other commands than the desk's: it is told of them at the start"
    return "Discord knows the desk's commands"


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
