"""Routes of guilds: their channels, roles and members."""

from sandbox.discord.call import Call, Reply, Route
from sandbox.discord.guild import Guild
from sandbox.discord.refusal import faulty, missing_access, unknown


async def one(call: Call) -> Reply:
    """Return a guild."""
    guild = call.world.guild(call.id("guild"))
    wire = guild.payload()
    if call.flag("with_counts"):
        wire |= {"approximate_member_count": len(guild.members), "approximate_presence_count": 1}
    return Reply(wire)


async def channels(call: Call) -> Reply:
    """Return a guild's channels, seen or not, without its threads."""
    guild = call.world.guild(call.id("guild"))
    return Reply([each.payload() for each in guild.channels.values()])


async def roles(call: Call) -> Reply:
    """Return a guild's roles."""
    guild = call.world.guild(call.id("guild"))
    return Reply([each.payload() for each in guild.roles.values()])


async def role(call: Call) -> Reply:
    """Return a role."""
    guild, wanted = call.world.guild(call.id("guild")), call.id("role")
    if wanted not in guild.roles:
        raise unknown("Role")
    return Reply(guild.roles[wanted].payload())


async def member(call: Call) -> Reply:
    """Return a member."""
    guild = call.world.guild(call.id("guild"))
    wanted = call.world.user(call.id("user"))
    return Reply(guild.member(wanted.id).payload())


async def members(call: Call) -> Reply:
    """Return members by their ids; only with the members intent granted."""
    guild = call.world.guild(call.id("guild"))
    if not call.world.application.members:
        raise missing_access()
    after, limit = call.moment("after") or 0, call.number("limit", 1, 1000)
    page = sorted(each for each in guild.members if each > after)[:limit]
    return Reply([guild.members[each].payload() for each in page])


async def search(call: Call) -> Reply:
    """Return members whose user name or nickname begins with some letters."""
    guild = call.world.guild(call.id("guild"))
    if not call.query.get("query"):
        raise faulty("query", "BASE_TYPE_REQUIRED", "This field is required")
    limit = call.number("limit", 1, 1000)
    found = named(guild, call.query["query"])
    return Reply([guild.members[each].payload() for each in found[:limit]])


def named(guild: Guild, start: str) -> list[int]:
    """Return the ids of members with a name that begins with some letters."""
    letters = start.casefold()
    return [
        id_
        for id_, each in guild.members.items()
        if any(
            name and name.casefold().startswith(letters)
            for name in (each.user.username, each.user.global_name, each.nick)
        )
    ]


ROUTES: list[Route] = [
    ("GET", "/guilds/{guild}", one),
    ("GET", "/guilds/{guild}/channels", channels),
    ("GET", "/guilds/{guild}/roles", roles),
    ("GET", "/guilds/{guild}/roles/{role}", role),
    ("GET", "/guilds/{guild}/members", members),
    ("GET", "/guilds/{guild}/members/search", search),
    ("GET", "/guilds/{guild}/members/{user}", member),
]
