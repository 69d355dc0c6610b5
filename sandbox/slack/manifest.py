"""An app's manifest, as Slack publishes its schema: read, and held to Slack's own checks."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sandbox.slack.app import EVENT_SCOPES, App, Shortcut
from sandbox.slack.refusal import Wire

# The lengths Slack allows: least, most.
_APP_NAME = (1, 35)
_APP_DESCRIPTION = (1, 140)
_COMMAND = (2, 32)
_COMMAND_HINT = (0, 1000)
_COMMAND_DESCRIPTION = (1, 2000)
_SHORTCUT_NAME = (1, 24)
_SHORTCUT_DESCRIPTION = (1, 150)
_CALLBACK_ID = (1, 255)


def install(manifest: Mapping[str, Any], scopes: Iterable[str] | None = None) -> App:
    """Install the app of a manifest, with fewer `scopes` than it asks for if given.

    Raises ValueError with each fault for which Slack would refuse the manifest.
    """
    settings: Wire = manifest.get("settings", {})
    features: Wire = manifest.get("features", {})
    subscriptions: Wire = settings.get("event_subscriptions", {})
    interactivity: Wire = settings.get("interactivity", {})
    asked: list[str] = manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    sockets = bool(settings.get("socket_mode_enabled"))
    faults = [
        *_of_bot(manifest, features),
        *_of_events(subscriptions, asked, sockets=sockets),
        *_of_features(features, asked, sockets=sockets),
    ]
    if interactivity.get("is_enabled") and not (sockets or interactivity.get("request_url")):
        faults.append("settings.interactivity: neither a request_url nor Socket Mode")
    if faults:
        raise ValueError("; ".join(faults))
    home: Wire = features.get("app_home", {})
    return App(
        name=_name(manifest),
        scopes=frozenset(asked if scopes is None else scopes),
        events=frozenset(subscriptions.get("bot_events", ())),
        commands={each["command"]: each for each in features.get("slash_commands", ())},
        shortcuts=tuple(
            Shortcut(each["name"], each["type"], each["callback_id"])
            for each in features.get("shortcuts", ())
        ),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled")),
        interactive=bool(interactivity.get("is_enabled")),
        socket_mode=sockets,
        request_url=subscriptions.get("request_url", ""),
        interactivity_url=interactivity.get("request_url", ""),
        options_url=interactivity.get("message_menu_options_url", ""),
    )


def _name(manifest: Mapping[str, Any]) -> str:
    bot: Wire = manifest.get("features", {}).get("bot_user", {})
    return str(bot.get("display_name") or manifest["display_information"]["name"])


def _of_bot(manifest: Mapping[str, Any], features: Wire) -> Iterator[str]:
    if not _fits(manifest.get("display_information", {}).get("name"), _APP_NAME):
        yield f"display_information.name: {_APP_NAME[0]} to {_APP_NAME[1]} characters"
    description = manifest.get("display_information", {}).get("description", "-")
    if not _fits(description, _APP_DESCRIPTION):
        yield f"display_information.description: up to {_APP_DESCRIPTION[1]} characters"
    if "bot_user" not in features:
        yield "features.bot_user: a bot needs one"


def _of_events(subscriptions: Wire, asked: list[str], *, sockets: bool) -> Iterator[str]:
    events: list[str] = subscriptions.get("bot_events", [])
    if events and not (sockets or subscriptions.get("request_url")):
        yield "settings.event_subscriptions: neither a request_url nor Socket Mode"
    for event in events:
        if event not in EVENT_SCOPES:
            yield f"bot_events: {event} is unknown here"
        elif EVENT_SCOPES[event] and not set(EVENT_SCOPES[event]) & set(asked):
            yield f"bot_events: {event} needs {' or '.join(EVENT_SCOPES[event])}"


def _of_features(features: Wire, asked: list[str], *, sockets: bool) -> Iterator[str]:
    commands: list[Wire] = features.get("slash_commands", [])
    shortcuts: list[Wire] = features.get("shortcuts", [])
    if (commands or shortcuts) and "commands" not in asked:
        yield "oauth_config.scopes.bot: commands and shortcuts need the scope commands"
    for each in commands:
        yield from _of_command(each, sockets=sockets)
    for each in shortcuts:
        yield from _of_shortcut(each)
    if "agent_view" in features:
        yield from _of_agent(features["agent_view"], asked)


def _of_agent(view: Wire, asked: list[str]) -> Iterator[str]:
    if "assistant:write" not in asked:
        yield "agent_view: needs the scope assistant:write"
    if not view.get("agent_description"):
        yield "agent_view: needs an agent_description"
    for prompt in view.get("suggested_prompts", []):
        if not (prompt.get("title") and prompt.get("message")):
            yield "agent_view: a prompt needs a title and a message"


def _of_command(command: Wire, *, sockets: bool) -> Iterator[str]:
    name = command.get("command", "")
    if not _fits(name, _COMMAND) or not name.startswith("/") or name != name.lower():
        yield f"slash_commands: {name!r} is no name of a command"
    if not _fits(command.get("description"), _COMMAND_DESCRIPTION):
        yield f"slash_commands: {name} needs a description"
    if not _fits(command.get("usage_hint", ""), _COMMAND_HINT):
        yield f"slash_commands: the hint of {name} has more than {_COMMAND_HINT[1]} characters"
    if not (sockets or command.get("url")):
        yield f"slash_commands: {name} has neither a url nor Socket Mode"


def _of_shortcut(shortcut: Wire) -> Iterator[str]:
    name = shortcut.get("name")
    if shortcut.get("type") not in ("global", "message"):
        yield f"shortcuts: {shortcut.get('type')!r} is neither global nor message"
    if not _fits(name, _SHORTCUT_NAME):
        yield f"shortcuts: {name!r} has more than {_SHORTCUT_NAME[1]} characters, or none"
    if not _fits(shortcut.get("callback_id"), _CALLBACK_ID):
        yield f"shortcuts: {name!r} needs a callback_id"
    if not _fits(shortcut.get("description"), _SHORTCUT_DESCRIPTION):
        yield f"shortcuts: {name!r} needs a description up to {_SHORTCUT_DESCRIPTION[1]} characters"


def _fits(text: object, lengths: tuple[int, int]) -> bool:
    return isinstance(text, str) and lengths[0] <= len(text) <= lengths[1]
