"""Routes of accounts and of the application itself, and where the gateway is."""

from sandbox.discord.call import Call, Reply, Route
from sandbox.discord.permission import EVERYTHING
from sandbox.discord.refusal import Refused, Wire, faulty
from sandbox.discord.snowflake import parsed


async def me(call: Call) -> Reply:
    """Return the bot's own account."""
    return Reply(call.world.bot.own_payload())


async def one(call: Call) -> Reply:
    """Return an account."""
    return Reply(call.world.user(call.id("user")).payload())


async def my_guilds(call: Call) -> Reply:
    """Return the guilds that the bot is in, in short."""
    after = call.moment("after") or 0
    most = call.number("limit", 200, 200)
    bot = call.world.bot.id
    guilds = [each for each in call.world.guilds.values() if bot in each.members]
    page = sorted((each for each in guilds if each.id > after), key=lambda each: each.id)[:most]
    shown = ("id", "name", "icon", "banner", "features")
    found: list[Wire] = []
    for each in page:
        whole = each.payload()
        may = str(int(each.general(bot) & EVERYTHING))
        found.append({key: whole[key] for key in shown} | {"owner": False, "permissions": may})
    return Reply(found)


async def leave(call: Call) -> Reply:
    """Leave a guild."""
    guild = call.world.guild(call.id("guild"))
    del guild.members[call.world.bot.id]
    call.posting.news.tell("GUILD_DELETE", {"id": str(guild.id)})
    return Reply()


async def open_direct(call: Call) -> Reply:
    """Return the direct messages with somebody, opened if need be."""
    wanted = parsed(call.object().get("recipient_id"))
    if wanted is None:
        raise faulty("recipient_id", "BASE_TYPE_REQUIRED", "This field is required")
    user = call.world.users.get(wanted)
    if user is None or user.bot:
        raise Refused(400, 50033, "Invalid Recipient(s)")
    return Reply(call.world.direct(user).payload())


async def application(call: Call) -> Reply:
    """Return the application."""
    own = call.world.application
    bot = call.world.bot
    owner = min(call.world.users.values(), key=lambda each: (each.bot, each.id))
    return Reply(
        {
            "id": str(call.world.application_id),
            "name": own.name,
            "icon": None,
            "description": own.description,
            "summary": "",
            "type": None,
            "bot": bot.payload(),
            "bot_public": False,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": own.flags,
            "hook": True,
            "owner": owner.payload(),
            "team": None,
            "tags": [],
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "integration_types_config": {"0": {}, "1": {}},
            "approximate_guild_count": len(call.world.guilds),
        }
    )


async def gateway(call: Call) -> Reply:
    """Return where the gateway is."""
    return Reply({"url": call.world.url.replace("http", "ws", 1) + "/gateway"})


async def gateway_bot(call: Call) -> Reply:
    """Return where the gateway is, and how often a session may begin there."""
    limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
    url = call.world.url.replace("http", "ws", 1) + "/gateway"
    return Reply({"url": url, "shards": 1, "session_start_limit": limit})


ROUTES: list[Route] = [
    ("GET", "/users/@me", me),
    ("GET", "/users/{user}", one),
    ("GET", "/users/@me/guilds", my_guilds),
    ("DELETE", "/users/@me/guilds/{guild}", leave),
    ("POST", "/users/@me/channels", open_direct),
    ("GET", "/oauth2/applications/@me", application),
    ("GET", "/applications/@me", application),
    ("GET", "/gateway", gateway),
    ("GET", "/gateway/bot", gateway_bot),
]
