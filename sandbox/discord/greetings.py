"""What the gateway tells a new session: who it is, and all that stands in its guilds."""

from sandbox.discord.guild import Guild
from sandbox.discord.refusal import Wire
from sandbox.discord.snowflake import stamped
from sandbox.discord.world import World


def joined(world: World) -> list[Guild]:
    """Return the guilds that the bot is in."""
    return [each for each in world.guilds.values() if world.bot.id in each.members]


def ready(world: World, session: str, shard: list[int]) -> Wire:
    """Return the data of READY."""
    return {
        "v": 10,
        "user_settings": {},
        "user": world.bot.own_payload(),
        "session_type": "normal",
        "session_id": session,
        "resume_gateway_url": world.url.replace("http", "ws", 1) + "/gateway",
        "relationships": [],
        "private_channels": [],
        "presences": [],
        "guilds": [{"id": str(each.id), "unavailable": True} for each in joined(world)],
        "guild_join_requests": [],
        "geo_ordered_rtc_regions": [],
        "auth": {},
        "shard": shard,
        "application": {"id": str(world.application_id), "flags": world.application.flags},
        "_trace": [],
    }


def guild(world: World, one: Guild, *, newly: bool = False) -> Wire:
    """Return the data of GUILD_CREATE; without presences of its members only the bot is told.

    `newly`: the bot came in just now, so it isn't told that the guild is available again.
    """
    bot = world.bot.id
    threads = [each for each in one.threads.values() if not each.archived and one.sees(bot, each)]
    wire = one.payload() | {
        "joined_at": stamped(one.members[bot].joined),
        "large": False,
        "unavailable": False,
        "geo_restricted": False,
        "member_count": len(one.members),
        "voice_states": [],
        "members": [one.members[bot].payload()],
        "channels": [_without_guild(each.payload()) for each in one.channels.values()],
        "threads": [each.payload(bot) for each in threads],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "application_command_counts": {},
    }
    if newly:
        del wire["unavailable"]
    return wire


def _without_guild(channel: Wire) -> Wire:
    return {key: value for key, value in channel.items() if key != "guild_id"}
