"""Looks whether the agents whom the config names are people of this workspace."""

from collections.abc import Collection, Mapping

from adapters.slack.decode_fields import table, word
from adapters.slack.profiles import profile
from adapters.slack.web_api import SlackSaysNo
from adapters.slack.workspace import Workspace
from bot.channel import WrongSettings

Line = str | WrongSettings

_UNKNOWN = frozenset({"user_not_found", "users_not_found", "user_not_visible"})


async def find_agents(
    workspace: Workspace, agents: Mapping[str, Mapping[str, str]], nowhere_else: Collection[str]
) -> list[Line]:
    """A line for those who are known, one for each who isn't; as `bot.channel.FindsAgents`."""
    if workspace.me.told is None:
        return []  # what keeps Slack from telling who we are is known already
    known: list[str] = []
    found: list[Line] = []
    for name, addresses in agents.items():
        try:
            person, mail = addresses.get(workspace.name, ""), addresses.get("email", "")
            if fault := await _fault(workspace, person, mail):
                needed = bool(person) or name in nowhere_else
                found.append(_told(name, fault, needed=needed))
            else:
                known.append(name)
        except (SlackSaysNo, OSError) as error:
            found.append(WrongSettings(f"{name}: {error}", "check again"))
    return [*([f"agents here: {', '.join(known)}"] if known else []), *found]


async def _fault(workspace: Workspace, person: str, mail: str) -> str:
    """Why this is nobody who could work here; "" when it is."""
    if not person and not mail:
        return "has no address by which Slack could know them"
    called = f"the member ID {person}" if person else mail
    try:
        if person:
            user = await workspace.api.patiently("users.info", user=person)
        else:
            user = await workspace.api.patiently("users.lookupByEmail", email=mail)
    except SlackSaysNo as error:
        if error.error not in _UNKNOWN:
            raise
        return f"nobody here has {called}"
    return _weakness(workspace, table(user, "user"), called, mail="" if person else mail)


def _weakness(workspace: Workspace, user: Mapping[str, object], called: str, mail: str) -> str:
    told = workspace.me.told
    assert told is not None, "who looks for agents knows who we are"
    found = profile(user, word(user, "id"), told.team_id)
    if not found.speaker.verified:
        return f"{called} is a program, somebody who left, or of another workspace"
    if mail and ("email", mail.lower()) not in found.speaker.also:
        return f"Slack doesn't vouch for {called}"
    return ""


def _told(name: str, fault: str, *, needed: bool) -> Line:
    if needed:
        mend = 'write slack = "U…" among their addresses: Copy member ID under ⋮ in their profile'
        return WrongSettings(f"{name}: {fault}", mend)
    return f"{name}: {fault}; they work elsewhere alone"
