"""The members of a guild, asked for over the gateway and told in chunks."""

from sandbox.discord.news import Event, Intent
from sandbox.discord.refusal import Refused, Wire
from sandbox.discord.role import Member
from sandbox.discord.snowflake import parsed
from sandbox.discord.world import World

_CHUNK = 1000
_MOST_NAMED = 100


def chunks(world: World, intents: Intent, asked: Wire) -> list[Event]:
    """Return the events that answer a request for members; none if it may not be made."""
    id_ = parsed(asked.get("guild_id"))
    try:
        guild = world.guild(id_ or 0)
    except Refused:
        return []
    if asked.get("user_ids") is not None:
        named = asked["user_ids"] if isinstance(asked["user_ids"], list) else [asked["user_ids"]]
        ids = [parsed(each) for each in named[:_MOST_NAMED]]
        found = [guild.members[each] for each in ids if each is not None and each in guild.members]
        missing = [str(each) for each in ids if each not in guild.members]
        return _told(guild.id, found, asked, missing)
    start, limit = str(asked.get("query") or ""), parsed(asked.get("limit")) or 0
    if not start and not limit and Intent.GUILD_MEMBERS not in intents:
        return []
    found = [each for each in guild.members.values() if _fits(each, start)]
    return _told(guild.id, found[: limit or None], asked, [])


def _fits(member: Member, start: str) -> bool:
    names = (member.user.username, member.user.global_name, member.nick)
    return any(name and name.casefold().startswith(start.casefold()) for name in names)


def _told(guild: int, found: list[Member], asked: Wire, missing: list[str]) -> list[Event]:
    pages = [found[at : at + _CHUNK] for at in range(0, len(found), _CHUNK)] or [[]]
    events: list[Event] = []
    for number, page in enumerate(pages):
        data: Wire = {
            "guild_id": str(guild),
            "members": [each.payload() for each in page],
            "chunk_index": number,
            "chunk_count": len(pages),
        }
        data |= {"not_found": missing} if missing else {}
        data |= {"nonce": asked["nonce"]} if asked.get("nonce") is not None else {}
        data |= {"presences": []} if asked.get("presences") else {}
        events.append(Event("GUILD_MEMBERS_CHUNK", data))
    return events
