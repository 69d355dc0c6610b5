"""What people do with the app beyond talking, as the payloads that Slack sends of it."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.slack.app import Shortcut
from sandbox.slack.channel import Channel, Post
from sandbox.slack.deliveries import Deliveries, Unanswered
from sandbox.slack.refusal import Wire
from sandbox.slack.response_url import ResponseUrls
from sandbox.slack.surface import Control
from sandbox.slack.user import User
from sandbox.slack.view import View
from sandbox.slack.workspace import Workspace

MOST_OPTIONS = 100
_ROOMS = {"im": "directmessage", "group": "privategroup", "mpim": "privategroup"}
_AT = re.compile(r"(?<![\w<])@(?=\w)")
_HASH = re.compile(r"(?<![\w<])#([\w-]+)")
_TELLING = ("text", "value", "style", "placeholder", "confirm")


class Interactions:
    """Tells the app of commands, presses, shortcuts and forms, and returns what it answers.

    Each raises `Unanswered` when the app doesn't acknowledge in time.
    """

    def __init__(self, workspace: Workspace, deliveries: Deliveries, urls: ResponseUrls) -> None:
        self._workspace = workspace
        self._deliveries = deliveries
        self.urls = urls

    async def command(self, user: User, channel: Channel, command: str, text: str) -> Wire:
        """Send a slash command of the app's."""
        workspace = self._workspace
        if workspace.app.commands[command].get("should_escape"):
            text = self._escaped(text)
        payload = {
            "token": workspace.app.verification_token,
            "team_id": workspace.team_id,
            "team_domain": workspace.domain,
            "channel_id": channel.id,
            "channel_name": _ROOMS.get(channel.kind, channel.name),
            "user_id": user.id,
            "user_name": user.handle,
            "command": command,
            "text": text,
            "api_app_id": workspace.app.id,
            "is_enterprise_install": "false",
            "response_url": self.urls.give(user.id, channel, "commands"),
            "trigger_id": self._trigger(user),
        }
        return await self._deliveries.ask("slash_commands", payload)

    async def shortcut(self, user: User, shortcut: Shortcut) -> Wire:
        """Use a global shortcut."""
        payload = self._common("shortcut", user) | {
            "action_ts": self._moment(),
            "callback_id": shortcut.callback_id,
            "trigger_id": self._trigger(user),
        }
        return await self._ask(payload)

    async def message_shortcut(self, user: User, shortcut: Shortcut, post: Post) -> Wire:
        """Use a shortcut on a message."""
        payload = self._common("message_action", user) | {
            "action_ts": self._moment(),
            "callback_id": shortcut.callback_id,
            "trigger_id": self._trigger(user),
            "response_url": self.urls.give(user.id, post.channel, "app"),
            "message_ts": post.ts,
            "channel": _room(post.channel),
            "message": dict(post.wire),
        }
        return await self._ask(payload)

    async def action(
        self, user: User, place: Post | View, control: Control, chosen: Mapping[str, Any]
    ) -> Wire:
        """Press a button or choose from a menu on a message, a form or a home."""
        element = control.element
        action = {
            "type": control.kind,
            "action_id": element["action_id"],
            "block_id": control.block["block_id"],
            **{key: element[key] for key in _TELLING if key in element},
            **chosen,
            "action_ts": self._moment(),
        }
        inside = place.id if isinstance(place, View) and place.wire["type"] == "modal" else ""
        payload = self._common("block_actions", user) | {
            "trigger_id": self._trigger(user, inside),
            **self._place(place),
            "actions": [action],
        }
        if isinstance(place, Post):
            payload["response_url"] = self.urls.give(user.id, place.channel, "actions", place)
            payload["state"] = {"values": _state(control, chosen)}
        return await self._ask(payload)

    async def options(
        self, user: User, place: Post | View, control: Control, value: str
    ) -> list[Wire]:
        """Ask the app what a menu of its own offers for what was typed."""
        payload = self._common("block_suggestion", user) | {
            "action_id": control.element["action_id"],
            "block_id": control.block["block_id"],
            "value": value,
            **self._place(place),
        }
        answer = await self._ask(payload)
        grouped = [o for g in answer.get("option_groups", ()) for o in g["options"]]
        return [*answer.get("options", ()), *grouped]

    async def submission(self, user: User, view: View) -> Wire:
        """Submit a form."""
        payload = self._common("view_submission", user) | {
            "trigger_id": self._trigger(user, view.id),
            "view": view.payload(),
            "response_urls": [],
        }
        return await self._ask(payload)

    async def closing(self, user: User, view: View, *, cleared: bool) -> Wire:
        """Close a form whose app wants to know."""
        payload = self._common("view_closed", user) | {
            "view": view.payload(),
            "is_cleared": cleared,
        }
        return await self._ask(payload)

    async def _ask(self, payload: Wire) -> Wire:
        if not self._workspace.app.interactive:
            raise Unanswered("it is not configured to handle interactive responses")
        return await self._deliveries.ask("interactive", payload)

    def _common(self, kind: str, user: User) -> Wire:
        workspace = self._workspace
        return {
            "type": kind,
            "user": {
                "id": user.id,
                "username": user.handle,
                "name": user.handle,
                "team_id": user.team_id,
            },
            "api_app_id": workspace.app.id,
            "token": workspace.app.verification_token,
            "team": {"id": workspace.team_id, "domain": workspace.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _place(self, place: Post | View) -> Wire:
        if isinstance(place, View):
            return {"container": {"type": "view", "view_id": place.id}, "view": place.payload()}
        container = {
            "type": "message",
            "message_ts": place.ts,
            "channel_id": place.channel.id,
            "is_ephemeral": bool(place.ephemeral_to),
        }
        if place.thread_ts:
            container["thread_ts"] = place.thread_ts
        found: Wire = {"container": container, "channel": _room(place.channel)}
        # Of what only one person sees Slack keeps nothing that it could send along.
        return found if place.ephemeral_to else found | {"message": dict(place.wire)}

    def _trigger(self, user: User, view: str = "") -> str:
        return self._workspace.triggers.give(user.id, self._workspace.now(), view)

    def _moment(self) -> str:
        return f"{self._workspace.now():.6f}"

    def _escaped(self, text: str) -> str:
        def person(mark: re.Match[str]) -> str:
            found = self._workspace.called(text[mark.end() :])
            return f"\0{found[0]}|{found[1]}\0" if found else "@"

        def room(mark: re.Match[str]) -> str:
            named = [c for c in self._workspace.channels.values() if c.name == mark[1]]
            return f"<#{named[0].id}|{mark[1]}>" if named else mark[0]

        marked = _AT.sub(person, text)
        # The mention stands before the words it was typed with; these go.
        marked = re.sub(r"\0(\w+)\|([^\0]*)\0\2", r"<@\1|\2>", marked)
        return _HASH.sub(room, marked)


def _room(channel: Channel) -> Wire:
    return {"id": channel.id, "name": _ROOMS.get(channel.kind, channel.name)}


def _state(control: Control, chosen: Mapping[str, Any]) -> Wire:
    if control.kind in ("button", "overflow"):
        return {}
    block, action = control.key
    return {block: {action: {"type": control.kind, **chosen}}}
