"""Routes of application commands: what the application declares, everywhere or in one guild."""

from sandbox.discord.call import Call, Reply, Route
from sandbox.discord.declarations import (
    check_amounts,
    check_command,
    check_commands,
    declared,
    kind_of,
)
from sandbox.discord.refusal import Wire, unknown

_EVERYWHERE = "/applications/{application}/commands"
_IN_GUILD = "/applications/{application}/guilds/{guild}/commands"


async def all_of_them(call: Call) -> Reply:
    """Return the commands that are declared."""
    commands = list(_kept(call).values())
    if not call.flag("with_localizations"):
        commands = [_unlocalised(each) for each in commands]
    return Reply(commands)


async def one(call: Call) -> Reply:
    """Return a command."""
    return Reply(_meant(call))


async def declare(call: Call) -> Reply:
    """Declare a command; one of the same name and kind gives way."""
    body = call.object()
    check_command(body)
    kept = _kept(call)
    same = _same(kept, body)
    if same is None:
        check_amounts([*kept.values(), body])
    command = _made(call, body, same)
    kept[int(command["id"])] = command
    return Reply(command, 201 if same is None else 200)


async def declare_all(call: Call) -> Reply:
    """Declare these commands and no others; ids stay with names."""
    check_commands(call.body)
    before = dict(_kept(call))
    made = [_made(call, each, _same(before, each)) for each in call.body]
    kept = _kept(call)
    kept.clear()
    kept.update((int(each["id"]), each) for each in made)
    return Reply(made)


async def change(call: Call) -> Reply:
    """Change some fields of a command."""
    command = _meant(call)
    body = {key: command[key] for key in command if command[key] is not None} | call.object()
    check_command(body)
    changed = _made(call, body, command)
    _kept(call)[int(command["id"])] = changed
    return Reply(changed)


async def withdraw(call: Call) -> Reply:
    """Withdraw a command."""
    command = _meant(call)
    del _kept(call)[int(command["id"])]
    return Reply()


def _kept(call: Call) -> dict[int, Wire]:
    place = call.world.guild(call.id("guild")).id if "guild" in call.path else None
    return call.world.commands.setdefault(place, {})


def _meant(call: Call) -> Wire:
    found = _kept(call).get(call.known("command"))
    if found is None:
        raise unknown("application command")
    return found


def _same(kept: dict[int, Wire], body: Wire) -> Wire | None:
    key = (body["name"], kind_of(body))
    return next((each for each in kept.values() if (each["name"], each["type"]) == key), None)


def _made(call: Call, body: Wire, same: Wire | None) -> Wire:
    guild = call.path.get("guild")
    fresh = str(call.world.mint.fresh())
    wire: Wire = {
        "id": same["id"] if same else fresh,
        "application_id": str(call.world.application_id),
        "version": fresh,
    } | declared(body, in_guild=guild is not None)
    return wire | {"guild_id": guild} if guild else wire


def _unlocalised(node: Wire) -> Wire:
    """Leave the translations out, which are told only when asked for."""
    found = {key: value for key, value in node.items() if not key.endswith("_localizations")}
    for key in ("options", "choices"):
        if key in found:
            found[key] = [_unlocalised(each) for each in found[key]]
    return found


ROUTES: list[Route] = [
    route
    for place in (_EVERYWHERE, _IN_GUILD)
    for route in (
        ("GET", place, all_of_them),
        ("POST", place, declare),
        ("PUT", place, declare_all),
        ("GET", f"{place}/{{command}}", one),
        ("PATCH", f"{place}/{{command}}", change),
        ("DELETE", f"{place}/{{command}}", withdraw),
    )
]
