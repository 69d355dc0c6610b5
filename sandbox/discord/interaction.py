"""One interaction: what somebody did with the application, and what it answered."""

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum

from sandbox.discord.channel import Channel
from sandbox.discord.message import Message
from sandbox.discord.refusal import Wire
from sandbox.discord.user import User

LIFE = 15 * 60.0  # seconds in which its token is good


class Deed(IntEnum):
    """What was done."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """What the application may answer with."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(slots=True, eq=False)
class Interaction:
    """Something that was done; whoever knows its token may answer it."""

    id: int
    token: str
    deed: Deed
    user: User
    channel: Channel
    born: float  # seconds since 1970
    name: str = ""  # of the command, its sub-commands included
    data: Wire = field(default_factory=dict)  # what was chosen or filled in
    message: Message | None = None  # the one that was pressed, or whose form was filled in
    origin: "Interaction | None" = None  # what the form answered
    callback: Callback | None = None  # what it was first answered with
    reply: Message | None = None  # the answer, as @original names it
    followed: dict[int, Message] = field(default_factory=dict)  # what came after, by its id
    modal: Wire | None = None  # the form it was answered with
    choices: list[Wire] = field(default_factory=list)  # what was offered to whoever typed
    dead: bool = False  # it was answered too late, or not at all
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def good(self, now: float) -> bool:
        """Whether its token still counts."""
        return not self.dead and now - self.born < LIFE
