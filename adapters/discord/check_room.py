"""Tries what the bot may do in one of its channels."""

from dataclasses import dataclass

from adapters.discord.rights import NEEDED, WISHED, invitation, missing
from adapters.discord.room import Room
from adapters.discord.settings import DiscordSettings
from adapters.discord.web_api import DiscordSaysNo, DiscordUnreached, Json, WebApi
from bot.channel import WrongSettings

Line = str | WrongSettings

_FORUM = 15  # a kind of channel
_TROUBLE = (DiscordSaysNo, DiscordUnreached)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A channel, and the bot on its server, as Discord's JSON has them."""

    channel: Json
    guild: Json
    member: Json

    @property
    def name(self) -> str:
        return f"#{self.channel['name']}"

    def lacks(self, *rights: str) -> list[str]:
        """Which of these the bot lacks there, all that it needs if none is named."""
        known = NEEDED | WISHED
        wanted = {each: known[each] for each in rights} or NEEDED
        return missing(self.guild, self.member, self.channel, wanted)


async def in_agents_room(settings: DiscordSettings, api: WebApi, room: str, own: str) -> list[Line]:
    """What holds of a room where agents work; `own` is the bot's id."""
    seen = await _seen(settings, api, room, own, "agents' room")
    return [_needed(seen, "agents' room") if isinstance(seen, _Seen) else seen]


async def in_support_room(
    settings: DiscordSettings, api: WebApi, room: Room, own: str
) -> list[Line]:
    """What holds of a room where people ask; `own` is the bot's id."""
    seen = await _seen(settings, api, room.channel, own, "support room")
    if not isinstance(seen, _Seen):
        return [seen]
    found = [_needed(seen, "support room")]
    if room.threads == "private" and seen.channel["type"] == _FORUM:
        mend = 'take threads = "private" out, or name a text channel'
        found.append(WrongSettings(f"{seen.name} is a forum: all is public there", mend))
    elif room.threads == "private" and (lacking := seen.lacks("create_private_threads")):
        found.append(_lacking(seen, "support room", lacking))
    if lacking := seen.lacks("manage_webhooks"):
        remark = f"agents' answers in {seen.name} come in the desk's name: the bot lacks"
        found.append(f"{remark} {', '.join(lacking)}")
    return found


async def _seen(
    settings: DiscordSettings, api: WebApi, room: str, own: str, called: str
) -> _Seen | WrongSettings:
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
    return _Seen(channel, guild, member)


def _needed(seen: _Seen, called: str) -> Line:
    if lacking := seen.lacks():
        return _lacking(seen, called, lacking)
    return f"the bot may do all it needs in the {called} {seen.name}"


def _lacking(seen: _Seen, called: str, lacking: list[str]) -> WrongSettings:
    return WrongSettings(
        f"in the {called} {seen.name} the bot lacks: {', '.join(lacking)}",
        "give them to its role, in the channel's settings under Permissions",
    )
