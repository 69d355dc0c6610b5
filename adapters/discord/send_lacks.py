"""Finds out which rights the bot would have needed for what Discord refused."""

from dataclasses import dataclass

from adapters.discord.rights import NEEDED, missing
from adapters.discord.send_failure import NO_ACCESS, NO_PERMISSION
from adapters.discord.web_api import DiscordSaysNo, DiscordUnreached, WebApi
from bot.channel import WrongSettings

_TROUBLE = (DiscordSaysNo, DiscordUnreached, WrongSettings)


@dataclass(frozen=True, slots=True)
class Lack:
    """The rights, as Discord shows them, and where: "#help"; "" where that isn't known."""

    rights: tuple[str, ...] = ()
    where: str = ""


async def lack(api: WebApi, error: Exception, room: str) -> Lack:
    """What the bot lacks in a room by now; nothing where a refusal wasn't for want of a right."""
    if not isinstance(error, DiscordSaysNo) or error.code not in (NO_ACCESS, NO_PERMISSION):
        return Lack()
    try:
        channel = await api.call("GET", "/channels/{channel_id}", channel_id=room)
    except _TROUBLE as unseen:
        hidden = isinstance(unseen, DiscordSaysNo) and unseen.code == NO_ACCESS
        return Lack((NEEDED["view_channel"],)) if hidden else Lack()
    server = str(channel.get("guild_id", ""))
    if not server:
        return Lack()
    try:
        guild = await api.call("GET", "/guilds/{guild_id}", guild_id=server)
        member = await api.call(
            "GET",
            "/guilds/{guild_id}/members/{user_id}",
            guild_id=server,
            user_id=await api.me(),
        )
    except _TROUBLE:
        return Lack()
    return Lack(tuple(missing(guild, member, channel)), f"#{channel['name']}")
