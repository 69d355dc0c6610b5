"""A modal or home that is open: its blocks, and what was filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from sandbox.slack.refusal import Wire
from sandbox.slack.surface import Control, buttons, controls, numbered
from sandbox.slack.words import Name, in_view

_SHOWN = ("title", "close", "submit")


@dataclass(eq=False, slots=True)
class View:
    """One view; `values` are the states of its elements, by block_id and action_id."""

    id: str
    user: str
    common: Wire = field(repr=False)  # what all views of the app tell: team, app, bot
    name: Name = field(repr=False)
    wire: Wire = field(default_factory=dict)
    values: dict[tuple[str, str], Wire] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)  # by the label of the field
    root: str = ""
    previous: str | None = None

    @property
    def view(self) -> Wire:
        """The view as the app sees it in payloads."""
        return self.payload()

    @property
    def title(self) -> str:
        """The words at its top."""
        return str((self.wire.get("title") or {}).get("text", ""))

    @property
    def blocks(self) -> list[Wire]:
        """Its blocks, with all their ids."""
        return list(self.wire["blocks"])

    @property
    def labels(self) -> list[str]:
        """The labels of its fields, from the top."""
        return [each.label for each in self.fields()]

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return buttons(self.blocks)

    @property
    def words(self) -> str:
        """All that people read in it."""
        return in_view(self.wire, self.name)

    def fields(self) -> list[Control]:
        """Return what can be filled in."""
        return [each for each in controls(self.wire["blocks"]) if each.kind != "button"]

    def show(self, view: Mapping[str, Any], now: float) -> None:
        """Put a new content in; what was filled in stays where block_id and action_id stay."""
        self.wire = {
            "type": view["type"],
            "blocks": numbered(view["blocks"]),
            "private_metadata": view.get("private_metadata", ""),
            "callback_id": view.get("callback_id", ""),
            "external_id": view.get("external_id", ""),
            "hash": f"{int(now)}.{token_hex(4)}",
            "clear_on_close": bool(view.get("clear_on_close")),
            "notify_on_close": bool(view.get("notify_on_close")),
            **{key: view.get(key) for key in _SHOWN},
        }
        self.errors = {}
        kept = self.values
        self.values = {
            each.key: kept.get(each.key, each.start())
            for each in self.fields()
            if each.kind != "overflow"
        }

    def payload(self) -> Wire:
        """Return it as the API and the payloads show it."""
        states: dict[str, dict[str, Wire]] = {}
        for (block, action), value in self.values.items():
            states.setdefault(block, {})[action] = value
        return {
            "id": self.id,
            **self.common,
            **self.wire,
            "state": {"values": states},
            "root_view_id": self.root,
            "previous_view_id": self.previous,
        }
