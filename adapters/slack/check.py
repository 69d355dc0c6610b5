"""Tries a workspace's app: its tokens, what it may do, a connection, and its rooms."""

from collections.abc import Mapping, Sequence

import aiohttp
from slack_bolt.app.async_app import AsyncApp

from adapters.slack.decode_fields import table, word
from adapters.slack.identity import Identity
from adapters.slack.manifest import OPTIONAL, SCOPES
from adapters.slack.settings import SlackSettings, check_token
from adapters.slack.socket import Socket, new_address
from adapters.slack.web_api import SlackSaysNo, WebApi, quiet
from adapters.slack.workspace import Workspace
from bot.channel import WrongSettings

Line = str | WrongSettings

_REINSTALL = (
    "add {} to the app's scopes under OAuth & Permissions (or paste the manifest again), "
    "then press Reinstall there"
)


async def look_over(workspace: Workspace, agents_rooms: Sequence[str]) -> list[Line]:
    """A line for each thing that is as it should be; what is wrong, with its mend, for the rest."""
    found: list[Line] = list(_exposed(workspace.settings))
    try:
        me = await workspace.me.ask()
    except WrongSettings as error:
        return [*found, error, *await _misplaced(workspace.settings)]
    except (SlackSaysNo, OSError) as error:
        return [*found, _unreached(workspace.settings, error)]
    found.append(f"Slack knows the app as a member of {me.team or me.team_id}")
    found.append(_scopes(me))
    found.append(await _connection(workspace))
    rooms = dict.fromkeys((*workspace.support_rooms, *agents_rooms))
    return [*found, *[await _room(workspace.api, room, agents_rooms, me) for room in rooms]]


def _exposed(settings: SlackSettings) -> list[Line]:
    """The files with secrets that everybody may read."""
    found: list[Line] = []
    for source in (settings.bot, settings.app, settings.signing):
        try:
            source.refuse_exposed()
        except WrongSettings as error:
            found.append(error)
        except OSError:
            pass  # reading it tells what is wrong
    return found


async def _misplaced(settings: SlackSettings) -> list[Line]:
    """What is wrong with the app-level token at first sight."""
    try:
        if settings.mode == "socket":
            check_token("app_token", await settings.app.read())
    except WrongSettings as error:
        return [error]
    return []


def _unreached(settings: SlackSettings, error: Exception) -> WrongSettings:
    mend = "see that this machine reaches it, through HTTPS_PROXY where there is a proxy"
    return WrongSettings(f"{settings.api_url}: {error}", mend)


def _scopes(me: Identity) -> Line:
    missing = [each for each in sorted(SCOPES) if each not in me.scopes]
    needed = [each for each in missing if each not in OPTIONAL]
    lacks = "; ".join(f"{each} ({SCOPES[each]})" for each in missing)
    if needed:
        return WrongSettings(
            f"the app lacks the scopes {lacks}", _REINSTALL.format(", ".join(missing))
        )
    if missing:
        return f"the app may do all it needs, but for {lacks}"
    return "the app may do all it needs"


async def _connection(workspace: Workspace) -> Line:
    """Whether events come in, as far as that can be tried from here."""
    settings = workspace.settings
    try:
        if settings.mode == "http":
            await settings.signing.read()
            return f"Slack's requests are answered at {settings.listen}{settings.path}"
        address = await new_address(settings, workspace.api)
        app = AsyncApp(token=await workspace.api.bot_token(), name="deskmate", logger=quiet())
        socket = Socket(app, address, await workspace.api.proxy())
        try:
            await socket.open()
        finally:
            await socket.close()
    except WrongSettings as error:
        return error
    except (SlackSaysNo, OSError, aiohttp.ClientError) as error:
        mend = (
            "let this machine open connections to wss://*.slack.com; a proxy between must let "
            "WebSockets through"
        )
        return WrongSettings(f"Socket Mode: no connection stands ({error})", mend)
    return "Socket Mode: a connection stands"


async def _room(api: WebApi, room: str, agents_rooms: Sequence[str], me: Identity) -> Line:
    kind = "the agents' room" if room in agents_rooms else "the support room"
    try:
        told = table(await api.look("conversations.info", channel=room), "channel")
    except SlackSaysNo as error:
        if error.error == "missing_scope":
            return WrongSettings(f"{kind} {room}: {error}", _REINSTALL.format(error.needed))
        mend = (
            "copy its ID from the bottom of the channel's details; if it is private, invite the app"
        )
        return WrongSettings(f"{kind} {room} isn't there for the app ({error.error})", mend)
    except OSError as error:
        return WrongSettings(f"{kind} {room}: {error}", "check again")
    agents = room in agents_rooms
    name = f"{kind} #{word(told, 'name') or room}"
    return (
        _room_fault(told, name, me)
        or (agents and _overheard(told, name))
        or f"the app is in {name}"
    )


def _room_fault(told: Mapping[str, object], name: str, me: Identity) -> WrongSettings | None:
    """Why nothing can be read or said in a room."""
    if told.get("is_archived"):
        return WrongSettings(f"{name} is archived", "take another one")
    if not told.get("is_member"):
        there = name.rpartition(" ")[2]
        return WrongSettings(f"the app isn't in {name}", f"write /invite @{me.handle} in {there}")
    return None


def _overheard(told: Mapping[str, object], name: str) -> WrongSettings | None:
    """Why agents aren't among themselves in their room."""
    if told.get("is_ext_shared"):
        problem, mend = "another company can read", "take one that isn't shared"
    elif told.get("is_private") is not True:
        problem = "everybody in the workspace can read"
        mend = "make it private in its settings, or take a private one"
    else:
        return None
    return WrongSettings(f"{problem} {name}", mend)
