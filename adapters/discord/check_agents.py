"""Looks whether the agents whom the config names are on Discord, and see the rooms they work in."""

from collections.abc import Sequence

from adapters.discord.rights import sees
from adapters.discord.web_api import DiscordSaysNo, DiscordUnreached, WebApi
from bot.channel import Sought, WrongSettings

Line = str | WrongSettings

_UNKNOWN_MEMBER, _UNKNOWN_USER = 10007, 10013
_COPY = "right-click the person in Discord with Developer Mode on and press Copy User ID"


async def find_agents(api: WebApi, channel: str, agents: Sequence[Sought]) -> list[Line]:
    """A line for those who can work here, one for each who can't; `channel` is this one's name."""
    try:
        await api.me()
    except (WrongSettings, DiscordSaysNo, DiscordUnreached):
        return []  # what keeps Discord from telling was told already
    known: list[str] = []
    found: list[Line] = []
    for agent in agents:
        try:
            faults = await _faults(api, channel, agent)
        except (DiscordSaysNo, DiscordUnreached) as error:
            faults = [WrongSettings(f"{agent.name}: {error}", "check again")]
        found += faults
        if not faults:
            known.append(agent.name)
    return [f"agents here: {', '.join(known)}", *found] if known else found


async def _faults(api: WebApi, channel: str, agent: Sought) -> list[Line]:
    person = agent.addresses.get(channel, "")
    if not person:
        told = f"{agent.name} has no ID here, so Discord doesn't know them as an agent"
        if agent.nowhere_else:
            return [WrongSettings(told, f'write {channel} = "…" among their addresses: {_COPY}')]
        return [f"{told}; they work elsewhere alone"]
    try:
        await api.call("GET", "/users/{user_id}", user_id=person)
    except DiscordSaysNo as error:
        if error.code != _UNKNOWN_USER:
            raise
        return [WrongSettings(f"{agent.name}: Discord knows nobody by the ID {person}", _COPY)]
    outside = [each for each in agent.rooms if not await _reads(api, each, person)]
    return [
        WrongSettings(
            f"{agent.name} doesn't see the agents' room {room}, where tickets are told of",
            "let them, or a role of theirs, see the channel, in its settings under Permissions",
        )
        for room in sorted(outside)
    ]


async def _reads(api: WebApi, room: str, person: str) -> bool:
    """Whether they see a channel; what can't be looked up is told by the check of the rooms."""
    try:
        channel = await api.call("GET", "/channels/{channel_id}", channel_id=room)
        guild = await api.call("GET", "/guilds/{guild_id}", guild_id=str(channel["guild_id"]))
        member = await api.call(
            "GET",
            "/guilds/{guild_id}/members/{user_id}",
            guild_id=str(channel["guild_id"]),
            user_id=person,
        )
    except DiscordSaysNo as error:
        return error.code != _UNKNOWN_MEMBER
    return sees(guild, member, channel)
