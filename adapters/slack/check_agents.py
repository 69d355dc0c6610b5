"""Looks whether the agents whom the config names are people of this workspace."""

from collections.abc import Mapping, Sequence

from adapters.slack.decode_fields import table, word
from adapters.slack.profiles import profile
from adapters.slack.web_api import SlackSaysNo
from adapters.slack.workspace import Workspace
from bot.channel import Sought, WrongSettings

Line = str | WrongSettings

_UNKNOWN = frozenset({"user_not_found", "users_not_found", "user_not_visible"})


async def find_agents(workspace: Workspace, agents: Sequence[Sought]) -> list[Line]:
    """A line for those who can work here, one for each who can't."""
    if workspace.me.known is None:
        return []  # what keeps Slack from telling who we are is known already
    people: list[tuple[str, Sought]] = []
    found: list[Line] = []
    for agent in agents:
        try:
            people.append((await _found(workspace, agent), agent))
        except _Missing as missing:
            found.append(_told(workspace, agent, str(missing)))
        except (SlackSaysNo, OSError) as error:
            found.append(WrongSettings(f"{agent.name}: {error}", "check again"))
    names = ", ".join(agent.name for _, agent in people)
    found = [f"agents here: {names}", *found] if names else found
    return [*found, *await _outside(workspace, people)]


class _Missing(Exception):  # noqa: N818 - it reads as what happened
    """Why somebody is nobody who could work here."""


async def _found(workspace: Workspace, agent: Sought) -> str:
    """The agent's member ID. Raises `_Missing` with the reason when there is none."""
    person, mail = agent.addresses.get(workspace.name, ""), agent.addresses.get("email", "")
    if not person and not mail:
        raise _Missing("has no address by which Slack could know them")
    called = f"the member ID {person}" if person else mail
    try:
        if person:
            said = await workspace.api.patiently("users.info", user=person)
        else:
            said = await workspace.api.patiently("users.lookupByEmail", email=mail)
    except SlackSaysNo as error:
        if error.error not in _UNKNOWN:
            raise
        raise _Missing(f"nobody here has {called}") from error
    user = table(said, "user")
    if weakness := _weakness(workspace, user, called, mail="" if person else mail):
        raise _Missing(weakness)
    return word(user, "id")


def _weakness(workspace: Workspace, user: Mapping[str, object], called: str, mail: str) -> str:
    told = workspace.me.known
    assert told is not None, "who looks for agents knows who we are"
    found = profile(user, word(user, "id"), told.team_id)
    if not found.speaker.verified:
        return f"{called} is a program, somebody who left, or of another workspace"
    if mail and ("email", mail.lower()) not in found.speaker.also:
        return f"Slack doesn't vouch for {called}"
    return ""


def _told(workspace: Workspace, agent: Sought, fault: str) -> Line:
    if agent.nowhere_else or workspace.name in agent.addresses:
        mend = 'write slack = "U…" among their addresses: Copy member ID under ⋮ in their profile'
        return WrongSettings(f"{agent.name}: {fault}", mend)
    return f"{agent.name}: {fault}; they work elsewhere alone"


async def _outside(workspace: Workspace, people: Sequence[tuple[str, Sought]]) -> list[Line]:
    """Those who aren't in the room of their team: whom Slack knows is sent no letter besides."""
    found: list[Line] = []
    for room in sorted({room for _, agent in people for room in agent.rooms}):
        try:
            said = await workspace.api.patiently("conversations.info", channel=room)
            pages = workspace.api.pages("conversations.members", "members", channel=room)
            members = {str(each) async for each in pages}
        except (SlackSaysNo, OSError):
            continue  # the check of the rooms tells why
        name = word(said, "channel", "name") or room
        for person, agent in people:
            if room in agent.rooms and person not in members:
                problem = (
                    f"{agent.name} isn't in the agents' room #{name}, where tickets are told of"
                )
                found.append(WrongSettings(problem, f"write /invite and their name in #{name}"))
    return found
