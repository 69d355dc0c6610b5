"""The app's manifest: what Slack is told of the app, and all that it is allowed to do."""

from collections.abc import Mapping
from typing import Any

from adapters.slack.decode_sign import SHORTCUT
from adapters.slack.mrkdwn import shortened
from adapters.slack.settings import SlackSettings

AGENT = "assistant:write"
#: What the app asks for, and what for; `check` holds what was granted against it.
SCOPES: Mapping[str, str] = {
    "app_mentions:read": "hearing who names it",
    AGENT: "standing among Slack's agents",
    "channels:history": "reading public channels that it is in",
    "channels:join": "following a ticket into a public channel",
    "channels:read": "knowing its public channels",
    "chat:write": "writing",
    "chat:write.customize": "showing an agent's words under their name",
    "commands": "its slash command and its shortcut",
    "files:read": "keeping the files that people send",
    "files:write": "sending files",
    "groups:history": "reading private channels that it is in",
    "groups:read": "knowing its private channels",
    "im:history": "reading what people write to it",
    "im:read": "knowing who writes to it",
    "im:write": "writing to people",
    "mpim:history": "reading group messages that it is in",
    "mpim:read": "knowing its group messages",
    "reactions:read": "seeing the emoji that stand for commands",
    "users:read": "knowing people's names and languages",
    "users:read.email": "knowing who they are on other channels",
}
#: What can be done without.
OPTIONAL = frozenset({AGENT, "channels:join", "chat:write.customize"})

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "reaction_added",
    "tokens_revoked",
    "user_change",
)

#: The keys of the words that `manifest` needs, and the most characters Slack takes of each.
WORDS: Mapping[str, int] = {
    "name": 35,
    "description": 140,
    "shortcut": 24,
    "shortcut_description": 150,
    "command_description": 2000,
    "command_hint": 1000,
    "agent_description": 300,
    "prompt_status": 40,
    "prompt_status_says": 100,
    "prompt_help": 40,
    "prompt_help_says": 100,
}
_PROMPTS = ("prompt_status", "prompt_help")


def manifest(
    settings: SlackSettings, words: Mapping[str, str], *, url: str = "", agent: bool = True
) -> dict[str, Any]:
    """The manifest as Slack's schema has it, to be pasted where an app is made.

    `words` are the texts that people read, by the keys of `WORDS`. `url` is the address at which
    Slack reaches the desk, path included; only mode = "http" needs it. `agent`: the app stands
    among Slack's agents, which some plans don't have.
    """
    words = {key: shortened(words[key], most) for key, most in WORDS.items()}
    sockets = settings.mode == "socket"
    address = {} if sockets else {"request_url": url}
    lookups = {} if sockets else {"message_menu_options_url": url}
    return {
        "display_information": {"name": words["name"], "description": words["description"]},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": words["name"], "always_online": True},
            "shortcuts": [_shortcut(words)],
            "slash_commands": [_command(settings, words, "" if sockets else url)],
            **({"agent_view": _agent_view(words)} if agent else {}),
        },
        "oauth_config": {"scopes": {"bot": sorted(set(SCOPES) - (set() if agent else {AGENT}))}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **address, **lookups},
            "org_deploy_enabled": False,
            "socket_mode_enabled": sockets,
            "token_rotation_enabled": False,
        },
    }


def _command(settings: SlackSettings, words: Mapping[str, str], url: str) -> dict[str, object]:
    return {
        "command": settings.command,
        "description": words["command_description"],
        "usage_hint": words["command_hint"],
        "should_escape": True,  # people arrive by their ids, not by names that may change
        **({"url": url} if url else {}),
    }


def _shortcut(words: Mapping[str, str]) -> dict[str, object]:
    return {
        "name": words["shortcut"],
        "type": "message",
        "callback_id": SHORTCUT,
        "description": words["shortcut_description"],
    }


def _agent_view(words: Mapping[str, str]) -> dict[str, object]:
    """How it stands among Slack's agents.

    The desk uses the list and the prompts: what leaves through an outbox is neither streamed nor
    announced by a status.
    """
    prompts = [{"title": words[each], "message": words[f"{each}_says"]} for each in _PROMPTS]
    return {"agent_description": words["agent_description"], "suggested_prompts": prompts}
