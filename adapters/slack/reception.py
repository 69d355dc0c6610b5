"""Gives each thing that Slack sends to whoever takes it in, by its kind."""

from collections.abc import Mapping
from typing import Any

from adapters.slack.decode_fields import word
from adapters.slack.events import Events
from adapters.slack.interactions import Acknowledgement, Interactions


class Reception:
    """Where every request of Slack arrives; what nobody asked for is acknowledged."""

    def __init__(self, events: Events, interactions: Interactions) -> None:
        self._events = events
        self._by_kind = {
            "block_actions": interactions.press,
            "view_submission": interactions.submission,
            "view_closed": interactions.closed,
            "block_suggestion": interactions.options,
            "message_action": interactions.shortcut,
        }
        self._command = interactions.command

    async def take(self, body: Mapping[str, Any]) -> Acknowledgement:
        """Take one thing in; what it returns goes back with the acknowledgement."""
        kind = word(body, "type")
        if kind == "event_callback":
            await self._events.take(body)
            return None
        if take := self._by_kind.get(kind):
            return await take(body)
        if word(body, "command"):
            return await self._command(body)
        return None
