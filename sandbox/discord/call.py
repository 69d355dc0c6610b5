"""One call of the REST interface, what it brings and may touch, and the reply to it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.discord.posting import Posting
from sandbox.discord.refusal import Refused, Wire, faulty, unknown
from sandbox.discord.snowflake import parsed
from sandbox.discord.world import World

_NUMBER = re.compile(r"-?[0-9]{1,9}")
_UNKNOWN = {
    "channel": "Channel",
    "guild": "Guild",
    "interaction": "interaction",
    "message": "Message",
    "user": "User",
    "webhook": "Webhook",
    "application": "Application",
    "command": "application command",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart body."""

    name: str
    content: bytes
    kind: str  # MIME type


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a route; `body` is the JSON body or payload_json, None if there is none.

    `files` are the parts `files[n]` by their n. `token` says whether the bot's token came along:
    routes with a `{token}` of their own in the path need none.
    """

    method: str
    route: str  # as in "/channels/{channel}/messages"
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: Mapping[int, Upload]
    token: bool
    world: World
    posting: Posting

    def id(self, name: str) -> int:
        """Return the id that the path has under a name, or refuse what is none."""
        found = parsed(self.path[name])
        if found is None:
            words = f'Value "{self.path[name]}" is not snowflake.'
            raise faulty(f"{name}_id", "NUMBER_TYPE_COERCE", words)
        return found

    def known(self, name: str) -> int:
        """Return the id that the path has under a name; what is none is unknown."""
        found = parsed(self.path[name])
        if found is None:
            raise unknown(_UNKNOWN[name])
        return found

    def object(self) -> Wire:
        """Return the body, {} if none came; what is no object is refused."""
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise Refused(
                400,
                50035,
                "Invalid Form Body",
                {"_errors": [{"code": "MODEL_TYPE_CONVERT", "message": _NO_OBJECT}]},
            )
        return self.body

    def flag(self, name: str) -> bool:
        """Return whether the query says yes to something."""
        return self.query.get(name, "").casefold() in ("1", "true")

    def number(self, name: str, default: int, most: int, least: int = 1) -> int:
        """Return a number of the query; beyond its bounds it is refused."""
        raw = self.query.get(name)
        if raw is None:
            return default
        if not _NUMBER.fullmatch(raw):
            raise faulty(name, "NUMBER_TYPE_COERCE", f'Value "{raw}" is not int.')
        found = int(raw)
        if found < least:
            words = f"int value should be greater than or equal to {least}."
            raise faulty(name, "NUMBER_TYPE_MIN", words)
        if found > most:
            words = f"int value should be less than or equal to {most}."
            raise faulty(name, "NUMBER_TYPE_MAX", words)
        return found

    def moment(self, name: str) -> int | None:
        """Return an id of the query, None if it is missing."""
        raw = self.query.get(name)
        if raw is None:
            return None
        found = parsed(raw)
        if found is None:
            raise faulty(name, "NUMBER_TYPE_COERCE", f'Value "{raw}" is not snowflake.')
        return found


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call is answered with; without a body it is 204 unless `status` says otherwise."""

    body: Any = None
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> int:
        """The HTTP status."""
        return self.status or (204 if self.body is None else 200)


Answer = Callable[[Call], Awaitable[Reply]]
Route = tuple[str, str, Answer]  # the method, the path with its names, and what answers
_NO_OBJECT = "Only dictionaries may be used in a ModelType"
