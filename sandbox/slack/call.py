"""One call of the Web API: its arguments, read as Slack reads them, and what it may touch."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.slack.posting import Posting
from sandbox.slack.refusal import Refused
from sandbox.slack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Call:
    """A method that is called; forms and queries bring texts only, JSON anything."""

    method: str
    args: Mapping[str, Any]
    workspace: Workspace
    posting: Posting

    def text(self, name: str) -> str:
        """Return an argument as text, "" if it is missing; arrays and objects are refused."""
        value = self.args.get(name)
        if value is None:
            return ""
        if isinstance(value, dict | list):
            raise Refused("invalid_arguments")
        return str(value)

    def needed(self, name: str, error: str = "invalid_arguments") -> str:
        """Return an argument as text, or refuse."""
        value = self.text(name)
        if not value:
            messages = [f"[ERROR] missing required field: {name}"]
            more = {"response_metadata": {"messages": messages}} if "arguments" in error else {}
            raise Refused(error, **more)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """Return an argument that is true or false."""
        value = self.args.get(name)
        if value is None or value == "":
            return default
        return value in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int, most: int) -> int:
        """Return an argument that is a number from 1 to `most`; anything else is refused."""
        value = self.args.get(name)
        if value is None or value == "":
            return default
        try:
            found = int(value)
        except (TypeError, ValueError):
            raise Refused("invalid_arguments") from None
        if found < 1:
            raise Refused("invalid_limit")
        return min(found, most)

    def many(self, name: str) -> list[str]:
        """Return a list that comes as an array or with commas."""
        value = self.args.get(name) or ""
        if isinstance(value, list):
            return [str(each) for each in value]
        return [part.strip() for part in str(value).split(",") if part.strip()]

    def structure(self, name: str, error: str) -> Any:
        """Return an array or object, which forms bring as JSON; None if missing."""
        value = self.args.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise Refused(error) from None
        if not isinstance(value, dict | list):
            raise Refused(error)
        return value

    def moment(self, name: str) -> str:
        """Return a ts, normalised so that it compares as text; "" if it is missing."""
        value = self.text(name)
        try:
            moment = float(value) if value else 0.0
        except ValueError:
            raise Refused(f"invalid_ts_{name}") from None
        if not value:
            return ""
        if not math.isfinite(moment) or moment < 0:
            raise Refused(f"invalid_ts_{name}")
        seconds, _, micros = value.partition(".")
        return f"{int(seconds or 0):010d}.{micros:0<6}"[:17]

    def demand(self, scope: str) -> None:
        """Refuse without a scope."""
        app = self.workspace.app
        if scope not in app.scopes:
            raise Refused("missing_scope", needed=scope, provided=app.provided)

    def page(self, default: int, most: int = 1000) -> tuple[int, int]:
        """Return where the page begins that `cursor` names, and how many it may hold."""
        cursor = self.text("cursor")
        size = self.number("limit", default, most)
        if not cursor:
            return 0, size
        try:
            return int(bytes.fromhex(cursor.rstrip("=")).decode().removeprefix("at:")), size
        except ValueError:
            raise Refused("invalid_cursor") from None


def cursor(position: int, total: int) -> str:
    """Return the cursor of the page that begins at a position, "" behind the end."""
    return f"at:{position}".encode().hex() + "=" if position < total else ""
